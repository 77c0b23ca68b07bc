#include <overt/dataset/reduction/episode_cutting.hpp>

#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/reduced.hpp>

using namespace overt_test;
using overt::marker;
using overt::marker_kind;
using overt::task_outcome;

TEST_CASE("a trace without marks is one episode, and one without events is none") {
  recorded_trace trace;
  CHECK(reduced(trace).empty());
  trace.next = 100;
  trace.after(5).click(1, 1);
  trace.add(marker{.kind = marker_kind::note});
  auto const episodes = reduced(trace);
  REQUIRE(episodes.size() == 1);
  CHECK(episodes[0].first == 100);
  CHECK(episodes[0].last == 102);
  CHECK(episodes[0].began.ns == 5);
  CHECK(episodes[0].ended.ns == 5 + ms);
  CHECK_FALSE(episodes[0].has_start);
  CHECK_FALSE(episodes[0].between_tasks);
}

TEST_CASE("marks cut a trace into tasks, and what is between them is kept apart") {
  recorded_trace trace;
  trace.add(overt::consent_change{}); // 1
  trace.add(overt::focus{});          // 2
  trace.add(marker{.kind = marker_kind::task_start, .instruction = disclosed_text_of("Save it")});
  trace.click(1, 1); // 4, 5
  trace.add(marker{.kind = marker_kind::task_end, .outcome = task_outcome::success});
  trace.enter();                                      // 7, 8
  trace.add(marker{.kind = marker_kind::task_start}); // its instruction was withheld
  trace.type("a");                                    // 10, 11
  trace.add(marker{.kind = marker_kind::task_start, .instruction = disclosed_text_of("Another")}); // 12
  trace.type("b");                                                                                 // 13, 14
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "focus | click | key(Return) | text(a) | text(b)");
  CHECK(episodes[0].between_tasks);
  CHECK(episodes[2].between_tasks);
  auto const& saved = episodes[1];
  CHECK(saved.instruction == "Save it");
  CHECK(saved.outcome == task_outcome::success);
  CHECK(saved.has_start);
  CHECK(saved.has_end);
  CHECK(saved.first == 3);
  CHECK(saved.last == 6);
  CHECK_FALSE(episodes[3].instruction);
  CHECK_FALSE(episodes[3].has_end);
  CHECK(episodes[3].last == 11);
  CHECK(episodes[4].instruction == "Another");
  CHECK(episodes[4].last == 14);
}

TEST_CASE("a task that began before the recording did") {
  recorded_trace trace;
  trace.click(1, 1);
  trace.add(marker{.kind = marker_kind::task_end,
                   .instruction = disclosed_text_of("Close it"),
                   .outcome = task_outcome::abandoned});
  auto const episodes = reduced(trace);
  REQUIRE(episodes.size() == 1);
  CHECK_FALSE(episodes[0].has_start);
  CHECK(episodes[0].has_end);
  CHECK_FALSE(episodes[0].between_tasks);
  CHECK(episodes[0].instruction == "Close it");
}

TEST_CASE("a task that is the whole trace") {
  recorded_trace trace;
  trace.add(marker{.kind = marker_kind::task_start});
  trace.click(1, 1);
  trace.add(marker{.kind = marker_kind::task_end});
  CHECK(reduced(trace).size() == 1);
}

TEST_CASE("an action belongs to the task in which it began") {
  recorded_trace trace;
  trace.add(marker{.kind = marker_kind::task_start}); // 1
  trace.add(overt::consent_change{});                 // 2
  trace.press(1, 1);                                  // 3: on the button that ends the task
  trace.add(marker{.kind = marker_kind::task_end});   // 4
  trace.release(1, 1);                                // 5
  trace.add(marker{.kind = marker_kind::task_start}); // 6
  trace.add(overt::text{.value = disclosed_text_of("ab"), .follows = 2});
  trace.add(overt::text{.value = disclosed_text_of("cd"), .follows = 5});
  trace.add(overt::text{.value = disclosed_text_of("ef"), .follows = 6});
  CHECK(reduced_in_short(trace) == "text(ab) click | text(cd) | text(ef)");
}

TEST_CASE("pictures: those that have pixels, and the one that was there when the task began") {
  recorded_trace trace;
  trace.picture(overt::frame_reason::idle, 1);
  trace.picture(overt::frame_reason::idle, 2);
  trace.add(marker{.kind = marker_kind::task_start}); // 3
  trace.picture(overt::frame_reason::focus, 3);
  trace.picture(overt::frame_reason::focus, 4, overt::frame_state::unplaced);
  trace.picture(overt::frame_reason::focus, 5, overt::frame_state::taken, true);
  trace.click(1, 1);
  auto const episodes = reduced(trace);
  REQUIRE(episodes.size() == 1);
  REQUIRE(episodes[0].frames.size() == 2);
  CHECK(episodes[0].frames[0].sequence == 2);
  CHECK(episodes[0].frames[1].sequence == 4);
  CHECK(episodes[0].frames[1].grabbed.ns == 3);
  CHECK(episodes[0].frames[1].size.width == 100);
  CHECK(episodes[0].frames[1].covers.height == 80);
}

TEST_CASE("topologies, windows that were open, and gaps") {
  recorded_trace trace;
  trace.add(overt::display{.epoch = 0}); // 1
  trace.add(overt::display{.epoch = 1}); // 2
  trace.application = "mail";
  trace.add(overt::focus{}); // 3
  trace.application = "editor";
  trace.add(overt::focus{});                                                                 // 4
  trace.add(marker{.kind = marker_kind::task_start});                                        // 5
  trace.add(overt::display{.epoch = 2, .monitors = {overt::monitor{.scale_percent = 150}}}); // 6
  trace.application = "files";
  trace.add(overt::focus{}); // 7
  trace.application = "editor";
  trace.add(overt::focus{overt::focus_target::element});
  trace.click(1, 1);
  trace.application = "later";
  trace.add(overt::focus{});
  trace.lost("key");
  auto const episodes = reduced(trace);
  REQUIRE(episodes.size() == 2);
  auto const& task = episodes[1];
  REQUIRE(task.displays.size() == 2);
  CHECK(task.displays[0].epoch == 1); // it was in force
  CHECK(task.displays[1].monitors.at(0).scale_percent == 150);
  REQUIRE(task.open_at_start.size() == 2);
  CHECK(task.open_at_start[0].application == "editor");
  CHECK(task.open_at_start[1].application == "files");
  REQUIRE(task.gaps.size() == 1);
  CHECK(task.gaps[0].of == "key");
  CHECK(task.gaps[0].reason == overt::withheld_reason::no_room);
  CHECK(task.actions[1].get_if<overt::dataset::focus_action>()->in_page);
}
