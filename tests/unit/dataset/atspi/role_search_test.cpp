#include <overt/dataset/atspi/role_search.hpp>

#include <string>
#include <vector>

#include "fake_bus.hpp"
#include <overt_test/catch.hpp>

using overt::ui_role;
using overt::capture::atspi::accessible_state;
using overt::capture::atspi::object_id;
using overt::dataset::atspi::role_search;
using overt_test::fake_bus;
using role = overt::capture::atspi::accessible_role;

namespace {

/// The paths of what is found, once all has been gone through.
std::vector<std::string> found_in(fake_bus& there, ui_role wanted) {
  auto const on = there.connect();
  role_search search{*on, wanted, accessible_state::showing};
  search.begin_at({fake_bus::its_name, "/top"});
  for (int rounds = 0; rounds < 100'000 && !search.go_on(); ++rounds) {
    there.answer();
    REQUIRE(on->work());
  }
  REQUIRE(search.go_on());
  std::vector<std::string> paths;
  for (auto const& one : search.found()) {
    paths.push_back(one.path);
  }
  return paths;
}

} // namespace

TEST_CASE("what has the role is found, the outermost first, and nothing within what is not shown",
          "[dataset][atspi]") {
  fake_bus there;
  there.objects = {{"/top", {.role = role::application, .children = {"/window", "/hidden"}}},
                   {"/window", {.role = role::frame, .children = {"/box", "/ok"}}},
                   {"/box", {.role = role::panel, .children = {"/cancel", "/check"}}},
                   {"/ok", {.role = role::push_button}},
                   {"/cancel", {.role = role::push_button}},
                   {"/check", {.role = role::check_box}},
                   {"/hidden", {.role = role::panel, .showing = false, .children = {"/help"}}},
                   {"/help", {.role = role::push_button}}};
  CHECK(found_in(there, ui_role::button) == std::vector<std::string>{"/ok", "/cancel"});
}

TEST_CASE("a program that goes round in circles is not followed for ever", "[dataset][atspi]") {
  fake_bus there;
  there.objects = {{"/top", {.role = role::application, .children = {"/a"}}},
                   {"/a", {.role = role::panel, .children = {"/a", "/a"}}}};
  CHECK(found_in(there, ui_role::button).empty());
  CHECK(there.asked <= 1 + 3 * role_search::most_objects);
}

TEST_CASE("of a list that is longer than anybody could see only the begin is gone through",
          "[dataset][atspi]") {
  fake_bus there;
  fake_bus::object many{.role = role::panel};
  for (int i = 0; i < 200; ++i) {
    auto const path = "/button" + std::to_string(i);
    many.children.push_back(path);
    there.objects[path] = {.role = role::push_button};
  }
  there.objects["/top"] = many;
  CHECK(found_in(there, ui_role::button).size() == role_search::most_children);
}

TEST_CASE("a search that is gone does no harm when its answers come", "[dataset][atspi]") {
  fake_bus there;
  there.objects = {{"/top", {.role = role::application, .children = {"/a"}}}, {"/a", {.role = role::panel}}};
  auto const on = there.connect();
  {
    role_search search{*on, ui_role::button, accessible_state::showing};
    search.begin_at({fake_bus::its_name, "/top"});
    CHECK_FALSE(search.go_on());
  }
  for (int rounds = 0; rounds < 1000 && on->waiting() > 0; ++rounds) {
    there.answer();
    REQUIRE(on->work());
  }
  CHECK(on->waiting() == 0);
}
