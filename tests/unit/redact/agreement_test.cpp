#include <overt/redact/agreement.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt/redact/file_chain.hpp>
#include <overt/redact/pointer_thinned.hpp>
#include <overt/redact/presets.hpp>
#include <overt/redact/times.hpp>
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
  for (auto const timing : {key_timing::resampled, key_timing::segment_5s}) {
    CHECK(has(with_timing(scope | every_second{}, timing, grants::none), "times finer"));
    CHECK(with_timing(scope, timing, grants::none).empty());
  }
  CHECK(with_timing(scope | every_second{}, key_timing::segment_1s, grants::none).empty());
  CHECK(has(with_timing(scope | every_tenth{}, key_timing::segment_1s, grants::none), "a grid of 100 ms"));
  CHECK(has(with_timing(scope | exact_without_saying_so{}, key_timing::segment_1s, grants::none),
            "times finer"));
  CHECK(has(with_timing(scope | exact_without_saying_so{}, key_timing::raw, grants::none), "times finer"));
  CHECK(with_timing(scope | exact_without_saying_so{}, key_timing::raw, grants::raw_timing).empty());
}

TEST_CASE("a receipt's keystroke_timing is the finest that a policy may be", "[redact][agreement]") {
  using overt::consent::key_timing;
  // Of resampled times only the five seconds are true, so either is as fine as the other.
  constexpr auto rank = [](key_timing how) {
    switch (how) {
    case key_timing::none: return 0;
    case key_timing::resampled:
    case key_timing::segment_5s: return 1;
    case key_timing::segment_1s: return 2;
    case key_timing::raw: break;
    }
    return 3;
  };
  constexpr std::array all{key_timing::none, key_timing::resampled, key_timing::segment_1s,
                           key_timing::segment_5s, key_timing::raw};
  for (auto const wanted : all) {
    auto const policies = redact::strict({"editor"}) | redact::times{wanted};
    for (auto const allowed : all) {
      auto terms = overt_test::receipt_for(policies, {});
      terms.keystroke_timing = allowed;
      terms.grants = allowed == key_timing::raw ? terms.grants | grants::raw_timing
                                                : without(terms.grants, grants::raw_timing);
      CAPTURE(overt::name_of(wanted), overt::name_of(allowed));
      auto const why = refusal_of(policies, terms);
      CHECK(why.empty() == (rank(wanted) <= rank(allowed)));
      CHECK((why.empty() || wanted == key_timing::raw || has(why, overt::name_of(wanted))));
    }
  }
}

TEST_CASE("the pointer's path is no finer than was agreed", "[redact][agreement]") {
  auto const strict = redact::strict({"editor"});
  auto const with_pointer = [](auto const& policies, std::uint32_t hz, std::uint32_t grid) {
    auto terms = overt_test::receipt_for(policies, {});
    terms.pointer_max_hz = hz;
    terms.pointer_grid_px = grid;
    return refusal_of(policies, terms);
  };
  CHECK(with_pointer(strict, 0, 0).empty()); // none at all
  auto const thinned = strict | redact::pointer_thinned{.max_hz = 4, .grid_px = 32};
  CHECK(with_pointer(thinned, 4, 32).empty());
  CHECK(with_pointer(thinned, 1000, 0).empty());
  CHECK(with_pointer(thinned, 5, 8).empty());
  CHECK(has(with_pointer(thinned, 3, 32), "4 moves of the pointer a second"));
  CHECK(has(with_pointer(thinned, 4, 33), "a grid of 32 pixels"));
  auto const exact = strict | redact::pointer_thinned{.max_hz = 4, .grid_px = 0};
  CHECK(with_pointer(exact, 4, 0).empty());
  CHECK(with_pointer(exact, 4, 1).empty());
  CHECK(has(with_pointer(exact, 4, 2), "pixels"));
  auto const paths = strict | redact::pointer_paths{};
  CHECK(with_pointer(paths, 1000, 0).empty());
  CHECK(with_pointer(paths, 1000, 1).empty());
  CHECK(has(with_pointer(paths, 999, 0), "every move"));
  CHECK(has(with_pointer(paths, 1000, 2), "pixels"));
  auto terms = overt_test::receipt_for(thinned, {});
  terms.grants = without(terms.grants, grants::pointer_path);
  CHECK(has(refusal_of(thinned, terms), "pointer.path"));
}

TEST_CASE("what a switch of a file changes about times and pointer is checked as in code",
          "[redact][agreement]") {
  auto settings = redact::settings_of(redact::policy_preset::strict, {"editor"});
  settings.times = overt::consent::key_timing::segment_1s;
  settings.pointer = redact::pointer_detail::thinned;
  auto const policies = redact::chain_from(settings);
  auto terms = overt_test::receipt_for(policies, {});
  terms.pointer_max_hz = 4;
  terms.pointer_grid_px = 32;
  CHECK(refusal_of(policies, terms).empty());
  auto coarser = terms;
  coarser.keystroke_timing = overt::consent::key_timing::segment_5s;
  CHECK(has(refusal_of(policies, coarser), "segment_1s"));
  coarser = terms;
  coarser.pointer_max_hz = 3;
  CHECK(has(refusal_of(policies, coarser), "pointer"));
  // switched off, they say nothing
  auto const off = redact::chain_from(redact::settings_of(redact::policy_preset::strict, {"editor"}));
  auto plain = overt_test::receipt_for(off, {});
  plain.pointer_max_hz = 0;
  plain.keystroke_timing = overt::consent::key_timing::segment_5s;
  CHECK(refusal_of(off, plain).empty());
}
