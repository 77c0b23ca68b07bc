#include <overt/consent/json/signed_by.hpp>

#include <string>

#include <overt/consent/json/new_receipt.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;

namespace {
/// Signs with the length of the text: enough to see what is asked of a key, and nothing more.
struct toy_key {
  std::string name;
  [[nodiscard]] std::string id() const { return name; }
  [[nodiscard]] std::string sign(std::string_view bytes) const { return std::to_string(bytes.size()); }
  [[nodiscard]] bool verifies(std::string_view bytes, std::string_view signature) const {
    return sign(bytes) == signature;
  }
};
static_assert(verifies_signatures<toy_key> && makes_signatures<toy_key>);
static_assert(signature_check<signed_by<toy_key>>);

std::string some_record() {
  receipt_request const asked{.apps = {"editor"},
                              .grants = grants::key_semantic,
                              .purposes = {purpose::train_computer_use_model},
                              .jurisdiction = "DE",
                              .policy_digest = std::string(64, 'b')};
  return *write_receipt(asked, overt_test::manual_clock{}, system_randomness{});
}
} // namespace

TEST_CASE("what a signature covers is all of the record but the signature itself") {
  auto const record = some_record();
  auto const covered = signed_form(record);
  REQUIRE(covered);
  CHECK(covered->find("\"sig\"") == std::string::npos);
  CHECK(covered->find("\"key_id\":\"unsigned\"") != std::string::npos);
  auto document = nlohmann::json::parse(record);
  document["signature"]["sig"] = "another";
  CHECK(signed_form(document.dump()) == covered); // another layout and order, too
  document["signature"]["key_id"] = "another";
  CHECK(signed_form(document.dump()) != covered);
  CHECK_FALSE(signed_form("{}"));
  CHECK_FALSE(signed_form("no json"));
  CHECK_FALSE(signed_form(R"({"signature": 1})"));
}

TEST_CASE("a receipt is the person's if it is signed with their key and says what its record says") {
  toy_key const mine{"mine"};
  auto const check = signed_by{mine};
  auto const terms = parse_receipt(*sign_receipt(some_record(), mine));
  REQUIRE(terms);
  CHECK(check(*terms));
  auto altered = *terms;
  altered.apps.push_back("mail"); // a program that makes more of it than the person agreed to
  auto const refused = check(altered);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == overt::error_code::consent_missing);
  CHECK(refused.error().message.find("altered after it was read") != std::string::npos);
  altered = *terms;
  altered.document.clear();
  CHECK_FALSE(check(altered));
  CHECK_FALSE(signed_by{toy_key{"another"}}(*terms));
  CHECK_FALSE(check(*parse_receipt(some_record())));
}
