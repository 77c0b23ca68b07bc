#include <overt/redact/pointer_limits.hpp>

#include <cstdint>

#include <overt/redact/only.hpp>
#include <overt/redact/pointer_paths.hpp>
#include <overt/redact/pointer_thinned.hpp>
#include <overt/redact/presets.hpp>
#include <overt_test/catch.hpp>

namespace redact = overt::redact;
using redact::pointer_limits;
using redact::pointer_limits_of;

namespace {
struct paths_of_ones_own {
  [[nodiscard]] overt::consent::grants needs() const { return overt::consent::grants::pointer_path; }
  [[nodiscard]] int pointer_max_hz() const { return 1; } // of another type: not believed
  [[nodiscard]] int pointer_grid_px() const { return 1; }
};
} // namespace

TEST_CASE("the limits of a chain are those of its widest policy", "[redact][pointer_limits]") {
  auto const base = redact::only{} | redact::secrets{};
  CHECK(pointer_limits_of(base).max_hz == 0);
  CHECK(pointer_limits_of(redact::strict({})).max_hz == 0);
  auto const thin = pointer_limits_of(base | redact::pointer_thinned{.max_hz = 4, .grid_px = 32});
  CHECK(thin.max_hz == 4);
  CHECK(thin.grid_px == 32);
  auto const both = pointer_limits_of(base | redact::pointer_thinned{.max_hz = 4, .grid_px = 16} |
                                      redact::pointer_thinned{.max_hz = 2, .grid_px = 32});
  CHECK(both.max_hz == 4);
  CHECK(both.grid_px == 16);
  auto const every = pointer_limits_of(base | redact::pointer_thinned{} | redact::pointer_paths{});
  CHECK(every.max_hz == pointer_limits::every_move);
  CHECK(every.grid_px == 0);
  CHECK(pointer_limits_of(base | paths_of_ones_own{}).max_hz == pointer_limits::every_move);
}
