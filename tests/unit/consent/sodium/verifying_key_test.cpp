#include <overt/consent/sodium/verifying_key.hpp>

#include <string>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;

namespace {
// RFC 8032, section 7.1, test 2: the message is one byte, 72.
constexpr verifying_key rfc_key{{0x3d, 0x40, 0x17, 0xc3, 0xe8, 0x43, 0x89, 0x5a, 0x92, 0xb7, 0x0a,
                                 0xa7, 0x4d, 0x1b, 0x7e, 0xbc, 0x9c, 0x98, 0x2c, 0xcf, 0x2e, 0xc4,
                                 0x96, 0x8c, 0xc0, 0xcd, 0x55, 0xf1, 0x2a, 0xf4, 0x66, 0x0c}};
std::string const rfc_signature =
    "kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA==";
} // namespace

TEST_CASE("RFC 8032: a known signature is verified, and nothing near it") {
  CHECK(rfc_key.verifies("\x72", rfc_signature));
  CHECK_FALSE(rfc_key.verifies("\x73", rfc_signature));
  CHECK_FALSE(rfc_key.verifies("", rfc_signature));
  for (std::size_t i = 0; i < rfc_signature.size() - 3; ++i) {
    auto changed = rfc_signature;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(rfc_key.verifies("\x72", changed));
  }
  for (auto const* wrong : {"", "AAAA", "no base64 at all"}) {
    CHECK_FALSE(rfc_key.verifies("\x72", wrong));
  }
  CHECK_FALSE(rfc_key.verifies("\x72", rfc_signature + "A"));
  CHECK_FALSE(rfc_key.verifies("\x72", rfc_signature + " "));
  CHECK_FALSE(verifying_key{}.verifies("\x72", rfc_signature));
}

TEST_CASE("a verifying key has one text, and other keys are none") {
  CHECK(*verifying_key::parse(rfc_key.id()) == rfc_key);
  CHECK(*verifying_key::parse("  " + rfc_key.id() + "\n") == rfc_key);
  for (auto const& wrong : {std::string{}, std::string{"ed25519:"}, rfc_key.id() + "x",
                            receipt_form(rfc_key.bytes), text_of(rfc_key.bytes)}) {
    CHECK_FALSE(verifying_key::parse(wrong));
  }
}

TEST_CASE("a verifying key survives its file") {
  overt_test::temporary_folder const folder;
  auto const file = folder.path / "person.pub";
  REQUIRE(write_verifying_key_file(file, rfc_key));
  CHECK(*read_verifying_key_file(file) == rfc_key);
  CHECK(read_verifying_key_file(folder.path / "none").error().code == overt::error_code::not_found);
  overt_test::write(file, "# nothing but a comment\n");
  CHECK(read_verifying_key_file(file).error().message.find(file.string()) != std::string::npos);
}
