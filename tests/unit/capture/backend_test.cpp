#include <overt/capture/backend.hpp>

#include <stop_token>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <overt/event/event.hpp>
#include <overt_test/catch.hpp>

namespace {

template <int Number>
struct quiet {
  static constexpr std::string_view name = "quiet";
  using backend_tag = void;
  int number = Number;

  overt::result<overt::source> open(overt::capture::port<overt::event>&) {
    return overt::source{.backend = name};
  }
  overt::result<void> run(overt::capture::port<overt::event>&, std::stop_token) { return {}; }
};

static_assert(overt::capture::backend_for<quiet<1>, overt::event>);

} // namespace

TEST_CASE("backends join with a plus, from either side", "[capture][backend]") {
  using overt::capture::together;
  using overt::capture::operator+;
  auto const two = quiet<1>{} + quiet<2>{};
  static_assert(std::is_same_v<decltype(two), together<quiet<1>, quiet<2>> const>);
  auto const left = quiet<1>{} + quiet<2>{} + quiet<3>{};
  auto const right = quiet<1>{} + (quiet<2>{} + quiet<3>{});
  static_assert(std::is_same_v<decltype(left), together<quiet<1>, quiet<2>, quiet<3>> const>);
  static_assert(std::is_same_v<decltype(left), decltype(right)>);
  CHECK(std::get<0>(left.backends).number == 1);
  CHECK(std::get<2>(right.backends).number == 3);
}
