#include <overt/event/replacement.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include <overt/event/guarded.hpp>
#include <overt/event/text_arena.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/keys.hpp>

using overt::amount;
using overt::byte_range;
using overt::guard_state;
using overt::guarded_text;
using overt::replacement;
using overt_test::with_clearance;
using overt_test::with_disclosure;

// Nothing that was made while the program ran can be put into a replacement. (That a std::string_view cannot
// is a test in compile_fail: `literal` takes one only while compiling, which no concept can see.)
namespace {

template <class Piece>
concept can_be_put = requires(replacement made, Piece piece) { made.put(piece); };
template <class Piece>
concept can_be_kept = requires(replacement made, Piece piece) { made.keep(piece); };

static_assert(can_be_put<overt::literal> && can_be_put<amount> && can_be_put<overt::pseudonym>);
static_assert(!can_be_put<std::string> && !can_be_put<std::string&> && !can_be_put<char> &&
              !can_be_put<int> && !can_be_put<std::uint64_t> && !can_be_put<double> &&
              !can_be_put<overt::arena_string&> && !can_be_put<guarded_text&>);
static_assert(can_be_kept<byte_range> && !can_be_kept<std::string_view> && !can_be_kept<std::string>);

static_assert(!std::is_default_constructible_v<overt::pseudonym> &&
              !std::is_constructible_v<overt::pseudonym, std::string_view> &&
              !std::is_constructible_v<overt::pseudonym, std::string> &&
              !std::is_constructible_v<overt::pseudonym, char const*> &&
              !std::is_constructible_v<overt::pseudonym, std::span<std::uint8_t const>> &&
              !std::is_aggregate_v<overt::pseudonym>);
static_assert(!std::is_constructible_v<replacement, std::string> &&
              !std::is_constructible_v<replacement, std::string_view> &&
              !std::is_constructible_v<replacement, char const*> && !std::is_aggregate_v<replacement>);

std::string replaced(std::string_view content, replacement const& by) {
  auto field = guarded_text{overt::arena_string{content}};
  with_disclosure([&](overt::disclosure const& key) {
    field.replace(key, by);
    field.disclose(key);
  });
  return field.disclosed() == nullptr ? "-" : std::string{field.disclosed()->view()};
}

} // namespace

TEST_CASE("a replacement is put together from its pieces", "[event][replacement]") {
  CHECK(replaced("write to jane@x.example now", replacement{}.keep({0, 9}).put("{EMAIL}").keep({23, 27})) ==
        "write to {EMAIL} now");
  CHECK(replaced("a", replacement{}.put("much longer than it was: ").keep({0, 1}).put(amount::tens)) ==
        "much longer than it was: atens");
  CHECK(replaced("abc", replacement{}.put(amount::under_ten).put(amount::hundreds).put(amount::thousands)) ==
        "under_tenhundredsthousands");
  CHECK(replaced("abc", replacement{}.put("{EMAIL_").number(2).put("}")) == "{EMAIL_2}");
  CHECK(replaced("abc", replacement{}.number(0).put(",").number(42).put(",").number(255)) == "0,42,255");
  CHECK(replaced("übung", replacement{}.keep({0, 2}).put("{…}")) == "ü{…}");
  CHECK(replaced("abc", replacement{}).empty());
  CHECK(replaced("abc", replacement{}.keep({0, 1}).keep({1, 3})) == "abc");
  CHECK(replaced("abc", replacement{}.keep({0, 0}).keep({3, 3})).empty());
  CHECK(replaced("", replacement{}.put("x")) == "x");
}

TEST_CASE("a replacement with a range that does not fit denies the text", "[event][replacement]") {
  CHECK(replaced("abcdef", replacement{}.keep({0, 7})) == "-");
  CHECK(replaced("abcdef", replacement{}.keep({4, 2})) == "-");
  CHECK(replaced("abcdef", replacement{}.keep({3, 5}).keep({1, 2})) == "-");
  CHECK(replaced("abcdef", replacement{}.keep({1, 4}).keep({3, 5})) == "-");
  CHECK(replaced("abcdef", replacement{}.keep({1, 2}).keep({1, 2})) == "-"); // else one could spell with it
  CHECK(replaced("", replacement{}.keep({0, 1})) == "-");
  CHECK(replaced("abc", replacement{}.keep({0, SIZE_MAX})) == "-");
}

TEST_CASE("replacing discloses nothing and brings nothing back", "[event][replacement]") {
  auto const by = replacement{}.put("{…}").keep({1, 3});
  with_clearance([&](overt::clearance const& key) {
    auto withheld = guarded_text{overt::arena_string{"abc"}};
    withheld.replace(key, by);
    CHECK(withheld.state() == guard_state::withheld);
    CHECK(withheld.look(key).view() == "{…}bc");

    auto denied = guarded_text{overt::arena_string{"abc"}};
    denied.deny(key);
    denied.replace(key, replacement{}.put("x"));
    CHECK(denied.state() == guard_state::denied);
    CHECK(denied.look(key).view().empty());
  });
  with_disclosure([&](overt::disclosure const& key) {
    auto disclosed = guarded_text{overt::arena_string{"abc"}};
    disclosed.disclose(key);
    disclosed.replace(key, by);
    CHECK(disclosed.state() == guard_state::disclosed);
    auto broken = guarded_text{overt::arena_string{"abc"}};
    broken.disclose(key);
    broken.replace(key, replacement{}.keep({0, 9}));
    CHECK(broken.state() == guard_state::denied);
    CHECK(broken.disclosed() == nullptr);
  });
}

TEST_CASE("what was replaced is wiped", "[event][replacement]") {
  overt::text_arena arena;
  std::string_view const secret = "correct horse battery";
  auto made = arena.store(secret);
  REQUIRE(made);
  // The arena's memory stays mapped, so that looking at it after the text ended is allowed.
  char const* const bytes = made->view().data();
  auto field = guarded_text{std::move(*made)};
  SECTION("by something else") {
    with_clearance([&](overt::clearance const& key) { field.replace(key, replacement{}.put("{…}")); });
  }
  SECTION("by nothing, because it did not fit") {
    with_clearance([&](overt::clearance const& key) { field.replace(key, replacement{}.keep({0, 99})); });
  }
  CHECK(std::string{bytes, secret.size()} == std::string(secret.size(), '\0'));
}
