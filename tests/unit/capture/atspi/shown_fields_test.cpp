#include <overt/capture/atspi/shown_fields.hpp>

#include <deque>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;
using overt::field_kind;

namespace {

constexpr auto bit(accessible_state state) { return std::uint64_t{1} << static_cast<unsigned>(state); }

/// A form as a program tells it, in memory.
struct form {
  std::deque<shown_object> all{};

  form() { add(shown_object::nothing, accessible_role::panel, ""); }

  std::size_t add(std::size_t parent, accessible_role role, std::string_view name) {
    auto const index = all.size();
    shown_object one;
    one.what.id = {":1.5", "/object/" + std::to_string(index)};
    one.what.role = static_cast<std::uint32_t>(role);
    one.what.name = overt::arena_string{name};
    one.what.bounds = {10, static_cast<std::int32_t>(20 * index), 200, 18};
    one.what.interfaces = element::text | element::editable_text;
    one.parent = parent;
    one.shown = true;
    one.field = role == accessible_role::entry || role == accessible_role::password_text;
    one.what.states = one.field ? bit(accessible_state::editable) | bit(accessible_state::focusable) : 0;
    if (parent != shown_object::nothing) {
      one.what.index_in_parent = static_cast<std::int32_t>(all[parent].children.size());
      one.what.path.push_back({all[parent].what.id, all[parent].what.role, {}});
      all[parent].children.push_back(index);
    }
    all.push_back(std::move(one));
    return index;
  }
};

} // namespace

TEST_CASE("fields are judged by what they are called, and what could not be read is not harmless") {
  form page;
  sticky_secrets secrets{16};
  auto const name = page.add(0, accessible_role::entry, "Name");
  auto const pin = page.add(0, accessible_role::entry, "Card number");
  auto const word = page.add(0, accessible_role::password_text, "");
  auto const unread = page.add(0, accessible_role::entry, "");
  page.all[unread].wordless = true;
  for (auto const one : {name, pin, word, unread}) {
    judge_field(page.all, one, secrets);
  }
  CHECK(page.all[name].kind == field_kind::plain);
  CHECK(page.all[pin].kind == field_kind::secret);
  CHECK(page.all[word].kind == field_kind::secret);
  CHECK(page.all[unread].kind == field_kind::unknown);
}

TEST_CASE("a password that is shown stays secret, where it would be a plain field without a memory") {
  form page;
  auto const word = page.add(0, accessible_role::password_text, "");
  sticky_secrets secrets{16};
  judge_field(page.all, word, secrets);
  page.all[word].what.role = static_cast<std::uint32_t>(accessible_role::entry);
  judge_field(page.all, word, secrets);
  CHECK(page.all[word].kind == field_kind::secret);
  sticky_secrets none{16};
  judge_field(page.all, word, none);
  CHECK(page.all[word].kind == field_kind::plain);
}

TEST_CASE("boxes for one digit each are secret, side by side or each in a box of its own") {
  for (bool const boxed : {false, true}) {
    form page;
    std::vector<std::size_t> digits;
    for (int i = 0; i < 6; ++i) {
      auto const parent = boxed ? page.add(0, accessible_role::section, "") : 0;
      digits.push_back(page.add(parent, accessible_role::entry, "Digit " + std::to_string(i + 1)));
    }
    sticky_secrets secrets{64};
    for (auto const one : digits) {
      judge_field(page.all, one, secrets);
      CHECK(page.all[one].kind == field_kind::secret);
    }
  }
}

TEST_CASE("what does not show is not beside a field") {
  form page;
  auto const field = page.add(0, accessible_role::entry, "Name");
  auto const button = page.add(0, accessible_role::push_button, "Show");
  CHECK(objects_beside(page.all, field) == std::vector<std::size_t>{field, button});
  page.all[button].shown = false;
  CHECK(objects_beside(page.all, field) == std::vector<std::size_t>{field});
}
