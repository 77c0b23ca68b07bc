#include <overt/trace/json/mcap_trace.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/crc32.hpp>
#include <overt/sink/mcap.hpp>
#include <overt/sink/zstd/zstd.hpp>
#include <overt/trace/json/message_events.hpp>
#include <overt/trace/mcap/scan.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/known_trace.hpp>
#include <overt_test/trace_files.hpp>

namespace {

namespace sink = overt::sink;
using overt_test::memory_files;
using trace = overt::trace::mcap_trace<overt::event, memory_files, sink::zstd>;

struct small_journals {
  [[nodiscard]] sink::file_storage<> operator()(std::string path, sink::trace_id const& id) const {
    return sink::file_storage<>{std::move(path), {.half_bytes = 4096, .id = id}};
  }
};

/// A trace of so many known events. Not closed: as a recorder that is killed then leaves it.
template <class Codec = sink::uncompressed>
memory_files written(std::uint64_t events, sink::mcap_options options, bool closed = true) {
  overt_test::own_folder folder;
  auto const path = folder / "t.mcap";
  sink::mcap<overt::event, Codec, small_journals> out{path, Codec{}, options};
  REQUIRE(out.open(overt_test::known_session()));
  overt_test::known_source source{out};
  while (source.sequence() < events) {
    source.push();
  }
  if (closed) {
    REQUIRE(out.close({}));
  }
  return memory_files::of(path);
}

std::vector<std::string> lines_of(std::uint64_t events) {
  overt_test::known_lines known;
  std::vector<std::string> lines{{}};
  for (std::uint64_t number = 1; number <= events; ++number) {
    lines.emplace_back(known.of(number));
  }
  return lines;
}

/// What a reader gave of a small trace.
struct seen {
  std::uint64_t events = 0;
  std::uint64_t last = 0;
  std::uint64_t wrong = 0;
  std::size_t damages = 0;
  std::size_t problems = 0;
  bool failed = false;
  bool complete = false;
  std::string why{};
};

class looker {
public:
  explicit looker(std::vector<std::string> lines) : lines_{std::move(lines)} {}

  void take(seen& to, overt::recorded<overt::event> const& event) {
    line_.clear();
    sink::append_event(line_, event);
    auto const number = event.head().sequence;
    bool const right = number > to.last && number < lines_.size() && line_.view() == lines_[number];
    to.wrong += right ? 0 : 1;
    to.last = number;
    ++to.events;
  }

  seen read(memory_files const& files) {
    seen found;
    auto opened = trace::open(files);
    if (!opened) {
      found.failed = true;
      found.why = opened.error().message;
      return found;
    }
    for (;;) {
      auto next = opened->next();
      if (!next) {
        found.failed = true;
        found.why = next.error().message;
        break;
      }
      if (!*next) {
        break;
      }
      take(found, **next);
    }
    found.complete = opened->complete();
    found.damages = opened->part().damage().size();
    found.problems = opened->problems().size();
    return found;
  }

  /// What is left in the sound chunks of one file.
  seen scan(std::string_view bytes) {
    seen found;
    overt::trace::mcap_scan<overt::trace::memory_source, sink::zstd> file{overt::trace::memory_source{bytes}};
    overt::trace::message_events<overt::event> events{std::make_shared<overt::name_pool>()};
    for (;;) {
      auto const more = file.next_chunk();
      if (!more || !*more) {
        break;
      }
      events.clear();
      for (std::size_t i = 0; i < file.chunk().size(); ++i) {
        auto const message = file.chunk().message(i);
        if (auto added = events.add(message.channel->topic, message.bytes); !added) {
          ++found.wrong;
        }
      }
      events.sort();
      while (auto const event = events.next()) {
        take(found, *event);
      }
    }
    found.damages = file.damage().size();
    return found;
  }

private:
  std::vector<std::string> lines_;
  overt::detail::json_text line_;
};

/// The most events that one chunk of the file has.
std::uint64_t largest_chunk(std::string_view bytes) {
  overt::trace::mcap_scan<overt::trace::memory_source, sink::zstd> file{overt::trace::memory_source{bytes}};
  overt::trace::message_events<overt::event> events{std::make_shared<overt::name_pool>()};
  std::uint64_t most = 0;
  while (true) {
    auto const more = file.next_chunk();
    if (!more || !*more) {
      return most;
    }
    events.clear();
    for (std::size_t i = 0; i < file.chunk().size(); ++i) {
      REQUIRE(events.add(file.chunk().message(i).channel->topic, file.chunk().message(i).bytes));
    }
    std::uint64_t count = 0;
    events.sort();
    while (events.next()) {
      ++count;
    }
    most = std::max(most, count);
  }
}

/// Every bit, or, where time is short, one of every eighth byte: a different one in each.
bool every_bit() { return std::getenv("OVERT_FULL") != nullptr; }

template <class Use>
void flip_each(std::string& bytes, Use&& use) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (std::size_t bit = 0; bit < 8; ++bit) {
      if (every_bit() || (at % 8 == 0 && bit == at / 8 % 8)) {
        auto const before = bytes[at];
        bytes[at] = static_cast<char>(static_cast<unsigned char>(before) ^ (1u << bit));
        use(at * 8 + bit);
        bytes[at] = before;
      }
    }
  }
}

