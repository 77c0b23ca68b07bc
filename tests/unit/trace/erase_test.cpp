#include <overt/trace/erase.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <overt/event/name_pool.hpp>
#include <overt/sink/cbor.hpp>
#include <overt/sink/jsonl.hpp>
#include <overt/sink/mcap.hpp>
#include <overt/sink/with_pictures.hpp>
#include <overt/trace/json/reader.hpp>
#include <overt/trace/json/session_of.hpp>
#include <overt/trace/pictures.hpp>
#include <overt/trace/trace_replacement.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>
#include <overt_test/erasable.hpp>
#include <overt_test/pictures.hpp>

namespace {

namespace files = std::filesystem;
namespace trace = overt::trace;
using overt_test::erasable_session;

template <class Sink>
using with_raw = overt::sink::with_pictures<Sink, overt_test::raw_pictures>;

overt::session_end counted(std::map<std::string_view, std::uint64_t> const& counts) {
  overt::session_end end;
  constexpr auto names = overt::detail::payload_literals<overt::event>();
  for (auto const& name : names) {
    if (auto const found = counts.find(name.view()); found != counts.end()) {
      end.written.push_back({name, found->second});
    }
  }
  return end;
}

template <class Sink>
void record(Sink to, erasable_session const& session) {
  std::map<std::string_view, std::uint64_t> counts;
  REQUIRE(overt::sink::open(to, session.session()));
  for (auto const& each : session.events()) {
    if (auto const picture = session.picture_of(each.event.head().sequence)) {
      to.write(each.event, *picture);
    } else {
      to.write(each.event);
    }
    ++counts[each.event.payload_name()];
  }
  REQUIRE(overt::sink::close(to, counted(counts)));
}

template <class Sink>
overt::result<bool> erase(std::string const& path, std::string const& to_path, trace::erasure const& what) {
  overt::name_pool names;
  with_raw<Sink> to{Sink{to_path}};
  auto pictures = trace::open_pictures<overt_test::raw_pictures>(path);
  REQUIRE(pictures);
  return trace::erase<overt::event>(
      [&] { return trace::open<overt::event>(path); },
      [&](auto const& reader) { return trace::session_of(reader.session(), names); }, what, to,
      [&](std::uint64_t frame) { return pictures->picture_of(frame); });
}

/// Every byte of every file, and every name.
std::string everything_in(files::path const& folder) {
  std::string all;
  for (auto const& each : files::recursive_directory_iterator{folder}) {
    all += files::relative(each.path(), folder).string() + '\n';
    if (each.is_regular_file()) {
      std::ifstream file{each.path(), std::ios::binary};
      all.append(std::istreambuf_iterator<char>{file}, {});
    }
  }
  return all;
}

std::string pixels_of(std::uint32_t colour) {
  std::string two;
  for (int pixel = 0; pixel < 2; ++pixel) {
    for (int byte = 0; byte < 4; ++byte) {
      two += static_cast<char>(colour >> 8 * byte & 0xff);
    }
  }
  return two;
}

template <class Sink>
void search_every_byte(std::string const& name, std::uint32_t seed) {
  overt_test::temporary_folder folder;
  auto const path = (folder.path / name).string();
  erasable_session session{seed};
  record(with_raw<Sink>{Sink{path}}, session);
  auto const what = overt_test::some_erasure<trace::erasure>(session);
  trace::erasure_plan<overt::event> plan{what};
  for (auto const& each : session.events()) {
    plan.survey(each.event);
  }
  for (auto const& each : session.events()) {
    plan.judge(each.event);
  }
  overt_test::write(path + ".review.json", "{\"names\": \"the trace as it was\"}");
  overt_test::write(path + ".journal", "left by a recorder that was killed");
  auto const before = everything_in(folder.path);
  trace::trace_replacement replacing{path};
  auto const ending = files::path{path}.extension().string();
  REQUIRE(replacing.begin());
  auto const changed = erase<Sink>(path, replacing.new_path(ending), what);
  REQUIRE(changed);
  CHECK(*changed == plan.changes());
  if (!*changed) {
    replacing.abandon();
    return;
  }
  REQUIRE(replacing.commit({.ending = ending}));
  REQUIRE(replacing.finish([](std::string const&) { return overt::result<void>{}; }));

  // What remains is a trace, whole, of what was to stay.
  auto reader = trace::open<overt::event>(path);
  REQUIRE(reader);
  trace::sequence_check numbers;
  std::map<std::string, std::uint64_t> counts;
  std::set<std::uint64_t> with_picture;
  REQUIRE(trace::each_event(*reader, [&](auto const& event) {
    CHECK(numbers.follows(event));
    ++counts[std::string{event.payload_name()}];
    if (auto const* const frame = event.template get_if<overt::frame>();
        frame && frame->picture.disclosed()) {
      with_picture.insert(event.head().sequence);
    }
  }));
  CHECK(reader->complete());
  CHECK(reader->counts() == counts);
  CHECK(reader->problems().empty());
  auto pictures = trace::open_pictures<overt_test::raw_pictures>(path);
  REQUIRE(pictures);
  CHECK(std::set<std::uint64_t>(pictures->numbers().begin(), pictures->numbers().end()) == with_picture);

  auto const after = everything_in(folder.path);
  for (auto const& each : session.events()) {
    auto const number = each.event.head().sequence;
    bool const gone = plan.takes(number);
    if (!each.canary.empty()) {
      REQUIRE(before.find(each.canary) != std::string::npos);
      CHECK((after.find(each.canary) == std::string::npos) == gone);
    }
    if (each.colour) {
      // A picture that is equal but for one tile may keep a colour of another one's; these have one colour
      // each.
      CHECK(((after.find(pixels_of(*each.colour)) == std::string::npos)) == gone);
      if (!gone) {
        auto const picture = pictures->picture_of(plan.number_of(number));
        REQUIRE(picture);
        CHECK(overt_test::same_pixels(*picture, *session.picture_of(number)));
      }
    }
  }
  CHECK(after.find("left by a recorder") == std::string::npos);
  CHECK(after.find("as it was") == std::string::npos);
  CHECK(after.find(".erasing") == std::string::npos);
}

} // namespace

