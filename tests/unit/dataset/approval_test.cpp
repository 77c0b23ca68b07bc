#include <overt/dataset/approval.hpp>

#include <string>

#include <overt_test/catch.hpp>

using overt::error_code;
using overt::dataset::approval;
using overt::dataset::session_facts;

TEST_CASE("G11: an approval fits the trace and the receipt that it was given for, and no other",
          "[dataset][approval]") {
  session_facts const facts{.trace_sha256 = std::string(64, 'a'), .receipt_id = "receipt"};
  auto const given = approval::of_person({.trace_sha256 = facts.trace_sha256, .receipt_id = "receipt"});
  CHECK(overt::dataset::approved(given, facts));
  auto other = facts;
  other.trace_sha256.back() = 'b';
  CHECK(overt::dataset::approved(given, other).error().code == error_code::consent_mismatch);
  CHECK(overt::dataset::approved(given, other).error().message.find("overt review") != std::string::npos);
  other = facts;
  other.receipt_id = "another";
  CHECK(overt::dataset::approved(given, other).error().code == error_code::consent_mismatch);
  CHECK_FALSE(overt::dataset::approved(approval::of_person({}), session_facts{}));
}
