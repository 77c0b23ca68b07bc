#include <overt/consent/json/checked_json.hpp>

#include <overt_test/catch.hpp>

using nlohmann::json;
using overt::consent::detail::checked_json;
using overt::consent::detail::json_problem;
using overt::consent::detail::json_shape;

namespace {
template <class Read>
std::string problem_of(json const& document, Read read) {
  json_problem problem;
  read(checked_json{document, problem});
  return problem.message;
}
std::string shape_of(std::string const& text) {
  json_shape shape;
  return json::sax_parse(text, &shape) ? "" : shape.message;
}
} // namespace

TEST_CASE("the first problem is reported, with its path and never its value") {
  auto const document = json::parse(R"({"a": [{"b": "secret"}], "c": 1})");
  CHECK(problem_of(document, [](checked_json v) {
          v.object({"a"}, {"c"});
          v.with("a", [](checked_json list) {
            list.array(1, [](checked_json each) {
              each.with("b", [](checked_json text) {
                text.one_of({"x", "y"});
                text.boolean();
              });
            });
          });
        }) == "/a/0/b must be one of x, y.");
  CHECK(problem_of(document, [](checked_json v) { v.object({"a", "d"}, {"c"}); }) ==
        "the whole document lacks \"d\", which is required.");
  CHECK(problem_of(document, [](checked_json v) { v.object({"a"}); }).find("\"c\"") != std::string::npos);
  CHECK(problem_of(json{{"Jane Doe", 1}}, [](checked_json v) { v.object({}); }).find("Jane") ==
        std::string::npos);
}

TEST_CASE("whole numbers") {
  auto const ok = [](json const& number) {
    return problem_of(number, [](checked_json v) { v.whole_number(0, 2, "0 to 2"); }).empty();
  };
  CHECK(ok(0));
  CHECK(ok(2.0));
  CHECK_FALSE(ok(3));
  CHECK_FALSE(ok(-1));
  CHECK_FALSE(ok(1.5));
  CHECK_FALSE(ok("1"));
  CHECK_FALSE(ok(true));
}

TEST_CASE("a document has each name once and does not nest without end") {
  CHECK(shape_of(R"({"a": {"b": 1}, "b": [{"b": 2}]})").empty());
  CHECK(shape_of(R"({"a": 1, "a": 1})").find("twice") != std::string::npos);
  CHECK(shape_of(R"({"a": {}, "b": {"c": 1, "d": 1, "c": 2}})").find("twice") != std::string::npos);
  CHECK(shape_of(std::string(100'000, '[')).find("nested") != std::string::npos);
  CHECK(shape_of(R"({"a": "jane)").find("not JSON") != std::string::npos);
  CHECK(shape_of(R"({"a": "jane)").find("jane") == std::string::npos);
  CHECK(shape_of("{}{}").find("not JSON") != std::string::npos);
  CHECK(shape_of("1e999").find("not JSON") != std::string::npos);
}
