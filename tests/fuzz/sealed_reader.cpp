// Reading sealed traces and wrapped keys from bytes that anybody may have made: nothing crashes, nothing is
// read outside of what is there, and what opens is what was sealed, at its place.
// With and without libFuzzer: support/main.cpp.
//
// An input is a list of changes to a sealed sample, so that inputs get behind the seal: the first byte
// chooses what is read (the changed file, the journal of it, a wrapped key, the bytes as they are, or blocks
// with any header that the key's owner could seal).

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <overt/consent/sodium/public_key.hpp>
#include <overt/consent/sodium/wrapped_key.hpp>
#include <overt/trace/sodium/sealed_journal.hpp>
#include <overt/trace/sodium/sealed_source.hpp>

#include <overt_test/sealed.hpp>

#include "support/input_numbers.hpp"
#include "support/mutated.hpp"

namespace {

using overt_fuzz::numbers;

namespace consent = overt::consent;
namespace trace = overt::trace;

[[noreturn]] void wrong(char const* what) {
  std::fprintf(stderr, "sealed_reader: %s\n", what);
  std::abort();
}

/// A sealed sample, its plain bytes and its keys. Made once: sealing is slow beside opening.
struct sample {
  consent::session_key key = overt_test::some_session_key();
  std::string file = overt_test::sealed_sample(key);
  std::string plain = overt_test::joined(overt_test::sample_blocks());
  consent::secret_key mine = *consent::secret_key::generate();
  std::string wrapped{};
  std::string record{};
  overt::sink::sealed_format::head head{};

