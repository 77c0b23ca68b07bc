#include <overt/consent/sodium/secret_key.hpp>

#include <string>
#include <type_traits>

#include <overt_test/catch.hpp>

namespace consent = overt::consent;

static_assert(!std::is_copy_constructible_v<consent::secret_key>);

TEST_CASE("a secret key comes back from its text, with its public half") {
  auto const key = consent::secret_key::generate();
  REQUIRE(key);
  auto const text = key->text();
  REQUIRE(text);
  auto const again = consent::secret_key::parse({reinterpret_cast<char const*>(text->data()), text->size});
  REQUIRE(again);
  CHECK(again->public_half() == key->public_half());
  CHECK(consent::secret_key::generate()->public_half() != key->public_half());
}

TEST_CASE("what is no secret key is named as what it is") {
  auto const key = consent::secret_key::generate();
  REQUIRE(key);
  auto const refused = consent::secret_key::parse(consent::text_of(key->public_half()));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("this is a public key") == 0);
  CHECK_FALSE(consent::secret_key::parse(""));
  CHECK_FALSE(consent::secret_key::parse(consent::receipt_form(key->public_half())));
  auto const text = key->text();
  std::string damaged{text->bytes().begin(), text->bytes().end()};
  damaged.back() = damaged.back() == 'A' ? 'B' : 'A';
  auto const why = consent::secret_key::parse(damaged);
  REQUIRE_FALSE(why);
  CHECK(why.error().message.find("checksum") != std::string::npos);
  CHECK(why.error().message.find(damaged.substr(15, 6)) == std::string::npos);
}
