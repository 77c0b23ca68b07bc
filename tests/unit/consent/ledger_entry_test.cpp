#include <overt/consent/ledger_entry.hpp>

#include <string>
#include <type_traits>

#include <overt_test/catch.hpp>

namespace consent = overt::consent;
using consent::ledger_entry;
using consent::ledger_kind;

namespace {
/// Every kind has a name, and no name a second kind.
constexpr bool names_are_whole() {
  constexpr auto names = enumerators(ledger_kind{});
  for (std::size_t i = 0; i < names.size(); ++i) {
    ledger_kind kind{};
    if (!overt::value_named(names[i], kind) || static_cast<std::size_t>(kind) != i) {
      return false;
    }
  }
  return names.back() == "interrupted" &&
         static_cast<std::size_t>(ledger_kind::interrupted) + 1 == names.size();
}
static_assert(names_are_whole());
} // namespace

TEST_CASE("G11: consent, policy, pause, export, review, access and erasure all have a kind of entry") {
  for (auto const* const name :
       {"consent_given", "consent_refused", "consent_renewed", "consent_withdrawn", "consent_expired",
        "policy_changed", "paused", "resumed", "exempted", "exported", "review_approved", "review_rejected",
        "accessed", "subject_access", "erased", "key_destroyed"}) {
    ledger_kind kind{};
    CHECK(overt::value_named(name, kind));
    CHECK(overt::name_of(kind) == name);
  }
}

TEST_CASE("L54: an entry holds ids, counts, digests and closed words, and nothing else passes") {
  ledger_entry const right{.kind = ledger_kind::exported,
                           .record_id = "0b8c4e8e-6a5d-4a3f-9a53-0d5bb1d1a001",
                           .subject = "00112233445566778899aabbccddeeff",
                           .purpose = consent::purpose::academic_research,
                           .count = 12,
                           .digest = std::string(64, 'a'),
                           .who = std::string(32, 'f')};
  CHECK(validate(right));
  CHECK(validate(ledger_entry{}));

  std::string const content = "call Jane Doe, +1 202 555 0143";
  for (auto const& text :
       {content, std::string{"jane@example.org"}, std::string{"/home/me/letter.mcap"}, std::string(31, 'a'),
        std::string(65, 'a'), std::string(64, 'A'), std::string{" "}}) {
    for (auto const member :
         {&ledger_entry::record_id, &ledger_entry::subject, &ledger_entry::digest, &ledger_entry::who}) {
      auto wrong = right;
      wrong.*member = text;
      auto const valid = validate(wrong);
      REQUIRE_FALSE(valid);
      CHECK(valid.error().code == overt::error_code::misuse);
      CHECK(valid.error().message.find(text == " " ? content : text) == std::string::npos);
    }
  }
  auto wrong = right;
  wrong.kind = static_cast<ledger_kind>(200);
  CHECK_FALSE(validate(wrong));
  wrong = right;
  wrong.purpose = static_cast<consent::purpose>(99);
  CHECK_FALSE(validate(wrong));
  wrong = right;
  wrong.count = std::uint64_t{1} << 53;
  CHECK_FALSE(validate(wrong));
}
