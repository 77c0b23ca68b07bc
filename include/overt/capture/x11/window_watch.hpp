#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include <overt/capture/x11/connection.hpp>
#include <overt/capture/x11/reply_queue.hpp>
#include <overt/capture/x11/window_registry.hpp>
#include <overt/capture/x11/window_stack.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::x11 {

/// Keeps the picture of the windows up to date from the server's notices.
class window_watch {
public:
  window_watch(connection const& server, reply_queue& replies, window_registry& registry,
               xcb_atom_t client_list)
      : handle_{server.get()}, root_{server.root()}, width_{server.screen().width_in_pixels},
        height_{server.screen().height_in_pixels}, replies_{&replies}, registry_{&registry},
        client_list_{client_list} {}

  void start() {
    std::uint32_t const mask =
        XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY | XCB_EVENT_MASK_STRUCTURE_NOTIFY | XCB_EVENT_MASK_PROPERTY_CHANGE;
    xcb_change_window_attributes(handle_, root_, XCB_CW_EVENT_MASK, &mask);
    list_again();
    ask_clients();
  }

  /// Forgets the order and places of windows and asks for all of them. Until the answers are there, every hit
  /// is uncertain.
  void list_again() {
    replies_->expect(xcb_query_tree(handle_, root_), [this](void const* reply) {
      auto const* const tree = static_cast<xcb_query_tree_reply_t const*>(reply);
      if (tree == nullptr) {
        return;
      }
      stack_.clear();
      std::span const children{xcb_query_tree_children(tree),
                               static_cast<std::size_t>(xcb_query_tree_children_length(tree))};
      for (auto const child : children) {
        stack_.create({.id = child, .mapped = true, .measured = false});
        measure(child);
      }
    });
  }

  /// A core event about windows. True when the input that follows may go elsewhere than before.
  bool handle(xcb_generic_event_t const& event, timestamp now) {
    if ((event.response_type & 0x80) != 0) {
      return false; // sent by a program, which may claim anything
    }
    switch (event.response_type) {
    case XCB_CREATE_NOTIFY: {
      auto const& made = reinterpret_cast<xcb_create_notify_event_t const&>(event);
      if (made.parent == root_) {
        stack_.create({.id = made.window,
                       .outside = outside(made.x, made.y, made.width, made.height, made.border_width),
                       .override_redirect = made.override_redirect != 0});
        registry_->add_child(made.window, made.override_redirect == 0);
      }
      return false;
    }
    case XCB_DESTROY_NOTIFY: {
      auto const& gone = reinterpret_cast<xcb_destroy_notify_event_t const&>(event);
      stack_.remove(gone.window);
      mapped_at_.erase(gone.window);
      registry_->remove(gone.window);
      return true;
    }
    case XCB_MAP_NOTIFY: {
      auto const& shown = reinterpret_cast<xcb_map_notify_event_t const&>(event);
      if (shown.event == root_) {
        stack_.set_mapped(shown.window, true);
        stack_.set_override_redirect(shown.window, shown.override_redirect != 0);
        mapped_at_[shown.window] = now;
      }
      return shown.event == root_;
    }
    case XCB_UNMAP_NOTIFY: {
      auto const& hidden = reinterpret_cast<xcb_unmap_notify_event_t const&>(event);
      if (hidden.event == root_) {
        stack_.set_mapped(hidden.window, false);
        mapped_at_.erase(hidden.window);
      }
      return hidden.event == root_;
    }
    case XCB_CONFIGURE_NOTIFY: {
      auto const& placed = reinterpret_cast<xcb_configure_notify_event_t const&>(event);
      if (placed.window == root_) {
        width_ = placed.width;
        height_ = placed.height;
      } else if (placed.event == root_) {
        stack_.place(placed.window,
                     outside(placed.x, placed.y, placed.width, placed.height, placed.border_width));
        stack_.restack(placed.window, placed.above_sibling);
      }
      return false;
    }
    case XCB_GRAVITY_NOTIFY: {
      auto const& moved = reinterpret_cast<xcb_gravity_notify_event_t const&>(event);
      if (auto const* const known = stack_.find(moved.window); known != nullptr && moved.event == root_) {
        auto const size = known->outside;
        stack_.place(moved.window, {moved.x, moved.y, size.width, size.height});
      }
      return false;
    }
    case XCB_CIRCULATE_NOTIFY: {
      auto const& turned = reinterpret_cast<xcb_circulate_notify_event_t const&>(event);
      if (turned.event == root_ && turned.place == XCB_PLACE_ON_TOP) {
        stack_.raise(turned.window);
      } else if (turned.event == root_) {
        stack_.restack(turned.window, 0);
      }
      return false;
    }
    case XCB_REPARENT_NOTIFY: {
      auto const& moved = reinterpret_cast<xcb_reparent_notify_event_t const&>(event);
      if (moved.event == root_ && moved.parent == root_) {
        stack_.create(
            {.id = moved.window, .override_redirect = moved.override_redirect != 0, .measured = false});
        measure(moved.window);
      } else {
        stack_.remove(moved.window);
      }
      registry_->reparented(moved.window, moved.parent);
      return true;
    }
    case XCB_PROPERTY_NOTIFY: {
      auto const& changed = reinterpret_cast<xcb_property_notify_event_t const&>(event);
      if (changed.window == root_ && changed.atom == client_list_) {
        ask_clients();
      }
      return false;
    }
    default: return false;
    }
  }

