#include <overt/sink/event_json.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <overt/detail/json_text.hpp>
#include <overt/event/event.hpp>
#include <overt/sink/session_info.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/keys.hpp>
#include <overt_test/payloads.hpp>

namespace {

template <class Value>
std::string json_of(Value const& value) {
  overt::detail::json_text out;
  overt::sink::detail::append_value(out, value);
  return std::string{out.view()};
}

enum class shade : std::uint8_t { light, dark };
constexpr auto enumerators(shade) { return std::array<std::string_view, 2>{"light", "dark"}; }

struct of_all_kinds {
  std::int64_t large = std::numeric_limits<std::int64_t>::min();
  std::uint64_t huge = std::numeric_limits<std::uint64_t>::max();
  std::uint8_t small = 255;
  bool yes = true;
  double ratio = 0.1;
  float single = 0.1F;
  double infinite = std::numeric_limits<double>::infinity();
  double none = std::numeric_limits<double>::quiet_NaN();
  shade seen = shade::dark;
  shade cast = static_cast<shade>(9);
  overt::modifiers held = overt::modifiers::shift | overt::modifiers::num_lock;
  overt::literal rule{"rule \"1\""};
  std::optional<std::uint32_t> maybe{};
  std::optional<std::uint32_t> surely = 3;
  std::vector<std::uint32_t> list{1, 2};
  overt::timestamp when{-5};

  static constexpr auto fields() {
    return overt::fields(
        overt::field("large", &of_all_kinds::large), overt::field("huge", &of_all_kinds::huge),
        overt::field("small", &of_all_kinds::small), overt::field("yes", &of_all_kinds::yes),
        overt::field("ratio", &of_all_kinds::ratio), overt::field("single", &of_all_kinds::single),
        overt::field("infinite", &of_all_kinds::infinite), overt::field("none", &of_all_kinds::none),
        overt::field("seen", &of_all_kinds::seen), overt::field("cast", &of_all_kinds::cast),
        overt::field("held", &of_all_kinds::held), overt::field("rule", &of_all_kinds::rule),
        overt::field("maybe", &of_all_kinds::maybe), overt::field("surely", &of_all_kinds::surely),
        overt::field("list", &of_all_kinds::list), overt::field("when", &of_all_kinds::when));
  }
};

} // namespace

TEST_CASE("each kind of value has one spelling", "[sink][json]") {
  CHECK(json_of(of_all_kinds{}) ==
        R"({"large":-9223372036854775808,"huge":18446744073709551615,"small":255,"yes":true,"ratio":0.1,)"
        R"("single":0.1,"infinite":null,"none":null,"seen":"dark","cast":"?","held":["shift","num_lock"],)"
        R"("rule":"rule \"1\"","maybe":null,"surely":3,"list":[1,2],"when":-5})");
}

TEST_CASE("a number is not locale's or rounded", "[sink][json]") {
  CHECK(json_of(1e300) == "1e+300");
  CHECK(json_of(std::numeric_limits<double>::denorm_min()) == "5e-324");
  CHECK(json_of(-0.0) == "-0");
}

TEST_CASE("guarded content is null until it is disclosed", "[sink][json]") {
  auto text = overt_test::guarded_of("word");
  CHECK(json_of(text) == "null");
  overt_test::with_disclosure([&](overt::disclosure const& key) { text.disclose(key); });
  CHECK(json_of(text) == "\"word\"");
  overt_test::with_disclosure([&](overt::disclosure const& key) { text.deny(key); });
  CHECK(json_of(text) == "null");
  overt::guarded<overt::key_symbol> symbol{overt::key_symbol{0xff0d}};
  CHECK(json_of(symbol) == "null");
  overt_test::with_disclosure([&](overt::disclosure const& key) { symbol.disclose(key); });
  CHECK(json_of(symbol) == "\"Return\"");
}

TEST_CASE("guarded content deep inside a payload is null", "[sink][json]") {
  overt::ui_action action{.label = overt_test::guarded_of("Kx7v")};
  action.path.push_back({.role = overt::ui_role::menu, .label = overt_test::guarded_of("Kx7v")});
  CHECK(json_of(action).find("Kx7v") == std::string::npos);
  CHECK(json_of(action).find(R"("path":[{"role":"menu","label":null}])") != std::string::npos);
}
