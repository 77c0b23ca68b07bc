#include <overt/capture/x11/raw_event.hpp>

#include <cstring>
#include <utility>
#include <vector>

#include <overt/capture/x11/scroll_accumulator.hpp>
#include <overt_test/catch.hpp>

using namespace overt::capture::x11;

namespace {

using axis_value = std::pair<std::size_t, fixed3232>;

/// The bytes of an event as XCB keeps them: XI2proto.h, with 4 bytes of XCB's own in between.
std::vector<std::byte> bytes_of(std::uint16_t type, std::uint32_t detail, std::uint32_t flags,
                                std::vector<axis_value> const& axes, std::size_t mask_words = 1) {
  std::vector<std::byte> bytes;
  auto const put = [&](auto value) {
    auto const at = bytes.size();
    bytes.resize(at + sizeof value);
    std::memcpy(bytes.data() + at, &value, sizeof value);
  };
  put(std::uint8_t{35});                                         // GenericEvent
  put(std::uint8_t{131});                                        // the extension
  put(std::uint16_t{7});                                         // sequence
  put(static_cast<std::uint32_t>(mask_words + axes.size() * 4)); // length behind 32 bytes
  put(type);
  put(std::uint16_t{2});      // master
  put(std::uint32_t{123456}); // time
  put(detail);
  put(std::uint16_t{11}); // source
  put(static_cast<std::uint16_t>(mask_words));
  put(flags);
  put(std::uint32_t{0});
  put(std::uint32_t{7}); // XCB's
  std::vector<std::uint32_t> mask(mask_words);
  for (auto const& [axis, value] : axes) {
    mask[axis / 32] |= 1u << (axis % 32);
  }
  for (auto const word : mask) {
    put(word);
  }
  for (int raw = 0; raw < 2; ++raw) { // first as the server uses them, then as the device sent them
    for (auto const& [axis, value] : axes) {
      put(static_cast<std::int32_t>((value + raw * 77 * fixed_one) >> 32));
      put(static_cast<std::uint32_t>(value));
    }
  }
  return bytes;
}

} // namespace

TEST_CASE("a key") {
  auto const event = decode_raw_event(bytes_of(13, 38, raw_event::repeat_or_emulated, {}, 0));
  REQUIRE(event);
  CHECK(event->what == raw_event::kind::key_press);
  CHECK(event->device == 2);
  CHECK(event->source == 11);
  CHECK(event->detail == 38);
  CHECK(event->time_ms == 123456);
  CHECK(event->flags == raw_event::repeat_or_emulated);
  CHECK(event->axes == 0);
}

TEST_CASE("C5: relative motion keeps fractions and signs") {
  auto const step = -(fixed_one + fixed_one / 4); // -1.25
  auto const event = decode_raw_event(bytes_of(17, 0, 0, {{0, step}, {1, 3 * fixed_one}}));
  REQUIRE(event);
  CHECK(event->has(0));
  CHECK(event->has(1));
  CHECK_FALSE(event->has(2));
  CHECK(event->values[0] == step);
  CHECK(event->values[0] >> 24 == -320); // in 256ths
  CHECK(event->values[1] == 3 * fixed_one);
}

TEST_CASE("axes beyond the first word, and gaps between them") {
  auto const event = decode_raw_event(bytes_of(17, 0, 0, {{3, 15 * fixed_one}, {40, fixed_one / 2}}, 2));
  REQUIRE(event);
  CHECK(event->axes == ((std::uint64_t{1} << 3) | (std::uint64_t{1} << 40)));
  CHECK(event->values[3] == 15 * fixed_one);
  CHECK(event->values[40] == fixed_one / 2);
}

TEST_CASE("what is cut off, or something else, is no event") {
  auto const whole = bytes_of(17, 0, 0, {{0, fixed_one}, {1, fixed_one}});
  // The second half of the values is not used, so anything from the first half on is enough.
  for (std::size_t size = 0; size < 36 + 4 + 16; ++size) {
    CHECK_FALSE(decode_raw_event(std::span{whole}.first(size)).has_value());
  }
  CHECK(decode_raw_event(whole).has_value());
  CHECK_FALSE(decode_raw_event(bytes_of(11, 0, 0, {}, 0)).has_value());
  CHECK_FALSE(decode_raw_event(bytes_of(18, 0, 0, {}, 0)).has_value());
}

TEST_CASE("C6: the steps of a smooth wheel add up exactly") {
  // libinput's wheel: 120 units a notch; a touchpad sends fractions of 15.
  scroll_accumulator wheel{120 * fixed_one, false};
  CHECK(wheel.add(120 * fixed_one) == 120);
  CHECK(wheel.add(-30 * fixed_one) == -30);

  scroll_accumulator pad{15 * fixed_one, false};
  std::int64_t sum = 0;
  for (int i = 0; i < 1000; ++i) {
    auto const event = decode_raw_event(bytes_of(17, 0, 0, {{3, fixed_one / 10}}));
    REQUIRE(event);
    sum += pad.add(event->values[3]);
  }
  CHECK(sum == 799); // 1000 × (just under 0.1) / 15 × 120
  scroll_accumulator exact{10 * fixed_one, false};
  sum = 0;
  for (int i = 0; i < 64; ++i) {
    sum += exact.add(fixed_one / 64);
  }
  CHECK(sum == 12);
}

TEST_CASE("C6: a wheel may count the other way, or say where it stands") {
  scroll_accumulator reversed{-15 * fixed_one, false};
  CHECK(reversed.add(15 * fixed_one) == -120);
  scroll_accumulator absolute{15 * fixed_one, true};
  CHECK(absolute.add(3000 * fixed_one) == 0); // nobody knows where it stood before
  CHECK(absolute.add(3015 * fixed_one) == 120);
  CHECK(absolute.add(3000 * fixed_one) == -120);
  scroll_accumulator broken{0, false};
  CHECK(broken.add(fixed_one) == 0);
  CHECK(reversed.add(fixed_one << 30) == 0); // no wheel turns so far
}

TEST_CASE("a wheel with buttons only") {
  CHECK(wheel_step_of_button(4)->dy_v120 == -120);
  CHECK(wheel_step_of_button(5)->dy_v120 == 120);
  CHECK(wheel_step_of_button(6)->dx_v120 == -120);
  CHECK(wheel_step_of_button(7)->dx_v120 == 120);
  CHECK_FALSE(wheel_step_of_button(3).has_value());
  CHECK_FALSE(wheel_step_of_button(8).has_value());
}
