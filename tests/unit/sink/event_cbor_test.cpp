#include <overt/sink/event_cbor.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/keys.hpp>
#include <overt_test/payloads.hpp>
#include <overt_test/traces.hpp>

namespace {

template <class Value>
std::string cbor_of(Value const& value) {
  overt::detail::cbor_text out;
  overt::sink::detail::append_value(out, value);
  return std::string{out.view()};
}

struct of_many_kinds {
  std::int64_t large = std::numeric_limits<std::int64_t>::min();
  std::uint64_t huge = std::numeric_limits<std::uint64_t>::max();
  bool yes = true;
  double ratio = 0.1;
  float single = 0.5F;
  double none = std::numeric_limits<double>::quiet_NaN();
  overt::modifiers held = overt::modifiers::shift | overt::modifiers::num_lock;
  std::optional<std::uint32_t> maybe{};
  std::vector<std::uint32_t> list{1, 2};
  overt::timestamp when{-5};

  static constexpr auto fields() {
    return overt::fields(
        overt::field("large", &of_many_kinds::large), overt::field("huge", &of_many_kinds::huge),
        overt::field("yes", &of_many_kinds::yes), overt::field("ratio", &of_many_kinds::ratio),
        overt::field("single", &of_many_kinds::single), overt::field("none", &of_many_kinds::none),
        overt::field("held", &of_many_kinds::held), overt::field("maybe", &of_many_kinds::maybe),
        overt::field("list", &of_many_kinds::list), overt::field("when", &of_many_kinds::when));
  }
};

} // namespace

TEST_CASE("each kind of value has one form in CBOR", "[sink][cbor]") {
  auto const read = nlohmann::json::from_cbor(cbor_of(of_many_kinds{}));
  CHECK(read["large"] == std::numeric_limits<std::int64_t>::min());
  CHECK(read["huge"] == std::numeric_limits<std::uint64_t>::max());
  CHECK(read["yes"] == true);
  CHECK(read["ratio"] == 0.1);
  CHECK(read["single"] == 0.5);
  CHECK(std::isnan(read["none"].get<double>()));
  CHECK(read["held"] == std::vector<std::string>{"shift", "num_lock"});
  CHECK(read["maybe"].is_null());
  CHECK(read["list"] == std::vector<int>{1, 2});
  CHECK(read["when"] == -5);
}

TEST_CASE("guarded content is null in CBOR until it is disclosed", "[sink][cbor]") {
  auto text = overt_test::guarded_of("word");
  CHECK(cbor_of(text) == "\xf6");
  overt_test::with_disclosure([&](overt::disclosure const& key) { text.disclose(key); });
  CHECK(cbor_of(text) == "\x64word");
  overt_test::with_disclosure([&](overt::disclosure const& key) { text.deny(key); });
  CHECK(cbor_of(text) == "\xf6");
}

TEST_CASE("an event has the same members in CBOR as in JSON, in the same order", "[sink][cbor]") {
  overt_test::sample_trace const sample;
  for (auto const& each : sample.events()) {
    overt::detail::cbor_text out;
    overt::sink::append_event(out, each);
    auto const read = nlohmann::ordered_json::from_cbor(std::string{out.view()});
    CHECK(read == nlohmann::ordered_json::parse(overt_test::as_line(each)));
    CHECK(read.dump() == nlohmann::ordered_json::parse(overt_test::as_line(each)).dump());
  }
}
