#include <overt/sink/packed/leaves.hpp>

#include <cstdint>
#include <optional>
#include <vector>

#include <overt/event/event.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>
#include <overt_test/keys.hpp>

namespace packed = overt::sink::packed;

static_assert(packed::packed_payload<overt::pointer_move> && packed::packed_payload<overt::pointer_delta> &&
              packed::packed_payload<overt::scroll> && packed::packed_payload<overt::key>);
static_assert(!packed::packed_payload<overt::button> && !packed::packed_payload<overt::text> &&
              !packed::packed_payload<overt_test::ticket_opened>);
static_assert(packed::leaf_count<overt::pointer_move> == 6 && packed::leaf_count<overt::key> == 6);

TEST_CASE("a key of which anything was disclosed does not fit into a row", "[sink][packed]") {
  CHECK(packed::fits(overt::key{}));
  auto const fits_when_disclosed = [](auto overt::key::* member) {
    auto pressed = overt_test::typed('a');
    CHECK(packed::fits(pressed)); // withheld is not disclosed
    overt_test::with_disclosure([&](overt::disclosure const& key) { (pressed.*member).disclose(key); });
    return packed::fits(pressed);
  };
  CHECK_FALSE(fits_when_disclosed(&overt::key::usage));
  CHECK_FALSE(fits_when_disclosed(&overt::key::symbol));
  CHECK_FALSE(fits_when_disclosed(&overt::key::entered));
}

TEST_CASE("what is in no vocabulary does not fit into a row", "[sink][packed]") {
  CHECK(packed::fits(overt::key{.phase = overt::key_phase::release}));
  CHECK_FALSE(packed::fits(overt::key{.phase = static_cast<overt::key_phase>(3)}));
  CHECK(packed::fits(overt::scroll{.held = static_cast<overt::modifiers>(127)}));
  CHECK_FALSE(packed::fits(overt::scroll{.held = static_cast<overt::modifiers>(128)}));
}

TEST_CASE("leaves are visited in order, in records too, and guarded members are not", "[sink][packed]") {
  overt::scroll turned{.dx_v120 = -1,
                       .dy_v120 = 2,
                       .held = overt::modifiers::control,
                       .at = {.x = -3, .y = 4, .display = 5, .display_epoch = 6},
                       .injected = true,
                       .device = 7};
  std::vector<std::int64_t> seen;
  packed::for_each_leaf(turned,
                        [&](auto leaf) { seen.push_back(static_cast<std::int64_t>(packed::to_bits(leaf))); });
  CHECK(seen == std::vector<std::int64_t>{-1, 2, 2, -3, 4, 5, 6, 1, 7});
}
