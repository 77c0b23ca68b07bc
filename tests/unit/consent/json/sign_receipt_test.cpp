#include <overt/consent/json/sign_receipt.hpp>

#include <string>
#include <string_view>

#include <overt/consent/json/new_receipt.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;

namespace {
struct toy_key {
  [[nodiscard]] std::string id() const { return "toy"; }
  [[nodiscard]] std::string sign(std::string_view bytes) const { return std::string{bytes.substr(0, 9)}; }
};
} // namespace

TEST_CASE("signing changes the signature and nothing else") {
  receipt_request const asked{.apps = {"editor"},
                              .purposes = {purpose::train_computer_use_model},
                              .jurisdiction = "DE",
                              .policy_digest = std::string(64, 'b')};
  auto const record = *write_receipt(asked, overt_test::manual_clock{}, system_randomness{});
  auto const before = *parse_receipt(record);
  CHECK_FALSE(before.signature.is_made());
  auto const text = sign_receipt(record, toy_key{});
  REQUIRE(text);
  auto const after = parse_receipt(*text);
  REQUIRE(after);
  CHECK(after->signature.key_id == "toy");
  CHECK(after->signature.value == "{\"events\"");
  CHECK(after->signature.is_made());
  CHECK(*without_signature(*text) == record);
  CHECK(text->find("\"toy\"") != std::string::npos);
  auto same = *after;
  same.signature = before.signature;
  same.document = before.document;
  same.document_sha256 = before.document_sha256;
  CHECK(same == before);
}

TEST_CASE("what is no receipt is not signed") {
  CHECK_FALSE(sign_receipt("{}", toy_key{}));
  CHECK_FALSE(without_signature("no json"));
}
