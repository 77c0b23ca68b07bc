#include <overt/redact/detect/secret_numbered.hpp>

#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace {

namespace secrets = overt::detect::detail::secrets;

secrets::shaped read(std::string_view text) { return secrets::numbered_token(text, text.find(':')); }

} // namespace

TEST_CASE("a bot's number and its token are one key", "[redact][detect][secret_numbered]") {
  constexpr std::string_view key = "8838393679:AAxBeLZtpGzxnB6fvT9vLT8Tk45731GAV2u";
  auto const one = read(key);
  CHECK(one.begin == 0);
  CHECK(one.end == key.size());
  CHECK(one.score == 1.0F);
  CHECK(one.rule == overt::literal{"telegram_bot_token"});
  CHECK(read("id " + std::string{key} + ", then").begin == 3);
  CHECK(read("id " + std::string{key} + ", then").end == 3 + key.size());
  // Without a digit it does not look drawn by lot; what it begins with says enough.
  CHECK(read("3995114973:AAYyjXmDpQeNyxwIDjUGoqyzKTwxDvijsUS").score == 1.0F);
  // A slip: one more, or one less.
  CHECK(read(std::string{key} + "x").score == 1.0F);
  CHECK(read(key.substr(0, key.size() - 1)).score == 1.0F);
}

TEST_CASE("what is longer, shorter or a word is no bot's token", "[redact][detect][secret_numbered]") {
  CHECK(read("8838393679:AAxBeLZtpGzxnB6fvT9vLT8Tk45731GAV2uxy").score == 0);
  CHECK(read("8838393679:AAxBeLZtpGzxnB6fvT9vLT8T").score == 0);
  CHECK(read("8393679:AAxBeLZtpGzxnB6fvT9vLT8Tk45731GAV2u").score == 0);
  CHECK(read("12345678:everything_that_is_said_in_the_room").score == 0);
  CHECK(read("10:30").score == 0);
  CHECK(read(":").score == 0);
  CHECK(read("12345678:").score == 0);
}

TEST_CASE("a server key of Firebase begins before its colon", "[redact][detect][secret_numbered]") {
  std::string rest = "APA91b";
  while (rest.size() < 140) {
    rest += "HPRgkF3JUikC4ENAHEeMrd41Zxv3hVZjC9KtT8";
  }
  auto const one = read("AAAAabc1234:" + rest);
  CHECK(one.begin == 0);
  CHECK(one.end == 12 + rest.size());
  CHECK(one.rule == overt::literal{"firebase_server_key"});
  CHECK(read("AAAAabc1234:" + rest.substr(0, 90)).score == 0);
}
