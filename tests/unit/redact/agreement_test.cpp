#include <overt/redact/agreement.hpp>

#include <string>
#include <string_view>

#include <overt/redact/presets.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/session.hpp>

namespace {

namespace redact = overt::redact;
using overt::consent::grants;
using overt::consent::receipt;

/// Agreed, and if not, why.
template <class Chain>
std::string refusal_of(Chain const& policies, receipt const& terms, std::string_view indicator = {}) {
  auto const agreed = redact::check_agreement(policies, terms, indicator);
  if (agreed) {
    return {};
  }
  CHECK(agreed.error().code == overt::error_code::consent_mismatch);
  CHECK(agreed.error().message.find("Nothing was recorded.") != std::string::npos);
  return agreed.error().message;
}

bool has(std::string const& text, std::string_view part) { return text.find(part) != std::string::npos; }

struct every_second {
  [[nodiscard]] std::int64_t time_grid_ns() const { return 1'000'000'000; }
};
struct every_tenth {
  [[nodiscard]] std::int64_t time_grid_ns() const { return 100'000'000; }
};
struct exact_without_saying_so {
  [[nodiscard]] std::int64_t time_grid_ns() const { return 0; }
};

} // namespace

TEST_CASE("the chain that was agreed to is agreed to", "[redact][agreement]") {
  auto const policies = redact::strict({"editor", "https://a.example"});
  CHECK(refusal_of(policies, overt_test::receipt_for(policies, {})).empty());
  auto const wide = redact::research({"editor"});
  CHECK(refusal_of(wide, overt_test::receipt_for(wide, {})).empty());
  auto const nothing = redact::only{} | redact::secrets{};
  CHECK(refusal_of(nothing, overt_test::receipt_for(nothing, {})).empty());
}

TEST_CASE("an application or a site that the receipt does not name is refused", "[redact][agreement]") {
  auto const policies = redact::strict({"editor", "https://a.example"});
  auto terms = overt_test::receipt_for(policies, {});
  terms.apps = {"Editor", "editor "};
  CHECK(has(refusal_of(policies, terms), "application \"editor\""));
  terms.apps = {"editor"};
  terms.sites = {};
  CHECK(has(refusal_of(policies, terms), "site \"https://a.example\""));
  terms.sites = {"http://a.example"};
  CHECK(has(refusal_of(policies, terms), "site"));
  terms.sites = {"https://a.example/only-this-page"};
  CHECK(has(refusal_of(policies, terms), "site"));
  terms.sites = {"https://a.example/*"};
  CHECK(refusal_of(policies, terms).empty());
  terms.apps = {"editor", "calculator"}; // the receipt may name more
  CHECK(refusal_of(policies, terms).empty());
}

TEST_CASE("each kind of disclosure has to be granted", "[redact][agreement]") {
  auto const policies = redact::research({"editor"});
  auto const agreed = overt_test::receipt_for(policies, {});
  for (unsigned bit = 0; bit < 10; ++bit) {
    auto const kind = static_cast<grants>(1u << bit);
    auto terms = agreed;
    terms.grants = without(terms.grants, kind);
    auto const why = refusal_of(policies, terms);
    if (has_all(agreed.grants, kind)) {
      CHECK(has(why, list_of(kind)));
    } else {
      CHECK(why.empty());
    }
  }
}

TEST_CASE("unobserved fields are accepted only where raw keys were granted", "[redact][agreement]") {
  auto const policies = redact::only{"editor"} | redact::secrets{redact::unobserved_fields::accept};
  auto terms = overt_test::receipt_for(policies, {});
  terms.grants = grants::none;
  CHECK(has(refusal_of(policies, terms), "key.raw"));
}

TEST_CASE("G6 any other digest is refused", "[redact][agreement]") {
  auto const policies = redact::strict({"editor"});
  auto const agreed = overt_test::receipt_for(policies, {});
  auto terms = agreed;
  terms.policy_digest.back() = terms.policy_digest.back() == '0' ? '1' : '0';
  CHECK(has(refusal_of(policies, terms), "digest"));
  terms.policy_digest.clear();
  CHECK(has(refusal_of(policies, terms), "digest"));
  // a stricter chain than the agreed one is not the agreed one either
  CHECK(has(refusal_of(redact::only{"editor"} | redact::secrets{}, agreed), "digest"));
  CHECK(has(refusal_of(redact::strict({}), agreed), "digest"));
}

TEST_CASE("an indicator of a program's own is part of what was agreed to", "[redact][agreement]") {
  auto const policies = redact::strict({"editor"});
  CHECK(has(refusal_of(policies, overt_test::receipt_for(policies, {}), "lamp"), "digest"));
  CHECK(has(refusal_of(policies, overt_test::receipt_for(policies, "lamp")), "digest"));
  CHECK(refusal_of(policies, overt_test::receipt_for(policies, "lamp"), "lamp").empty());
}

TEST_CASE("times are no finer than was agreed, whatever a policy says it needs", "[redact][agreement]") {
  using overt::consent::key_timing;
  auto const scope = redact::only{"editor"} | redact::secrets{};
  auto const with_timing = [](auto const& policies, key_timing timing, grants more) {
    auto terms = overt_test::receipt_for(policies, {});
    terms.keystroke_timing = timing;
    terms.grants = terms.grants | more;
    return refusal_of(policies, terms);
  };
  for (auto const timing : {key_timing::none, key_timing::resampled, key_timing::segment_5s}) {
    CHECK(has(with_timing(scope | every_second{}, timing, grants::none), "times finer"));
    CHECK(with_timing(scope, timing, grants::none).empty());
  }
  CHECK(with_timing(scope | every_second{}, key_timing::segment_1s, grants::none).empty());
  CHECK(has(with_timing(scope | every_tenth{}, key_timing::segment_1s, grants::none), "times finer"));
  CHECK(has(with_timing(scope | exact_without_saying_so{}, key_timing::segment_1s, grants::none),
            "times finer"));
  CHECK(has(with_timing(scope | exact_without_saying_so{}, key_timing::raw, grants::none), "times finer"));
  CHECK(with_timing(scope | exact_without_saying_so{}, key_timing::raw, grants::raw_timing).empty());
}
