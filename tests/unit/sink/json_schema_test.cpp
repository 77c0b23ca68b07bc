#include <overt/sink/json_schema.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include <nlohmann/json.hpp>

#include <overt/event/event.hpp>
#include <overt/sink/jsonl.hpp>
#include <overt/sink/packed/batch_schema.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/payloads.hpp>
#include <overt_test/traces.hpp>

namespace {

namespace fs = std::filesystem;

/// The file that is published, where the tests' sources are.
fs::path published() {
  return fs::path{__FILE__}.parent_path().parent_path().parent_path().parent_path() / "docs" / "schema" /
         "event.schema.json";
}

std::string generated() {
  return nlohmann::ordered_json::parse(overt::sink::json_schema_of<overt::event>()).dump(1) + "\n";
}

std::string output_of(std::string const& command) {
  std::string text;
  if (auto* const pipe = ::popen(command.c_str(), "r"); pipe != nullptr) {
    for (int byte = std::fgetc(pipe); byte != EOF; byte = std::fgetc(pipe)) {
      text += static_cast<char>(byte);
    }
    ::pclose(pipe);
  }
  return text;
}

} // namespace

TEST_CASE("the published schema is the one that the code generates", "[sink][schema]") {
  if (!fs::exists(__FILE__)) {
    WARN("skipped: the sources are not here");
    return;
  }
  std::ifstream file{published(), std::ios::binary};
  std::string const text{std::istreambuf_iterator<char>{file}, {}};
  INFO("write it anew: run this program with \"the published schema is written\"");
  CHECK(text == generated());
}

TEST_CASE("the published schema is written", "[.]") {
  std::ofstream{published(), std::ios::binary} << generated();
}

TEST_CASE("what is guarded may be null, and nothing else", "[sink][schema]") {
  auto const schema = nlohmann::json::parse(overt::sink::json_schema<overt_test::ticket_opened>());
  CHECK(schema["properties"]["title"]["type"] == nlohmann::json{"string", "null"});
  CHECK(schema["properties"]["number"] ==
        nlohmann::json{{"type", "integer"}, {"minimum", 0}, {"maximum", 4294967295}});
  CHECK(schema["properties"]["priority"] == nlohmann::json{{"enum", {"low", "high"}}});
  CHECK(schema["properties"]["type"] == nlohmann::json{{"const", "ticket_opened"}});
  CHECK(schema["required"] ==
        nlohmann::json{"seq", "t", "type", "from", "context", "number", "priority", "title"});
  CHECK(schema["additionalProperties"] == false);
}

TEST_CASE("units and vocabularies stand in the schema", "[sink][schema]") {
  auto const text = nlohmann::json::parse(overt::sink::json_schema<overt::text>())["properties"];
  CHECK(text["began"]["x-unit"] == "ns");
  CHECK(text["size"]["enum"] == nlohmann::json{"under_ten", "tens", "hundreds", "thousands", nullptr});
  CHECK(text["entities"]["items"]["properties"]["begin"]["x-unit"] == "count");
  CHECK(text["made_of"]["items"]["x-unit"] == "seq");
  auto const move = nlohmann::json::parse(overt::sink::json_schema<overt::pointer_move>())["properties"];
  CHECK(move["at"]["properties"]["x"]["x-unit"] == "px");
  CHECK(move["at"]["properties"]["x"]["minimum"] == -2147483648);
  CHECK(nlohmann::json::parse(overt::sink::context_schema())["required"][0] == "context");
  CHECK(nlohmann::json::parse(overt::sink::packed::batch_schema())["title"] == "overt.stream/1");
}

TEST_CASE("every payload of a model has its place in the model's schema", "[sink][schema]") {
  auto const schema = nlohmann::json::parse(overt::sink::json_schema_of<overt::event>());
  for (auto const name : overt::event::names) {
    CHECK(schema["$defs"].contains(std::string{name}));
  }
  CHECK(schema["oneOf"].size() == overt::event::payload_count);
}

TEST_CASE("real events are valid by the schema, and changed ones are not", "[sink][schema]") {
  if (output_of("python3 -c 'import jsonschema; print(1)' 2>/dev/null") != "1\n") {
    WARN("skipped: there is no jsonschema for python3 here");
    return;
  }
  auto const folder = fs::temp_directory_path() / ("overt-schema-" + std::to_string(std::random_device{}()));
  fs::create_directory(folder);
  overt_test::sample_trace const sample;
  std::ofstream{folder / "schema.json"} << overt::sink::json_schema_of<overt::event>();
  std::ofstream{folder / "trace.jsonl"} << overt_test::bytes_written_by<overt::sink::jsonl>(sample);
  std::ofstream{folder / "check.py"} << R"(
import json, pathlib, sys
import jsonschema
folder = pathlib.Path(sys.argv[1])
schema = json.loads((folder / "schema.json").read_text())
jsonschema.Draft202012Validator.check_schema(schema)
checker = jsonschema.Draft202012Validator(schema)
events = [json.loads(line) for line in (folder / "trace.jsonl").read_text(encoding="utf-8").splitlines()][1:-1]
invalid = [event["type"] for event in events if not checker.is_valid(event)]
def changed(event, **members):
    return {**event, **members}
first, key = events[0], events[1]
wrong = [changed(first, more=1), changed(first, type="no_such"), changed(first, seq=-1), changed(first, t=None),
         changed(first, crc="12"), changed(key, phase="up"), changed(key, held=["shift", "shift"]),
         changed(key, layout=256), changed(key, injected=0), changed(key, context={})]
wrong.append({name: value for name, value in key.items() if name != "usage"})
accepted = [i for i, event in enumerate(wrong) if checker.is_valid(event)]
print(len(events), invalid, accepted)
)";
  auto const said = output_of("python3 '" + (folder / "check.py").string() + "' '" + folder.string() + "'");
  fs::remove_all(folder);
  CHECK(said == "6 [] []\n");
}
