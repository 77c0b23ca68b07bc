#include <overt/consent/plain/notice_text.hpp>

#include <string_view>

#include <overt_test/catch.hpp>

using namespace overt::consent;

namespace {
bool says(receipt_request const& asked, std::string_view words) {
  auto const text = notice_text(asked);
  REQUIRE(text);
  return text->find(words) != std::string::npos;
}
} // namespace

TEST_CASE("the notice says what is and what is not recorded") {
  receipt_request asked{.apps = {"org.gnome.TextEditor"},
                        .grants = grants::key_semantic | grants::screenshot | grants::key_shape,
                        .purposes = {purpose::train_computer_use_model}};
  CHECK(says(asked, "org.gnome.TextEditor"));
  CHECK(says(asked, "train models"));
  CHECK(says(asked, "the text you leave in fields"));
  CHECK(says(asked, "password fields"));
  CHECK(says(asked, "  - pictures of the screen")); // never: strict takes them away
  CHECK_FALSE(says(asked, "pictures of these windows"));
  CHECK(says(asked, "You may say no"));
  asked.preset = jurisdiction_preset::us_other;
  CHECK_FALSE(says(asked, "pictures of these windows")); // the mode is still "none"
  asked.screenshots = screenshot_mode::allowlisted_window_masked;
  CHECK(says(asked, "pictures of these windows"));
  CHECK_FALSE(says(asked, "exact times"));
  asked.keystroke_timing = key_timing::raw;
  CHECK(says(asked, "exact times"));
  asked.preset = jurisdiction_preset::de_employee;
  asked.retention_days = 90;
  CHECK(says(asked, "kept for 30 days"));
}

TEST_CASE("the notice says what the policy says of itself, if all that it needs is granted") {
  receipt_request asked{.apps = {"editor"},
                        .grants = grants::key_semantic | grants::ui_element | grants::key_raw,
                        .purposes = {purpose::academic_research},
                        .preset = jurisdiction_preset::research_irb,
                        .recorded = {"Typed text: what stands in a field"},
                        .not_recorded = {"Titles of windows: they name documents"}};
  CHECK(says(asked, "  - Typed text: what stands in a field"));
  CHECK(says(asked, "this is not recorded:\n  - Titles of windows: they name documents"));
  CHECK_FALSE(says(asked, "the text you leave in fields")); // the more exact words stand for these
  asked.preset = jurisdiction_preset::strict;               // takes raw keys away
  CHECK_FALSE(says(asked, "Typed text: what stands"));
  CHECK(says(asked, "the text you leave in fields with a mark in place of what is recognised as personal"));
  CHECK_FALSE(says(asked, "single keys, as you press them"));
}

TEST_CASE("the notice says how often the pointer is told, and of names and titles") {
  receipt_request asked{.grants = grants::pointer_path | grants::ui_element | grants::window_focus,
                        .preset = jurisdiction_preset::us_other,
                        .pointer_max_hz = 4,
                        .pointer_grid_px = 32};
  CHECK(says(asked, "how the pointer moves, up to 4 times a second, to within 32 pixels"));
  asked.pointer_grid_px = 0;
  CHECK(says(asked, "to within 1 pixels"));
  CHECK(says(asked, "buttons, menus and fields you use, and what they are called"));
  CHECK(says(asked, "of its title and address what names nobody"));
}

TEST_CASE("the notice says what a preset took away, demands and adds") {
  receipt_request asked{.grants = grants::pointer_path | grants::scroll,
                        .preset = jurisdiction_preset::de_employee,
                        .impact_assessment = "DPIA-7",
                        .collective_agreement = "BV-9"};
  CHECK(says(asked, "because the rules \"de-employee\" do not allow them: pointer.path"));
  CHECK(says(asked, "An assessment of what this means for you was made: DPIA-7."));
  CHECK(says(asked, "agreed or were asked: BV-9."));
  CHECK(says(asked, "You look through each recording"));
  CHECK(says(asked, "totals or rates"));
  asked.preset = jurisdiction_preset::us_other;
  CHECK_FALSE(says(asked, "do not allow them"));
  CHECK_FALSE(says(asked, "You look through each recording"));
}

TEST_CASE("the notice is in the language of the person, and there is none in an unknown one") {
  receipt_request asked{.apps = {"editor"},
                        .grants = grants::key_semantic,
                        .purposes = {purpose::train_computer_use_model},
                        .months = 1,
                        .language = "de-AT"};
  CHECK(says(asked, "Sie werden gefragt"));
  CHECK(says(asked, "  - editor"));
  CHECK(says(asked, "Ihre Einwilligung endet nach 1 Monat."));
  CHECK(says(asked, "Sie d\xc3\xbcrfen Nein sagen"));
  CHECK_FALSE(says(asked, "You "));
  asked.language = "fr";
  auto const none = notice_text(asked);
  REQUIRE_FALSE(none);
  CHECK(none.error().code == overt::error_code::unsupported);
  CHECK(none.error().message.find("en, de") != std::string::npos);
}

TEST_CASE("the publisher of a policy stands in the notice, with the key") {
  receipt_request asked{.policy_published_by = {"Acme", "ed25519:abc"}};
  CHECK(says(asked, "laid down by Acme, and signed with the key ed25519:abc"));
}

TEST_CASE("what a name says cannot look like a line of the notice") {
  receipt_request asked{.apps = {"editor\n  - nothing else\x1b[2J"},
                        .responsible = {.name = "Acme\r\nYou may not"}};
  CHECK(says(asked, "  - editor   - nothing else [2J\n"));
  CHECK(says(asked, "  - Acme  You may not\n"));
}
