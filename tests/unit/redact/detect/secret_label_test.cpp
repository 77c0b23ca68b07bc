#include <overt/redact/detect/secret_label.hpp>

#include <cstddef>
#include <string_view>

#include <overt_test/catch.hpp>

namespace secrets = overt::detect::detail::secrets;
using secrets::word;

TEST_CASE("names are read as the words they are made of", "[redact][detect][secret_label]") {
  auto const read = [](std::string_view text, bool phrase = false) {
    return secrets::label_before(text, text.size(), phrase);
  };
  CHECK(read("password").noun == word::password);
  CHECK(read("dbPassword").noun == word::password);
  CHECK(read("DB_PASSWORD").noun == word::password);
  CHECK(read("DBPassword").noun == word::password);
  CHECK(read("spring.datasource.password").noun == word::password);
  CHECK(read("the password for the server", true).noun == word::password);
  CHECK(read("mot de passe", true).noun == word::password);
  CHECK(read("apiKey").qualified);
  CHECK(read("api key", true).qualified);
  CHECK_FALSE(read("sort_key").qualified);
  CHECK(read("public_key").about);
  CHECK(read("password_length").about);
  CHECK(read("max_token").about);
  CHECK(read("heroku_api_key").provider);
  CHECK(read("commit", true).digest);
  CHECK(read("keyboard").noun == word::other);
  CHECK(read("compass").noun == word::other);
  CHECK(read("").noun == word::other);
  CHECK(read("\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c").noun == word::password);
}

TEST_CASE("a word before a noun makes it another kind, but a secret stays one",
          "[redact][detect][secret_label]") {
  auto const read = [](std::string_view name) { return secrets::label_before(name, name.size(), true); };
  CHECK(read("public_key").another);
  CHECK(read("next token").another);
  CHECK_FALSE(read("next token length").another);
  CHECK(read("next token length").about);
  CHECK_FALSE(read("api token").another);
  CHECK_FALSE(read("window we music secret").about);
  CHECK_FALSE(read("music password").about);
  auto const found = read("my pw field");
  CHECK(found.noun_begin == 3);
  CHECK(found.noun_end == 5);
}

TEST_CASE("every word that is known is found again", "[redact][detect][secret_label]") {
  for (auto const& list : secrets::word_lists) {
    for (auto rest = list.words; !rest.empty(); rest.remove_prefix(rest.find(' ') + 1)) {
      auto const one = rest.substr(0, rest.find(' '));
      INFO(one);
      CHECK(one.size() <= secrets::longest_word);
      CHECK(secrets::kind_of(one) == list.kind);
    }
  }
}

TEST_CASE("every word of the lists is known by its kind", "[redact][detect][secret_label]") {
  for (auto const& list : secrets::word_lists) {
    for (std::size_t begin = 0; begin < list.words.size();) {
      auto const end = list.words.find(' ', begin);
      auto const one = list.words.substr(begin, end - begin);
      INFO(one);
      CHECK(secrets::kind_of(one) != secrets::word::other);
      CHECK(one.size() <= secrets::longest_word);
      begin = end + 1;
    }
  }
  CHECK(secrets::kind_of("PassWord") == secrets::word::password);
  CHECK(secrets::kind_of("passworn") == secrets::word::other);
  CHECK(secrets::kind_of("") == secrets::word::other);
}