constexpr sink::mcap_options small{}; // a chunk is closed when the journal is full
constexpr std::uint64_t few = 60;

} // namespace

TEST_CASE(
    "a small trace that is cut at any byte gives a part of it that is right, and says that it was cut") {
  auto const files = written<sink::zstd>(few, small);
  auto const whole = files[1].file;
  looker look{lines_of(few)};
  REQUIRE(look.read(files).events == few);
  REQUIRE(look.read(files).complete);
  auto const most = largest_chunk(whole);
  std::uint64_t before = 0;
  std::size_t wrong = 0;
  std::size_t silent = 0;
  std::size_t errors = 0;
  for (std::size_t size = 0; size < whole.size(); size += every_bit() || size + 100 > whole.size() ? 1 : 8) {
    files[1].file = whole.substr(0, size);
    auto const found = look.read(files);
    wrong += found.wrong;
    silent += found.complete && !found.failed ? 1 : 0;
    errors += found.failed ? 1 : 0;
    if (found.events < before || found.events > before + most) { // each chunk comes as a whole, and stays
      ++wrong;
    }
    before = found.events;
    wrong += look.scan(files[1].file).wrong;
  }
  CHECK(wrong == 0);
  CHECK(silent == 0);
  CHECK(before == few);
  UNSCOPED_INFO(whole.size() << " lengths, " << errors << " refused");
  SUCCEED();
}

TEST_CASE("no flipped bit of a complete trace gives a wrong event or goes unseen, and none costs more than a "
          "chunk") {
  auto const files = written<sink::zstd>(few, small);
  looker look{lines_of(few)};
  auto const most = largest_chunk(files[1].file);
  std::size_t flips = 0;
  std::size_t refused = 0;
  std::size_t told = 0;
  std::vector<std::size_t> wrong;
  std::vector<std::size_t> unseen;
  std::vector<std::size_t> costly;
  flip_each(files[1].file, [&](std::size_t bit) {
    ++flips;
    auto const found = look.read(files);
    if (found.wrong > 0) {
      wrong.push_back(bit);
    }
    if (found.failed) {
      ++refused;
    } else if (!found.complete && found.damages > 0) {
      ++told;
    } else {
      unseen.push_back(bit);
    }
    auto const left = look.scan(files[1].file);
    if (left.wrong > 0) {
      wrong.push_back(bit);
    }
    if (left.events + most < few) {
      costly.push_back(bit);
    }
    if (left.damages == 0) {
      unseen.push_back(bit);
    }
  });
  CHECK(wrong.empty());
  CHECK(unseen.empty());
  CHECK(costly.empty());
  CHECK(refused + told == flips);
  std::printf("flips of a complete trace: %zu, refused %zu, read with the damage told %zu, unseen %zu\n",
              flips, refused, told, unseen.size());
}

TEST_CASE(
    "no flipped bit of a trace without end or of its journal gives a wrong event or a hole in silence") {
  auto const files = written<sink::zstd>(few, small, false);
  looker look{lines_of(few)};
  auto const sound = look.read(files);
  REQUIRE(sound.events == few);
  REQUIRE_FALSE(sound.complete);
  REQUIRE(sound.problems == 0);
  auto const check = [&](char const* what, std::string& bytes) {
    std::size_t flips = 0;
    std::size_t refused = 0;
    std::size_t told = 0;
    std::size_t shorter = 0;
    std::size_t harmless = 0;
    std::vector<std::size_t> wrong;
    flip_each(bytes, [&](std::size_t bit) {
      ++flips;
      auto const found = look.read(files);
      if (found.wrong > 0 || found.complete) {
        wrong.push_back(bit);
      }
      if (found.failed) {
        ++refused;
      } else if (found.damages > sound.damages || found.problems > 0) {
        CHECK(found.last == found.events); // the begin of the trace, without a hole
        ++told;
      } else if (found.events == few) {
        ++harmless;
      } else {
        ++shorter;
      }
    });
    CHECK(wrong.empty());
    std::printf("flips of %s: %zu, refused %zu, damage told %zu, shorter and without an end %zu, made good "
                "or unused %zu\n",
                what, flips, refused, told, shorter, harmless);
    return shorter;
  };
  CHECK(check("a trace without end", files[1].file) == 0);
  // What is not used of the journal is left out: it begins behind the last record of a half.
  auto& journal = files[1].journal;
  auto const used = journal.find_last_not_of('\0') + 1;
  auto const rest = journal.substr(used);
  INFO(used);
  auto const whole = journal;
  CHECK(check("its journal", journal) == 0);
  CHECK(journal == whole);
}

