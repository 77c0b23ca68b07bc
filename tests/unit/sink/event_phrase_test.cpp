#include <overt/sink/event_phrase.hpp>

#include <string>
#include <utility>

#include <overt_test/catch.hpp>
#include <overt_test/disclosed.hpp>
#include <overt_test/events.hpp>
#include <overt_test/keys.hpp>

namespace {

/// The phrase for an act of which everything was disclosed.
std::string told(overt::ui_action done) {
  overt_test::with_disclosure([&](overt::disclosure const& key) {
    done.label.disclose(key);
    done.before.disclose(key);
    done.after.disclose(key);
    for (auto& step : done.path) {
      step.label.disclose(key);
    }
  });
  return overt::sink::phrase_of(done).text;
}

} // namespace

TEST_CASE("an act is told as a person would", "[sink][phrase]") {
  using overt_test::guarded_of;
  overt::ui_action picture{
      .act = overt::ui_act::activate, .role = overt::ui_role::menu_item, .label = guarded_of("As picture")};
  picture.path.push_back({overt::ui_role::window, guarded_of("Form")});
  picture.path.push_back({overt::ui_role::menu, guarded_of("File")});
  picture.path.push_back({overt::ui_role::menu_item, guarded_of("Export")});
  picture.path.push_back({overt::ui_role::menu_item, guarded_of("As picture")});
  CHECK(told(std::move(picture)) == "activates menu item File > Export > \"As picture\"");
  CHECK(told({.act = overt::ui_act::select,
              .role = overt::ui_role::combo_box,
              .label = guarded_of("Colour"),
              .before = guarded_of("Red"),
              .after = guarded_of("Blue")}) == "selects combo box \"Colour\" from \"Red\" to \"Blue\"");
  CHECK(overt::sink::phrase_of(overt::ui_action{.label = guarded_of("Call me")}).text ==
        "activates unknown (withheld)");
  CHECK(overt::sink::phrase_of(overt::clipboard{.operation = overt::clipboard_operation::paste}).text ==
        "pastes");
}

TEST_CASE("texts and what was taken out of them are told in words", "[sink][event_phrase]") {
  using overt_test::guarded_of;
  overt::text withheld{.outcome = overt::text_outcome::withheld, .doubt = overt::text_doubt::disagreed};
  CHECK(overt::sink::phrase_of(withheld).text ==
        "typed: withheld (the program says something else stands there)");
  CHECK(overt::sink::phrase_of(overt::redaction{.rule = "typed_text",
                                                .of = "text",
                                                .entity = "CARD",
                                                .action = overt::redaction_action::masked,
                                                .how_many = overt::amount::tens})
            .text == "--- masked: CARD in text, 10 or more characters (by typed_text)");
  CHECK(overt::sink::phrase_of(overt::redaction{.of = "key"}).text ==
        "--- withheld: key, under 10 (no policy disclosed it)");
}

TEST_CASE("a picture is told by why it was taken and what is in it", "[sink][event_phrase]") {
  overt::frame what{.reason = overt::frame_reason::after_action,
                    .shown = {{0, 0, 10, 10}},
                    .masked = {{0, 0, 1, 1}, {2, 2, 1, 1}}};
  CHECK(overt::sink::phrase_of(what).text ==
        "a picture that is withheld (after action): 1 window, 2 parts filled");
  overt::frame none{.reason = overt::frame_reason::idle, .state = overt::frame_state::unreadable};
  CHECK(overt::sink::phrase_of(none).text == "no picture (idle): unreadable");
}

TEST_CASE("what a task is for and how it ended is told in words", "[sink][event_phrase]") {
  overt::marker begins{.kind = overt::marker_kind::task_start,
                       .instruction = overt_test::disclosed_text_of("write a letter")};
  CHECK(overt::sink::phrase_of(begins).text == "begins the task \"write a letter\"");
  CHECK(overt::sink::phrase_of(overt::marker{.kind = overt::marker_kind::task_start}).text ==
        "begins the task (withheld)");
  CHECK(overt::sink::phrase_of(overt::marker{.kind = overt::marker_kind::task_end}).text == "ends the task");
  CHECK(overt::sink::phrase_of(
            overt::marker{.kind = overt::marker_kind::task_end, .outcome = overt::task_outcome::failure})
            .text == "ends the task: failure");
}

TEST_CASE("what a source sees is told in words", "[sink][event_phrase]") {
  CHECK(overt::sink::phrase_of(
            overt::source{.backend = "x11",
                          .can_see = overt::capability::keys | overt::capability::pointer_delta,
                          .cannot_see = overt::capability::elements})
            .text == "source x11 opened, sees keys, pointer delta, cannot see elements");
}
