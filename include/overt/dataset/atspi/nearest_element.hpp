#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/dataset/action.hpp>
#include <overt/dataset/atspi/connection.hpp>
#include <overt/dataset/atspi/nearest_match.hpp>
#include <overt/dataset/atspi/role_search.hpp>
#include <overt/dataset/play/seen_element.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::dataset::atspi {

namespace detail {

/// The objects of a process that have a role; those that were found by the deadline.
[[nodiscard]] inline std::vector<capture::atspi::object_id>
objects_of_role(connection& on, ui_role role, std::uint32_t process, timestamp deadline) {
  std::vector<capture::atspi::object_id> roots;
  bool shows_visible_only = false;
  on.programs().each_of(process, [&](std::string const& name, capture::atspi::program const& one) {
    shows_visible_only = shows_visible_only || one.knows_only_its_windows();
    roots.push_back(capture::atspi::programs::root_of(name));
  });
  // GTK 4 says of nothing that it is showing.
  role_search search{on.bus(), role,
                     shows_visible_only ? capture::atspi::accessible_state::visible
                                        : capture::atspi::accessible_state::showing};
  for (auto const& root : roots) {
    search.begin_at(root);
  }
  (void)on.wait_for([&] { return search.go_on(); }, deadline);
  return search.found();
}

/// Those of the objects that say what they are by the deadline.
[[nodiscard]] inline std::vector<std::shared_ptr<capture::atspi::element const>>
read_elements(connection& on, std::span<capture::atspi::object_id const> which, timestamp deadline) {
  struct reading {
    std::vector<std::shared_ptr<capture::atspi::element const>> found{};
    std::size_t open = 0;
  };
  // Shared, because an answer may come when nobody waits for it any more.
  auto const into = std::make_shared<reading>();
  into->open = which.size();
  for (auto const& one : which) {
    on.reader().read_shared(one, [into](std::shared_ptr<capture::atspi::element const> const& what) {
      if (what != nullptr) {
        into->found.push_back(what);
      }
      --into->open;
    });
  }
  (void)on.wait_for([&] { return into->open == 0; }, deadline);
  return into->found;
}

} // namespace detail

/// Of the elements of a process that are shown, of that role and called so, the one that is the nearest to
/// where it was; nothing when none was found by the deadline. The connection is open.
[[nodiscard]] inline std::optional<seen_element> nearest_element(connection& on, meaning const& wanted,
                                                                 std::uint32_t process, timestamp deadline) {
  constexpr std::size_t most_candidates = 480;
  constexpr std::size_t most_at_once = 8; // each is asked about a dozen questions
  auto const candidates = detail::objects_of_role(on, wanted.role, process, deadline);
  nearest_match nearest{wanted};
  auto const count = std::min(candidates.size(), most_candidates);
  for (std::size_t from = 0; from < count && !nearest.is_exact() && on.is_open(); from += most_at_once) {
    auto const some = std::span{candidates}.subspan(from, std::min(most_at_once, count - from));
    for (auto const& one : detail::read_elements(on, some, deadline)) {
      nearest.offer(*one);
    }
  }
  return nearest.best();
}

} // namespace overt::inline v0::dataset::atspi
