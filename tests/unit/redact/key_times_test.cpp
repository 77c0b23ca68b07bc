#include <overt/redact/key_times.hpp>

#include <overt/redact/only.hpp>
#include <overt/redact/secrets.hpp>
#include <overt/redact/switched.hpp>
#include <overt/redact/times.hpp>
#include <overt_test/catch.hpp>

namespace redact = overt::redact;
using overt::consent::key_timing;

namespace {
struct every_second {
  [[nodiscard]] std::int64_t time_grid_ns() const { return 1'000'000'000; }
};
} // namespace

TEST_CASE("the last policy with times says which a chain writes", "[redact][key_times]") {
  auto const bare = redact::only{"editor"} | redact::secrets{};
  CHECK(key_times_of(bare) == key_timing::segment_5s);
  for (auto const how : {key_timing::none, key_timing::resampled, key_timing::segment_1s,
                         key_timing::segment_5s, key_timing::raw}) {
    CHECK(key_times_of(bare | redact::times{how}) == how);
    CHECK(key_times_of(bare | redact::times{key_timing::raw} | redact::times{how}) == how);
    CHECK(key_times_of(bare | redact::switched<redact::times>{{how}, true}) == how);
    CHECK(key_times_of(bare | redact::switched<redact::times>{{how}, false}) == key_timing::segment_5s);
  }
  CHECK(key_times_of(bare | redact::times{key_timing::raw}) == key_timing::raw);
  CHECK(key_times_of(bare | redact::times{key_timing::none} | every_second{}) == key_timing::segment_1s);
}
