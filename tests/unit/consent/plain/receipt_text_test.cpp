#include <overt/consent/plain/receipt_text.hpp>

#include <overt/consent/json/new_receipt.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;
using overt_test::some_day;

namespace {
receipt some_receipt() {
  receipt_request asked{.apps = {"org.gnome.TextEditor"},
                        .grants = grants::key_semantic | grants::pointer_path,
                        .purposes = {purpose::train_computer_use_model},
                        .preset = jurisdiction_preset::de_employee,
                        .jurisdiction = "DE",
                        .policy_digest = std::string(64, 'b'),
                        .responsible = {"acme", "Acme GmbH", "Example 1, Berlin", "dpo@example.org"},
                        .readers = {{"the archive", "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="}},
                        .impact_assessment = "DPIA-1",
                        .collective_agreement = "BV-1",
                        .policy_published_by = {"Acme IT", "ed25519:publisher"}};
  auto const text = write_receipt(asked, overt_test::manual_clock{}, system_randomness{});
  REQUIRE(text);
  return *parse_receipt(*text);
}
bool says(receipt const& terms, std::string_view words, std::int64_t wall = some_day,
          signature_found signature = signature_found::none, std::string_view language = "en") {
  return receipt_text(terms, wall, signature, language)->find(words) != std::string::npos;
}
} // namespace

TEST_CASE("a receipt in plain words has all that it says") {
  auto terms = some_receipt();
  terms.denied_by_preset = grants::pointer_path;
  for (auto const* words :
       {"NOW: it holds, until 20", "Acme GmbH", "Example 1, Berlin", "dpo@example.org", "train models",
        "org.gnome.TextEditor", "the text you leave in fields", "do not allow them: pointer.path", "30 days",
        "the archive, with the key AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=", "DPIA-1", "BV-1",
        "laid down by Acme IT, and signed with the key ed25519:publisher", "you agreed, until",
        "psn1:", "de-employee (DE). No legal advice"}) {
    CAPTURE(words);
    CHECK(says(terms, words));
  }
  CHECK(says(terms, terms.record_id));
  CHECK(says(terms, terms.policy_digest));
  CHECK(says(terms, terms.notice_sha256));
  CHECK_FALSE(says(terms, "It renews"));
  CHECK(says(terms, "JETZT: Sie gilt, bis", some_day, signature_found::none, "de"));
  CHECK(says(terms, "NOW: it holds", some_day, signature_found::none, "")); // the record's own language
  CHECK_FALSE(receipt_text(terms, some_day, signature_found::none, "fr"));
}

TEST_CASE("where it stands is said for every state") {
  auto terms = some_receipt();
  CHECK(says(terms, "later than this computer's clock says", some_day - 1));
  CHECK(says(terms, "its time is over", terms.expires_wall_ns));
  auto const now = [&](consent_event what) {
    terms.latest = what;
    return [&](std::string_view words) { return says(terms, words); };
  };
  CHECK(now(consent_event::withdrawn)("NOW: it was withdrawn"));
  CHECK(now(consent_event::refused)("NOW: it was refused"));
  CHECK(now(consent_event::requested)("NOW: it was asked for and not given"));
  CHECK(now(consent_event::invalidated)("NOW: it does not count any more"));
}

TEST_CASE("what was found out about the signature is said") {
  auto terms = some_receipt();
  terms.signature.key_id = "ed25519:somebody";
  auto const with = [&](signature_found found, std::string_view words) {
    return says(terms, words, some_day, found);
  };
  CHECK(with(signature_found::none, "Not signed."));
  CHECK(with(signature_found::fits, "Signed with the key of the person here, ed25519:somebody"));
  CHECK(with(signature_found::other, "which is not the key of the person here"));
  CHECK(with(signature_found::unknown, "no key of a person here to compare it with"));
  CHECK(with(signature_found::forged, "FORGED"));
}
