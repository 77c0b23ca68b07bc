#include <overt/redact/policy.hpp>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include <overt/redact/pipeline.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>

namespace {

namespace redact = overt::redact;
using overt::clearance;
using overt::context;
using overt::disclosure;
using overt::verdict;
using overt_test::guarded_of;
using overt_test::happened;
using overt_test::place;

constexpr std::string_view canary = "Zq7-Wx4";

/// A small event list: few payloads compile quickly.
using small = overt::basic_event<overt::text, overt::marker, overt::gap, overt::redaction>;

overt::text text_of(std::string_view value) { return {.value = guarded_of(value)}; }

/// What leaves when a text and then a marker go through `scope | secrets | policies…`.
template <class... Policies>
std::string left_by(Policies... policies) {
  auto chain = redact::chain<redact::only, redact::secrets, Policies...>{
      {redact::only{"editor"}, redact::secrets{}, std::move(policies)...}};
  overt_test::bytes_sink sink;
  redact::pipeline<small, decltype(chain), overt_test::bytes_sink> out{std::move(chain), sink, {}};
  auto const here = place({.title = canary});
  out.push(happened<small>(1, here, text_of(canary)));
  out.push(happened<small>(2, here, overt::marker{.instruction = guarded_of(canary)}));
  out.finish();
  for (std::size_t i = 0; i < small::payload_count; ++i) {
    CHECK(out.counts()[i].written + out.counts()[i].withheld == (i < 2 ? 1u : 0u));
  }
  return sink.text();
}

struct discloses_text {
  verdict operator()(overt::text& what, disclosure const& key) const {
    what.value.disclose(key);
    return verdict::release(key);
  }
};
struct releases_everything {
  template <overt::payload Payload>
  verdict operator()(Payload&, disclosure const& key) const {
    return verdict::release(key);
  }
};
struct releases_events {
  template <overt::any_event Event>
  verdict operator()(Event&, disclosure const& key) const {
    return verdict::release(key);
  }
};

struct notes {
  std::shared_ptr<std::string> said = std::make_shared<std::string>();
  static constexpr std::string_view name = "notes";
  [[nodiscard]] std::string describe() const { return "{}"; }
  void operator()(overt::text& what, clearance const& key) const {
    *said += "text " + std::string{what.value.look(key).view()} + "; ";
  }
  void operator()(overt::marker&, context const& where, clearance const& key) const {
    *said += "marker in " + std::string{where.application.look(key).view()} + "; ";
  }
  verdict operator()(context& where, clearance const& key) const {
    *said += "place " + std::string{where.title.look(key).view()} + "; ";
    return verdict::pass();
  }
};

struct events_and_text {
  template <overt::any_event Event>
  verdict operator()(Event&, context const&, disclosure const& key) const {
    return verdict::release(key);
  }
  verdict operator()(overt::text&, clearance const&) const { return verdict::withhold(); }
};

struct throws_on_event {
  template <overt::any_event Event>
  verdict operator()(Event&, disclosure const&) const {
    throw std::runtime_error{std::string{canary}};
  }
};

struct takes_event {
  template <overt::any_event Event>
  verdict operator()(Event& what, disclosure const& key) const {
    Event const stolen{std::move(what)};
    return verdict::release(key);
  }
};

bool wrote(std::string const& bytes, std::string_view type) {
  return bytes.find("\"type\":\"" + std::string{type} + "\"") != std::string::npos;
}

} // namespace

TEST_CASE("what nobody discloses does not leave", "[redact][policy]") {
  auto const bytes = left_by();
  CHECK_FALSE(wrote(bytes, "text"));
  CHECK_FALSE(wrote(bytes, "marker"));
  CHECK(
      overt_test::count_of(
          bytes,
          R"("rule":"","of":"text","entity":"","action":"withheld","reason":"not_disclosed","how_many":"under_ten")") ==
      1);
  CHECK_FALSE(overt_test::leaks(bytes, canary));
}

TEST_CASE("releasing discloses no content", "[redact][policy]") {
  auto const bytes = left_by(releases_everything{});
  CHECK(wrote(bytes, "text"));
  CHECK(wrote(bytes, "marker"));
  CHECK_FALSE(overt_test::leaks(bytes, canary));
}

TEST_CASE("disclosing without releasing writes nothing", "[redact][policy]") {
  struct forgets_to_release {
    void operator()(overt::text& what, disclosure const& key) const { what.value.disclose(key); }
  };
  CHECK_FALSE(overt_test::leaks(left_by(forgets_to_release{}), canary));
}

TEST_CASE("what was disclosed and released leaves", "[redact][policy]") {
  CHECK(left_by(discloses_text{}).find("\"value\":\"Zq7-Wx4\"") != std::string::npos);
}

TEST_CASE("policies are asked about a payload, an event or a place, with or without it", "[redact][policy]") {
  notes const policy;
  static_cast<void>(left_by(policy));
  CHECK(*policy.said == "place Zq7-Wx4; text Zq7-Wx4; marker in editor; ");
}

TEST_CASE("a policy of events is asked for each payload that it does not name", "[redact][policy]") {
  auto const bytes = left_by(events_and_text{});
  CHECK_FALSE(wrote(bytes, "text"));
  CHECK(wrote(bytes, "marker"));
  CHECK(wrote(left_by(releases_events{}), "text"));
}

