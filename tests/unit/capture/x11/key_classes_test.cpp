#include <overt/capture/x11/key_classes.hpp>

#include <overt/capture/x11/hid_usage.hpp>
#include <overt_test/catch.hpp>

using overt::key_class;
using namespace overt::capture::x11;

TEST_CASE("characters have the class of what they are") {
  CHECK(class_of_key('a', 'a') == key_class::letter);
  CHECK(class_of_key(0xe4, 0xe4) == key_class::letter);        // ä
  CHECK(class_of_key(0x7e1, 0x3b1) == key_class::letter);      // α, a keysym from before Unicode
  CHECK(class_of_key(0x1006f22, 0x6f22) == key_class::letter); // 漢
  CHECK(class_of_key('7', '7') == key_class::digit);
  CHECK(class_of_key(0xffb7, '7') == key_class::digit); // on the keypad
  CHECK(class_of_key(' ', ' ') == key_class::punctuation);
  CHECK(class_of_key('@', '@') == key_class::punctuation);
  CHECK(class_of_key('[', '[') == key_class::punctuation);
  CHECK(class_of_key(0x20ac, 0x20ac) == key_class::punctuation); // €
  CHECK(class_of_key(0xd7, 0xd7) == key_class::punctuation);     // ×
}

TEST_CASE("keys that are no characters") {
  CHECK(class_of_key(0xfe51, 0) == key_class::dead);
  CHECK(class_of_key(0xff20, 0) == key_class::dead);
  CHECK(class_of_key(0xff51, 0) == key_class::navigation);
  CHECK(class_of_key(0xff09, '\t') == key_class::navigation);
  CHECK(class_of_key(0xff1b, 0x1b) == key_class::navigation);
  CHECK(class_of_key(0xfe20, 0) == key_class::navigation);
  CHECK(class_of_key(0xff08, 8) == key_class::editing);
  CHECK(class_of_key(0xffff, 0x7f) == key_class::editing);
  CHECK(class_of_key(0xff0d, 13) == key_class::enter);
  CHECK(class_of_key(0xff8d, 13) == key_class::enter);
  CHECK(class_of_key(0xffbe, 0) == key_class::function);
  CHECK(class_of_key(0x1008ff13, 0) == key_class::function);
  CHECK(class_of_key(0xff67, 0) == key_class::function);
  CHECK(class_of_key(0xffe1, 0) == key_class::modifier);
  CHECK(class_of_key(0xfe03, 0) == key_class::modifier);
  CHECK(class_of_key(0xfe08, 0) == key_class::modifier);
  CHECK(class_of_key(0xff7f, 0) == key_class::modifier);
}

TEST_CASE("what nobody knows is unknown, and is no text") {
  CHECK(class_of_key(0, 0) == key_class::unknown);
  CHECK(class_of_key(0xff3f, 0) == key_class::unknown);
  CHECK_FALSE(is_text(0x7f));
  CHECK_FALSE(is_text(0x8d));
  CHECK_FALSE(is_text('\r'));
  CHECK(is_text(' '));
}

TEST_CASE("physical keys have the usage of their place") {
  CHECK(hid_usage_of(38) == 0x04);  // A
  CHECK(hid_usage_of(24) == 0x14);  // Q
  CHECK(hid_usage_of(10) == 0x1e);  // 1
  CHECK(hid_usage_of(19) == 0x27);  // 0
  CHECK(hid_usage_of(36) == 0x28);  // Return
  CHECK(hid_usage_of(94) == 0x64);  // the key beside the left Shift that US keyboards lack
  CHECK(hid_usage_of(108) == 0xe6); // right Alt
  CHECK(hid_usage_of(133) == 0xe3); // Super
  CHECK(hid_usage_of(113) == 0x50); // Left
  CHECK(hid_usage_of(119) == 0x4c); // Delete
  CHECK(hid_usage_of(96) == 0x45);  // F12
  CHECK(hid_usage_of(191) == 0x68); // F13
  CHECK(hid_usage_of(202) == 0x73); // F24
  CHECK(hid_usage_of(0) == 0);
  CHECK(hid_usage_of(8) == 0);
  CHECK(hid_usage_of(255) == 0);
  CHECK(hid_usage_of(100000) == 0);
}
