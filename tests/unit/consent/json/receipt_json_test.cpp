#include <overt/consent/json/receipt_json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <overt/consent/json/new_receipt.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;
using nlohmann::json;
using overt::consent_state;
using overt_test::manual_clock;

namespace {
constexpr auto pseudonym = "psn1:0123456789abcdef0123456789abcdef";

json some_record(jurisdiction_preset preset = jurisdiction_preset::de_employee) {
  receipt_request asked{.apps = {"org.gnome.TextEditor"},
                        .sites = {"https://tickets.example.org/*"},
                        .grants = grants::key_semantic | grants::pointer_click | grants::screenshot,
                        .purposes = {purpose::train_computer_use_model},
                        .preset = preset,
                        .jurisdiction = "DE",
                        .policy_digest = std::string(64, 'b'),
                        .screenshots = screenshot_mode::allowlisted_window_masked,
                        .impact_assessment = "DPIA-1",
                        .collective_agreement = "BV-1",
                        .review_board = "authority",
                        .principal = pseudonym};
  auto const text = write_receipt(asked, manual_clock{}, system_randomness{});
  REQUIRE(text);
  auto record = json::parse(*text);
  record["processing"][0]["purpose_type"] = "dpv:ResearchAndDevelopment";
  record["processing"][0]["geographic_restrictions"] = {"DE"};
  record["parties"][0]["party_role"] = "role";
  record["parties"][0]["public_key"] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  return record;
}

std::string refusal(json const& record) {
  auto const read = parse_receipt(record.dump());
  if (read) {
    return "";
  }
  CHECK(read.error().code == overt::error_code::invalid_input);
  CHECK(read.error().message.find("0123456789abcdef") == std::string::npos);
  return read.error().message;
}

/// The refusal after one value was replaced.
std::string refusal_with(char const* path, json value) {
  auto record = some_record();
  record[json::json_pointer{path}] = std::move(value);
  return refusal(record);
}

bool mentions(std::string const& text, std::string const& words) {
  return text.find(words) != std::string::npos;
}

void visit_paths(json const& at, json::json_pointer const& path, std::vector<json::json_pointer>& paths) {
  paths.push_back(path);
  if (at.is_object()) {
    for (auto const& member : at.items()) {
      visit_paths(member.value(), path / member.key(), paths);
    }
  } else if (at.is_array()) {
    for (std::size_t i = 0; i < at.size(); ++i) {
      visit_paths(at[i], path / i, paths);
    }
  }
}

std::vector<json::json_pointer> paths_of(json const& record) {
  std::vector<json::json_pointer> paths;
  visit_paths(record, json::json_pointer{}, paths);
  return paths;
}
} // namespace

TEST_CASE("a record is read") {
  auto const record = some_record();
  auto const read = parse_receipt(record.dump());
  REQUIRE(read);
  CHECK(read->principal == pseudonym);
  CHECK(read->language == "en");
  CHECK(read->jurisdiction == "DE");
  CHECK(read->preset == jurisdiction_preset::de_employee);
  CHECK(read->purposes == std::vector{purpose::train_computer_use_model});
  CHECK(read->grants == (grants::key_semantic | grants::pointer_click | grants::screenshot));
  CHECK(read->apps == std::vector<std::string>{"org.gnome.TextEditor"});
  CHECK(read->screenshots == screenshot_mode::allowlisted_window_masked);
  CHECK(read->keystroke_timing == key_timing::segment_5s);
  CHECK(read->pointer_max_hz == 4);
  CHECK(read->pointer_grid_px == 32);
  CHECK(read->retention_days == 30);
  CHECK(has_all(read->never, never::password_fields));
  CHECK(read->granted_wall_ns == overt_test::some_day);
  CHECK(read->expires_wall_ns == overt::detail::add_period(overt_test::some_day, {.months = 6}));
  REQUIRE(read->recipients.size() == 1);
  CHECK(read->recipients[0].party == "self");
  CHECK(read->recipients[0].public_key[31] == 31);
  CHECK(read->document_sha256 == overt::detail::to_hex(overt::detail::sha256(record.dump())));
}

