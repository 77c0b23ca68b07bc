#include <overt/consent/sodium/key_text.hpp>

#include <array>
#include <cstdint>
#include <string>

#include <overt_test/catch.hpp>

namespace detail = overt::consent::detail;

namespace {

using bytes = std::array<std::uint8_t, 32>;

bytes some_key() {
  bytes key{};
  for (std::size_t i = 0; i < key.size(); ++i) {
    key[i] = static_cast<std::uint8_t>(i * 37 + 11);
  }
  return key;
}

std::string written(std::string_view word) {
  std::string text(detail::key_text_size, '\0');
  detail::write_key_text(word, some_key(), text.data());
  return text;
}

} // namespace

TEST_CASE("a key's text is read back, and its word says what it is") {
  auto const text = written(detail::public_word);
  CHECK(text.starts_with("overt-public-1:"));
  CHECK(text.size() == 63);
  bytes read{};
  REQUIRE(detail::read_key_text(detail::public_word, text, read));
  CHECK(read == some_key());
  CHECK_FALSE(detail::read_key_text(detail::secret_word, text, read));
  // The word counts in the checksum: changing it by hand makes no secret key of a public one.
  auto disguised = std::string{detail::secret_word} + text.substr(detail::public_word.size());
  CHECK_FALSE(detail::read_key_text(detail::secret_word, disguised, read));
}

TEST_CASE("one wrong character in a key's text is noticed") {
  auto const text = written(detail::secret_word);
  int tried = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (char const c : std::string_view{"AZaz09+/=-_ \n"}) {
      if (text[i] != c) {
        auto wrong = text;
        wrong[i] = c;
        bytes read{};
        CHECK_FALSE(detail::read_key_text(detail::secret_word, wrong, read));
        CHECK(read == bytes{});
        ++tried;
      }
    }
  }
  CHECK(tried > 700);
  bytes read{};
  for (std::size_t size = 0; size < text.size(); ++size) {
    CHECK_FALSE(detail::read_key_text(detail::secret_word, text.substr(0, size), read));
  }
  CHECK_FALSE(detail::read_key_text(detail::secret_word, text + "A", read));
}

TEST_CASE("what is pasted around a key is cut off") {
  CHECK(detail::trimmed("  abc\r\n") == "abc");
  CHECK(detail::trimmed(" \n").empty());
  CHECK(detail::trimmed("").empty());
}

TEST_CASE("of a key's file, the first line that is no comment counts") {
  CHECK(detail::first_line("# a comment\n\n  the key \r\nmore") == "the key");
  CHECK(detail::first_line("the key") == "the key");
  CHECK(detail::first_line("# a comment").empty());
  CHECK(detail::first_line("").empty());
}
