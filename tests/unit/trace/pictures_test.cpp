#include <overt/trace/pictures.hpp>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/sink/cbor.hpp>
#include <overt/sink/jsonl.hpp>
#include <overt/sink/mcap.hpp>
#include <overt/sink/png/png.hpp>
#include <overt/sink/with_pictures.hpp>
#include <overt/trace/each_event.hpp>
#include <overt/trace/json/reader.hpp>
#include <overt/trace/mcap/definitions.hpp>
#include <overt/trace/mcap/index.hpp>
#include <overt/trace/mcap/picture_message.hpp>
#include <overt/trace/mcap/window.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/pictures.hpp>
#include <overt_test/trace_files.hpp>

namespace {

namespace sink = overt::sink;
namespace trace = overt::trace;
using overt::screen_picture;
using overt_test::memory_files;
using overt_test::raw_pictures;
using overt_test::same_pixels;
using written_pictures = std::map<std::uint64_t, screen_picture>;

/// Writes a session of frames and other events; gives the pictures that were on the screen.
template <class Codec = raw_pictures, class Sink>
written_pictures write(Sink inner, std::uint32_t seed, std::uint64_t frames = 40, bool closed = true,
                       sink::picture_rules rules = {.key_every = 9}) {
  written_pictures pictures;
  sink::with_pictures<Sink, Codec> out{std::move(inner), Codec{}, rules};
  REQUIRE(out.open({.policy = "{}", .time_grid_ns = 1}));
  overt_test::changing_screen screen{seed};
  std::uint64_t sequence = 0;
  for (std::uint64_t i = 0; i < frames; ++i) {
    out.write(overt_test::recorded_marker(++sequence));
    auto const& picture = screen.next();
    pictures.emplace(++sequence, picture.copy());
    out.write(overt_test::recorded_frame(sequence, picture.copy()));
  }
  REQUIRE(out.flush());
  if (closed) {
    REQUIRE(out.close({.written = {{"marker", frames}, {"frame", frames}}}));
  }
  return pictures;
}

template <class Pictures>
void check_all(Pictures& read, written_pictures const& written) {
  REQUIRE(read.numbers().size() == written.size());
  CHECK(read.problems().empty());
  auto expected = written.begin();
  std::size_t wrong = 0;
  REQUIRE(read.each_picture([&](std::uint64_t sequence, screen_picture const& picture) {
    wrong += sequence == expected->first && same_pixels(picture, expected->second) ? 0U : 1U;
    ++expected;
  }));
  CHECK(wrong == 0);
  std::vector<std::uint64_t> order{read.numbers()};
  std::shuffle(order.begin(), order.end(), std::mt19937{1});
  for (auto const sequence : order) {
    auto const picture = read.picture_of(sequence);
    REQUIRE(picture);
    CHECK(same_pixels(*picture, written.at(sequence)));
  }
  auto const none = read.picture_of(1'000'000);
  REQUIRE_FALSE(none);
  CHECK(none.error().code == overt::error_code::not_found);
}

void check_events(std::string const& path, std::uint64_t frames) {
  auto events = trace::open(path);
  REQUIRE(events);
  std::uint64_t seen = 0;
  std::uint64_t sized = 0;
  auto const read = trace::each_event(*events, [&](auto const& event) {
    ++seen;
    if (auto const* const frame = event.template get_if<overt::frame>()) {
      auto const* const picture = frame->picture.disclosed();
      sized += picture != nullptr && !picture->has_pixels() && picture->width() > 0 ? 1U : 0U;
    }
  });
  INFO(read.error().message);
  REQUIRE(read);
  CHECK(seen == 2 * frames);
  CHECK(sized == frames);
}

/// A chunk with its message indexes.
struct chunk_place {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  bool pictures = false;
};

std::vector<chunk_place> chunks_of(std::string const& bytes) {
  trace::mcap_window<trace::memory_source> file{trace::memory_source{bytes}, 1'000'000};
  trace::mcap_definitions known{1'000'000};
  auto const index = trace::read_mcap_index(file, true, known);
  REQUIRE(index);
  std::vector<chunk_place> places;
  for (auto const& each : index->chunks) {
    places.push_back({each.entry.offset, each.entry.size + each.entry.indexes_size,
                      trace::is_picture_topic(known.channel(each.channels.front())->topic)});
  }
  return places;
}

/// What the reader of events gives; it is not asked for pictures.
struct events_read {
  bool read = false;
  std::size_t events = 0;
  std::string why{};
  std::vector<std::string> problems{};
};

events_read read_events(memory_files const& files) {
  events_read found;
  auto opened = trace::open_files(files);
  if (!opened) {
    found.why = opened.error().message;
    return found;
  }
  auto const read = trace::each_event(*opened, [&](auto const&) { ++found.events; });
  found.read = read.has_value();
  found.why = read.error().message;
  found.problems = opened->problems();
  return found;
}

struct tally {
  std::size_t right = 0;
  std::size_t missing = 0;
  std::size_t damaged = 0;
  std::size_t wrong = 0; ///< given and not what was written
};

tally read_changed(memory_files const& files, written_pictures const& written) {
  tally found;
  auto pictures = trace::open_pictures_in<raw_pictures>(files);
  if (!pictures) {
    found.damaged = written.size();
    return found;
  }
  for (auto const& [sequence, expected] : written) {
    auto const picture = pictures->picture_of(sequence);
    if (!picture) {
      ++(picture.error().code == overt::error_code::not_found ? found.missing : found.damaged);
    } else {
      ++(same_pixels(*picture, expected) ? found.right : found.wrong);
    }
  }
  return found;
}

} // namespace

