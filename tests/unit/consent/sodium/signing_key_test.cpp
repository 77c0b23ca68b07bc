#include <overt/consent/sodium/signing_key.hpp>

#include <string>
#include <string_view>
#include <type_traits>

#include <overt/consent/sodium/secret_key.hpp>

#include <overt_test/catch.hpp>

using namespace overt::consent;

static_assert(!std::is_copy_constructible_v<signing_key>);
static_assert(!std::is_default_constructible_v<signing_key>);

namespace {
std::string text_of_key(signing_key const& key) {
  auto const text = key.text();
  return {reinterpret_cast<char const*>(text->data()), text->size};
}
} // namespace

TEST_CASE("what a key signs, its public half verifies, and no other") {
  auto const mine = signing_key::generate();
  auto const other = signing_key::generate();
  REQUIRE(mine);
  REQUIRE(other);
  auto const signature = mine->sign("agreed");
  CHECK(mine->public_half().verifies("agreed", signature));
  CHECK_FALSE(mine->public_half().verifies("agreed!", signature));
  CHECK_FALSE(other->public_half().verifies("agreed", signature));
  CHECK(mine->id() == mine->public_half().id());
  CHECK(mine->id() != other->id());
  CHECK(mine->sign("") != signature);
}

TEST_CASE("a key survives its text, and signs the same") {
  auto const mine = *signing_key::generate();
  auto const again = signing_key::parse(text_of_key(mine));
  REQUIRE(again);
  CHECK(again->id() == mine.id());
  CHECK(again->sign("agreed") == mine.sign("agreed"));
}

TEST_CASE("keys of other kinds and damaged ones are named as what they are, and never repeated") {
  auto const mine = *signing_key::generate();
  auto const text = text_of_key(mine);
  auto damaged = text;
  damaged[30] = damaged[30] == 'A' ? 'B' : 'A';
  auto const sealing = secret_key::generate()->text();
  auto const says = [](std::string_view given, std::string_view words) {
    auto const none = signing_key::parse(given);
    REQUIRE_FALSE(none);
    CHECK((given.empty() || none.error().message.find(given) == std::string::npos));
    return none.error().message.find(words) != std::string::npos;
  };
  CHECK(says(damaged, "damaged"));
  CHECK(says(text.substr(0, 40), "damaged"));
  CHECK(says(mine.id(), "public half"));
  CHECK(says({reinterpret_cast<char const*>(sealing->data()), sealing->size}, "for sealing"));
  CHECK(says("", "not a key that signs"));
  CHECK_FALSE(secret_key::parse(text)); // and the other way round
}
