// What a trace tells about who typed: the rhythms of real people, with the same text for everybody, through a
// pipeline.
//
//   export_rhythms free_text.csv OUT [balanced|strict|research] [one]
//
// Each session of each person in the data becomes OUT/PERSON_SESSION.jsonl: the bytes that a trace would
// have. The keys are those of a fixed text, sentence after sentence, each ended with Enter and told by
// accessibility, so that only the rhythm differs; with "one" all of a session is one text.
// tests/typist/identify.py reads them.
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/redact/pipeline.hpp>
#include <overt/redact/presets.hpp>
#include <overt_test/events.hpp>

namespace {

using overt_test::ms;

struct press {
  std::int64_t down_ms = 0;
  std::int64_t up_ms = 0;
};
/// Person and session, and what they pressed.
using sessions = std::map<std::string, std::vector<press>>;

sessions read(std::filesystem::path const& from) {
  std::ifstream in{from, std::ios::binary};
  std::string const all{std::istreambuf_iterator<char>{in}, {}};
  sessions found;
  for (std::string_view rest = all; !rest.empty();) {
    auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() < rest.size() ? line.size() + 1 : rest.size());
    std::array<std::string_view, 5> cells;
    for (auto& cell : cells) {
      cell = line.substr(0, line.find(','));
      line.remove_prefix(cell.size() < line.size() ? cell.size() + 1 : line.size());
    }
    double down = 0;
    double up = 0;
    auto const& [person, session, name, pressed, released] = cells;
    if (std::from_chars(pressed.data(), pressed.data() + pressed.size(), down).ec != std::errc{} ||
        std::from_chars(released.data(), released.data() + released.size(), up).ec != std::errc{}) {
      continue; // the first line
    }
    found[std::string{person} + "_" + std::string{session}].push_back(
        {static_cast<std::int64_t>(down), static_cast<std::int64_t>(up)});
  }
  return found;
}

constexpr auto sentences = std::to_array<std::string_view>(
    {"please send the report to our team before noon", "we will meet again on Monday about the budget",
     "this is fine with me and the draft looks good", "add more notes from last week to the table"});

/// What is typed into one field after the other.
std::vector<std::string> texts(bool one) {
  if (!one) {
    return {sentences.begin(), sentences.end()};
  }
  std::string all;
  while (all.size() < 499) { // a session has 500 keys; the last is Enter
    for (auto const sentence : sentences) {
      all += std::string{sentence} + " ";
    }
  }
  all.resize(499);
  return {all};
}

template <class Chain>
std::string replay(Chain const& policies, std::vector<press> const& presses,
                   std::vector<std::string> const& typed_texts) {
  overt_test::bytes_sink sink;
  overt::redact::pipeline<overt::event, Chain, overt_test::bytes_sink> out{policies, sink, {0}};
  auto const here = overt_test::place();
  std::uint64_t number = 0;
  std::int64_t now = 0;
  auto const push = [&](std::int64_t when, auto payload) {
    for (auto tick = now + 100 * ms; tick < when; tick += 100 * ms) {
      out.advance({tick});
    }
    now = std::max(now + 1, when);
    auto what = overt_test::happened(now, here, std::move(payload));
    what.header.produced = ++number;
    out.push(std::move(what));
    return number;
  };
  push(0, overt::focus{.target = overt::focus_target::element});
  std::size_t sentence = 0;
  std::size_t letter = 0;
  std::uint64_t first = 0;
  for (auto const& one : presses) {
    std::string_view const text = typed_texts[sentence % typed_texts.size()];
    auto const at = one.down_ms * ms;
    if (letter < text.size()) {
      auto const typed = push(at, overt_test::typed(text[letter]));
      first = letter == 0 ? typed : first;
      auto release = overt_test::typed(text[letter++]);
      release.phase = overt::key_phase::release;
      push(std::max(now + ms, one.up_ms * ms), std::move(release));
      continue;
    }
    auto const last = push(at, overt_test::pressed(overt::key_class::enter, 0xff0d));
    push(now + 100 * ms, overt::text{.value = overt_test::guarded_of(text), .made_of = {first, last}});
    ++sentence;
    letter = 0;
  }
  out.advance({now + 2000 * ms});
  out.finish();
  return sink.text();
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("export_rhythms free_text.csv OUT [balanced|strict|research] [one]\n", stderr);
    return 2;
  }
  std::filesystem::path const folder = argv[2];
  std::string_view const preset = argc > 3 ? argv[3] : "balanced";
  std::filesystem::create_directories(folder);
  auto const typed_texts = texts(argc > 4 && std::string_view{argv[4]} == "one");
  auto const all = read(argv[1]);
  for (auto const& [name, presses] : all) {
    auto const bytes =
        preset == "research" ? replay(overt::redact::research({"editor"}), presses, typed_texts)
        : preset == "strict" ? replay(overt::redact::strict({"editor"}), presses, typed_texts)
                             : replay(overt::redact::balanced({"editor"}), presses, typed_texts);
    std::ofstream{folder / (name + ".jsonl"), std::ios::binary} << bytes;
  }
  std::printf("%zu sessions, %.*s\n", all.size(), static_cast<int>(preset.size()), preset.data());
  return all.empty() ? 1 : 0;
}