TEST_CASE("pictures of an MCAP trace come back, in order and by number", "[trace][picture]") {
  for (std::uint32_t seed = 1; seed <= 6; ++seed) {
    overt_test::own_folder const folder;
    auto const written = write(sink::mcap{folder / "t.mcap"}, seed);
    auto read = trace::open_pictures<raw_pictures>(folder / "t.mcap");
    REQUIRE(read);
    check_all(*read, written);
    check_events(folder / "t.mcap", 40);
  }
}

TEST_CASE("pictures of JSON lines and CBOR are whole PNG files beside the trace", "[trace][picture]") {
  overt_test::own_folder const folder;
  auto const lines = write<sink::png>(sink::jsonl{folder / "t.jsonl"}, 3);
  auto const items = write<sink::png>(sink::cbor{folder / "t.cbor"}, 4);
  auto of_lines = trace::open_pictures<sink::png>(folder / "t.jsonl");
  auto of_items = trace::open_pictures<sink::png>(folder / "t.cbor");
  REQUIRE(of_lines);
  REQUIRE(of_items);
  check_all(*of_lines, lines);
  check_all(*of_items, items);
  check_events(folder / "t.jsonl", 40);
  check_events(folder / "t.cbor", 40);
}

TEST_CASE("each part of a trace has the key pictures that its others need", "[trace][picture]") {
  overt_test::own_folder const folder;
  auto const written = write(sink::mcap{folder / "t.mcap", {}, {.chunk_bytes = 100, .part_bytes = 1'000'000}},
                             5, 60, true, {.key_every = 1000});
  auto files = memory_files::of(folder / "t.mcap");
  REQUIRE(files.parts().size() > 2);
  auto read = trace::open_pictures<raw_pictures>(folder / "t.mcap");
  REQUIRE(read);
  check_all(*read, written);
  check_events(folder / "t.mcap", 60);
  for (auto const& [number, part] : files.parts()) { // each alone
    memory_files one;
    auto path = folder / "alone.mcap";
    std::ofstream{path, std::ios::binary} << part.file;
    auto alone = trace::open_pictures<raw_pictures>(path);
    REQUIRE(alone);
    for (auto const sequence : alone->numbers()) {
      auto const picture = alone->picture_of(sequence);
      REQUIRE(picture);
      CHECK(same_pixels(*picture, written.at(sequence)));
    }
  }
}

TEST_CASE("pictures are in the file before their events, and survive a recorder that dies",
          "[trace][picture]") {
  overt_test::own_folder const folder;
  auto const written = write(sink::mcap{folder / "t.mcap"}, 6, 30, false);
  auto read = trace::open_pictures<raw_pictures>(folder / "t.mcap");
  REQUIRE(read);
  check_all(*read, written);
  check_events(folder / "t.mcap", 30);
}

