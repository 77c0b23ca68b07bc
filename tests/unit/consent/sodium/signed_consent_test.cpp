// Consents with real keys, as the person's own computer checks them: G1 to G7 and G16 of the requirements.
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>

#include <overt/consent/json/new_receipt.hpp>
#include <overt/consent/json/receipt_json.hpp>
#include <overt/consent/json/sign_receipt.hpp>
#include <overt/consent/json/signed_by.hpp>
#include <overt/consent/sodium/signing_key.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;
using nlohmann::json;
using overt::consent_state;
using overt_test::day;
using overt_test::manual_clock;

namespace {

receipt_request some_request() {
  return {.apps = {"org.gnome.TextEditor"},
          .grants = grants::key_semantic | grants::pointer_click,
          .purposes = {purpose::train_computer_use_model},
          .preset = jurisdiction_preset::us_other,
          .jurisdiction = "US",
          .policy_digest = std::string(64, 'b')};
}

/// A person with a key, a folder and a consent in it.
struct person {
  overt_test::temporary_folder folder{};
  manual_clock clock{};
  signing_key key = *signing_key::generate();
  std::filesystem::path file = folder.path / "receipt.json";

  explicit person(receipt_request asked = some_request()) {
    asked.notice_uri = "file:receipt.json.notice.txt";
    overt_test::write(notice(), *notice_text(asked));
    overt_test::write(file, *sign_receipt(*write_receipt(asked, clock, system_randomness{}), key));
  }
  [[nodiscard]] std::filesystem::path notice() const { return folder.path / "receipt.json.notice.txt"; }
  [[nodiscard]] std::string content() const { return overt::detail::read_file(file, 1 << 20)->content; }
  [[nodiscard]] auto activated() const { return from_file(file, clock, signed_by{key.public_half()}); }

