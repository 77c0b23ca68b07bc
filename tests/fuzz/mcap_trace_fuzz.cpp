// The reader of MCAP traces above the container: hostile messages and journal records, each in a right chunk
// or with a right checksum, so that these hide nothing. They are read in order and salvaged; numbers must
// rise, and what is read must come back as a message.
// With and without libFuzzer: support/main.cpp.
//
// An input is pieces: one byte that says what it is, two bytes of length, and its bytes.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/hexadecimal.hpp>
#include <overt/sink/mcap/builder.hpp>
#include <overt/sink/mcap/part_records.hpp>
#include <overt/sink/mcap/topics.hpp>
#include <overt/sink/packed/batch_writer.hpp>
#include <overt/sink/packed/row_writer.hpp>
#include <overt/sink/storage/journal_format.hpp>
#include <overt/trace/each_event.hpp>
#include <overt/trace/json/mcap_salvage.hpp>
#include <overt/trace/json/mcap_trace.hpp>
#include <overt_test/packed.hpp>
#include <overt_test/trace_files.hpp>
#include <overt_test/traces.hpp>

#include "support/mutated.hpp"

namespace {

namespace format = overt::sink::journal_format;
namespace sink = overt::sink;
namespace trace = overt::trace;
using overt_fuzz::report;
using overt_test::memory_files;

constexpr std::uint32_t half_bytes = 4096;
constexpr sink::trace_id id{7};
using texts = std::vector<std::pair<std::string, std::string>>;

/// What a piece is.
enum class piece : std::uint8_t { place, stream, event, chunk_ends, entry, session, counts };
constexpr std::uint8_t pieces = 7;

std::string as_piece(piece what, std::string_view bytes) {
  return std::string{static_cast<char>(what), static_cast<char>(bytes.size() >> 8 & 0xff),
                     static_cast<char>(bytes.size() & 0xff)} +
         std::string{bytes};
}

/// Calls `use(what, bytes)` for each piece.
template <class Use>
void each_piece(std::string_view input, Use&& use) {
  while (input.size() >= 3) {
    auto const byte = [&](std::size_t at) { return static_cast<std::uint8_t>(input[at]); };
    auto const what = static_cast<piece>(byte(0) % pieces);
    auto const bytes = input.substr(3, byte(1) * std::size_t{256} + byte(2));
    input.remove_prefix(3 + bytes.size());
    use(what, bytes);
  }
}

/// The journal of a recorder that was killed, with these records.
class journal_maker {
public:
  journal_maker() {
    format::put_head(image_.data(), {.half_bytes = half_bytes, .id = id});
    format::put_head(&image_[format::page_bytes], {.half_bytes = half_bytes, .id = id});
  }

  void put(std::string_view bytes) {
    if (bytes.empty() || format::room_of(bytes.size()) > format::halves_begin + half_bytes - at_) {
      return;
    }
    char* const to = &image_[at_];
    format::put(to, static_cast<std::uint32_t>(bytes.size()));
    format::put(to + 8, std::uint64_t{1});
    format::put(to + 16, std::uint64_t{1});
    format::put(to + 4, format::checksum({to + 8, 16}, bytes));
    std::memcpy(to + format::record_head_bytes, bytes.data(), bytes.size());
    at_ += format::room_of(bytes.size());
  }

