#include <overt/capture/x11/key_uses.hpp>

#include <overt_test/catch.hpp>

using overt::key_class;
using overt::key_symbol;
using overt::modifiers;
using overt::capture::key_use;
using overt::capture::x11::use_of;

TEST_CASE("what a key may do to a field, by class and symbol", "[x11][key_uses]") {
  auto const none = modifiers::none;
  CHECK(use_of(key_class::letter, none, {'a'}) == key_use::enters);
  CHECK(use_of(key_class::letter, modifiers::shift, {'A'}) == key_use::enters);
  CHECK(use_of(key_class::unknown, none, {0x1234}) == key_use::enters);
  CHECK(use_of(key_class::dead, none, {0xfe51}) == key_use::enters);
  CHECK(use_of(key_class::punctuation, none, {' '}) == key_use::space);
  CHECK(use_of(key_class::enter, none, {0xff0d}) == key_use::enter);
  CHECK(use_of(key_class::editing, none, {0xff08}) == key_use::erases);
  CHECK(use_of(key_class::editing, modifiers::control, {0xff08}) == key_use::erases);
  CHECK(use_of(key_class::navigation, none, {0xff09}) == key_use::tab);
  CHECK(use_of(key_class::navigation, modifiers::shift, {0xfe20}) == key_use::tab);
  CHECK(use_of(key_class::navigation, modifiers::control, {0xff09}) == key_use::tab);
  CHECK(use_of(key_class::navigation, none, {0xff1b}) == key_use::escape);
  CHECK(use_of(key_class::navigation, none, {0xff54}) == key_use::arrow);
  CHECK(use_of(key_class::modifier, modifiers::control, {0xffe1}) == key_use::modifier);
  CHECK(use_of(key_class::function, none, {0xffc2}) == key_use::other);
}

TEST_CASE("copying, cutting and pasting by their keys", "[x11][key_uses]") {
  auto const control = modifiers::control;
  CHECK(use_of(key_class::letter, control, {'c'}) == key_use::copy);
  CHECK(use_of(key_class::letter, control, {'x'}) == key_use::cut);
  CHECK(use_of(key_class::letter, control, {'v'}) == key_use::paste);
  CHECK(use_of(key_class::letter, control | modifiers::caps_lock, {'C'}) == key_use::copy);
  CHECK(use_of(key_class::letter, control, {'s'}) == key_use::command);
  CHECK(use_of(key_class::editing, control, {0xff63}) == key_use::copy);
  CHECK(use_of(key_class::editing, modifiers::shift, {0xff63}) == key_use::paste);
  CHECK(use_of(key_class::editing, modifiers::shift, {0xffff}) == key_use::cut);
  CHECK(use_of(key_class::letter, modifiers::alt, {'c'}) == key_use::command);
  CHECK(use_of(key_class::letter, modifiers::none, {'c'}) == key_use::enters);
}