TEST_CASE("every property that is required is required, and no other is known") {
  auto const record = some_record();
  std::vector<std::string> const optional{
      "receipt_id",           "jurisdiction_preset", "purpose_type",
      "prohibited_purposes",  "pii_attribute_id",    "special_pii_category",
      "collection_method",    "processing_method",   "geographic_restrictions",
      "authority_party",      "party_role",          "public_key",
      "detriment_if_refused", "pointer_grid_px"};
  for (auto const& path : paths_of(record)) {
    CAPTURE(path.to_string());
    if (record[path].is_object()) {
      auto changed = record;
      changed[path]["unknown"] = 1;
      CHECK(mentions(refusal(changed), "\"unknown\""));
    }
    if (!path.empty() && record[path.parent_pointer()].is_object()) {
      auto changed = record;
      changed[path.parent_pointer()].erase(path.back());
      auto const may_miss = std::find(optional.begin(), optional.end(), path.back()) != optional.end();
      CHECK(refusal(changed).empty() == may_miss);
    }
  }
}

TEST_CASE("every value has its type") {
  auto const record = some_record();
  for (auto const& path : paths_of(record)) {
    CAPTURE(path.to_string());
    for (auto const& other :
         {json(nullptr), json(true), json(-1), json(1.5), json("\n"), json::array(), json::object()}) {
      if (other.type() == record[path].type() ||
          (other.is_number() && record[path].is_number() && other != json(1.5))) {
        continue;
      }
      auto changed = record;
      changed[path] = other;
      auto const message = refusal(changed);
      CHECK_FALSE(message.empty());
      if (!path.empty() && !(other.is_array() || other.is_object())) {
        CHECK(mentions(message, path.to_string()));
      }
    }
  }
}

TEST_CASE("words outside their vocabularies are refused, with the path and what is allowed") {
  CHECK(mentions(refusal_with("/processing/0/purpose", "dpv:PersonnelPerformanceEvaluation"),
                 "/processing/0/purpose must be one of overt:TrainComputerUseModel"));
  for (auto const* path :
       {"/schema_version", "/jurisdiction_preset", "/processing/0/purpose", "/processing/0/purpose_type",
        "/processing/0/lawful_basis", "/processing/0/pii_information/0/pii_type",
        "/processing/0/pii_information/0/special_pii_category", "/processing/0/collection_method",
        "/processing/0/processing_method/0", "/processing/0/withdrawal_method/effect",
        "/processing/0/privacy_rights/0", "/parties/0/party_type", "/events/0/event_type",
        "/events/0/event_state", "/scope/event_kinds/0", "/scope/screenshots", "/scope/never/0",
        "/minimisation/keystroke_timing", "/signature/alg"}) {
    for (auto const* word : {"", "*", "timing.raw", "dpv:PersonnelMonitoring", "full_screen", "Raw"}) {
      CAPTURE(path, word);
      CHECK(mentions(refusal_with(path, word), path));
    }
  }
}