  sample() {
    std::vector<consent::recipient> const named{{"me", mine.public_half()}};
    wrapped = consent::write_wrapped_key(*consent::wrap(key, named, "a-receipt", overt_test::some_day));
    trace::memory_source source{file};
    head = *trace::read_sealed_head(source);
    overt::sink::block_seal::make(key, head)->seal_record(1, 2, "a record", record);
  }
};

sample const& the_sample() {
  static sample const made;
  return made;
}

/// Flips, cuts, copies and inserts, as the input says.
std::string changed(std::string text, numbers input) {
  while (!input.rest.empty() && !text.empty() && text.size() < 20'000) {
    auto const what = input.take(1);
    auto const at = static_cast<std::size_t>(input.take(2) % text.size());
    auto const other = static_cast<std::size_t>(input.take(2) % text.size());
    auto const size = static_cast<std::size_t>(input.take(1));
    switch (what % 6) {
    case 0: text[at] = static_cast<char>(text[at] ^ 1 << size % 8); break;
    case 1: text.erase(at, size); break;
    case 2: text.insert(at, text.substr(other, size)); break;
    case 3: text[at] = static_cast<char>(other); break;
    case 4: text.resize(at); break;
    default:
      std::rotate(text.begin() + static_cast<std::ptrdiff_t>(std::min(at, other)),
                  text.begin() + static_cast<std::ptrdiff_t>(std::max(at, other)), text.end());
    }
  }
  return text;
}

/// Reads everything in pieces of several sizes. `sound`: what was sealed at these places, if anything may be
/// read.
void read_file(std::string const& file, std::string_view sound) {
  for (auto const lost : {trace::lost_block::is_an_error, trace::lost_block::is_skipped}) {
    auto opened =
        trace::sealed_source<trace::memory_source>::open(trace::memory_source{file}, the_sample().key, lost);
    if (!opened) {
      continue;
    }
    auto const size = opened->size();
    std::array<char, 50> to{};
    for (std::uint64_t offset = 0; offset < std::min<std::uint64_t>(size, 10'000); offset += 17) {
      auto const count = opened->read(offset, to);
      if (lost == trace::lost_block::is_skipped && (!count || *count > to.size())) {
        wrong("a lost block was not skipped");
      }
      if (count && lost == trace::lost_block::is_an_error &&
          std::string_view{to.data(), *count} !=
              sound.substr(std::min<std::size_t>(offset, sound.size()), *count)) {
        wrong("something was read that was not sealed there");
      }
    }
    if (!opened->verify()) {
      wrong("verifying failed");
    }
    if (opened->complete() && file != the_sample().file && sound == the_sample().plain) {
      wrong("a changed file passes for a whole one");
    }
    for (auto const& each : opened->damages()) {
      if (trace::describe(each).empty()) {
        wrong("a damage without a sentence");
      }
    }
  }
}

void read_journal(numbers input) {
  auto opener = trace::sealed_journal::make(the_sample().key, the_sample().head);
  auto const sequence = 2 ^ (input.take(1) & 1);
  auto const record = changed(the_sample().record, input);
  auto const plain = opener->open(sequence, record);
  if (plain.has_value() != (sequence == 2 && record == the_sample().record)) {
    wrong("a changed record was opened");
  }
}

void read_keys(numbers input) {
  auto const text = changed(the_sample().wrapped, input);
  auto const read = consent::read_wrapped_key(text);
  if (read && consent::unwrap(*read, the_sample().mine) && text != the_sample().wrapped) {
    wrong("a changed wrapped key was opened");
  }
  static_cast<void>(consent::parse_public_key(text));
}

/// Blocks that are sealed with the key, and with any header.
void read_forged(numbers input) {
  auto const seal = *overt::sink::block_seal::make(the_sample().key, the_sample().head);
  auto file = overt::sink::sealed_format::text_of(the_sample().head);
  while (!input.rest.empty() && file.size() < 20'000) {
    overt::sink::sealed_format::block_header header;
    auto const how = input.take(1);
    header.index = input.take(how % 2 == 0 ? 1 : 8);
    header.offset = input.take(how % 4 < 2 ? 1 : 8);
    header.kind = static_cast<overt::sink::block_kind>(input.take(1) % 3);
    seal.seal(header, std::string(static_cast<std::size_t>(input.take(1)), 'x'), file);
    if (how > 250) {
      file.resize(file.size() -
                  std::min<std::size_t>(file.size() - overt::sink::sealed_format::heads_size, how - 200));
    }
  }
  auto opened = trace::sealed_source<trace::memory_source>::open(trace::memory_source{file}, the_sample().key,
                                                                 trace::lost_block::is_skipped);
  std::array<char, 300> to{};
  for (auto const offset : {std::uint64_t{0}, std::uint64_t{200}, opened->size() / 2, opened->size() - 1}) {
    static_cast<void>(opened->read(offset, to));
  }
  static_cast<void>(opened->verify());
}

void look_at(std::span<std::uint8_t const> input) {
  if (input.empty()) {
    return;
  }
  auto const rest = numbers{input.subspan(1)};
  switch (input[0] % 5) {
  case 0: read_file(changed(the_sample().file, rest), the_sample().plain); break;
  case 1: read_journal(rest); break;
  case 2: read_keys(rest); break;
  case 3: read_forged(rest); break;
  default: {
    std::string const bytes{rest.rest.begin(), rest.rest.end()};
    read_file(bytes, "");
    static_cast<void>(consent::read_wrapped_key(bytes));
    static_cast<void>(consent::parse_public_key(bytes));
    static_cast<void>(consent::secret_key::parse(bytes));
  }
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  look_at({bytes, size});
  return 0;
}

overt_fuzz::food overt_fuzz::feed() {
  food made{.drawn = 40};
  for (char how = 0; how < 4; ++how) { // one change of each kind
    std::string seed{how};
    for (char what = 0; what < 6; ++what) {
      made.seeds.push_back(seed += {what, '\1', static_cast<char>(what * 29), '\0', '\7', '\x11'});
    }
  }
  made.seeds.push_back('\4' + the_sample().file.substr(0, 2000));
  made.seeds.push_back('\4' + the_sample().wrapped);
  made.seeds.push_back('\4' + consent::text_of(the_sample().mine.public_half()));
  return made;
}