TEST_CASE("no flipped bit, cut or hole gives a wrong picture", "[trace][picture]") {
  overt_test::own_folder const folder;
  auto const written = write(sink::mcap{folder / "t.mcap"}, 7, 20);
  auto const whole = memory_files::of(folder / "t.mcap");
  auto const& bytes = whole[1].file;
  std::mt19937_64 random{1};
  std::size_t noticed = 0;
  for (int i = 0; i < 400; ++i) {
    memory_files changed;
    auto& file = changed[1].file = bytes;
    auto const at = random() % file.size();
    switch (i % 4) {
    case 0: file.resize(at); break;
    case 1: file.erase(at, 1 + random() % 100); break;
    default: file[at] = static_cast<char>(file[at] ^ 1 << random() % 8);
    }
    auto const found = read_changed(changed, written);
    REQUIRE(found.wrong == 0);
    noticed += found.missing + found.damaged > 0 ? 1U : 0U;
  }
  CHECK(noticed > 200); // what hits an index or another event costs no picture
}

TEST_CASE("a damaged key picture costs those that refer to it, and it is told", "[trace][picture]") {
  overt_test::own_folder const folder;
  sink::with_pictures out{sink::mcap{folder / "t.mcap"}, raw_pictures{}, {.key_every = 3}};
  REQUIRE(out.open({}));
  auto picture = *screen_picture::black({0, 0, 640, 64});
  for (std::uint64_t sequence = 1; sequence <= 6; ++sequence) { // keys are 1 and 4
    picture.fill({0, 0, 8, 1}, 0x123400 + static_cast<std::uint32_t>(sequence));
    out.write(overt_test::recorded_frame(sequence, picture.copy()));
  }
  REQUIRE(out.close({}));
  auto const whole = memory_files::of(folder / "t.mcap");
  std::string canary(4, '\0');
  std::uint32_t const pixel = 0x123401;
  std::memcpy(canary.data(), &pixel, 4);
  memory_files changed;
  changed[1].file = whole[1].file;
  auto const at = changed[1].file.find(canary);
  REQUIRE(at != std::string::npos);
  changed[1].file[at] = 'x';
  auto pictures = trace::open_pictures_in<raw_pictures>(changed);
  REQUIRE(pictures);
  CHECK(pictures->numbers() == std::vector<std::uint64_t>{2, 3, 4, 5, 6});
  REQUIRE(pictures->problems().size() == 1);
  CHECK(pictures->problems().front().find("its CRC is wrong") != std::string::npos);
  auto const second = pictures->picture_of(2);
  REQUIRE_FALSE(second);
  CHECK(second.error().code == overt::error_code::not_found);
  CHECK(second.error().message.find("picture of event 1 is not in the trace") != std::string::npos);
  CHECK(pictures->picture_of(5).has_value());
}

