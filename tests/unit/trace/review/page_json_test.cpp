#include <overt/trace/review/page_json.hpp>

#include <string>

#include <nlohmann/json.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/disclosed.hpp>
#include <overt_test/recorded_trace.hpp>

namespace {

using nlohmann::json;
using overt::trace::review_kind;
using overt::trace::review_list;
using overt::trace::review_query;

review_list sample(int presses) {
  overt_test::recorded_trace trace;
  trace.now = 7'000;
  trace.application.reset();
  trace.add(overt::consent_change{});
  trace.application = "a \"quoted\" name";
  trace.title = "</script><b>";
  for (int i = 0; i < presses; ++i) {
    trace.after(10).press(i, 0);
  }
  trace.application = "editor";
  trace.after(1).add(overt::text{.outcome = overt::text_outcome::cleared,
                                 .value = overt_test::disclosed_text_of("line\n\ttwo \u00e9 \xff")});
  trace.after(1).add(overt::gap{.reason = overt::withheld_reason::outside_scope});
  review_list list;
  for (auto const& each : trace.events) {
    list.push(each);
  }
  list.finish();
  return list;
}

json page(review_list const& list, review_query const& query = {}) {
  overt::detail::json_text out;
  overt::trace::append_review_page(out, list, query);
  return json::parse(out.view());
}

} // namespace

TEST_CASE("L53: the page's JSON says what there is, where, and what was withheld", "[trace][review]") {
  overt::detail::json_text out;
  overt::trace::append_review_summary(out, sample(3));
  auto const told = json::parse(out.view());
  CHECK(told.at("events") == 6);
  CHECK(told.at("entries") == 6);
  CHECK(told.at("length_ns") == 32);
  REQUIRE(told.at("places").size() == 3);
  auto const& quoted = told.at("places")[1];
  CHECK(quoted.at("application") == "a \"quoted\" name");
  CHECK(quoted.at("site") == "");
  CHECK(quoted.at("act") == 3);
  CHECK(quoted.at("from_ns") == 10);
  CHECK(quoted.at("to_ns") == 30);
  CHECK(told.at("withheld") == json::parse(R"([{"words": "not recorded: outside what was agreed to",
                                                "entries": 1}])"));
}

TEST_CASE("L53: a line has its time, its words and what would leave, whatever characters they are",
          "[trace][review]") {
  auto const told = page(sample(1));
  CHECK(told.at("all") == 4);
  auto const& entries = told.at("entries");
  REQUIRE(entries.size() == 4);
  CHECK(entries[0].at("kind") == "recorder");
  CHECK(entries[0].find("title") == entries[0].end());
  CHECK(entries[1].at("title") == "</script><b>");
  CHECK(entries[1].at("from_ns") == 10);
  CHECK(entries[1].at("place") == 1);
  CHECK(entries[1].find("text") == entries[1].end());
  CHECK(entries[2].find("title") == entries[2].end()); // the same window
  CHECK(entries[2].at("text") == "line\n\ttwo \u00e9 \ufffd");
  CHECK(entries[3].at("words") == "not recorded: outside what was agreed to");
}

TEST_CASE("what belongs to no window does not make the next line tell its window again", "[trace][review]") {
  overt_test::recorded_trace trace;
  trace.title = "letter";
  trace.press(1, 1);
  trace.application.reset();
  trace.add(overt::gap{});
  trace.application = "editor";
  trace.press(2, 2);
  trace.title = "";
  trace.press(3, 3);
  review_list list;
  for (auto const& each : trace.events) {
    list.push(each);
  }
  list.finish();
  auto const told = page(list).at("entries");
  REQUIRE(told.size() == 4);
  CHECK(told[0].at("title") == "letter");
  CHECK_FALSE(told[1].contains("title"));
  CHECK_FALSE(told[2].contains("title"));
  CHECK(told[3].at("title") == "");
}

TEST_CASE("a long list is given in pages", "[trace][review]") {
  auto const list = sample(1000);
  auto told = page(list, {.from = 990, .most = 5});
  CHECK(told.at("all") == 1003);
  CHECK(told.at("from") == 990);
  REQUIRE(told.at("entries").size() == 5);
  CHECK(told.at("entries")[0].at("number") == 991);
  CHECK(told.at("entries")[0].at("title") == "</script><b>"); // a page stands for itself
  told = page(list, {.from = 5, .most = 10, .kind = review_kind::text});
  CHECK(told.at("all") == 1);
  CHECK(told.at("entries").empty());
  told = page(list, {.place = 2});
  CHECK(told.at("all") == 2);
  CHECK(overt::trace::entries_before(list, 10, {}) == 1);
  CHECK(overt::trace::entries_before(list, 5'001, {}) == 501);
  CHECK(overt::trace::entries_before(list, 5'001, {.kind = review_kind::text}) == 0);
  CHECK(page(list, {.from = 5'000}).at("entries").empty());
}

TEST_CASE("what falls into a stretch is counted, both ends and whole cells of a grid included",
          "[trace][review]") {
  auto const list = sample(10);
  auto const count = [&](std::int64_t from, std::int64_t to, std::int64_t grid) {
    overt::detail::json_text out;
    overt::trace::append_review_count(out, list, from, to, grid);
    return json::parse(out.view());
  };
  CHECK(count(20, 40, 0).at("act") == 3);
  CHECK(count(20, 40, 0).at("entries") == 3);
  CHECK(count(21, 39, 0).at("entries") == 1);
  CHECK(count(21, 39, 10).at("entries") == 2); // the one at 20 may have been at 29
  CHECK(count(0, 1'000, 0).at("entries") == 13);
  CHECK(count(0, 1'000, 0).at("withheld") == 1);
}
