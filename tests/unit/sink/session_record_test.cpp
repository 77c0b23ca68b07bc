#include <overt/sink/session_record.hpp>

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include <overt/detail/cbor_text.hpp>
#include <overt/detail/json_text.hpp>
#include <overt/event/name_pool.hpp>
#include <overt/trace/json/session_of.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/traces.hpp>

namespace {
nlohmann::json as_json(overt::session_info const& info) {
  overt::detail::json_text out;
  overt::sink::append_session(out, info, "overt.jsonl/2");
  return nlohmann::json::parse(out.view());
}
} // namespace

TEST_CASE("session record: JSON and CBOR say the same, but for the policy, which CBOR has as text") {
  auto const info = overt_test::sample_trace::session();
  auto const json = as_json(info);
  overt::detail::cbor_text out;
  overt::sink::append_session(out, info, "overt.jsonl/2");
  auto cbor = nlohmann::json::from_cbor(std::string{out.view()});
  CHECK(cbor["policy"] == info.policy);
  cbor["policy"] = nlohmann::json::parse(info.policy);
  CHECK(cbor == json);
  CHECK(json["type"] == "session");
  CHECK(json["receipt"] == "r1");
  CHECK(json["clock"]["wall_ns"] == 2);
  CHECK(json["sources"].size() == 1);
}

TEST_CASE("G8: session record: until when it is kept and what for, and back") {
  auto info = overt_test::sample_trace::session();
  info.kept_until_wall_ns = 1'782'691'200'000'000'000;
  info.purposes = {overt::consent::purpose::academic_research};
  auto json = as_json(info);
  CHECK(json.at("kept_until") == "2026-06-29T00:00:00Z");
  CHECK(json.at("purposes") == nlohmann::json{"dpv:AcademicResearch"});
  overt::name_pool names;
  auto const read = overt::trace::session_of(json, names);
  CHECK(read.kept_until_wall_ns == info.kept_until_wall_ns);
  CHECK(read.purposes == info.purposes);
  for (auto const& wrong :
       {nlohmann::json("soon"), nlohmann::json(7), nlohmann::json("1970-01-01T00:00:00Z")}) {
    json["kept_until"] = wrong; // what is no date has passed
    CHECK(overt::trace::session_of(json, names).kept_until_wall_ns == 1);
  }
  json.erase("kept_until"); // of an earlier version
  json.erase("purposes");
  CHECK(overt::trace::session_of(json, names).kept_until_wall_ns == 0);
  CHECK(overt::trace::session_of(json, names).purposes.empty());
}

TEST_CASE("session record: what is not known is null, and not left out") {
  auto const json = as_json({});
  CHECK(json.at("policy").is_null());
  CHECK(json.at("clock").is_null());
  CHECK(json.at("sources").empty());
  CHECK(json.size() == as_json(overt_test::sample_trace::session()).size());
}
