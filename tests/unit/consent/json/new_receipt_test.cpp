#include <overt/consent/json/new_receipt.hpp>

#include <algorithm>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;
using overt_test::manual_clock;

namespace {
receipt_request some_request() {
  return {.apps = {"org.gnome.TextEditor"},
          .grants = grants::key_semantic | grants::pointer_click | grants::pointer_path,
          .purposes = {purpose::train_computer_use_model, purpose::academic_research},
          .jurisdiction = "DE",
          .policy_digest = std::string(64, 'b')};
}
struct counting_bytes {
  std::uint8_t next = 0;
  void operator()(std::span<std::uint8_t> bytes) {
    std::generate(bytes.begin(), bytes.end(), [&] { return next++; });
  }
};
} // namespace

TEST_CASE("a written receipt is read back as what was asked") {
  auto const asked = some_request();
  auto const text = write_receipt(asked, manual_clock{}, counting_bytes{});
  REQUIRE(text);
  auto const terms = parse_receipt(*text);
  REQUIRE(terms);
  CHECK(terms->principal == "psn1:000102030405060708090a0b0c0d0e0f");
  CHECK(terms->record_id == "10111213-1415-4617-9819-1a1b1c1d1e1f");
  CHECK(terms->apps == asked.apps);
  CHECK(terms->grants == asked.grants);
  CHECK(terms->purposes == asked.purposes);
  CHECK(terms->policy_digest == asked.policy_digest);
  CHECK(terms->notice_sha256 == overt::detail::to_hex(overt::detail::sha256(*notice_text(asked))));
  CHECK(terms->latest == consent_event::given);
  CHECK(terms->retention_days == 30);
  CHECK(terms->granted_wall_ns == overt_test::some_day);
  CHECK(activate(*terms, manual_clock{}, accept_unsigned{}));
}

TEST_CASE("a renewal keeps the pseudonym, a refusal is recorded") {
  auto asked = some_request();
  asked.principal = overt_test::some_terms().principal;
  asked.answer = consent_event::refused;
  auto const terms = parse_receipt(*write_receipt(asked, manual_clock{}, system_randomness{}));
  REQUIRE(terms);
  CHECK(terms->principal == asked.principal);
  CHECK(terms->latest == consent_event::refused);
  CHECK_FALSE(activate(*terms, manual_clock{}, accept_unsigned{}));
}

TEST_CASE("those who may open sealed recordings stand in the record and in the notice") {
  auto asked = some_request();
  CHECK(notice_text(asked)->find("Sealed recordings") == std::string::npos);
  std::string const key = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";
  asked.readers = {{"the archive", key}};
  auto const terms = parse_receipt(*write_receipt(asked, manual_clock{}, system_randomness{}));
  REQUIRE(terms);
  REQUIRE(terms->recipients.size() == 1);
  CHECK(terms->recipients[0].party == "the archive");
  CHECK(terms->recipients[0].public_key[0] == 1);
  CHECK(terms->recipients[0].public_key[31] == 32);
  CHECK(notice_text(asked)->find("the archive, with the key " + key) != std::string::npos);
  asked.readers[0].public_key = "AQID";
  CHECK_FALSE(write_receipt(asked, manual_clock{}, system_randomness{}));
}