TEST_CASE("a policy that asks to look gets a key that is not the strong one", "[redact][policy]") {
  // A `clearance const&` that referred to a `disclosure` could be cast into one.
  struct compares_addresses {
    std::shared_ptr<void const*> weak = std::make_shared<void const*>(nullptr);
    [[nodiscard]] std::string describe() const { return "{}"; }
    void operator()(overt::text&, clearance const& key) const { *weak = std::addressof(key); }
  };
  struct keeps_address {
    std::shared_ptr<void const*> strong = std::make_shared<void const*>(nullptr);
    [[nodiscard]] std::string describe() const { return "{}"; }
    void operator()(overt::text&, disclosure const& key) const { *strong = std::addressof(key); }
  };
  compares_addresses const looks;
  keeps_address const discloses;
  static_cast<void>(left_by(looks, discloses));
  CHECK(*looks.weak != nullptr);
  CHECK(*discloses.strong != nullptr);
  CHECK(*looks.weak != *discloses.strong);
}

TEST_CASE("withholding is final, before and after a release", "[redact][policy]") {
  struct withholds {
    verdict operator()(overt::text&, clearance const&) const { return verdict::withhold(); }
  };
  for (auto const& bytes : {left_by(discloses_text{}, withholds{}), left_by(withholds{}, discloses_text{})}) {
    CHECK_FALSE(wrote(bytes, "text"));
    CHECK_FALSE(overt_test::leaks(bytes, canary));
    CHECK(bytes.find(
              R"("rule":"withholds","of":"text","entity":"","action":"withheld","reason":"by_policy")") !=
          std::string::npos);
  }
}

TEST_CASE("what a policy denied no later one discloses", "[redact][policy]") {
  struct denies {
    void operator()(overt::text& what, clearance const& key) const { what.value.deny(key); }
  };
  auto const bytes = left_by(denies{}, discloses_text{});
  CHECK(wrote(bytes, "text"));
  CHECK_FALSE(overt_test::leaks(bytes, canary));
}

TEST_CASE("what a policy masks is masked for all later ones", "[redact][policy]") {
  struct masks {
    void operator()(overt::text& what, clearance const& key) const {
      overt::byte_range const all[] = {{0, what.value.look(key).view().size()}};
      what.value.mask(key, all);
    }
  };
  auto const bytes = left_by(discloses_text{}, masks{});
  CHECK(bytes.find("\"value\":\"*\"") != std::string::npos);
  CHECK_FALSE(overt_test::leaks(bytes, canary));
}

TEST_CASE("a policy that throws withholds, and what it threw is not told", "[redact][policy]") {
  struct throws_on_payload {
    void operator()(overt::text& what, clearance const& key) const {
      throw std::runtime_error{std::string{what.value.look(key).view()}};
    }
  };
  struct throws_on_place {
    verdict operator()(context& where, disclosure const& key) const {
      where.title.disclose(key);
      throw std::string{where.title.look(key).view()};
    }
  };
  struct throws_an_int {
    void operator()(overt::text&, clearance const&) const { throw 7; }
  };
  auto const holds = [](std::string const& bytes, bool marker_too) {
    CHECK_FALSE(wrote(bytes, "text"));
    CHECK(wrote(bytes, "marker") == !marker_too);
    CHECK_FALSE(overt_test::leaks(bytes, canary));
    CHECK(bytes.find(R"("of":"text","entity":"","action":"withheld","reason":"policy_failed")") !=
          std::string::npos);
  };
  releases_everything const all;
  holds(left_by(discloses_text{}, all, throws_on_payload{}), false);
  holds(left_by(throws_on_payload{}, discloses_text{}, all), false);
  holds(left_by(discloses_text{}, throws_an_int{}, all), false);
  holds(left_by(discloses_text{}, all, throws_on_event{}), true);
  holds(left_by(throws_on_place{}, discloses_text{}, all), true);
  holds(left_by(discloses_text{}, all, throws_on_place{}), true);
}

TEST_CASE("a policy that moves the event away withholds it", "[redact][policy]") {
  auto const bytes = left_by(releases_everything{}, takes_event{}, releases_events{});
  CHECK_FALSE(wrote(bytes, "text"));
  CHECK_FALSE(wrote(bytes, "marker"));
  CHECK(overt_test::count_of(bytes, "policy_failed") == 2);
}

TEST_CASE("a policy that moves content away leaves it denied", "[redact][policy]") {
  struct takes_content {
    void operator()(overt::text& what, clearance const&) const {
      overt::guarded_text const stolen{std::move(what.value)};
    }
  };
  struct takes_payload {
    void operator()(overt::text& what, clearance const&) const { overt::text const stolen{std::move(what)}; }
  };
  for (auto const& bytes :
       {left_by(takes_content{}, discloses_text{}), left_by(discloses_text{}, takes_content{}),
        left_by(takes_payload{}, discloses_text{})}) {
    CHECK(wrote(bytes, "text"));
    CHECK_FALSE(overt_test::leaks(bytes, canary));
  }
}

TEST_CASE("a policy that denies a place denies all that happens there", "[redact][policy]") {
  struct not_here {
    verdict operator()(context&, clearance const&) const { return verdict::withhold(); }
  };
  auto const bytes = left_by(not_here{}, discloses_text{}, releases_everything{});
  CHECK_FALSE(wrote(bytes, "text"));
  CHECK_FALSE(wrote(bytes, "marker"));
  CHECK(bytes.find(R"("rule":"not_here","of":"text","entity":"","action":"withheld","reason":"by_policy")") !=
        std::string::npos);
}

TEST_CASE("a title leaves only where a policy of the chain discloses it", "[redact][policy]") {
  struct discloses_title {
    void operator()(context& where, disclosure const& key) const { where.title.disclose(key); }
  };
  CHECK(left_by(releases_everything{}, discloses_title{}).find("\"title\":\"Zq7-Wx4\"") != std::string::npos);
  CHECK_FALSE(overt_test::leaks(left_by(releases_everything{}), canary));
}