  [[nodiscard]] std::string const& image() const noexcept { return image_; }

private:
  std::string image_ = std::string(format::halves_begin + std::size_t{2} * half_bytes, '\0');
  std::size_t at_ = format::halves_begin;
};

/// A trace of one part; `whole`: with its end, and then without a journal.
memory_files made_of(std::string_view input, bool whole) {
  sink::mcap_builder<> builder;
  journal_maker journal;
  std::string session = R"({"type":"session","clock":{"monotonic_ns":1,"wall_ns":2}})";
  texts counts;
  each_piece(input, [&](piece what, std::string_view bytes) {
    if (what == piece::session) {
      session = bytes;
    } else if (what == piece::counts) {
      auto const half = bytes.size() / 2;
      counts.emplace_back(bytes.substr(0, half), bytes.substr(half));
    } else if (what == piece::entry) {
      journal.put(bytes);
    }
  });
  builder.metadata("overt", texts{{"schema", std::string{sink::mcap_schema}},
                                  {"trace", overt::detail::to_hex(id)},
                                  {"part", "1"},
                                  {"batch_ns", "1000"},
                                  {"session", session}});
  std::string file{builder.head("overt", "fuzz")};
  builder.appended();
  auto const end_chunk = [&] {
    if (auto const chunk = builder.chunk(file.size())) {
      file += *chunk;
      builder.appended();
    }
  };
  auto const schema = builder.schema("any", "jsonschema", "{}");
  std::uint32_t number = 0;
  each_piece(input, [&](piece what, std::string_view bytes) {
    if (what == piece::chunk_ends) {
      end_chunk();
    } else if (what == piece::place || what == piece::stream || what == piece::event) {
      auto const topic = what == piece::place    ? sink::context_topic
                         : what == piece::stream ? sink::stream_topic
                                                 : std::string_view{"mouse/button"};
      ++number;
      builder.message(builder.channel(schema, topic, "json", {}), number, number, number, bytes);
    }
  });
  end_chunk();
  memory_files files;
  if (whole) {
    builder.metadata("end", texts{{"more_parts", "false"}});
    builder.metadata("counts", counts);
    file += builder.end(file.size());
    files[1] = {std::move(file), {}};
  } else {
    files[1] = {std::move(file), journal.image()};
  }
  return files;
}

/// Reads to the end or the first error.
template <class Trace>
void read_all(Trace& from) {
  std::optional<std::uint64_t> last;
  static_cast<void>(trace::each_event(from, [&](auto const& event) {
    auto const sequence = event.head().sequence;
    if (last && sequence <= *last) {
      report("numbers do not rise");
    }
    last = sequence;
    auto const line = overt_test::as_line(event);
    trace::message_events<overt::event> again{std::make_shared<overt::name_pool>()};
    auto const added = again.add_event(line);
    auto const back = again.next();
    if (!added || !back || overt_test::as_line(*back) != line) {
      report("an event that was read does not come back");
    }
  }));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const input{reinterpret_cast<char const*>(data), size};
  for (bool const whole : {true, false}) {
    auto const files = made_of(input, whole);
    using reading = trace::mcap_trace<overt::event, memory_files>;
    if (auto opened = reading::open(files)) {
      read_all(*opened);
      static_cast<void>(opened->counts());
      if (opened->seek({3}) && opened->only({"pointer_move", "button"})) {
        static_cast<void>(trace::each_event(*opened, [](auto const&) {}));
      }
    }
    if (whole) {
      continue; // salvaging does not look at the end
    }
    using saving = trace::mcap_salvage<overt::event, memory_files>;
    if (auto opened = saving::open(files)) {
      read_all(*opened);
    }
  }
  return 0;
}

overt_fuzz::food overt_fuzz::feed() {
  food made;
  overt_test::sample_trace const sample;
  std::string const place =
      R"({"context":1,"application":"editor","title":null,"origin":null,"page":null,"field":"plain"})";
  std::string all = as_piece(piece::place, place);
  for (auto const& line : sample.lines()) {
    made.seeds.push_back(as_piece(piece::event, line));
    made.seeds.push_back(as_piece(piece::entry, "m" + line));
    all += made.seeds.front();
  }
  made.seeds.push_back(all);
  std::mt19937_64 random{1};
  for (std::uint32_t i = 0; i < 24; ++i) {
    sink::packed::batch_writer<overt::event> batch;
    auto journal = as_piece(piece::entry, "c" + place);
    for (std::uint64_t sequence = 1; sequence <= 1 + i / 4; ++sequence) {
      auto const one = overt_test::random_sample(
          {.sequence = sequence, .time = {static_cast<std::int64_t>(sequence)}, .context = i % 2}, random);
      overt_test::with_packed(one.what, [&](auto const& payload) {
        sink::packed::row_writer rows;
        journal += as_piece(piece::entry, "r" + std::string{rows.write(one.head, payload)});
        return batch.add(one.head, payload);
      });
    }
    auto const file = as_piece(piece::place, place) + as_piece(piece::stream, batch.finish());
    made.seeds.push_back(file);
    made.seeds.push_back(journal);
    made.seeds.push_back(file + as_piece(piece::chunk_ends, "") + journal);
  }
  made.seeds.push_back(as_piece(piece::session, R"({"clock":{"monotonic_ns":-9,"wall_ns":1e9}})") +
                       as_piece(piece::counts, "key1234") + all);
  return made;
}