TEST_CASE("nothing is written that no receipt may say") {
  auto const refused = [](auto change) {
    auto asked = some_request();
    change(asked);
    return !write_receipt(asked, manual_clock{}, system_randomness{}).has_value();
  };
  CHECK_FALSE(refused([](receipt_request&) {}));
  CHECK(refused([](receipt_request& r) { r.apps = {"*"}; }));
  CHECK(refused([](receipt_request& r) { r.sites = {"*"}; }));
  CHECK(refused([](receipt_request& r) { r.purposes.clear(); }));
  CHECK(refused([](receipt_request& r) { r.months = 13; }));
  CHECK(refused([](receipt_request& r) { r.months = 0; }));
  CHECK(refused([](receipt_request& r) { r.months = -1; }));
  CHECK(refused([](receipt_request& r) { r.retention_days = 0; }));
  CHECK(refused([](receipt_request& r) { r.jurisdiction.clear(); }));
  CHECK(refused([](receipt_request& r) { r.policy_digest.clear(); }));
  CHECK(refused([](receipt_request& r) { r.principal = "jane@example.org"; }));
  CHECK(refused([](receipt_request& r) { r.never = never::audio; }));
  CHECK(refused([](receipt_request& r) { r.pointer_max_hz = 60; }));
  CHECK(refused([](receipt_request& r) { r.preset = jurisdiction_preset::de_employee; }));
  CHECK(refused([](receipt_request& r) {
    r.preset = jurisdiction_preset::us_other;
    r.keystroke_timing = key_timing::raw;
  }));
  CHECK_FALSE(refused([](receipt_request& r) {
    r.preset = jurisdiction_preset::research_irb;
    r.keystroke_timing = key_timing::raw;
    r.review_board = "IRB-2026-117";
  }));
  CHECK(refused([](receipt_request& r) { r.preset = jurisdiction_preset::research_irb; }));
  CHECK(refused([](receipt_request& r) { r.language = "fr"; }));
  CHECK_FALSE(refused([](receipt_request& r) { r.responsible.name = "bad \xff utf-8"; }));
}

TEST_CASE("a withdrawal needs nothing but the record") {
  manual_clock clock;
  auto const text = write_receipt(some_request(), clock, system_randomness{});
  REQUIRE(text);
  for (auto const passed :
       {std::int64_t{0}, 5 * overt_test::day, -5 * overt_test::day, 1000 * overt_test::day}) {
    manual_clock later = clock;
    later.pass(passed);
    auto const withdrawn = write_withdrawal(*text, later);
    REQUIRE(withdrawn);
    auto const terms = parse_receipt(*withdrawn);
    REQUIRE(terms);
    CHECK(terms->latest == consent_event::withdrawn);
    CHECK_FALSE(activate(*terms, clock, accept_unsigned{}));
    CHECK(write_withdrawal(*withdrawn, later)); // twice does no harm
  }
  CHECK_FALSE(write_withdrawal("{}", clock));
}

TEST_CASE("a renewal names the record before it, and what it is bound to") {
  auto asked = some_request();
  asked.principal = overt_test::some_terms().principal;
  asked.previous_sha256 = std::string(64, 'a');
  asked.answer = consent_event::renewed;
  asked.notice_uri = "file:receipt.json.notice.txt";
  asked.policy_published_by = {"Acme IT", "ed25519:abc"};
  auto const terms = parse_receipt(*write_receipt(asked, manual_clock{}, system_randomness{}));
  REQUIRE(terms);
  CHECK(terms->latest == consent_event::renewed);
  CHECK(terms->previous_sha256 == asked.previous_sha256);
  CHECK(terms->notice_uri == asked.notice_uri);
  REQUIRE(terms->history.size() == 1);
  CHECK(terms->history[0].until_wall_ns == terms->expires_wall_ns);
  REQUIRE(terms->parties.size() == 2);
  CHECK(terms->parties[1].role == policy_publisher);
  CHECK(terms->parties[1].id == "ed25519:abc");
  CHECK(activate(*terms, manual_clock{}, accept_unsigned{}));
}

TEST_CASE("G5: a refusal is a record like any other, and it permits nothing") {
  auto asked = some_request();
  asked.answer = consent_event::refused;
  auto const text = write_receipt(asked, manual_clock{}, system_randomness{});
  REQUIRE(text);
  CHECK(text->find("\"dpv:ConsentRefused\"") != std::string::npos);
  CHECK(text->find("\"detriment_if_refused\": false") != std::string::npos);
  auto const agreed = activate(*parse_receipt(*text), manual_clock{}, accept_unsigned{});
  REQUIRE_FALSE(agreed);
  CHECK(agreed.error().message.find("Do not ask again for the same thing") != std::string::npos);
  CHECK(notice_text(asked)->find("You may say no. It has no consequences for you.") != std::string::npos);
}
