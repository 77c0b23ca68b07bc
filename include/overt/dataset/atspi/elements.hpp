#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/dataset/action.hpp>
#include <overt/dataset/atspi/connection.hpp>
#include <overt/dataset/atspi/element_at_point.hpp>
#include <overt/dataset/atspi/element_match.hpp>
#include <overt/dataset/atspi/focused_field.hpp>
#include <overt/dataset/atspi/nearest_element.hpp>
#include <overt/dataset/play/seen_element.hpp>
#include <overt/dataset/play/seen_window.hpp>
#include <overt/event/pointer_move.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::dataset::atspi {

/// Finds the elements that actions were done to, by asking programs the way they were asked when it was
/// recorded. It asks and never acts. One thread; each question waits for its answer, for so long at most.
class elements {
public:
  static constexpr std::int64_t patience_ns = 2'000'000'000; ///< for one `find`

  /// `session_bus`: its address; empty means that of the environment. Waits for both buses.
  [[nodiscard]] static result<elements> open(std::string const& session_bus = {}) {
    auto connected = connection::open(session_bus);
    if (!connected) {
      return connected.error();
    }
    return elements{*std::move(connected)};
  }

  explicit elements(connection on) : on_{std::move(on)} {}

  /// The element that an act was done to, in a window of its program: the one at the point, else the nearest
  /// one of that role and label that is shown anywhere in the program. Nothing: it is not there now.
  [[nodiscard]] std::optional<seen_element> find(meaning const& wanted, seen_window const& window,
                                                 screen_point at) {
    auto const deadline = capture::atspi::bus::now() + patience_ns;
    if (!on_.learn(window.process, deadline)) {
      return std::nullopt;
    }
    if (!window.popup) {
      auto const found = element_at_point(on_, window, at, deadline);
      if (found != nullptr && is_wanted(*found, wanted)) {
        return described(*found, wanted.act);
      }
    }
    bool const is_told = !wanted.label.empty() || !is_empty(wanted.bounds);
    return is_told && on_.is_open() ? nearest_element(on_, wanted, window.process, deadline) : std::nullopt;
  }

  /// The element of a program that has the focus; nothing when that is not known. The text of a secret field
  /// is not asked for.
  [[nodiscard]] std::optional<seen_field> focused(std::uint32_t process) {
    auto const deadline = capture::atspi::bus::now() + patience_ns;
    return on_.learn(process, deadline) ? focused_field(on_, process, deadline) : std::nullopt;
  }

  /// Waits until a program has answered a question, which it does after what it had to do before.
  void settle(std::uint32_t process, std::int64_t patience) {
    if (!on_.is_open()) {
      return;
    }
    auto const deadline = capture::atspi::bus::now() + patience;
    auto const open = std::make_shared<int>(0);
    on_.programs().each_of(process, [&](std::string const& name, capture::atspi::program const&) {
      ++*open;
      on_.bus().get(capture::atspi::programs::root_of(name), capture::atspi::accessible_interface,
                    "ChildCount", [open](capture::atspi::reply const&) { --*open; });
    });
    (void)on_.wait_for([&] { return *open <= 0; }, deadline);
  }

private:
  connection on_;
};

} // namespace overt::inline v0::dataset::atspi