TEST_CASE("G10: what was erased is in no byte of any file beside the trace", "[trace][erase]") {
  for (std::uint32_t seed = 1; seed <= 8; ++seed) {
    search_every_byte<overt::sink::jsonl>("t.jsonl", seed);
    search_every_byte<overt::sink::cbor>("t.cbor", seed);
    search_every_byte<overt::sink::mcap<>>("t.mcap", seed);
  }
}

TEST_CASE("G10: a trace without anything under the erasure is not written anew", "[trace][erase]") {
  overt_test::temporary_folder folder;
  auto const path = (folder.path / "t.jsonl").string();
  record(with_raw<overt::sink::jsonl>{overt::sink::jsonl{path}}, erasable_session{3});
  auto const before = everything_in(folder.path);
  auto const unknown =
      erase<overt::sink::jsonl>(path, path + ".new", {.applications = {"nobody has heard of it"}});
  REQUIRE(unknown);
  CHECK_FALSE(*unknown);
  auto const nothing = erase<overt::sink::jsonl>(path, path + ".new", {.to = overt::timestamp{0}});
  REQUIRE(nothing);
  CHECK_FALSE(*nothing);
  CHECK_FALSE(files::exists(path + ".new"));
  CHECK_FALSE(erase<overt::sink::jsonl>(path, path + ".new", {}));
  CHECK(everything_in(folder.path) == before);
}

TEST_CASE("G10: a trace of several files becomes one, and everything of it one gap", "[trace][erase]") {
  overt_test::temporary_folder folder;
  auto const path = (folder.path / "t.mcap").string();
  erasable_session session{5, 0, 600};
  record(with_raw<overt::sink::mcap<>>{overt::sink::mcap<>{
             path, overt::sink::uncompressed{}, {.chunk_bytes = 1024, .part_bytes = 64 * 1024}}},
         session);
  auto const parts = trace::trace_replacement::parts_of(path);
  CHECK(parts > 2);
  trace::trace_replacement replacing{path};
  REQUIRE(replacing.begin());
  auto const changed = erase<overt::sink::mcap<>>(path, replacing.new_path(".mcap"), {.everything = true});
  REQUIRE(changed);
  CHECK(*changed);
  REQUIRE(replacing.commit({.parts = parts, .ending = ".mcap"}));
  REQUIRE(replacing.finish([](std::string const&) { return overt::result<void>{}; }));
  CHECK(trace::trace_replacement::parts_of(path) == 1);
  auto reader = trace::open<overt::event>(path);
  REQUIRE(reader);
  int events = 0;
  REQUIRE(trace::each_event(*reader, [&](auto const& event) {
    ++events;
    REQUIRE(event.template get_if<overt::gap>() != nullptr);
    CHECK(event.template get_if<overt::gap>()->reason == overt::withheld_reason::erased);
  }));
  CHECK(events == 1);
  CHECK(reader->complete());
  auto const after = everything_in(folder.path);
  for (auto const& each : session.events()) {
    CHECK((each.canary.empty() || after.find(each.canary) == std::string::npos));
  }
}
