#include <overt/redact/detect/secret_assignment.hpp>

#include <string>
#include <string_view>

#include <overt/redact/detect/secrets.hpp>
#include <overt_test/catch.hpp>

namespace {

using overt::detect::entity;
namespace secrets = overt::detect::detail::secrets;

/// Whether all of `secret` is part of something that is found in `text`.
bool covers(std::string_view text, std::string_view secret) {
  auto const place = text.find(secret);
  auto covered = place;
  overt::detect::scan_secrets(text,
                              [&](std::size_t begin, std::size_t end, entity, float score, overt::literal) {
                                if (score >= 0.5F && begin <= covered && end > covered) {
                                  covered = end;
                                }
                              });
  return covered >= place + secret.size();
}

} // namespace

TEST_CASE("a private key is found behind any name", "[redact][detect][secret_assignment]") {
  constexpr std::string_view body = "Tl8XxwaMjxxMZTK0hPy71LNJJ6nJ5Z2IR4d0sPE40uQwH5rDo66";
  auto const key = "-----BEGIN EC PRIVATE KEY-----" + std::string{body} + "-----END EC PRIVATE KEY-----";
  for (std::string_view const before :
       {"", "password: ", "password will: ", "password again=", "password again;", "the password is ",
        "passphrase: ", "secret: ", "key: \"", "password: version=\"", "password:\n", "token=x"}) {
    INFO(before);
    CHECK(covers(std::string{before} + key + " green", key));
  }
  // A certificate is none.
  CHECK_FALSE(covers("password for: -----BEGIN CERTIFICATE----- of the house -----END CERTIFICATE-----",
                     "of the house"));
}

TEST_CASE("a value that is no secret may hold one under a surer name",
          "[redact][detect][secret_assignment]") {
  for (std::string_view const before :
       {"hash: ", "code: ", "cookie budget: ", "our new hash: ", "uuid: ", "looks password url born: "}) {
    INFO(before);
    CHECK(covers(std::string{before} + "password=uV5qyqYeJH6yVrQ more", "uV5qyqYeJH6yVrQ"));
  }
  constexpr secrets::label sure{.noun = secrets::word::password};
  constexpr secrets::label less{.noun = secrets::word::secret};
  constexpr secrets::label least{.noun = secrets::word::password, .about = true};
  CHECK(secrets::doubt_of(sure) < secrets::doubt_of(less));
  CHECK(secrets::doubt_of(less) < secrets::doubt_of(least));
  CHECK(secrets::doubt_of({}) == secrets::doubt_of(least));
}
