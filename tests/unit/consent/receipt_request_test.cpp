#include <overt/consent/receipt_request.hpp>

#include <overt_test/catch.hpp>

using namespace overt::consent;

namespace {
bool says(receipt_request const& asked, std::string_view words) {
  return notice_text(asked).find(words) != std::string::npos;
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

TEST_CASE("randomness differs") {
  std::array<std::uint8_t, 16> a{};
  std::array<std::uint8_t, 16> b{};
  system_randomness{}(a);
  system_randomness{}(b);
  CHECK(a != b);
}
