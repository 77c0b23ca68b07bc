#include <overt/event/guarded.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/event/text_arena.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/keys.hpp>

using overt::byte_range;
using overt::guard_state;
using overt::guarded;
using overt::guarded_text;
using overt_test::with_clearance;
using overt_test::with_disclosure;

namespace {

guarded_text text_of(std::string_view content) { return guarded_text{overt::arena_string{content}}; }

/// What a serializer would write; "-" when it sees nothing.
std::string seen(guarded_text const& field) {
  return field.disclosed() == nullptr ? "-" : std::string{field.disclosed()->view()};
}

std::string masked(std::string_view content, std::vector<byte_range> const& ranges) {
  auto field = text_of(content);
  with_clearance([&](overt::clearance const& key) { field.mask(key, ranges); });
  with_disclosure([&](overt::disclosure const& key) { field.disclose(key); });
  return seen(field);
}

} // namespace

TEST_CASE("content is withheld until it is disclosed", "[event][guarded]") {
  auto const nothing = guarded_text{};
  CHECK(nothing.state() == guard_state::denied);
  CHECK(nothing.disclosed() == nullptr);

  auto field = text_of("correct horse");
  CHECK(field.state() == guard_state::withheld);
  CHECK(seen(field) == "-");
  with_clearance([&](overt::clearance const& key) { CHECK(field.look(key).view() == "correct horse"); });
  CHECK(seen(field) == "-");
  with_disclosure([&](overt::disclosure const& key) { field.disclose(key); });
  CHECK(field.state() == guard_state::disclosed);
  CHECK(seen(field) == "correct horse");
}

TEST_CASE("a denial is final", "[event][guarded]") {
  with_disclosure([](overt::disclosure const& key) {
    auto field = text_of("correct horse");
    field.deny(key);
    CHECK(field.state() == guard_state::denied);
    CHECK(field.look(key).view().empty());
    field.disclose(key);
    CHECK(field.state() == guard_state::denied);
    CHECK(seen(field) == "-");

    auto never_observed = guarded_text{};
    never_observed.disclose(key);
    CHECK(never_observed.state() == guard_state::denied);

    auto taken_back = text_of("correct horse");
    taken_back.disclose(key);
    taken_back.deny(key);
    CHECK(taken_back.state() == guard_state::denied);
    CHECK(seen(taken_back) == "-");

    auto number = guarded<std::uint32_t>{4711u};
    number.deny(key);
    number.disclose(key);
    CHECK(number.disclosed() == nullptr);
    CHECK(number.look(key) == 0);
  });
}

TEST_CASE("what was moved away leaves a denied field behind", "[event][guarded]") {
  with_disclosure([](overt::disclosure const& key) {
    auto from = text_of("correct horse");
    from.disclose(key);
    auto const to = std::move(from);
    CHECK(seen(to) == "correct horse");
    CHECK(from.state() == guard_state::denied);
    from.disclose(key);
    CHECK(from.disclosed() == nullptr);

    auto number = guarded<std::uint32_t>{4711u};
    auto const taken = std::move(number);
    CHECK(taken.state() == guard_state::withheld);
    CHECK(taken.look(key) == 4711);
    CHECK(number.state() == guard_state::denied);
    CHECK(number.look(key) == 0);
  });
}

TEST_CASE("a mask puts one star for each range, whatever its length", "[event][guarded]") {
  CHECK(masked("call 030 123456 now", {{5, 15}}) == "call * now");
  CHECK(masked("call 030 123456789 now", {{5, 18}}) == "call * now");
  CHECK(masked("a b c", {{0, 1}, {2, 3}, {4, 5}}) == "* * *");
  CHECK(masked("abc", {{0, 3}}) == "*");
  CHECK(masked("abc", {{0, 1}, {1, 2}}) == "**c");
  CHECK(masked("abc", {}) == "abc");
  CHECK(masked("", {}).empty());
  CHECK(masked("übung", {{0, 2}}) == "*bung");
}

