#include <overt/redact/pseudonyms.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <overt/redact/chain.hpp>
#include <overt/redact/elements.hpp>
#include <overt/redact/structure.hpp>
#include <overt/redact/titles.hpp>
#include <overt/redact/typed_characters.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/left_by.hpp>

namespace {

namespace redact = overt::redact;
using overt_test::guarded_of;
using overt_test::has;
using redact::pseudonyms;

redact::pseudonym_key key_of(std::uint8_t seed) {
  std::array<std::uint8_t, 32> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(seed + i);
  }
  return *redact::pseudonym_key::make("tests", bytes);
}

std::string label(std::string_view called, pseudonyms policy) {
  auto const bytes = overt_test::left_of(overt::ui_action{.label = guarded_of(called)}, std::move(policy),
                                         redact::elements{});
  auto const begin = bytes.find("\"label\":") + 8;
  return bytes.substr(begin, bytes.find(",\"path\"") - begin);
}

} // namespace

TEST_CASE("a pseudonym stands for what a detector finds, and the rest stays", "[redact][pseudonyms]") {
  pseudonyms const keyed{.key = key_of(1), .look_for = overt_test::finds("jane")};
  auto const told = label("from jane to you", keyed);
  CHECK(told.size() == std::string_view{"\"from {PATTERN:3f9a1c02d4e5f607} to you\""}.size());
  CHECK(told.starts_with("\"from {PATTERN:"));
  CHECK(told.ends_with("} to you\""));
  CHECK(label("to jane", keyed).substr(5, 24) == told.substr(7, 24));
  CHECK(label("to jane", {.key = key_of(2), .look_for = overt_test::finds("jane")}).substr(5, 24) !=
        told.substr(7, 24));
  CHECK(label("jane and jane", {.look_for = overt_test::finds("jane")}) == "\"{PATTERN} and {PATTERN}\"");
  CHECK(label("from john", keyed) == "\"from john\"");
}

TEST_CASE("a text that a detector could not look at is denied", "[redact][pseudonyms]") {
  CHECK(label("Open", {.look_for = overt_test::fails()}) == "null");
  CHECK(label("a" + std::string(5000, 'b'), {}) == "null");
}

TEST_CASE("real addresses and cards have pseudonyms too", "[redact][pseudonyms]") {
  auto const mail = label("Reply to jane.doe@example.com now", {.key = key_of(1)});
  CHECK(mail.starts_with("\"Reply to {EMAIL:"));
  CHECK(mail.ends_with("} now\""));
  CHECK(label("Pay with 4111 1111 1111 1111", {.key = key_of(1)}).starts_with("\"Pay with {CARD:"));
}

TEST_CASE("titles and what was written have pseudonyms, and nothing is disclosed by them",
          "[redact][pseudonyms]") {
  pseudonyms const policy{.look_for = overt_test::finds("jane")};
  auto const title = overt_test::left_in({.title = "Mail to jane"}, overt::button{}, policy,
                                         redact::titles{{"Mail to {PATTERN}"}}, redact::structure{});
  CHECK(has(title, "\"title\":\"Mail to {PATTERN}\""));
  auto const text = overt_test::left_of(overt::text{.length = overt::guarded{std::uint32_t{7}},
                                                    .outcome = overt::text_outcome::cleared,
                                                    .value = guarded_of("to jane")},
                                        policy, redact::typed_characters{});
  CHECK(has(text, "\"value\":\"to {PATTERN}\""));
  CHECK(has(text, "\"length\":null"));
  CHECK(has(text, "\"outcome\":\"mixed\""));
  CHECK(has(text, R"("rule":"pseudonyms","of":"text","entity":"PATTERN","action":"replaced")"));
  CHECK_FALSE(has(overt_test::left_of(overt::ui_action{.label = guarded_of("Open")}, policy), "Open"));
}

TEST_CASE("a description of pseudonyms tells which key, not the key", "[redact][pseudonyms]") {
  CHECK(redact::describe(pseudonyms{.key = key_of(1)}) != redact::describe(pseudonyms{.key = key_of(2)}));
  CHECK(redact::describe(pseudonyms{}) != redact::describe(pseudonyms{.key = key_of(1)}));
  CHECK(has(redact::describe(pseudonyms{.key = key_of(1)}), "\"domain\":\"tests\""));
}
