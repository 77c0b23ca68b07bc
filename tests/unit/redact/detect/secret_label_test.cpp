#include <overt/redact/detect/secret_label.hpp>

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
