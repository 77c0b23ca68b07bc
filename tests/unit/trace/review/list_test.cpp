#include <overt/trace/review/list.hpp>

#include <string>

#include <overt_test/catch.hpp>
#include <overt_test/disclosed.hpp>
#include <overt_test/pictures.hpp>
#include <overt_test/recorded_trace.hpp>

namespace {

using overt::trace::review_kind;
using overt::trace::review_list;
using overt_test::disclosed_text_of;

review_list list_of(overt_test::recorded_trace const& trace) {
  review_list list;
  for (auto const& each : trace.events) {
    list.push(each);
  }
  list.finish();
  return list;
}

} // namespace

TEST_CASE("L53: a person sees each line with its place, its kind and what would leave", "[trace][review]") {
  overt_test::recorded_trace trace;
  trace.now = 100;
  trace.application.reset();
  trace.add(overt::consent_change{});
  trace.application = "editor";
  trace.title = "letter";
  trace.after(10).press(1, 2);
  trace.after(20).add(overt::text{
      .outcome = overt::text_outcome::mixed, .value = disclosed_text_of("to {EMAIL}\nbye"), .began = {115}});
  trace.after(5).add(
      overt_test::frame_of(*overt::screen_picture::black({0, 0, 4, 4}), overt::guard_state::disclosed));
  trace.add(overt::frame{.state = overt::frame_state::unreadable});
  trace.add(overt::text{.outcome = overt::text_outcome::withheld, .doubt = overt::text_doubt::too_long});
  trace.application.reset();
  trace.after(1).add(overt::gap{.reason = overt::withheld_reason::secret_field});
  trace.after(1).add(overt::gap{.reason = overt::withheld_reason::secret_field});
  trace.add(overt::marker{.kind = overt::marker_kind::task_start, .instruction = disclosed_text_of("write")});
  auto const list = list_of(trace);
  auto const& entries = list.entries();
  REQUIRE(entries.size() == 9);
  CHECK(entries[0].kind == review_kind::recorder);
  CHECK(entries[1].words == "presses left at 1,2");
  CHECK(entries[1].kind == review_kind::act);
  CHECK(list.places()[entries[1].place].where.application == "editor");
  CHECK(list.windows()[entries[1].window].title == "letter");
  CHECK(list.windows()[entries[0].window].title.empty());
  CHECK(entries[2].kind == review_kind::text);
  CHECK(entries[2].words == "typed");
  CHECK(entries[2].text == "to {EMAIL}\nbye"); // as it is, not as a terminal needs it
  CHECK(entries[2].began.ns == 115);           // deleting it takes what it was typed with
  CHECK(entries[2].ended.ns == 130);
  CHECK(entries[3].has_picture);
  CHECK(entries[3].first == 4);
  CHECK_FALSE(entries[4].has_picture);
  CHECK(entries[4].kind == review_kind::picture);
  CHECK(entries[5].words == "typed: withheld (too long)");
  CHECK_FALSE(entries[5].text);
  CHECK(entries[6].words == "not recorded: a secret field");
  CHECK(entries[6].kind == review_kind::withheld);
  CHECK(entries[8].kind == review_kind::task);
  CHECK(list.withheld().at("not recorded: a secret field") == 2);
  CHECK(list.began().ns == 100);
  CHECK(list.ended().ns == 137);
  CHECK(list.events() == 9);
  REQUIRE(list.places().size() == 2); // nowhere, and the editor
  CHECK(list.places()[1].all() == 5);
  CHECK(list.places()[1].entries[static_cast<std::size_t>(review_kind::text)] == 2);
}

TEST_CASE("a run of moves keeps the place and the window that it was in", "[trace][review]") {
  overt_test::recorded_trace trace;
  trace.application = "editor";
  trace.title = "one";
  trace.move(1, 1);
  trace.after(8).move(2, 2);
  trace.application = "mail";
  trace.title = "two";
  trace.after(8).press(3, 3);
  auto const list = list_of(trace);
  REQUIRE(list.entries().size() == 2);
  CHECK(list.places()[list.entries()[0].place].where.application == "editor");
  CHECK(list.windows()[list.entries()[0].window].title == "one");
  CHECK(list.windows()[list.entries()[1].window].title == "two");
  CHECK(list.entries()[0].ended.ns - list.entries()[0].began.ns == 8);
}