TEST_CASE("what must never be in a record") {
  CHECK(mentions(refusal_with("/scope/apps/0", "*"), "/scope/apps/0"));
  CHECK_FALSE(refusal_with("/scope/apps/0", "org.*").empty());
  CHECK_FALSE(refusal_with("/scope/apps/0", "").empty());
  for (auto const* site : {"*", "*.*", "", "https://*/*", "https://*.org/*"}) {
    CHECK(mentions(refusal_with("/scope/sites/0", site), "/scope/sites/0"));
  }
  auto const mail = refusal_with("/pii_principal_id", "jane.doe@example.org");
  CHECK(mentions(mail, "/pii_principal_id"));
  CHECK_FALSE(mentions(mail, "jane"));
  CHECK_FALSE(refusal_with("/pii_principal_id", "psn1:0123456789ABCDEF0123456789ABCDEF").empty());
  CHECK_FALSE(refusal_with("/pii_principal_id", std::string{pseudonym} + "\n").empty());
  for (auto const* period : {"P", "", "30D", "P1W", "PT5M", "P3D1M", "P0D", "forever"}) {
    CHECK(mentions(refusal_with("/processing/0/retention_period", period), "retention_period"));
  }
  CHECK_FALSE(refusal_with("/processing/0/withdrawal_method/max_steps", 3).empty());
  CHECK_FALSE(refusal_with("/events/0/detriment_if_refused", true).empty());
  CHECK_FALSE(
      refusal_with("/processing/0/prohibited_purposes", json::array({"dpv:PersonnelMonitoring"})).empty());
  CHECK_FALSE(refusal_with("/processing/0/privacy_rights", json::array({"eu-gdpr:A15"})).empty());
  CHECK_FALSE(refusal_with("/scope/never", json::array({"audio"})).empty());
  CHECK_FALSE(refusal_with("/scope/event_kinds", json::array({"scroll", "scroll"})).empty());
  CHECK_FALSE(refusal_with("/policy_digest", std::string(64, 'B')).empty());
  CHECK_FALSE(refusal_with("/record_id", "0e0c2f0a-7a6c-4a7e-8e0a-7e6a5f4b3c2").empty());
  CHECK_FALSE(refusal_with("/language", "english").empty());
  CHECK_FALSE(refusal_with("/language", "en-").empty());
  CHECK(refusal_with("/language", "de-AT-1996").empty());
  CHECK_FALSE(refusal_with("/jurisdiction", "de").empty());
  CHECK_FALSE(refusal_with("/jurisdiction", "US-").empty());
  CHECK(refusal_with("/jurisdiction", "US-CA").empty());
  CHECK_FALSE(refusal_with("/parties/0/public_key", "short=").empty());
  CHECK_FALSE(parse_receipt(""));
  CHECK_FALSE(parse_receipt("null"));
  auto twice = some_record().dump();
  twice.insert(1, "\"language\":\"de\",");
  CHECK(mentions(parse_receipt(twice).error().message, "twice"));
  CHECK_FALSE(parse_receipt(some_record().dump() + "x"));
}

TEST_CASE("finer recording needs research or one's own work") {
  auto const changes = {std::pair{"/minimisation/keystroke_timing", json("raw")},
                        std::pair{"/minimisation/pointer_max_hz", json(11)},
                        std::pair{"/scope/event_kinds/0", json("key.raw")}};
  for (auto const& [path, value] : changes) {
    CAPTURE(path);
    CHECK(mentions(refusal_with(path, value), "research-irb"));
    auto record = some_record();
    record[json::json_pointer{path}] = value;
    record["jurisdiction_preset"] = "research-irb";
    CHECK(refusal(record).empty());
    record["jurisdiction_preset"] = "eu-volunteer";
    record["processing"].push_back(record["processing"][0]);
    record["processing"][1]["purpose"] = "overt:ReproduceOwnWorkflow";
    CHECK(refusal(record).empty());
  }
  auto record = some_record(jurisdiction_preset::research_irb);
  record["minimisation"]["keystroke_timing"] = "raw";
  CHECK(has_all(parse_receipt(record.dump())->grants, grants::raw_timing));
}

TEST_CASE("G16: a preset tightens and demands") {
  for (auto const* name : {"eu-employee", "de-employee", "fr-employee", "uk-employee"}) {
    for (auto const* needed : {"impact_assessment", "collective_agreement"}) {
      auto record = some_record();
      record["jurisdiction_preset"] = name;
      record["processing"][0].erase(needed);
      CHECK_FALSE(refusal(record).empty());
      record["processing"][0][needed] = "";
      CHECK_FALSE(refusal(record).empty());
      record["jurisdiction_preset"] = "us-other";
      CHECK(refusal(record).empty());
    }
  }
  auto approved = some_record(jurisdiction_preset::research_irb);
  CHECK(refusal(approved).empty());
  CHECK(parse_receipt(approved.dump())->review_board == "authority");
  approved["processing"][0].erase("authority_party");
  CHECK(mentions(refusal(approved), "ethics board"));
  for (auto const* name : {"eu-employee", "de-employee", "fr-employee"}) {
    auto elsewhere = some_record();
    elsewhere["jurisdiction_preset"] = name;
    elsewhere["processing"][0]["storage_locations"].push_back("remote:archive");
    CHECK(mentions(refusal(elsewhere), "elsewhere than on the person's computer"));
    elsewhere["jurisdiction_preset"] = "uk-employee";
    CHECK(refusal(elsewhere).empty());
  }
  auto french = some_record();
  french["jurisdiction_preset"] = "fr-employee";
  CHECK(parse_receipt(french.dump())->grants == grants::pointer_click);
  CHECK(parse_receipt(french.dump())->screenshots == screenshot_mode::none);
  auto record = some_record();
  record["scope"]["event_kinds"].push_back("pointer.path");
  record["processing"][0]["retention_period"] = "P1Y";
  auto const employee = parse_receipt(record.dump());
  CHECK_FALSE(has_all(employee->grants, grants::pointer_path));
  CHECK(employee->denied_by_preset == grants::pointer_path);
  CHECK(employee->retention_days == 30);
  record.erase("jurisdiction_preset");
  auto const strict = parse_receipt(record.dump());
  CHECK(strict->preset == jurisdiction_preset::strict);
  CHECK(strict->denied_by_preset == grants::screenshot);
  CHECK(strict->screenshots == screenshot_mode::none);
  CHECK(strict->retention_days >= 365);
  record["jurisdiction_preset"] = "us-other";
  record["scope"]["screenshots"] = "none";
  CHECK_FALSE(has_all(parse_receipt(record.dump())->grants, grants::screenshot));
}

