#include <overt/redact/chain.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/redact/digest.hpp>
#include <overt/redact/presets.hpp>
#include <overt/redact/times.hpp>
#include <overt_test/catch.hpp>

namespace {

namespace redact = overt::redact;
using redact::describe;
using redact::digest_of;
using redact::only;
using redact::secrets;

enum class strength : std::uint8_t { weak, strong };
constexpr auto enumerators(strength) { return std::array<std::string_view, 2>{"weak", "strong"}; }

struct tuned {
  std::int64_t limit = 3;
  bool eager = false;
  strength how = strength::weak;
  std::vector<std::string> words{};

  static constexpr std::string_view name = "tuned";
  static constexpr auto fields() {
    return overt::fields(overt::field("limit", &tuned::limit), overt::field("eager", &tuned::eager),
                         overt::field("how", &tuned::how), overt::field("words", &tuned::words));
  }
  void operator()(overt::text&, overt::clearance const&) const {}
};

struct nameless {
  void operator()(overt::text&, overt::clearance const&) const {}
};

struct needs_as_a_constant {
  static constexpr auto needs = overt::consent::grants::screenshot;
  void operator()(overt::text&, overt::clearance const&) const {}
};

struct every_second {
  [[nodiscard]] std::int64_t time_grid_ns() const { return 1'000'000'000; }
};

struct no_opinion_on_time {
  [[nodiscard]] std::int64_t time_grid_ns() const { return -1; }
};

} // namespace

TEST_CASE("the order of a chain is a matter of types", "[redact][chain]") {
  using right = decltype(only{} | secrets{} | redact::shortcuts{});
  using no_secrets = decltype(only{} | redact::shortcuts{});
  using secrets_last = decltype(only{} | redact::shortcuts{} | secrets{});
  using no_scope = redact::chain<secrets, redact::shortcuts>;
  using scope_second = redact::chain<secrets, only>;
  using shortest = decltype(only{} | secrets{});
  STATIC_REQUIRE(redact::policy_chain<right>);
  STATIC_REQUIRE(redact::policy_chain<shortest>);
  STATIC_REQUIRE(redact::scope_comes_first<no_secrets>);
  STATIC_REQUIRE_FALSE(redact::policy_chain<no_secrets>);
  STATIC_REQUIRE_FALSE(redact::policy_chain<secrets_last>);
  STATIC_REQUIRE_FALSE(redact::scope_comes_first<no_scope>);
  STATIC_REQUIRE_FALSE(redact::policy_chain<scope_second>);
  STATIC_REQUIRE_FALSE(redact::policy_chain<redact::chain<>>);
  STATIC_REQUIRE_FALSE(redact::policy_chain<only>);
}

TEST_CASE("something that looks like the scope is not the scope", "[redact][chain]") {
  struct pretends : only {};
  STATIC_REQUIRE_FALSE(redact::policy_chain<redact::chain<pretends, secrets>>);
  STATIC_REQUIRE_FALSE(redact::policy_chain<redact::chain<only const, secrets>>);
  struct secrets_too : secrets {};
  STATIC_REQUIRE_FALSE(redact::policy_chain<redact::chain<only, secrets_too>>);
}

TEST_CASE("the canonical description is a fixed text", "[redact][chain]") {
  CHECK(describe(redact::only{"mousepad", "https://a.example"} | secrets{} | redact::shortcuts{} |
                 redact::navigation_keys{} | redact::structure{}) ==
        R"({"chain":[{"applications":["mousepad"],"origins":["https://a.example"],"policy":"only"},)"
        R"({"policy":"secrets","unobserved_fields":"withhold"},{"policy":"shortcuts"},)"
        R"({"policy":"navigation_keys"},{"policy":"structure"}],"overt_policy":1})");
  CHECK(describe(redact::research({})) ==
        R"({"chain":[{"applications":[],"origins":[],"policy":"only"},)"
        R"({"policy":"secrets","unobserved_fields":"accept"},{"policy":"shortcuts"},)"
        R"({"policy":"navigation_keys"},{"policy":"structure"},{"policy":"elements"},)"
        R"({"policy":"page_addresses"},{"policy":"window_titles"},{"policy":"typed_characters"},)"
        R"({"policy":"pointer_paths"},{"how":"raw","policy":"times"},)"
        R"({"policy":"unverified"}],"overt_policy":1})");
  CHECK(
      describe(only{} | secrets{} |
               tuned{.limit = -7, .eager = true, .how = strength::strong, .words = {"a\"b", "\x01\n\x0b"}}) ==
      R"({"chain":[{"applications":[],"origins":[],"policy":"only"},)"
      R"({"policy":"secrets","unobserved_fields":"withhold"},)"
      R"({"eager":true,"how":"strong","limit":-7,"policy":"tuned","words":["a\"b","\u0001\n\u000b"]}],)"
      R"("overt_policy":1})");
  CHECK(describe(nameless{}) == R"({"policy":"nameless"})");
  CHECK(describe(only{} | secrets{}, "lamp \"1\"") ==
        R"({"chain":[{"applications":[],"origins":[],"policy":"only"},)"
        R"({"policy":"secrets","unobserved_fields":"withhold"}],"indicator":"lamp \"1\"","overt_policy":1})");
}