TEST_CASE("a mask that does not fit the text denies it", "[event][guarded]") {
  CHECK(masked("abcdef", {{0, 7}}) == "-");
  CHECK(masked("abcdef", {{3, 3}}) == "-");
  CHECK(masked("abcdef", {{4, 2}}) == "-");
  CHECK(masked("abcdef", {{3, 5}, {1, 2}}) == "-");
  CHECK(masked("abcdef", {{1, 4}, {3, 5}}) == "-");
  CHECK(masked("", {{0, 1}}) == "-");
}

TEST_CASE("a mask discloses nothing and brings nothing back", "[event][guarded]") {
  std::array const ranges{byte_range{0, 1}};
  with_clearance([&](overt::clearance const& key) {
    auto withheld = text_of("abc");
    withheld.mask(key, ranges);
    CHECK(withheld.state() == guard_state::withheld);
    CHECK(withheld.look(key).view() == "*bc");

    auto denied = text_of("abc");
    denied.deny(key);
    denied.mask(key, ranges);
    CHECK(denied.state() == guard_state::denied);
    CHECK(denied.look(key).view().empty());
  });
}

TEST_CASE("text is wiped when it is denied, masked or ends", "[event][guarded]") {
  overt::text_arena arena;
  std::string_view const secret = "correct horse battery";
  // The arena's memory stays mapped, so that looking at it after the text ended is allowed.
  char const* bytes = nullptr;
  auto const left = [&] { return std::string{bytes, secret.size()}; };
  auto const zeros = std::string(secret.size(), '\0');
  auto const stored = [&] {
    auto made = arena.store(secret);
    REQUIRE(made);
    bytes = made->view().data();
    REQUIRE(left() == secret);
    return guarded_text{std::move(*made)};
  };

  SECTION("denied") {
    auto field = stored();
    with_clearance([&](overt::clearance const& key) { field.deny(key); });
    CHECK(left() == zeros);
  }
  SECTION("ended") {
    { auto const field = stored(); }
    CHECK(left() == zeros);
  }
  SECTION("masked: the rest moves up and the tail is wiped") {
    auto field = stored();
    std::array const ranges{byte_range{8, 13}};
    with_clearance([&](overt::clearance const& key) { field.mask(key, ranges); });
    CHECK(left() == std::string{"correct * battery"} + std::string(4, '\0'));
  }
  SECTION("masked and ended") {
    {
      auto field = stored();
      std::array const ranges{byte_range{8, 13}};
      with_clearance([&](overt::clearance const& key) { field.mask(key, ranges); });
    }
    CHECK(left() == zeros);
  }
  SECTION("minting wipes what was not disclosed") {
    auto field = stored();
    overt::detail::guarded_access::wipe_unless_disclosed(field);
    CHECK(left() == zeros);
    CHECK(field.state() == guard_state::denied);
  }
  SECTION("minting keeps what was disclosed") {
    auto field = stored();
    with_disclosure([&](overt::disclosure const& key) { field.disclose(key); });
    overt::detail::guarded_access::wipe_unless_disclosed(field);
    CHECK(seen(field) == secret);
  }
}

TEST_CASE("a number is wiped when it ends", "[event][guarded]") {
  using number = guarded<std::uint64_t>;
  alignas(number) std::array<unsigned char, sizeof(number)> memory{};
  auto* const made = new (memory.data()) number{0xA1B2C3D4E5F60718u};
  made->~number();
  auto const* const bytes = static_cast<unsigned char const volatile*>(memory.data());
  for (std::size_t i = 0; i < sizeof(std::uint64_t); ++i) {
    CHECK(static_cast<int>(bytes[i]) == 0);
  }
}

TEST_CASE("a copy for another pipeline has its own bytes and the same state", "[event][guarded]") {
  using access = overt::detail::guarded_access;
  with_disclosure([](overt::disclosure const& key) {
    auto original = text_of("title");
    auto withheld = access::clone(original);
    CHECK(withheld.state() == guard_state::withheld);
    withheld.disclose(key);
    CHECK(original.disclosed() == nullptr);
    original.deny(key);
    CHECK(seen(withheld) == "title");
    CHECK(access::clone(original).state() == guard_state::denied);
    CHECK(access::clone(guarded<std::uint16_t>{std::uint16_t{7}}).look(key) == 7);
  });
}
