#include <overt/redact/edit/edit_op.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>
#include <overt_test/keys.hpp>

namespace {

using overt::key_class;
using overt::modifiers;
using overt::redact::edit_kind;
using overt::redact::key_effect;
using overt_test::pressed;
using overt_test::typed;

overt::redact::key_meaning of(overt::key const& what) {
  return overt_test::with_clearance(
      [&](overt::clearance const& look) { return overt::redact::meaning_of(what, look); });
}

} // namespace

TEST_CASE("what characters and editing keys mean", "[redact][edit]") {
  CHECK(of(typed('a')).op.kind == edit_kind::insert);
  CHECK(of(typed('@', modifiers::alt_graph)).op.kind == edit_kind::insert);
  CHECK(of(typed(' ')).op.kind == edit_kind::insert);
  CHECK(of(pressed(key_class::editing, 0xff08)).op.kind == edit_kind::erase_left);
  CHECK(of(pressed(key_class::editing, 0xff08, modifiers::control)).op.kind == edit_kind::erase_word_left);
  CHECK(of(pressed(key_class::editing, 0xffff)).op.kind == edit_kind::erase_right);
  CHECK(of(pressed(key_class::editing, 0xff9f)).op.kind == edit_kind::erase_right);
  CHECK(of(pressed(key_class::editing, 0xffff, modifiers::control)).op.kind == edit_kind::erase_word_right);
  CHECK(of(pressed(key_class::editing, 0xffff, modifiers::shift)).op.kind == edit_kind::cut);
  CHECK(of(pressed(key_class::editing, 0xff63, modifiers::shift)).op.kind == edit_kind::paste);
  CHECK(of(pressed(key_class::editing, 0xff63)).op.kind == edit_kind::unknown);
  CHECK(of(pressed(key_class::dead, 0xfe51)).op.kind == edit_kind::nothing);
  CHECK(of(pressed(key_class::unknown, 0x1008ff13)).op.kind == edit_kind::unknown);
}

TEST_CASE("what keys that move the caret mean", "[redact][edit]") {
  CHECK(of(pressed(key_class::navigation, 0xff51)).op.kind == edit_kind::left);
  CHECK(of(pressed(key_class::navigation, 0xff96)).op.kind == edit_kind::left);
  CHECK(of(pressed(key_class::navigation, 0xff53, modifiers::control)).op.kind == edit_kind::word_right);
  CHECK(of(pressed(key_class::navigation, 0xff50)).op.kind == edit_kind::home);
  CHECK(of(pressed(key_class::navigation, 0xff57, modifiers::shift)).op.extend);
  CHECK(of(pressed(key_class::navigation, 0xff52)).op.kind == edit_kind::place);
  CHECK(of(pressed(key_class::navigation, 0xff09)).effect == key_effect::leaves);
  CHECK(of(pressed(key_class::enter, 0xff0d)).effect == key_effect::commits);
  CHECK(of(pressed(key_class::enter, 0xff8d)).effect == key_effect::commits);
  CHECK(of(pressed(key_class::modifier, 0xffe1)).effect == key_effect::modifies);
}

TEST_CASE("what shortcuts mean", "[redact][edit]") {
  CHECK(of(typed('a', modifiers::control)).op.kind == edit_kind::select_all);
  CHECK(of(typed('x', modifiers::control)).op.kind == edit_kind::cut);
  CHECK(of(typed('v', modifiers::control)).op.kind == edit_kind::paste);
  CHECK(of(typed('z', modifiers::control)).op.kind == edit_kind::undo);
  CHECK(of(typed('y', modifiers::control)).op.kind == edit_kind::undo);
  CHECK(of(typed('c', modifiers::control)).op.kind == edit_kind::nothing);
  CHECK(of(typed('s', modifiers::control)).op.kind == edit_kind::nothing);
  CHECK(of(typed('s', modifiers::control)).is_command);
  CHECK(of(typed('f', modifiers::control)).effect == key_effect::leaves); // to a search field
  CHECK(of(typed('f', modifiers::alt)).effect == key_effect::leaves);
  CHECK(of(pressed(key_class::function, 0xffc2)).effect == key_effect::leaves);
  // L15: a character by its number
  CHECK(of(typed('u', modifiers::control | modifiers::shift)).op.kind == edit_kind::unknown);
  CHECK(of(typed('2', modifiers::control | modifiers::shift)).op.kind == edit_kind::paste);
  CHECK(of(typed('2', modifiers::alt)).op.kind == edit_kind::paste);
}