TEST_CASE("the flips could find something: an event that is changed under sound CRCs is read as it is") {
  auto const files = written(few, small);
  auto& bytes = files[1].file;
  looker look{lines_of(few)};
  REQUIRE(look.read(files).wrong == 0);
  auto const get = [&](std::size_t at) {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data() + at, 8);
    return static_cast<std::size_t>(value);
  };
  auto const put_crc = [&](std::size_t at, std::string_view of) {
    auto const crc = overt::detail::crc32(of);
    std::memcpy(bytes.data() + at, &crc, 4);
  };
  bool changed = false;
  std::size_t at = 8;
  for (; static_cast<unsigned char>(bytes[at]) != 0x0f; at += 9 + get(at + 1)) { // until Data End
    auto const content = at + 9;
    if (bytes[at] == 6 && !changed) { // a chunk: times, size, CRC, no compression, records
      auto const records = content + 8 + 8 + 8 + 4 + 4 + 8;
      auto const size = get(records - 8);
      if (auto const word = bytes.find("\"Red ", records); word < records + size) {
        bytes[word + 1] = 'B';
        put_crc(content + 24, std::string_view{bytes}.substr(records, size));
        changed = true;
      }
    }
  }
  REQUIRE(changed);
  CHECK(look.read(files).failed); // the CRC over everything
  put_crc(at + 9, std::string_view{bytes}.substr(0, at));
  auto const found = look.read(files);
  CHECK_FALSE(found.failed);
  CHECK(found.complete);
  CHECK(found.wrong > 0);
}

