#include <overt/sink/session_record.hpp>

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include <overt/detail/cbor_text.hpp>
#include <overt/detail/json_text.hpp>
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

TEST_CASE("session record: what is not known is null, and not left out") {
  auto const json = as_json({});
  CHECK(json.at("policy").is_null());
  CHECK(json.at("clock").is_null());
  CHECK(json.at("sources").empty());
  CHECK(json.size() == as_json(overt_test::sample_trace::session()).size());
}
