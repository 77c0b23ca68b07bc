#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/roles.hpp>

namespace overt::inline v0::capture::atspi {

/// Reads what stands beside a field, as far as it can tell that the field is one of a group: role, place,
/// name and attributes, of 16 at most. Where a page puts each field into a box of its own, of what is in the
/// boxes beside it.
class sibling_reader {
public:
  /// What was found, and which of it is the field. Null: a program was too slow.
  using handler = std::function<void(std::vector<element> const*, std::size_t self)>;

  static constexpr std::int32_t each_way = 8;
  static constexpr std::size_t most_in_a_box = 4;

  explicit sibling_reader(bus& on) : bus_{&on} {}

  void around(element const& what, handler done) {
    auto const into = std::make_shared<reading>();
    into->self = what.id;
    into->done = std::move(done);
    if (what.path.empty() || what.index_in_parent < 0) {
      bus_->refuse([this, into](reply const&) { finish(into); });
      return;
    }
    into->parent = what.path.back().id;
    into->grandparent = what.path.size() > 1 ? what.path[what.path.size() - 2].id : object_id{};
    row(into, into->parent, what.index_in_parent, false);
  }

private:
  struct reading {
    object_id self{};
    object_id parent{};
    object_id grandparent{};
    handler done{};
    std::vector<std::vector<element>> boxes{};
    int open = 0;
    bool good = true;
    bool boxed = false;
  };
  using shared = std::shared_ptr<reading>;

  /// The children of an object around one of them; or what is in each of them.
  void row(shared const& into, object_id const& of, std::int32_t middle, bool boxed) {
    auto const first = std::max(0, middle - each_way);
    into->boxes.clear();
    into->boxes.resize(2 * each_way);
    ++into->open; // until all is asked
    for (std::int32_t i = 0; i < 2 * each_way; ++i) {
      auto const at = static_cast<std::size_t>(i);
      ask(
          into, of, "GetChildAtIndex",
          [this, into, at, boxed](reply const& came) {
            auto const id = came.read().object();
            if (!id || !*id) {
              return;
            }
            if (!boxed) {
              read(into, at, {*id});
              return;
            }
            ask(into, *id, "GetChildren", [this, into, at](reply const& inside) {
              if (auto const list = read_objects(inside.read(), most_in_a_box)) {
                read(into, at, *list);
              }
            });
          },
          first + i);
    }
    close(into);
  }

  void read(shared const& into, std::size_t box, std::vector<object_id> const& all) {
    into->boxes[box].resize(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      into->boxes[box][i].id = all[i];
      auto const fill = [into, box, i](auto use) {
        return [into, box, i, use](reply const& came) { use(into->boxes[box][i], came.read()); };
      };
      ask(into, all[i], "GetRole",
          fill([](element& to, arguments body) { to.role = body.unsigned_number().value_or(0); }));
      ask(into, all[i], "GetAttributes",
          fill([](element& to, arguments body) { to.attributes = read_attributes(body); }));
      bus_->get(all[i], accessible_interface, "Name",
                wrap(into, fill([](element& to, arguments body) {
                       to.name = arena_string{body.enter_variant().text().value_or(std::string_view{})};
                     })));
      bus_->call(all[i], component_interface, "GetExtents",
                 wrap(into, fill([](element& to, arguments body) {
                        to.bounds = read_extents(body); // in the window: they are only compared
                      })),
                 std::uint32_t{1});
    }
  }

  template <class Use, class... Values>
  void ask(shared const& into, object_id const& id, char const* method, Use use, Values... values) {
    bus_->call(id, accessible_interface, method, wrap(into, std::move(use)), values...);
  }

  template <class Use>
  [[nodiscard]] bus::handler wrap(shared const& into, Use use) {
    ++into->open;
    return [this, into, use = std::move(use)](reply const& came) {
      into->good = into->good && !came.timed_out;
      use(came);
      close(into);
    };
  }

  void close(shared const& into) {
    if (--into->open > 0) {
      return;
    }
    if (!into->good || into->boxed || has_field_beside(*into) || !into->grandparent) {
      finish(into);
      return;
    }
    into->boxed = true;
    ask(into, into->parent, "GetIndexInParent", [this, into](reply const& came) {
      if (auto const index = came.read().number(); index && *index >= 0) {
        row(into, into->grandparent, *index, true);
      }
    });
  }

  [[nodiscard]] static bool has_field_beside(reading const& what) {
    for (auto const& box : what.boxes) {
      for (auto const& one : box) {
        auto const nature = nature_of(one.role);
        if (one.id != what.self && (nature == role_nature::text_field || nature == role_nature::password)) {
          return true;
        }
      }
    }
    return false;
  }

  void finish(shared const& into) {
    std::vector<element> all;
    std::size_t self = SIZE_MAX;
    for (auto& box : into->boxes) {
      for (auto& one : box) {
        if (one.id == into->self) {
          self = all.size();
        }
        all.push_back(std::move(one));
      }
    }
    auto const done = std::move(into->done);
    done(into->good ? &all : nullptr, self);
  }

  bus* bus_;
};

} // namespace overt::inline v0::capture::atspi