TEST_CASE("how long a consent lasts") {
  auto const lasts = [](char const* period) {
    return refusal_with("/events/0/validity_duration", period).empty();
  };
  for (auto const* period : {"P12M", "P6M", "P1D", "P365D", "P11M30D"}) {
    CAPTURE(period);
    CHECK(lasts(period));
  }
  for (auto const* period :
       {"P13M", "P366D", "P12M1D", "P1Y", "P", "P0D", "P0M0D", "P999999999999M", "6M", ""}) {
    CAPTURE(period);
    CHECK_FALSE(lasts(period));
  }
}

TEST_CASE("the latest event decides") {
  auto const state_after = [](std::initializer_list<char const*> states) {
    auto record = some_record();
    auto const first = record["events"][0];
    record["events"] = json::array();
    auto time = overt_test::some_day - 10 * overt_test::day;
    for (auto const* state : states) {
      record["events"].push_back(first);
      record["events"].back()["event_state"] = state;
      record["events"].back()["event_time"] = overt::detail::format_date_time(time);
      time += overt_test::day;
    }
    auto const read = parse_receipt(record.dump());
    REQUIRE(read);
    return activate(*read, manual_clock{}, accept_unsigned{}).has_value();
  };
  CHECK(state_after({"dpv:ConsentGiven"}));
  CHECK(state_after({"dpv:ConsentRequested", "dpv:ConsentGiven"}));
  CHECK(state_after({"dpv:ConsentGiven", "dpv:ConsentRequested"}));
  CHECK(state_after({"dpv:ConsentGiven", "dpv:ConsentExpired", "dpv:RenewedConsentGiven"}));
  CHECK_FALSE(state_after({"dpv:ConsentRequested"}));
  for (auto const* end :
       {"dpv:ConsentWithdrawn", "dpv:ConsentExpired", "dpv:ConsentInvalidated", "dpv:ConsentRefused"}) {
    CHECK_FALSE(state_after({"dpv:ConsentGiven", end}));
    CHECK_FALSE(state_after({"dpv:ConsentGiven", end, "dpv:ConsentRequested"}));
  }
  auto record = some_record();
  record["events"].push_back(record["events"][0]);
  record["events"][1]["event_time"] = "2000-01-01T00:00:00Z";
  CHECK(mentions(refusal(record), "order"));
}