TEST_CASE("a damaged picture costs no event, wherever its chunk is damaged", "[trace][picture]") {
  overt_test::own_folder const folder;
  // Parts of about two pictures: what is told of one is not forgotten with the next.
  write(sink::mcap{folder / "t.mcap", sink::uncompressed{}, {.part_bytes = 20'000}}, 3, 8);
  auto const whole = memory_files::of(folder / "t.mcap");
  REQUIRE(whole.parts().size() > 1);
  auto const undamaged = read_events(whole);
  REQUIRE(undamaged.read);
  REQUIRE(undamaged.events == 16);
  REQUIRE(undamaged.problems.empty());
  std::size_t damaged_pictures = 0;
  std::size_t refused_others = 0;
  std::mt19937_64 random{1};
  bool thorough = true;
  for (auto const& chunk : chunks_of(whole[1].file)) {
    std::vector<std::uint64_t> places;
    for (int i = 0; i < 12; ++i) {
      places.push_back(chunk.offset + random() % chunk.size);
    }
    if (chunk.pictures && std::exchange(thorough, false)) { // all of its fields, and its message index
      for (std::uint64_t i = 0; i < 50; ++i) {
        places.push_back(chunk.offset + i);
        places.push_back(chunk.offset + chunk.size - 1 - i);
      }
    }
    for (auto const at : places) {
      memory_files changed; // a copy of `whole` would be the same files
      changed.parts() = whole.parts();
      auto& byte = changed[1].file[static_cast<std::size_t>(at)];
      byte = static_cast<char>(byte ^ 1 << random() % 8);
      auto const found = read_events(changed);
      INFO("byte " << at << " of the chunk at " << chunk.offset << ": " << found.why);
      if (chunk.pictures) {
        REQUIRE(found.read);
        REQUIRE(found.events == 16);
        REQUIRE(found.problems.size() == 1);
        REQUIRE(found.problems.front().find("a picture is damaged") != std::string::npos);
        ++damaged_pictures;
      } else {
        REQUIRE_FALSE(found.read);
        ++refused_others;
      }
    }
  }
  CHECK(damaged_pictures > 100);
  CHECK(refused_others > 20);
}

TEST_CASE("events behind a damaged picture are found by time and by kind", "[trace][picture]") {
  overt_test::own_folder const folder;
  write(sink::mcap{folder / "t.mcap"}, 3, 8);
  auto changed = memory_files::of(folder / "t.mcap");
  auto const chunks = chunks_of(changed[1].file);
  auto const picture =
      std::find_if(chunks.begin(), chunks.end(), [](auto const& one) { return one.pictures; });
  REQUIRE(picture != chunks.end());
  auto& byte = changed[1].file[static_cast<std::size_t>(picture->offset + picture->size / 2)];
  byte = static_cast<char>(byte ^ 1);
  auto opened = trace::open_files(changed);
  REQUIRE(opened);
  for (int i = 0; i < 2; ++i) { // what is told is told once, however often it is read
    REQUIRE(opened->seek({2}));
    std::size_t events = 0;
    REQUIRE(trace::each_event(*opened, [&](auto const&) { ++events; }));
    CHECK(events > 10);
    CHECK(opened->problems().size() == 1);
  }
  REQUIRE(opened->seek({}));
  REQUIRE(opened->only({"frame"}));
  std::size_t frames = 0;
  REQUIRE(trace::each_event(*opened, [&](auto const&) { ++frames; }));
  CHECK(frames == 8);
  CHECK(opened->problems().empty()); // pictures are not asked for
}

TEST_CASE("a recorder that was killed and a picture that is damaged: no event is lost, and it is told",
          "[trace][picture]") {
  overt_test::own_folder const folder;
  write(sink::mcap{folder / "t.mcap"}, 3, 8, false);
  auto changed = memory_files::of(folder / "t.mcap");
  CHECK(read_events(changed).problems.empty());
  auto const at = changed[1].file.find("screen/picture");
  REQUIRE(at != std::string::npos);
  changed[1].file[at + 200] = static_cast<char>(changed[1].file[at + 200] ^ 1);
  auto const found = read_events(changed);
  CHECK(found.read);
  CHECK(found.events == 16);
  CHECK(found.problems.size() == 1);
}

TEST_CASE("a full disk costs pictures and no event", "[trace][picture]") {
  overt_test::own_folder const folder;
  overt_test::watched_calls calls{.waits = false};
  bool full = false;
  calls.decide = [&](char const* name, std::size_t) {
    return full && std::string_view{name} == "write_at" ? overt_test::call_fate{ENOSPC}
                                                        : overt_test::call_fate{};
  };
  using inner = sink::mcap<overt::event, sink::uncompressed, overt_test::watched_files>;
  sink::with_pictures out{inner{folder / "t.mcap", {}, {}, overt_test::watched_files{&calls}},
                          raw_pictures{}};
  REQUIRE(out.open({}));
  overt_test::changing_screen screen{8};
  written_pictures written;
  for (std::uint64_t sequence = 1; sequence <= 30; ++sequence) {
    full = sequence > 10 && sequence <= 20;
    auto const& picture = screen.next();
    written.emplace(sequence, picture.copy());
    out.write(overt_test::recorded_frame(sequence, picture.copy()));
  }
  REQUIRE(out.close({}));
  auto read = trace::open_pictures<raw_pictures>(folder / "t.mcap");
  REQUIRE(read);
  for (auto const& [sequence, expected] : written) {
    INFO(sequence);
    auto const picture = read->picture_of(sequence);
    REQUIRE(picture.has_value() == (sequence <= 10 || sequence > 20));
    CHECK((picture ? same_pixels(*picture, expected) : picture.error().code == overt::error_code::not_found));
  }
  auto events = trace::open(folder / "t.mcap");
  REQUIRE(events);
  std::uint64_t frames = 0;
  REQUIRE(trace::each_event(*events,
                            [&](auto const& event) { frames += event.payload_name() == "frame" ? 1U : 0U; }));
  CHECK(frames == 30);
}

TEST_CASE("pictures that refer to what is no whole picture are refused", "[trace][picture]") {
  overt_test::own_folder const folder;
  sink::mcap out{folder / "t.mcap"};
  REQUIRE(out.open({}));
  auto const tiles = [](std::uint64_t key, overt::picture_size size) {
    return sink::encoded_picture{.kind = sink::picture_kind::same, .size = size, .key_sequence = key};
  };
  auto const picture = *screen_picture::black({0, 0, 10, 10});
  sink::encoded_picture key{.size = {10, 10}, .format = "raw"};
  REQUIRE(raw_pictures{}.encode(picture.pixels(), picture.size(), key.image));
  REQUIRE(out.write_picture({.sequence = 1}, key));
  REQUIRE(out.write_picture({.sequence = 2}, tiles(1, {10, 10})));
  REQUIRE(out.write_picture({.sequence = 3}, tiles(2, {10, 10}))); // of one that is not whole
  REQUIRE(out.write_picture({.sequence = 4}, tiles(4, {10, 10}))); // of itself
  REQUIRE(out.write_picture({.sequence = 5}, tiles(1, {10, 11}))); // of another size
  REQUIRE(out.write_picture({.sequence = 6}, tiles(9, {10, 10}))); // of none
  key.format = "bmp";
  REQUIRE(out.write_picture({.sequence = 7}, key));
  key.format = "raw";
  key.image.pop_back();
  REQUIRE(out.write_picture({.sequence = 8}, key));
  REQUIRE(out.close({}));
  auto read = trace::open_pictures<raw_pictures>(folder / "t.mcap");
  REQUIRE(read);
  CHECK(read->picture_of(1).has_value());
  CHECK(read->picture_of(2).has_value());
  CHECK(read->picture_of(3).error().code == overt::error_code::invalid_input);
  CHECK(read->picture_of(4).error().code == overt::error_code::invalid_input);
  CHECK(read->picture_of(5).error().code == overt::error_code::invalid_input);
  CHECK(read->picture_of(6).error().code == overt::error_code::not_found);
  CHECK(read->picture_of(7).error().code == overt::error_code::unsupported);
  CHECK(read->picture_of(8).error().code == overt::error_code::invalid_input);
}

TEST_CASE("a picture file that was changed is refused, and one that is gone is missing", "[trace][picture]") {
  overt_test::own_folder const folder;
  auto const written = write<sink::png>(sink::jsonl{folder / "t.jsonl"}, 9, 4);
  auto const file_of = [&](std::uint64_t sequence) {
    return folder / ("t.jsonl.pictures/" + std::to_string(sequence) + ".png").c_str();
  };
  auto bytes = overt_test::content_of(file_of(2));
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 16);
  std::ofstream{file_of(2), std::ios::binary} << bytes;
  std::filesystem::remove(file_of(4));
  std::ofstream{folder / "t.jsonl.pictures/6.png.part"} << "not ours";
  std::ofstream{folder / "t.jsonl.pictures/06.png"} << "not ours";
  auto read = trace::open_pictures<sink::png>(folder / "t.jsonl");
  REQUIRE(read);
  CHECK(read->numbers() == std::vector<std::uint64_t>{2, 6, 8});
  CHECK(read->picture_of(2).error().code == overt::error_code::invalid_input);
  CHECK(read->picture_of(4).error().code == overt::error_code::not_found);
  REQUIRE(read->picture_of(6).has_value());
  CHECK(same_pixels(*read->picture_of(6), written.at(6)));
}

TEST_CASE("a trace without pictures has none", "[trace][picture]") {
  overt_test::own_folder const folder;
  for (auto const* const name : {"t.mcap", "t.jsonl"}) {
    auto const path = folder / name;
    if (std::string_view{name} == "t.mcap") {
      sink::mcap out{path};
      REQUIRE((out.open({}) && out.close({})));
    } else {
      sink::jsonl out{path};
      REQUIRE((out.open({}) && out.close({})));
    }
    auto read = trace::open_pictures<raw_pictures>(path);
    REQUIRE(read);
    CHECK(read->numbers().empty());
    CHECK_FALSE(read->picture_of(1).has_value());
  }
  CHECK_FALSE(trace::open_pictures<raw_pictures>(folder / "none.mcap").has_value());
}
