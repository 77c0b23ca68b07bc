#include <overt/consent/sodium/wrapped_key.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

namespace consent = overt::consent;

namespace {

constexpr auto until = overt_test::some_day + 30 * overt_test::day;

consent::session_key a_key() {
  consent::key_id id;
  id.bytes.fill(0x42);
  return *consent::session_key::generate(id);
}

bool same(consent::session_key const& a, consent::session_key const& b) {
  return a.id() == b.id() && std::equal(a.bytes().begin(), a.bytes().end(), b.bytes().begin());
}

} // namespace

TEST_CASE("a wrapped key opens for each recipient, and for nobody else") {
  auto const one = consent::secret_key::generate();
  auto const two = consent::secret_key::generate();
  auto const stranger = consent::secret_key::generate();
  std::vector<consent::recipient> const named{
      {"a", one->public_half()}, {"b", two->public_half()}, {"a again", one->public_half()}};
  auto const key = a_key();
  auto const wrapped = consent::wrap(key, named, "a-receipt", until);
  REQUIRE(wrapped);
  CHECK(wrapped->boxes.size() == 2);
  for (auto const* mine : {&*one, &*two}) {
    auto const opened = consent::unwrap(*wrapped, *mine);
    REQUIRE(opened);
    CHECK(same(*opened, key));
  }
  auto const refused = consent::unwrap(*wrapped, *stranger);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == overt::error_code::permission_denied);
  CHECK(refused.error().message.find("this trace is sealed for others") == 0);

  // Not the name on the box decides: a stranger who writes his own on it gets nothing either.
  auto renamed = *wrapped;
  renamed.boxes[0].fingerprint = consent::fingerprint_of(stranger->public_half());
  CHECK_FALSE(consent::unwrap(renamed, *stranger));
}

TEST_CASE("the id and the time of a wrapped key cannot be changed") {
  auto const mine = consent::secret_key::generate();
  std::vector<consent::recipient> const named{{"a", mine->public_half()}};
  auto const wrapped = consent::wrap(a_key(), named, "", until);
  REQUIRE(consent::unwrap(*wrapped, *mine));
  auto later = *wrapped;
  later.until_wall_ns += 365 * overt_test::day;
  CHECK(consent::unwrap(later, *mine).error().code == overt::error_code::invalid_input);
  auto other = *wrapped;
  other.id.bytes[0] ^= 1;
  CHECK(consent::unwrap(other, *mine).error().code == overt::error_code::invalid_input);
}

TEST_CASE("a key that protects nothing is no recipient") {
  std::vector<consent::recipient> named{{"a", {}}}; // zero: a point of small order
  CHECK(consent::wrap(a_key(), named, "", until).error().code == overt::error_code::consent_mismatch);
  named[0].public_key[0] = 1; // another one
  CHECK_FALSE(consent::wrap(a_key(), named, "", until));
  named.assign(257, {"a", consent::secret_key::generate()->public_half()});
  CHECK_FALSE(consent::wrap(a_key(), named, "", until));
  CHECK_FALSE(consent::wrap(a_key(), {named.data(), 1}, "a\nline", until));
}

TEST_CASE("the text of a wrapped key is read back, and every changed bit is noticed") {
  auto const mine = consent::secret_key::generate();
  auto const two = consent::secret_key::generate();
  std::vector<consent::recipient> const named{{"a", mine->public_half()}, {"b", two->public_half()}};
  auto const key = a_key();
  auto const wrapped = consent::wrap(key, named, "a-receipt", until);
  auto const text = consent::write_wrapped_key(*wrapped);
  auto const read = consent::read_wrapped_key(text);
  REQUIRE(read);
  CHECK(read->receipt == "a-receipt");
  CHECK(read->until_wall_ns == until);
  CHECK(same(*consent::unwrap(*read, *mine), key));
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      auto wrong = text;
      wrong[i] = static_cast<char>(wrong[i] ^ 1 << bit);
      if (consent::read_wrapped_key(wrong)) {
        FAIL("bit " << bit << " of byte " << i);
      }
    }
  }
  for (std::size_t size = 0; size < text.size(); ++size) {
    if (consent::read_wrapped_key(std::string_view{text}.substr(0, size))) {
      FAIL("cut after " << size);
    }
  }
  CHECK_FALSE(consent::read_wrapped_key(text + "\n"));
}
