#include <overt/dataset/dialect/python_code.hpp>

#include <string>

#include <overt_test/catch.hpp>
#include <overt_test/episodes.hpp>

namespace {

using overt::button_name;
using overt::modifiers;
using overt::dataset::action_kind;
using overt::dataset::image_space;
using overt::dataset::python_code;
using overt::dataset::python_options;
using overt::dataset::python_spelling;
using overt::dataset::rendered;
using overt::dataset::skip_reason;
using overt::dataset::triple_click_form;
using overt_test::alone;
using overt_test::click;
using overt_test::key_named;
using overt_test::typed;

constexpr overt::rectangle screen{0, 0, 1000, 500};

rendered code(action_kind what, python_options options = {}) {
  return python_code{image_space{screen}, options}(alone(std::move(what)));
}

} // namespace

TEST_CASE("AgentNet: clicks by their count and button") {
  CHECK(code(click(500, 125)).text == "pyautogui.click(x=0.5, y=0.25)");
  CHECK(code(click(500, 125, 2)).text == "pyautogui.doubleClick(x=0.5, y=0.25)");
  CHECK(code(click(500, 125, 3)).text == "computer.tripleClick(x=0.5, y=0.25)");
  CHECK(code(click(500, 125, 3), {.triple_click = triple_click_form::clicks}).text ==
        "pyautogui.click(x=0.5, y=0.25, clicks=3)");
  CHECK(code(click(500, 125, 4)).skipped == skip_reason::count);
  auto other = click(500, 125);
  other.which = button_name::right;
  CHECK(code(other).text == "pyautogui.rightClick(x=0.5, y=0.25)");
  other.which = button_name::middle;
  CHECK(code(other).text == "pyautogui.middleClick(x=0.5, y=0.25)");
}

TEST_CASE("AgentNet C12: buttons beyond three, and a double click of the right one, are not the left one") {
  auto other = click(1, 1);
  for (auto const which : {button_name::back, button_name::forward, button_name::other}) {
    other.which = which;
    CHECK(code(other).skipped == skip_reason::button);
  }
  other.which = button_name::right;
  other.count = 2;
  CHECK(code(other).skipped == skip_reason::button);
}

TEST_CASE("AgentNet C1: what happened beside the picture is skipped") {
  CHECK(code(click(-200, 100)).skipped == skip_reason::off_image);
  CHECK(code(click(2500, 100)).skipped == skip_reason::off_image);
  overt::dataset::drag_action drag{.from = {10, 10}, .to = {1000, 10}};
  CHECK(code(drag).skipped == skip_reason::off_image);
  drag.to = {999, 10};
  CHECK(code(drag).text ==
        "pyautogui.moveTo(x=0.01, y=0.02)\npyautogui.dragTo(x=0.999, y=0.02, button='left')");
}

TEST_CASE("AgentNet: the wheel in notches, up is positive, a part of a notch is not rounded") {
  using overt::dataset::scroll_action;
  CHECK(code(scroll_action{.dy_v120 = 360, .at = {500, 125}}).text ==
        "pyautogui.moveTo(x=0.5, y=0.25)\npyautogui.scroll(-3)");
  CHECK(code(scroll_action{.dx_v120 = 120, .dy_v120 = -240, .at = {500, 125}}).text ==
        "pyautogui.moveTo(x=0.5, y=0.25)\npyautogui.scroll(2)\npyautogui.hscroll(1)");
  CHECK(code(scroll_action{.dy_v120 = 30, .at = {500, 125}}).skipped == skip_reason::part_notch);
  CHECK(code(scroll_action{.at = {500, 125}}).skipped == skip_reason::empty);
}

TEST_CASE("AgentNet B9, B10: text is written as it is") {
  CHECK(code(typed("costs $5 'and' \\ caf\u00e9\n")).text ==
        "pyautogui.write(message='costs $5 \\'and\\' \\\\ caf\u00e9\\n')");
  CHECK(code(typed("")).skipped == skip_reason::empty);
  auto const withheld = code(overt::dataset::text_action{});
  CHECK(withheld.text == "pyautogui.write(message='<WITHHELD>')");
  CHECK(withheld.redacted);
  CHECK_FALSE(code(typed("<WITHHELD>")).redacted); // somebody typed that
}

TEST_CASE("AgentNet: keys in two spellings") {
  python_options const corpus{.spelling = python_spelling::corpus};
  CHECK(code(key_named("Return")).text == "pyautogui.press('enter')");
  CHECK(code(key_named("Return"), corpus).text == "pyautogui.press(keys=['enter'])");
  auto const copy = key_named("c", modifiers::control);
  CHECK(code(copy).text == "pyautogui.hotkey('ctrl', 'c')");
  CHECK(code(copy, corpus).text == "pyautogui.hotkey(keys=['ctrl', 'c'])");
  CHECK(code(key_named("$", modifiers::control | modifiers::shift)).text ==
        "pyautogui.hotkey('ctrl', 'shift', '$')");
  CHECK(code(key_named("\\", modifiers::control)).text == "pyautogui.hotkey('ctrl', '\\\\')");
  auto held = key_named("BackSpace");
  held.repeated = 11;
  CHECK(code(held).text == "pyautogui.press('backspace', presses=12)");
  CHECK(code(held, corpus).text == "pyautogui.press(keys=['backspace'], presses=12)");
  held.held = modifiers::control;
  CHECK(code(held).skipped == skip_reason::held_key);
  CHECK(code(overt::dataset::key_action{}).skipped == skip_reason::withheld);
  CHECK(code(key_named("\u00e9", modifiers::control)).skipped == skip_reason::key_name);
}

TEST_CASE("AgentNet: a modifier that is held during a click comes up last") {
  auto what = click(500, 125);
  what.held = modifiers::control | modifiers::shift | modifiers::num_lock;
  CHECK(code(what).text == "pyautogui.keyDown('shift')\npyautogui.keyDown('ctrl')\npyautogui.click(x=0.5, "
                           "y=0.25)\npyautogui.keyUp('ctrl')\npyautogui.keyUp('shift')");
  CHECK(code(what, {.spelling = python_spelling::corpus}).skipped == skip_reason::modifier);
  what.held = modifiers::caps_lock;
  CHECK(code(what).text == "pyautogui.click(x=0.5, y=0.25)");
}

TEST_CASE("AgentNet: what is no act, and what is broken, is skipped, waiting and the end are computer's") {
  CHECK(code(overt::dataset::focus_action{}).skipped == skip_reason::not_an_act);
  CHECK(code(overt::dataset::told_action{}).skipped == skip_reason::no_input);
  CHECK(code(overt::dataset::wait_action{1}).text == "computer.wait()");
  auto broken = alone(click(1, 1));
  broken.flaw = overt::dataset::action_flaw::no_release;
  CHECK(python_code{image_space{screen}, {}}(broken).skipped == skip_reason::flawed);
  CHECK(overt::dataset::python_end(overt::task_outcome::failure) == "computer.terminate(status='failure')");
  CHECK_FALSE(overt::dataset::python_end(overt::task_outcome::abandoned));
}