TEST_CASE("parts are read as one") {
  auto const files = written(1000, {.part_bytes = 30'000});
  REQUIRE(files.parts().size() > 3);
  auto opened = trace::open(files);
  REQUIRE(opened);
  auto const found = overt_test::compare_with_known(*opened);
  CHECK_FALSE(found.failed);
  CHECK(found.complete);
  CHECK(found.events == 1000);
  CHECK(found.wrong == 0);
}

TEST_CASE("a part that is missing, of another trace or out of place is an error with its name") {
  auto const files = written(1000, {.part_bytes = 30'000});
  auto const count = static_cast<std::uint32_t>(files.parts().size());
  REQUIRE(count > 3);
  looker look{lines_of(1000)};

  SECTION("the last is missing") {
    files.parts().erase(count);
    auto const found = look.read(files);
    CHECK(found.failed);
    CHECK(found.why.find(files.name(count)) != std::string::npos);
    CHECK(found.wrong == 0);
  }
  SECTION("one in the middle is missing") {
    files.parts().erase(2);
    auto const found = look.read(files);
    CHECK(found.failed);
    CHECK(found.why.find(files.name(2)) != std::string::npos);
    CHECK(found.wrong == 0);
  }
  SECTION("the first is missing") {
    files.parts().erase(1);
    auto const found = look.read(files);
    CHECK(found.failed);
    CHECK(found.why.find(files.name(1)) != std::string::npos);
  }
  SECTION("two are swapped") {
    std::swap(files[2], files[3]);
    auto const found = look.read(files);
    CHECK(found.failed);
    CHECK(found.why.find(files.name(2)) != std::string::npos);
    CHECK(found.wrong == 0);
  }
  SECTION("the first two are swapped") {
    std::swap(files[1], files[2]);
    auto const found = look.read(files);
    CHECK(found.failed);
    CHECK(found.why.find(files.name(1)) != std::string::npos);
    CHECK(found.wrong == 0);
  }
  SECTION("one is there twice") {
    files[3] = files[2];
    auto const found = look.read(files);
    CHECK(found.failed);
    CHECK(found.why.find(files.name(3)) != std::string::npos);
    CHECK(found.wrong == 0);
  }
  SECTION("one is of another trace") {
    auto const other = written(1000, {.part_bytes = 30'000});
    files[2] = other[2];
    auto const found = look.read(files);
    CHECK(found.failed);
    CHECK(found.why.find(files.name(2)) != std::string::npos);
    CHECK(found.wrong == 0);
  }
  SECTION("two are swapped, and only some payloads are read") {
    std::swap(files[2], files[3]);
    auto opened = trace::open(files);
    REQUIRE(opened);
    bool failed = !opened->only({"text"});
    std::uint64_t last = 0;
    while (!failed) {
      auto next = opened->next();
      failed = !next;
      if (failed || !*next) {
        break;
      }
      CHECK((*next)->head().sequence > last);
      last = (*next)->head().sequence;
    }
    CHECK(failed);
  }
}

TEST_CASE("the journal of another trace is not taken for one of this") {
  auto const files = written<sink::zstd>(few, small, false);
  auto const other = written<sink::zstd>(few + 16, small, false);
  looker look{lines_of(few)};
  files[1].journal = other[1].journal;
  auto const found = look.read(files);
  INFO(found.why);
  CHECK(found.wrong == 0);
  CHECK((found.failed || found.events < few));
}

TEST_CASE("seek gives all from a time on, over parts, and only() those of some payloads") {
  constexpr std::uint64_t many = 800;
  bool const closed = GENERATE(true, false);
  auto const batch_ns = GENERATE(std::int64_t{1'000'000'000}, std::int64_t{8'000'000'000});
  auto const part_bytes = GENERATE(std::uint64_t{0}, std::uint64_t{150'000});
  auto const files = written(many, {.batch_ns = batch_ns, .part_bytes = part_bytes}, closed);
  auto opened = trace::open(files);
  REQUIRE(opened);
  std::vector<std::pair<std::uint64_t, std::string>> all;
  for (;;) {
    auto next = opened->next();
    REQUIRE(next);
    if (!*next) {
      break;
    }
    all.emplace_back((*next)->head().sequence, (*next)->payload_name());
  }
  REQUIRE(all.size() == many);
  for (auto const& payloads : std::vector<std::vector<std::string>>{
           {}, {"text"}, {"key"}, {"pointer_move", "button"}, {"focus"}, {"no such payload"}}) {
    REQUIRE(opened->only(payloads));
    for (std::uint64_t const first :
         {many, std::uint64_t{1}, many / 2, many - 3, std::uint64_t{77}, many + 1}) {
      auto const from = overt::timestamp{overt_test::known_time(first)};
      REQUIRE(opened->seek(from));
      std::size_t wrong = 0;
      auto expected = all.begin();
      auto const is_wanted = [&](auto const& one) {
        return one.first >= first && (payloads.empty() || std::find(payloads.begin(), payloads.end(),
                                                                    one.second) != payloads.end());
      };
      for (;;) {
        auto next = opened->next();
        REQUIRE(next);
        expected = std::find_if(expected, all.end(), is_wanted);
        if (!*next) {
          break;
        }
        wrong += expected == all.end() || expected->first != (*next)->head().sequence ? 1 : 0;
        if (expected != all.end()) {
          ++expected;
        }
      }
      INFO("from " << first << ", closed " << closed << ", batches of " << batch_ns << " ns, parts of "
                   << part_bytes << ", payloads " << payloads.size());
      CHECK(expected == all.end());
      CHECK(wrong == 0);
    }
  }
}

TEST_CASE("seek finds what stands at the end of a long batch") {
  // Moves alone: a chunk has one message, which has the time of the first of them.
  overt_test::own_folder folder;
  auto const path = folder / "t.mcap";
  sink::mcap<overt::event> out{path, {}, {.batch_ns = 20 * overt_test::seconds}};
  REQUIRE(out.open(overt_test::known_session()));
  overt::redact::pipeline<overt::event, decltype(overt_test::known_chain()), decltype(out)> pipe{
      overt_test::known_chain(), out, {}};
  auto const here = overt_test::place();
  for (std::int64_t i = 1; i <= 4000; ++i) {
    pipe.push(overt_test::happened(i * 20 * overt_test::ms, here, overt_test::move()));
  }
  REQUIRE(out.close({}));
  auto opened = trace::open(memory_files::of(path));
  REQUIRE(opened);
  for (std::int64_t first = 1; first <= 4000; first += 111) {
    REQUIRE(opened->seek({first * 20 * overt_test::ms}));
    auto const next = opened->next();
    REQUIRE(next);
    REQUIRE(*next);
    CHECK((*next)->head().sequence == static_cast<std::uint64_t>(first));
  }
}

TEST_CASE("seek reads only what it has to") {
  auto const files = written(4000, {});
  auto opened = trace::open(files);
  REQUIRE(opened);
  auto const before = files.read_bytes();
  REQUIRE(opened->seek({overt_test::known_time(3950)}));
  std::size_t given = 0;
  for (;;) {
    auto next = opened->next();
    REQUIRE(next);
    if (!*next) {
      break;
    }
    ++given;
  }
  CHECK(given == 51);
  CHECK(files.read_bytes() - before < files[1].file.size() / 2);
}