TEST_CASE("a consent from a file follows the file") {
  overt_test::temporary_folder const folder;
  auto const file = folder.path / "receipt.json";
  auto const record = some_record();
  overt_test::write(file, record.dump());
  manual_clock clock;
  auto agreed = from_file(file, clock, accept_unsigned{});
  REQUIRE(agreed);
  auto const state = [&] { return agreed->state(clock.now(), clock.wall_ns()); };
  CHECK(state() == consent_state::active);

  SECTION("touched, unchanged") {
    std::filesystem::last_write_time(file,
                                     std::filesystem::file_time_type::clock::now() + std::chrono::hours{1});
    CHECK(state() == consent_state::active);
  }
  SECTION("withdrawn") {
    overt_test::write(file, *write_withdrawal(record.dump(), clock));
    CHECK(state() == consent_state::withdrawn);
    overt_test::write(file, record.dump());
    CHECK(state() == consent_state::withdrawn);
  }
  SECTION("somebody else's withdrawal is no withdrawal, but the file changed") {
    auto other = record;
    other["record_id"] = "6b1a6e3e-0a55-4c1c-9f2e-2f6d2a0b7f11";
    overt_test::write(file, *write_withdrawal(other.dump(), clock));
    CHECK(state() == consent_state::invalidated);
  }
  SECTION("one byte") {
    auto text = record.dump();
    text[text.find("org.gnome") + 4] = 'G';
    overt_test::write(file, text);
    CHECK(state() == consent_state::invalidated);
  }
  SECTION("a longer consent is another consent") {
    auto changed = record;
    changed["events"][0]["validity_duration"] = "P12M";
    overt_test::write(file, changed.dump());
    CHECK(state() == consent_state::invalidated);
  }
  SECTION("gone") {
    std::filesystem::remove(file);
    CHECK(state() == consent_state::invalidated);
  }
  SECTION("expired") {
    clock.pass(190 * overt_test::day);
    CHECK(state() == consent_state::expired);
  }
}

TEST_CASE("a consent is not made from a file that does not hold") {
  overt_test::temporary_folder const folder;
  auto const file = folder.path / "receipt.json";
  manual_clock clock;
  CHECK(from_file(file, clock, accept_unsigned{}).error().code == overt::error_code::not_found);
  overt_test::write(file, std::string(2 << 20, ' '));
  CHECK(from_file(file, clock, accept_unsigned{}).error().code == overt::error_code::invalid_input);
  overt_test::write(file, "{}");
  CHECK(from_file(file, clock, accept_unsigned{}).error().code == overt::error_code::invalid_input);
  overt_test::write(file, some_record().dump());
  clock.pass(-1);
  auto const early = from_file(file, clock, accept_unsigned{});
  CHECK(early.error().code == overt::error_code::consent_missing);
  CHECK(mentions(early.error().message, "clock"));
  clock.pass(200 * overt_test::day);
  CHECK(from_file(file, clock, accept_unsigned{}).error().code == overt::error_code::consent_missing);
}

// --- against the schema and somebody else's validator

namespace {
constexpr auto validator = R"(
import json, sys
try:
    import jsonschema
    formats = jsonschema.FormatChecker()
    validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])), format_checker=formats)
except Exception as problem:
    print("cannot: " + type(problem).__name__, file=sys.stderr)
    sys.exit(77)
if "date-time" not in formats.checkers:
    sys.exit(77)
with open(sys.argv[3], "w") as out:
    for line in open(sys.argv[2]):
        out.write("1\n" if validator.is_valid(json.loads(line)) else "0\n")
)";

/// The refusals that `parse_receipt` documents as stricter than the schema.
bool documented(std::string const& message) {
  for (auto const* words : {"wildcard", "order of their times", "for no time", "kept for ever",
                            "impact assessment", "collective agreement", "a date and time", "ethics board",
                            "elsewhere than on the person's computer"}) {
    if (mentions(message, words)) {
      return true;
    }
  }
  return false;
}

