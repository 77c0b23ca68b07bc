// Writing an event into an MCAP trace allocates nothing in steady state. Counts every allocation of the
// program, which is why it is one of its own.
#include <overt/sink/mcap.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

#include <overt/redact/pipeline.hpp>
#include <overt/redact/presets.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/counted_allocations.hpp>
#include <overt_test/events.hpp>
#include <overt_test/trace_files.hpp>

using overt_test::allocations;

namespace {

namespace redact = overt::redact;
namespace sink = overt::sink;

/// Keys leave without what they are, so that they are packed.
struct undisclosed_keys {
  static constexpr std::string_view name = "undisclosed_keys";
  overt::verdict operator()(overt::key&, overt::disclosure const& unlock) const {
    return overt::verdict::release(unlock);
  }
};

/// A clock that stands at the time of the events.
struct hand_clock {
  std::int64_t* ns;
  [[nodiscard]] overt::timestamp now() const { return {*ns}; }
  [[nodiscard]] std::int64_t wall_ns() const { return *ns; }
};

} // namespace

TEST_CASE("an MCAP trace is written without allocating, but for what is kept of each chunk") {
  overt_test::own_folder folder{};
  std::int64_t now = overt_test::seconds;
  using sink_type = sink::mcap<overt::event, sink::uncompressed, sink::plain_files, hand_clock>;
  std::filesystem::path const path{folder / "t.mcap"};
  sink_type out{path.string(),
                {},
                {.chunk_ns = 10 * overt_test::seconds, .batch_ns = overt_test::seconds},
                {},
                hand_clock{&now}};
  REQUIRE(out.open({}));
  auto chain = redact::only{"editor", "browser"} | redact::secrets{} | redact::structure{} |
               redact::window_titles{} | redact::pointer_paths{} | undisclosed_keys{} |
               redact::times{overt::consent::key_timing::raw} | redact::unverified{};
  redact::pipeline<overt::event, decltype(chain), sink_type> pipeline{chain, out, {}};
  auto const editor = overt_test::place({.application = "editor", .title = "a letter"});
  auto const browser = overt_test::place({.application = "browser", .title = "a page"});

  std::size_t in_events = 0; // allocations of events that closed no chunk
  std::size_t in_chunks = 0;
  std::size_t chunks = 0;
  std::size_t flushes = 0;
  int step = 0;
  auto const write_some = [&](int count, std::int64_t apart) {
    for (int i = 0; i < count; ++i, ++step) {
      now += apart;
      auto const& where = step / 900 % 2 == 0 ? editor : browser;
      auto what = step % 50 == 49 ? overt_test::happened(now, where, overt::button{})
                  : step % 7 == 0 ? overt_test::happened(now, where, overt_test::typed('a'))
                  : step % 31 == 0
                      ? overt_test::happened(now, where, overt::scroll{.dy_v120 = 120})
                      : overt_test::happened(now, where, overt_test::move(step * 7 % 1900, step % 1000));
      auto const size = std::filesystem::file_size(path);
      auto const before = allocations.load();
      pipeline.push(std::move(what));
      auto const made = allocations.load() - before;
      bool const chunk = std::filesystem::file_size(path) != size;
      (chunk ? in_chunks : in_events) += made;
      chunks += chunk ? 1 : 0;
      if (step % 25 == 0) {
        auto const before_flush = allocations.load();
        REQUIRE(out.flush());
        flushes += allocations.load() - before_flush;
      }
    }
  };
  write_some(10'000, 12 * overt_test::ms); // more in a second than later: all buffers have grown
  in_events = in_chunks = chunks = flushes = 0;
  write_some(30'000, 20 * overt_test::ms);
  CHECK(in_events == 0);
  CHECK(chunks > 50);
  CHECK(flushes == 0);
  CHECK(in_chunks < chunks / 10); // the index of all chunks grows, by doubling
  REQUIRE(out.close({}));
}