TEST_CASE("the digest is that of the description", "[redact][digest]") {
  // sha256sum of the text above
  CHECK(digest_of(redact::only{"mousepad", "https://a.example"} | secrets{} | redact::shortcuts{} |
                  redact::navigation_keys{} | redact::structure{}) ==
        "d5e7382c8e40ba14107a40ae59b58031d0b06a320d767b8bb0036a3f184cfc78");
  CHECK(digest_of(redact::research({})) ==
        "636dbd5be2d12ea3c93f34ce5bc22870965bc10afa8c53f2e71bb2e4d794a599");
}

TEST_CASE("each parameter, each policy and their order change the digest", "[redact][digest]") {
  std::vector<std::string> digests;
  auto const add = [&](std::string digest) {
    CHECK(digest.size() == 64);
    for (auto const& other : digests) {
      CHECK(digest != other);
    }
    digests.push_back(std::move(digest));
  };
  auto const with = [](tuned policy) { return digest_of(only{"a"} | secrets{} | std::move(policy)); };
  add(with({}));
  add(with({.limit = 4}));
  add(with({.eager = true}));
  add(with({.how = strength::strong}));
  add(with({.words = {""}}));
  add(with({.words = {"x", "y"}}));
  add(with({.words = {"x,y"}}));
  add(with({.words = {"y", "x"}}));
  add(digest_of(only{"b"} | secrets{} | tuned{}));
  add(digest_of(only{"a", "https://a"} | secrets{} | tuned{}));
  add(digest_of(only{"a"} | secrets{redact::unobserved_fields::accept} | tuned{}));
  add(digest_of(only{"a"} | secrets{}));
  add(digest_of(only{"a"} | secrets{} | tuned{} | nameless{}));
  add(digest_of(only{"a"} | secrets{} | nameless{} | tuned{}));
  add(digest_of(only{"a"} | secrets{} | tuned{} | tuned{}));
  add(digest_of(only{"a"} | secrets{} | tuned{}, "lamp"));
  add(digest_of(only{"a"} | secrets{} | tuned{}, "lamp 2"));
  CHECK(with({}) == digests.front());
}

TEST_CASE("chains join in one order", "[redact][chain]") {
  auto const first = only{"a"} | secrets{};
  auto const tail = redact::chain<redact::shortcuts, redact::structure>{};
  auto const joined = first | redact::shortcuts{} | redact::structure{};
  CHECK(describe(first | tail) == describe(joined));
  STATIC_REQUIRE(std::same_as<decltype(first | tail), std::remove_const_t<decltype(joined)>>);
}

TEST_CASE("what a chain needs is what its policies need together", "[redact][chain]") {
  using overt::consent::grants;
  CHECK(needs_of(only{} | secrets{}) == grants::none);
  CHECK(needs_of(redact::strict({})) ==
        (grants::key_semantic | grants::pointer_click | grants::scroll | grants::window_focus));
  CHECK(has_all(needs_of(redact::research({})), grants::key_raw | grants::raw_timing | grants::pointer_path));
  CHECK(needs_of(only{} | secrets{redact::unobserved_fields::accept}) == grants::key_raw);
  CHECK(needs_of(only{} | secrets{} | needs_as_a_constant{}) == grants::screenshot);
}

TEST_CASE("times are on a grid unless a policy says otherwise", "[redact][chain]") {
  CHECK(time_grid_of(redact::strict({})) == 5'000'000'000);
  CHECK(time_grid_of(redact::research({})) == 0);
  CHECK(time_grid_of(only{} | secrets{} | every_second{}) == 1'000'000'000);
  CHECK(time_grid_of(only{} | secrets{} | redact::times{overt::consent::key_timing::raw} | every_second{}) ==
        1'000'000'000);
  CHECK(time_grid_of(only{} | secrets{} | every_second{} | no_opinion_on_time{}) == 1'000'000'000);
}