json mutated(json record, std::mt19937& random) {
  auto const pick = [&](auto const& list) { return list[random() % list.size()]; };
  static std::vector<json> const values{nullptr,
                                        true,
                                        false,
                                        0,
                                        1,
                                        -1,
                                        2,
                                        3,
                                        10,
                                        11,
                                        10.0,
                                        10.5,
                                        1e30,
                                        "",
                                        "*",
                                        "P",
                                        "P1Y",
                                        "P30D",
                                        "P13M",
                                        "raw",
                                        "none",
                                        "key.raw",
                                        "research-irb",
                                        "strict",
                                        "overt:ReproduceOwnWorkflow",
                                        "dpv:PersonnelPerformanceEvaluation",
                                        "dpv:ConsentWithdrawn",
                                        "password_fields",
                                        "eu-gdpr:A17",
                                        "2026-01-01T00:00:00Z",
                                        "2026-01-01",
                                        "DE",
                                        "en",
                                        json::array(),
                                        json::object(),
                                        json::array({"password_fields"}),
                                        json::array({"key.raw", "key.raw"}),
                                        json::array({"scroll"}),
                                        "https://a.org",
                                        "a@b.c",
                                        std::string(64, 'a'),
                                        pseudonym,
                                        "0e0c2f0a-7a6c-4a7e-8e0a-7e6a5f4b3c2d"};
  auto const paths = paths_of(record);
  auto path = pick(paths);
  if (path.empty()) {
    path = json::json_pointer{"/scope"};
  }
  auto& parent = record[path.parent_pointer()];
  auto& value = record[path];
  switch (random() % 6) {
  case 0:
    if (parent.is_object()) {
      parent.erase(path.back());
    } else {
      parent.erase(std::stoul(path.back()));
    }
    break;
  case 1: value = pick(values); break;
  case 2: value = record[pick(paths)]; break;
  case 3:
    if (value.is_object()) {
      value["unknown"] = pick(values);
    } else if (value.is_array()) {
      value.push_back(pick(values));
    } else if (value.is_string()) {
      value = value.get<std::string>() + "x";
    } else {
      value = pick(values);
    }
    break;
  case 4:
    if (value.is_array() && !value.empty()) {
      value.push_back(value[0]);
    } else if (value.is_string() && !value.get<std::string>().empty()) {
      auto text = value.get<std::string>();
      text.erase(random() % text.size(), 1);
      value = text;
    } else {
      value = pick(values);
    }
    break;
  default:
    if (value.is_string() && !value.get<std::string>().empty()) {
      auto text = value.get<std::string>();
      text[random() % text.size()] = "aZ0-:*P/"[random() % 8];
      value = text;
    } else {
      value = pick(values);
    }
  }
  return record;
}
} // namespace

TEST_CASE("verdicts agree with the schema's, or are stricter as documented") {
  auto const schema = std::filesystem::path{__FILE__}.parent_path() / "consent_record.schema.json";
  if (!std::filesystem::exists(schema)) {
    WARN("skipped: the schema is not beside this file");
    return;
  }
  overt_test::temporary_folder const folder;
  std::mt19937 random{20260101};
  std::vector<json> records;
  for (auto const preset : {jurisdiction_preset::de_employee, jurisdiction_preset::strict,
                            jurisdiction_preset::research_irb, jurisdiction_preset::us_other}) {
    records.push_back(some_record(preset));
    records.back()["jurisdiction_preset"] = overt::name_of(preset);
  }
  auto fine = records[2];
  fine["minimisation"]["keystroke_timing"] = "raw";
  fine["scope"]["event_kinds"].push_back("key.raw");
  records.push_back(fine);
  auto const originals = records.size();
  while (records.size() < originals + 3000) {
    auto record = mutated(records[random() % originals], random);
    records.push_back(random() % 4 == 0 ? mutated(record, random) : record);
  }
  std::string lines;
  for (auto const& record : records) {
    lines += record.dump() + '\n';
  }
  overt_test::write(folder.path / "records", lines);
  overt_test::write(folder.path / "validate.py", validator);
  auto const command = "python3 '" + (folder.path / "validate.py").string() + "' '" + schema.string() +
                       "' '" + (folder.path / "records").string() + "' '" +
                       (folder.path / "verdicts").string() + "'";
  if (std::system(command.c_str()) != 0) {
    WARN("skipped: python3 with jsonschema and its date-time format is not installed");
    return;
  }
  std::ifstream verdicts{folder.path / "verdicts"};
  std::string verdict;
  int agreed = 0;
  int valid = 0;
  int stricter = 0;
  for (auto const& record : records) {
    REQUIRE(std::getline(verdicts, verdict));
    auto const message = refusal(record);
    CAPTURE(record.dump(), message);
    if (message.empty() == (verdict == "1")) {
      ++agreed;
      valid += message.empty() ? 1 : 0;
    } else {
      REQUIRE(verdict == "1"); // never more lenient
      REQUIRE(documented(message));
      ++stricter;
    }
  }
  CHECK(valid > 200); // the comparison is not empty
  CHECK(agreed - valid > 1000);
  CHECK(stricter < agreed / 5);
  INFO(valid << " valid, " << agreed - valid << " refused by both, " << stricter << " refused by us only");
  SUCCEED();
}