  /// What is said when something in the record was changed by somebody without the key.
  [[nodiscard]] std::string refusal_after(std::function<void(json&)> const& change) const {
    auto record = json::parse(content());
    change(record);
    overt_test::write(file, record.dump());
    auto const agreed = activated();
    return agreed ? "" : agreed.error().message;
  }
};

bool mentions(std::string const& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

} // namespace

TEST_CASE("a signed consent holds, and its layout does not matter") {
  person const somebody;
  CHECK(somebody.activated());
  CHECK(somebody.refusal_after([](json&) {}).empty()); // the members in another order, without blanks
}

TEST_CASE("G6: every change of a signed record is refused") {
  person const somebody;
  auto const original = json::parse(somebody.content());
  std::size_t changed = 0;
  std::function<void(json const&, json::json_pointer const&)> const visit =
      [&](json const& at, json::json_pointer const& path) {
        if (at.is_structured()) {
          for (auto const& member : at.items()) {
            visit(member.value(), at.is_object() ? path / member.key() : path / std::stoul(member.key()));
          }
          return;
        }
        auto record = original;
        auto& value = record[path];
        value = value.is_string()    ? json(value.get<std::string>() + "0")
                : value.is_boolean() ? json(!value.get<bool>())
                                     : json(value.get<int>() - 1);
        overt_test::write(somebody.file, record.dump());
        CAPTURE(path.to_string());
        CHECK_FALSE(somebody.activated());
        ++changed;
      };
  visit(original, json::json_pointer{});
  CHECK(changed > 60);
}

TEST_CASE("a forged signature, a missing one and one of another key are refused, and the message says what "
          "to do") {
  person const somebody;
  person const other;
  auto const forged = somebody.refusal_after(
      [](json& record) { record["scope"]["apps"].push_back("org.mozilla.Thunderbird"); });
  CHECK(mentions(forged, "changed after the person signed it, or its signature is forged"));
  CHECK(mentions(forged, "overt consent new"));
  auto const resigned = somebody.refusal_after([&](json& record) {
    auto const text = *sign_receipt(record.dump(), other.key); // by somebody who has a key, just not theirs
    record = json::parse(text);
  });
  CHECK(mentions(resigned, "signed with another key than the one of the person here"));
  auto const renamed =
      somebody.refusal_after([&](json& record) { record["signature"]["key_id"] = somebody.key.id(); });
  CHECK(mentions(renamed, "forged"));
  auto const bare = somebody.refusal_after(
      [](json& record) { record["signature"] = {{"alg", "ed25519"}, {"key_id", "unsigned"}, {"sig", ""}}; });
  CHECK(mentions(bare, "is not signed"));
  CHECK(mentions(bare, "overt consent sign"));
  for (auto const& said : {forged, resigned, renamed, bare}) {
    CHECK(mentions(said, "Nothing is recorded."));
  }
}

TEST_CASE("G1: purposes are a closed set and one about people is not representable, and refused") {
  static_assert(enumerators(purpose{}).size() == 4);
  for (auto const name : enumerators(purpose{})) {
    CHECK(name.find("Personnel") == std::string_view::npos);
    CHECK(name.find("Advertis") == std::string_view::npos);
  }
  for (auto const* asked : {"dpv:PersonnelPerformanceEvaluation", "dpv:PersonnelMonitoring",
                            "dpv:Advertising", "dpv:HumanResourceManagement", ""}) {
    person const somebody;
    auto const said = somebody.refusal_after([&](json& record) {
      record["processing"][0]["purpose"] = asked;
      record = json::parse(*[&] { // also when the person signed it
        auto text = overt::result<std::string>{record.dump()};
        auto const signed_anyway = sign_receipt(*text, somebody.key);
        return signed_anyway ? signed_anyway : text;
      }());
    });
    CHECK(mentions(said, "/processing/0/purpose must be one of overt:TrainComputerUseModel"));
    CHECK(mentions(said, "Correct the receipt or ask for a new one"));
  }
}

TEST_CASE("G2: nothing but activation makes a consent") {
  static_assert(!std::is_constructible_v<active_consent, receipt>);
  static_assert(!std::is_default_constructible_v<active_consent>);
  static_assert(!std::is_copy_constructible_v<active_consent>);
  static_assert(!std::is_invocable_v<decltype([](auto... all) -> decltype(activate(all...)) {
                                       return activate(all...);
                                     }),
                                     receipt, manual_clock>); // without a word about the signature
  SUCCEED();
}

TEST_CASE("G3: a consent has an end, and the clock cannot be talked out of it") {
  person somebody;
  SECTION("it ends by itself") {
    auto agreed = somebody.activated();
    REQUIRE(agreed);
    auto const left = agreed->terms().expires_wall_ns - somebody.clock.wall;
    somebody.clock.pass(left - 1);
    CHECK(agreed->state(somebody.clock.now(), somebody.clock.wall_ns()) == consent_state::active);
    somebody.clock.pass(1);
    CHECK(agreed->state(somebody.clock.now(), somebody.clock.wall_ns()) == consent_state::expired);
    auto const again = somebody.activated();
    REQUIRE_FALSE(again);
    CHECK(mentions(again.error().message, "Ask the person again"));
  }
  SECTION("a clock that was set back does not bring it to life") {
    somebody.clock.wall -= day;
    auto const early = somebody.activated();
    REQUIRE_FALSE(early);
    CHECK(mentions(early.error().message, "Set the clock right"));
  }
  SECTION("a clock that is set back while it holds does not make it longer") {
    auto agreed = somebody.activated();
    REQUIRE(agreed);
    somebody.clock.pass(agreed->terms().expires_wall_ns - somebody.clock.wall - 1);
    somebody.clock.wall -= 100 * day;
    CHECK(agreed->state(somebody.clock.now(), somebody.clock.wall_ns()) == consent_state::active);
    somebody.clock.monotonic += 1;
    CHECK(agreed->state(somebody.clock.now(), somebody.clock.wall_ns()) == consent_state::expired);
  }
  SECTION("more than twelve months are not to be had") {
    auto const said =
        somebody.refusal_after([](json& record) { record["events"][0]["validity_duration"] = "P13M"; });
    CHECK(mentions(said, "Allowed are P1D to P12M"));
  }
}

TEST_CASE("G4: a withdrawal is one step, needs no key, and ends what runs") {
  person somebody;
  auto agreed = somebody.activated();
  REQUIRE(agreed);
  overt_test::write(somebody.file, *write_withdrawal(somebody.content(), somebody.clock));
  CHECK(agreed->state(somebody.clock.now(), somebody.clock.wall_ns()) == consent_state::withdrawn);
  auto const again = somebody.activated();
  REQUIRE_FALSE(again);
  CHECK(mentions(again.error().message, "the person withdrew it"));
  auto const terms = *parse_receipt(somebody.content());
  CHECK_FALSE(terms.signature.is_made()); // what was signed is not what it says now
  CHECK(
      signed_by{somebody.key.public_half()}(*parse_receipt(*sign_receipt(somebody.content(), somebody.key))));
}

TEST_CASE("G5: a refusal is signed and kept like a consent, and nobody may suffer for it") {
  auto asked = some_request();
  asked.answer = consent_event::refused;
  person const somebody{asked};
  auto const agreed = somebody.activated();
  REQUIRE_FALSE(agreed);
  CHECK(mentions(agreed.error().message, "the person refused"));
  CHECK(mentions(
      somebody.refusal_after([](json& record) { record["events"][0]["detriment_if_refused"] = true; }),
      "nobody may suffer for refusing"));
}

TEST_CASE("G6: the notice that was shown is part of the consent") {
  person somebody;
  auto agreed = somebody.activated();
  REQUIRE(agreed);
  SECTION("a byte of it changes while it runs") {
    auto text = overt::detail::read_file(somebody.notice(), 1 << 20)->content;
    text[10] ^= 1;
    overt_test::write(somebody.notice(), text);
    CHECK(agreed->state(somebody.clock.now(), somebody.clock.wall_ns()) == consent_state::invalidated);
    auto const again = somebody.activated();
    REQUIRE_FALSE(again);
    CHECK(mentions(again.error().message, "is not the one that the person read"));
    CHECK(mentions(again.error().message, "ask the person again"));
  }
  SECTION("it is gone") {
    std::filesystem::remove(somebody.notice());
    CHECK(agreed->state(somebody.clock.now(), somebody.clock.wall_ns()) == consent_state::invalidated);
    auto const again = somebody.activated();
    REQUIRE_FALSE(again);
    CHECK(mentions(again.error().message, "Put it back there, or ask the person again"));
  }
}

TEST_CASE("G7: a wildcard is no scope") {
  for (auto const* path : {"/scope/apps/0", "/scope/sites/0"}) {
    auto asked = some_request();
    asked.sites = {"https://tickets.example.org/*"};
    person const somebody{asked};
    auto const said = somebody.refusal_after([&](json& record) { record[json::json_pointer{path}] = "*"; });
    CHECK(mentions(said, path));
    CHECK(mentions(said, "no agreement"));
  }
}

TEST_CASE("a missing retention and an e-mail as the person are refused") {
  person const one;
  CHECK(mentions(one.refusal_after([](json& r) { r["processing"][0].erase("retention_period"); }),
                 "lacks \"retention_period\""));
  person const two;
  auto const said = two.refusal_after([](json& r) { r["pii_principal_id"] = "jane@example.org"; });
  CHECK(mentions(said, "a keyed pseudonym"));
  CHECK_FALSE(mentions(said, "jane"));
}

TEST_CASE("G16: presets for employees need their references, and a notice state needs a signature") {
  auto asked = some_request();
  asked.preset = jurisdiction_preset::eu_employee;
  CHECK(mentions(write_receipt(asked, manual_clock{}, system_randomness{}).error().message,
                 "impact_assessment"));
  asked.impact_assessment = "DPIA-1";
  CHECK(mentions(write_receipt(asked, manual_clock{}, system_randomness{}).error().message,
                 "collective_agreement"));
  asked.collective_agreement = "BV-1";
  CHECK(person{asked}.activated());

  asked.preset = jurisdiction_preset::us_notice_state;
  person const acknowledged{asked};
  CHECK(acknowledged.activated());
  auto const bare = activate(*parse_receipt(*without_signature(acknowledged.content())), acknowledged.clock,
                             accept_unsigned{});
  REQUIRE_FALSE(bare);
  CHECK(mentions(bare.error().message, "needs the person's signature under the notice"));
}
