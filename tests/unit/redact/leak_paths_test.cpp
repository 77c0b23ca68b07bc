#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>

#include <overt/event/event.hpp>
#include <overt/redact/cleared.hpp>

#include <overt_test/catch.hpp>

// Paths that are closed because there is nothing to leak through: no such event, no such member.

namespace {

template <class Payload>
constexpr bool has_content = overt::detail::holds_guarded<Payload>();

constexpr bool carries_name(std::string_view part) {
  for (auto const name : overt::event::names) {
    if (name.find(part) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

} // namespace

TEST_CASE("L6 what was copied, cut or pasted has no place in an event", "[redact][leak]") {
  STATIC_REQUIRE_FALSE(has_content<overt::clipboard>);
  STATIC_REQUIRE(std::tuple_size_v<decltype(overt::clipboard::fields())> == 2); // operation, made_of
}

TEST_CASE("L32 there is no event of sound, camera or voice", "[redact][leak]") {
  for (auto const* const word : {"audio", "sound", "voice", "speech", "camera", "video", "microphone"}) {
    CHECK_FALSE(carries_name(word));
  }
  STATIC_REQUIRE(overt::event::payload_count == 16); // a new payload is looked at here
}

TEST_CASE("L54 the audit has no member that could hold content", "[redact][leak]") {
  STATIC_REQUIRE_FALSE(has_content<overt::redaction>);
  STATIC_REQUIRE_FALSE(has_content<overt::gap>);
  STATIC_REQUIRE_FALSE(has_content<overt::source>);
  STATIC_REQUIRE_FALSE(has_content<overt::consent_change>);
  STATIC_REQUIRE(std::is_same_v<decltype(overt::redaction::entity), overt::literal>);
  STATIC_REQUIRE(std::is_same_v<decltype(overt::redaction::how_many), overt::amount>);
}
