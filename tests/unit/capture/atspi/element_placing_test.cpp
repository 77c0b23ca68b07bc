#include <overt/capture/atspi/element_placing.hpp>

#include <cstdint>
#include <memory>
#include <string_view>

#include "silent_bus.hpp"
#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;

namespace {

/// Places elements that a program without a toolkit, or nobody, has.
class placed {
public:
  shared_reading place(accessible_role role, ancestry::chain const& above, object_id const& parent) {
    auto const into = std::make_shared<element_reading>();
    into->what.id = {":1.7", "/button"};
    into->what.role = static_cast<std::uint32_t>(role);
    into->what.bounds = {1, 2, 30, 40};
    into->parent = parent;
    places_.place(into, above);
    there_.give_up();
    return into;
  }

  static std::shared_ptr<ancestry::link const> link(char const* path, accessible_role role,
                                                    std::string_view name, object_id const& parent) {
    auto const made = std::make_shared<ancestry::link>();
    made->id = {":1.7", path};
    made->role = static_cast<std::uint32_t>(role);
    made->name = overt::arena_string{name};
    made->parent = parent;
    return made;
  }

private:
  overt_test::silent_bus there_;
  programs known_{there_.on()};
  hit_test hits_{there_.on(), known_};
  element_questions ask_{there_.on(), [](shared_reading const&) {}};
  element_placing places_{ask_, known_, hits_};
};

object_id const root{":1.7", "/org/a11y/atspi/accessible/root"};

} // namespace

TEST_CASE("the path goes from the window down, and the window gives the title", "[atspi][element_placing]") {
  placed all;
  ancestry::chain const above{
      placed::link("/panel", accessible_role::panel, "Tools", {":1.7", "/window"}),
      placed::link("/window", accessible_role::frame, "Letter", root),
  };
  auto const made = all.place(accessible_role::push_button, above, {":1.7", "/panel"});
  CHECK(made->good);
  CHECK(made->what.window_title.view() == "Letter");
  REQUIRE(made->what.path.size() == 2);
  CHECK(made->what.path[0].name.view() == "Letter");
  CHECK(made->what.path[1].name.view() == "Tools");
  CHECK_FALSE(made->what.document);
  CHECK(made->what.bounds == overt::rectangle{}); // nobody knows whether it meant the desktop or its window
}

TEST_CASE("what stands in nothing is in nobody knows which page", "[atspi][element_placing]") {
  placed all;
  CHECK_FALSE(all.place(accessible_role::entry, {}, {})->good);
  CHECK_FALSE(all.place(accessible_role::password_text, {}, {})->good);
}

TEST_CASE("an element within a page belongs to it, and to the nearest of several",
          "[atspi][element_placing]") {
  placed all;
  ancestry::chain const above{
      placed::link("/frame", accessible_role::document_web, "Within", {":1.7", "/page"}),
      placed::link("/page", accessible_role::document_web, "Page", {":1.7", "/window"}),
      placed::link("/window", accessible_role::frame, "Browser", root),
  };
  auto const made = all.place(accessible_role::push_button, above, {":1.7", "/frame"});
  CHECK(made->what.document.path == "/frame");
  CHECK(made->what.address.view().empty()); // it was asked for, and nobody said
  CHECK(made->open == 0);
}
