#include <overt/sink/with_pictures.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <overt/sink/cbor.hpp>
#include <overt/sink/jsonl.hpp>
#include <overt/sink/mcap.hpp>
#include <overt/sink/memory.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>
#include <overt_test/pictures.hpp>

namespace {

namespace sink = overt::sink;
using overt::screen_picture;
using overt_test::raw_pictures;

/// Notes what is asked of it.
struct notes {
  std::shared_ptr<std::string> said = std::make_shared<std::string>();
  std::uint64_t loses = 0; ///< the picture of this event
  bool whole = false;

  template <class Event>
  void write(overt::cleared<Event> const& what) {
    *said += "cleared " + std::to_string(what.head().sequence) + "; ";
  }
  template <class Event>
  void write(overt::recorded<Event> const& what) {
    *said += "event " + std::to_string(what.head().sequence) + "; ";
  }
  overt::result<void> write_picture(sink::picture_head const& head, sink::encoded_picture const& picture) {
    constexpr char const* kinds[]{"key", "tiles", "same"};
    *said += std::string{kinds[static_cast<int>(picture.kind)]} + ' ' + std::to_string(head.sequence) +
             " of " + std::to_string(picture.key_sequence) + "; ";
    return head.sequence == loses ? overt::failure{overt::error_code::disk_full, "full"}
                                  : overt::result<void>{};
  }
  [[nodiscard]] bool wants_whole_picture() const { return whole; }
  overt::result<void> open(overt::session_info const&) { return act("open"); }
  overt::result<void> flush() { return act("flush"); }
  overt::result<void> close(overt::session_end const&) { return act("close"); }

private:
  overt::result<void> act(std::string const& what) const {
    *said += what + "; ";
    return {};
  }
};

static_assert(sink::keeps_pictures<notes>);
static_assert(sink::keeps_pictures<sink::mcap<>>);
static_assert(sink::keeps_pictures<sink::jsonl>);
static_assert(sink::keeps_pictures<sink::cbor>);
static_assert(!sink::keeps_pictures<sink::memory<>>);
static_assert(sink::sink_for<sink::with_pictures<notes, raw_pictures>, overt::event>);
static_assert(sink::sink_for<sink::with_pictures<sink::mcap<>, raw_pictures>, overt::event>);

screen_picture grey(std::uint32_t colour = 0x808080) {
  auto made = *screen_picture::black({0, 0, 640, 640});
  made.fill({0, 0, 10, 10}, colour);
  return made;
}

} // namespace

TEST_CASE("a picture comes before its event, and only where there are pixels", "[sink][picture]") {
  notes inner;
  sink::with_pictures out{inner, raw_pictures{}};
  REQUIRE(out.open({}));
  out.write(overt_test::recorded_marker(1));
  out.write(overt_test::recorded_frame(2, grey()));
  out.write(overt_test::recorded_frame(3, grey()));
  out.write(overt_test::recorded_frame(4, grey(0xff)));
  out.write(overt_test::recorded_frame(5, {}));                                    // withheld
  out.write(overt_test::recorded_frame(6, screen_picture::elsewhere({640, 640}))); // read from a trace
  out.write(overt_test::recorded_frame(7, screen_picture::elsewhere({640, 640})), grey(0xff));
  REQUIRE(out.flush());
  REQUIRE(out.close({}));
  CHECK(*inner.said == "open; event 1; key 2 of 2; event 2; same 3 of 2; event 3; tiles 4 of 2; event 4; "
                       "event 5; event 6; tiles 7 of 2; event 7; flush; close; ");
}

TEST_CASE("after a lost picture the next one is whole, and the event is written", "[sink][picture]") {
  notes inner{.loses = 2};
  sink::with_pictures out{inner, raw_pictures{}};
  for (std::uint64_t sequence = 1; sequence <= 4; ++sequence) {
    out.write(overt_test::recorded_frame(sequence, grey()));
  }
  CHECK(*inner.said ==
        "key 1 of 1; event 1; same 2 of 1; event 2; key 3 of 3; event 3; same 4 of 3; event 4; ");
}

TEST_CASE("a sink that wants whole pictures gets them", "[sink][picture]") {
  notes inner{.whole = true};
  sink::with_pictures out{inner, raw_pictures{}};
  out.write(overt_test::recorded_frame(1, grey()));
  out.write(overt_test::recorded_frame(2, grey()));
  CHECK(*inner.said == "key 1 of 1; event 1; key 2 of 2; event 2; ");
}

TEST_CASE("a codec that fails costs the picture alone", "[sink][picture]") {
  notes inner;
  sink::with_pictures out{inner, raw_pictures{.fails = true}};
  out.write(overt_test::recorded_frame(1, grey()));
  CHECK(*inner.said == "event 1; ");
}

TEST_CASE("of a cleared frame the picture is kept where a policy disclosed it", "[sink][picture]") {
  for (auto const state : {overt::guard_state::disclosed, overt::guard_state::withheld}) {
    notes inner;
    sink::with_pictures out{inner, raw_pictures{}};
    overt::event what{overt::event_header{}, overt_test::frame_of(grey(), state)};
    overt::detail::mint::with_cleared(overt::cleared_head{.sequence = 3}, what,
                                      [&](overt::cleared<overt::event> const& each) { out.write(each); });
    CHECK(*inner.said ==
          (state == overt::guard_state::disclosed ? "key 3 of 3; cleared 3; " : "cleared 3; "));
  }
}
