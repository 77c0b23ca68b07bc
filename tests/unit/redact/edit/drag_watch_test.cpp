#include <overt/redact/edit/drag_watch.hpp>

#include <initializer_list>

#include <overt_test/catch.hpp>

namespace {

using overt::redact::edit_kind;
using overt::redact::edit_op;

/// Whether a drag after these steps may have moved text.
bool moves(std::initializer_list<edit_op> steps) {
  overt::redact::drag_watch watch;
  for (auto const& one : steps) {
    watch.follow(one);
  }
  watch.follow({.kind = edit_kind::place}); // the button goes down
  watch.drag();
  return watch.rearranged();
}

} // namespace

TEST_CASE("L3 a drag moves text only if something may be selected", "[redact][edit][leak]") {
  CHECK_FALSE(moves({}));
  CHECK_FALSE(moves({{.kind = edit_kind::insert}, {.kind = edit_kind::left}}));
  CHECK(moves({{.kind = edit_kind::left, .extend = true}}));
  CHECK(moves({{.kind = edit_kind::select}}));
  CHECK(moves({{.kind = edit_kind::select_all}}));
  CHECK(moves({{.kind = edit_kind::undo}}));
  CHECK(moves({{.kind = edit_kind::unknown}}));
  CHECK(moves({{.kind = edit_kind::select_all}, {.kind = edit_kind::nothing}})); // copied
  CHECK_FALSE(moves({{.kind = edit_kind::select_all}, {.kind = edit_kind::insert}}));
  CHECK_FALSE(moves({{.kind = edit_kind::select}, {.kind = edit_kind::place}})); // a click elsewhere
}

TEST_CASE("L3 what was moved once stays so", "[redact][edit][leak]") {
  overt::redact::drag_watch watch;
  watch.follow({.kind = edit_kind::select_all});
  watch.follow({.kind = edit_kind::place});
  CHECK_FALSE(watch.rearranged()); // only a press
  watch.drag();
  watch.follow({.kind = edit_kind::insert});
  watch.follow({.kind = edit_kind::place});
  CHECK(watch.rearranged());
}