  [[nodiscard]] window_stack const& stack() const noexcept { return stack_; }
  [[nodiscard]] rectangle whole() const { return {0, 0, width_, height_}; }

  /// When a window was seen to appear; the beginning of time for those that were there before.
  [[nodiscard]] timestamp mapped_at(window_id window) const {
    auto const found = mapped_at_.find(window);
    return found == mapped_at_.end() ? timestamp{} : found->second;
  }

private:
  [[nodiscard]] static rectangle outside(std::int32_t x, std::int32_t y, std::int32_t width,
                                         std::int32_t height, std::int32_t border) {
    return {x, y, width + 2 * border, height + 2 * border};
  }

  void measure(window_id child) {
    replies_->expect(xcb_get_window_attributes(handle_, child), [this, child](void const* reply) {
      auto const* const found = static_cast<xcb_get_window_attributes_reply_t const*>(reply);
      if (found != nullptr) {
        stack_.set_mapped(child, found->map_state != XCB_MAP_STATE_UNMAPPED);
        stack_.set_override_redirect(child, found->override_redirect != 0);
        registry_->add_child(child, found->override_redirect == 0);
      }
    });
    replies_->expect(xcb_get_geometry(handle_, child), [this, child](void const* reply) {
      auto const* const found = static_cast<xcb_get_geometry_reply_t const*>(reply);
      if (found != nullptr) {
        stack_.place(child, outside(found->x, found->y, found->width, found->height, found->border_width));
      }
    });
  }

  void ask_clients() {
    replies_->expect(xcb_get_property(handle_, 0, root_, client_list_, XCB_ATOM_WINDOW, 0, 4096),
                     [this](void const* reply) {
                       auto const* const list = static_cast<xcb_get_property_reply_t const*>(reply);
                       if (list == nullptr || list->format != 32) {
                         return;
                       }
                       auto const* const ids =
                           static_cast<std::uint32_t const*>(xcb_get_property_value(list));
                       for (std::uint32_t i = 0; i < list->value_len; ++i) {
                         registry_->add_client(ids[i]);
                       }
                     });
  }

  xcb_connection_t* handle_;
  window_id root_;
  std::int32_t width_;
  std::int32_t height_;
  reply_queue* replies_;
  window_registry* registry_;
  xcb_atom_t client_list_;
  window_stack stack_;
  std::unordered_map<window_id, timestamp> mapped_at_;
};

} // namespace overt::inline v0::capture::x11
