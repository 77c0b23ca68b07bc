#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture::atspi {

/// Finds the object at a point of a window by going down its tree, for toolkits that do not tell (GTK 4).
///
/// They say how large the inside of an object is, without its padding; so the nearest one counts, as far as a
/// padding goes. Bounded: after 400 objects the answer is the best that was found.
class tree_walk {
public:
  using handler = std::function<void(object_id const&)>; ///< none: nothing is there, or it could not be told

  static constexpr std::size_t most_objects = 400;
  static constexpr std::size_t most_children = 64;
  static constexpr std::int32_t padding_x = 18;
  static constexpr std::int32_t padding_y = 8;

  explicit tree_walk(bus& on) : bus_{&on} {}

  /// In pixels of the window.
  void at(object_id const& window, std::int32_t x, std::int32_t y, handler done) {
    auto const into = std::make_shared<walking>();
    into->x = x;
    into->y = y;
    into->best = window;
    into->done = std::move(done);
    look_into(into, window, 0);
  }

private:
  struct walking {
    std::int32_t x = 0;
    std::int32_t y = 0;
    object_id best{};
    int depth = 0;
    std::int32_t distance = 0;
    handler done{};
    std::size_t seen = 0;
    int open = 0;
    bool good = true;
  };

  void look_into(std::shared_ptr<walking> const& into, object_id const& parent, int depth) {
    ++into->open;
    bus_->call(parent, accessible_interface, "GetChildren", [this, into, depth](reply const& came) {
      into->good = into->good && !came.timed_out;
      if (auto const children = read_objects(came.read(), most_children)) {
        for (auto const& one : *children) {
          if (into->seen < most_objects) {
            ++into->seen;
            measure(into, one, depth + 1);
          }
        }
      }
      close(into);
    });
  }

  void measure(std::shared_ptr<walking> const& into, object_id const& id, int depth) {
    ++into->open;
    bus_->call(
        id, component_interface, "GetExtents",
        [this, into, id, depth](reply const& came) {
          into->good = into->good && !came.timed_out;
          auto const away = distance(read_extents(came.read()), into->x, into->y);
          if (away) {
            // The nearest; of equally near ones the deepest, which lies on top.
            if (*away < into->distance || (*away == into->distance && depth >= into->depth) ||
                into->depth == 0) {
              into->best = id;
              into->depth = depth;
              into->distance = *away;
            }
            look_into(into, id, depth);
          }
          close(into);
        },
        std::uint32_t{1});
  }

  /// How far the point is outside; nothing when it is farther than a padding.
  [[nodiscard]] static std::optional<std::int32_t> distance(rectangle box, std::int32_t x, std::int32_t y) {
    auto const outside = [](std::int32_t at, std::int32_t from, std::int32_t size) {
      return at < from ? from - at : at >= from + size ? at - (from + size) + 1 : 0;
    };
    auto const dx = outside(x, box.x, box.width);
    auto const dy = outside(y, box.y, box.height);
    return box.width <= 0 || dx > padding_x || dy > padding_y ? std::nullopt : std::optional{dx + dy};
  }

  void close(std::shared_ptr<walking> const& into) {
    if (--into->open == 0) {
      into->done(into->good ? into->best : object_id{});
    }
  }

  bus* bus_;
};

} // namespace overt::inline v0::capture::atspi
