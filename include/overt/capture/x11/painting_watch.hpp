#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include <xcb/composite.h>
#include <xcb/damage.h>
#include <xcb/xcbext.h>

#include <overt/capture/x11/paint_ledger.hpp>
#include <overt/capture/x11/picture_machinery.hpp>
#include <overt/capture/x11/redirect_request.hpp>
#include <overt/capture/x11/window_listing.hpp>
#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture::x11 {

/// Feeds the `paint_ledger` with the server's notices, and has windows drawn into pixmaps of their own.
///
/// Damage is watched on every child of the root, from before it is mapped: whether a window was painted since
/// has to be known at the moment it becomes one of interest. It tells of rectangles, not of pixels.
class painting_watch {
public:
  /// Waits for the server. Windows that are mapped now are taken as painted.
  void start(picture_machinery const& made) {
    made_ = &made;
    handle_ = made.server.get();
    root_ = made.server.root();
    std::uint32_t const mask = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY | XCB_EVENT_MASK_STRUCTURE_NOTIFY;
    xcb_change_window_attributes(handle_, root_, XCB_CW_EVENT_MASK, &mask);
    auto const size_asked = xcb_get_geometry(handle_, root_);
    auto const tree_asked = xcb_query_tree(handle_, root_);
    reply_ptr<xcb_get_geometry_reply_t> const size{xcb_get_geometry_reply(handle_, size_asked, nullptr)};
    reply_ptr<xcb_query_tree_reply_t> const tree{xcb_query_tree_reply(handle_, tree_asked, nullptr)};
    if (!size || !tree) {
      return;
    }
    ledger_.set_screen({0, 0, size->width, size->height});
    std::span const children{xcb_query_tree_children(tree.get()),
                             static_cast<std::size_t>(xcb_query_tree_children_length(tree.get()))};
    std::vector<std::pair<xcb_get_window_attributes_cookie_t, xcb_get_geometry_cookie_t>> asked;
    for (auto const child : children) {
      asked.emplace_back(xcb_get_window_attributes(handle_, child), xcb_get_geometry(handle_, child));
    }
    for (std::size_t i = 0; i < children.size(); ++i) {
      add_existing(children[i], asked[i].first, asked[i].second);
    }
  }

  /// Handles what has arrived; with `until`, only what the server sent before it handled that request.
  void drain(std::optional<std::uint32_t> until = std::nullopt) {
    while (auto event = next()) {
      if (until && static_cast<std::int32_t>(event->full_sequence - *until) >= 0) {
        held_ = std::move(event);
        break;
      }
      redirects_before(event->full_sequence);
      handle(*event);
    }
    if (until) {
      redirects_before(*until);
    }
    xcb_flush(handle_);
  }

  /// Has exactly these children of the root drawn into pixmaps of their own. Waits for the server.
  void redirect(std::span<window_id const> children) {
    std::vector<window_id> given_back;
    for (auto const& [id, process] : redirected_) {
      if (std::ranges::find(children, id) == children.end()) {
        given_back.push_back(id);
      }
    }
    for (auto const id : given_back) {
      xcb_composite_unredirect_window(handle_, id, XCB_COMPOSITE_REDIRECT_AUTOMATIC);
      ledger_.given_back(id);
      redirected_.erase(id);
    }
    distrust_doubted();
    std::vector<redirect_request> asked;
    for (auto const id : children) {
      if (!redirected_.contains(id)) {
        asked.push_back(ask_redirect(handle_, id));
      }
    }
    for (auto const& one : asked) {
      finish(one);
    }
    if (!asked.empty()) {
      drain(asked.back().last.sequence);
    }
    xcb_flush(handle_);
  }

  /// Changes of a client in its frame are told from now on. True when they were not before.
  bool select_client(window_id client, window_id child) {
    if (client == child || std::exchange(clients_[client], child) == child) {
      return false;
    }
    std::uint32_t const mask = XCB_EVENT_MASK_STRUCTURE_NOTIFY;
    xcb_change_window_attributes(handle_, client, XCB_CW_EVENT_MASK, &mask);
    return true;
  }

  [[nodiscard]] bool is_redirected(window_id child) const { return redirected_.contains(child); }
  [[nodiscard]] paint_ledger& ledger() noexcept { return ledger_; }

  /// Changes with everything that changes what can be seen where.
  [[nodiscard]] std::uint64_t version() const noexcept { return version_; }
  /// The same for one child of the root and the client in it.
  [[nodiscard]] std::uint64_t version_of(window_id child) const {
    auto const found = versions_.find(child);
    return found == versions_.end() ? 0 : found->second;
  }

  /// Whether a redirected window changed, or its program showed another window, since the last call.
  [[nodiscard]] bool take_change() {
    std::erase_if(appeared_, [this](xcb_res_query_client_ids_cookie_t asked) {
      void* reply = nullptr;
      xcb_generic_error_t* error = nullptr;
      if (xcb_poll_for_reply(handle_, asked.sequence, &reply, &error) == 0) {
        return false;
      }
      reply_ptr<void> const owned{reply};
      reply_ptr<xcb_generic_error_t> const owned_error{error};
      auto const process = process_of(static_cast<xcb_res_query_client_ids_reply_t const*>(reply));
      changed_ = changed_ || (process != 0 && std::ranges::any_of(redirected_, [process](auto const& one) {
                                return one.second == process;
                              }));
      return true;
    });
    return std::exchange(changed_, false);
  }

  /// Whose the window in a child is, for `take_change`.
  void belongs(window_id child, std::uint32_t process) {
    if (auto const found = redirected_.find(child); found != redirected_.end()) {
      found->second = process;
    }
  }

private:
  struct done_redirect {
    std::uint32_t sequence = 0;
    window_id id = 0;
    redirect_answer answer{};
  };

  [[nodiscard]] reply_ptr<xcb_generic_event_t> next() {
    return held_ ? std::move(held_) : reply_ptr<xcb_generic_event_t>{xcb_poll_for_event(handle_)};
  }

  void watch_damage(window_id child) {
    if (damage_of_.contains(child)) {
      return;
    }
    auto const damage = xcb_generate_id(handle_);
    xcb_damage_create(handle_, damage, child, XCB_DAMAGE_REPORT_LEVEL_RAW_RECTANGLES);
    damage_of_[child] = damage;
    // It begins by telling that all of a window which is mapped by then was drawn. The second request is
    // there to tell that from what comes later.
    auto const later = xcb_no_operation(handle_);
    ledger_.distrust(child, later.sequence);
  }

  void add_existing(window_id child, xcb_get_window_attributes_cookie_t attributes_asked,
                    xcb_get_geometry_cookie_t geometry_asked) {
    reply_ptr<xcb_get_window_attributes_reply_t> const attributes{
        xcb_get_window_attributes_reply(handle_, attributes_asked, nullptr)};
    reply_ptr<xcb_get_geometry_reply_t> const place{xcb_get_geometry_reply(handle_, geometry_asked, nullptr)};
    if (attributes && place) {
      bool const mapped = attributes->map_state != XCB_MAP_STATE_UNMAPPED &&
                          attributes->_class == XCB_WINDOW_CLASS_INPUT_OUTPUT;
      ledger_.add({.id = child,
                   .outside = outside(place->x, place->y, place->width, place->height, place->border_width),
                   .mapped = mapped,
                   .override_redirect = attributes->override_redirect != 0},
                  place->border_width, mapped);
      watch_damage(child);
    }
  }

  void finish(redirect_request const& asked) {
    auto answer = take_redirect(handle_, asked);
    if (answer) {
      redirected_.try_emplace(asked.id, 0);
      waiting_.push_back({asked.redirect.sequence, asked.id, *std::move(answer)});
    }
  }

  /// What covered a window when it was redirected is what the notices before that say, not what they say
  /// later.
  void redirects_before(std::uint32_t sequence) {
    while (!waiting_.empty() && static_cast<std::int32_t>(sequence - waiting_.front().sequence) >= 0) {
      auto const one = std::move(waiting_.front());
      waiting_.erase(waiting_.begin());
      ledger_.redirected(one.id, one.answer.already, one.answer.shape);
    }
  }

  void handle(xcb_generic_event_t const& event) {
    if (event.response_type == 0 || (event.response_type & 0x80) != 0) {
      return; // an error of a window that is gone, or sent by a program, which may claim anything
    }
    if (event.response_type == made_->damage_event) {
      auto const& drawn = reinterpret_cast<xcb_damage_notify_event_t const&>(event);
      ledger_.painted(drawn.drawable, {drawn.area.x, drawn.area.y, drawn.area.width, drawn.area.height},
                      event.full_sequence);
      changed_ = changed_ || redirected_.contains(drawn.drawable);
      return;
    }
    handle_structure(event);
    distrust_doubted();
  }

  void handle_structure(xcb_generic_event_t const& event) {
    switch (event.response_type) {
    case XCB_CREATE_NOTIFY: {
      auto const& made = reinterpret_cast<xcb_create_notify_event_t const&>(event);
      if (made.parent == root_) {
        ledger_.add({.id = made.window,
                     .outside = outside(made.x, made.y, made.width, made.height, made.border_width),
                     .override_redirect = made.override_redirect != 0},
                    made.border_width, false);
        watch_damage(made.window);
      }
      return;
    }
    case XCB_DESTROY_NOTIFY: gone(reinterpret_cast<xcb_destroy_notify_event_t const&>(event).window); return;
    case XCB_UNMAP_NOTIFY: {
      auto const& hidden = reinterpret_cast<xcb_unmap_notify_event_t const&>(event);
      touched(hidden.window);
      if (hidden.event == root_) {
        ledger_.unmapped(hidden.window);
      }
      return;
    }
    case XCB_MAP_NOTIFY: {
      auto const& shown = reinterpret_cast<xcb_map_notify_event_t const&>(event);
      touched(shown.window);
      if (shown.event == root_) {
        ledger_.mapped(shown.window);
        xcb_res_client_id_spec_t const wanted{shown.window, XCB_RES_CLIENT_ID_MASK_LOCAL_CLIENT_PID};
        appeared_.push_back(xcb_res_query_client_ids(handle_, 1, &wanted));
      }
      return;
    }
    case XCB_CONFIGURE_NOTIFY: placed(reinterpret_cast<xcb_configure_notify_event_t const&>(event)); return;
    case XCB_GRAVITY_NOTIFY: {
      auto const& moved = reinterpret_cast<xcb_gravity_notify_event_t const&>(event);
      touched(moved.window);
      if (moved.event == root_) {
        add_again(moved.window);
      }
      return;
    }
    case XCB_CIRCULATE_NOTIFY: {
      auto const& turned = reinterpret_cast<xcb_circulate_notify_event_t const&>(event);
      touched(turned.window);
      if (turned.event == root_ && turned.place == XCB_PLACE_ON_TOP) {
        ledger_.raised(turned.window);
      } else if (turned.event == root_) {
        ledger_.lowered(turned.window);
      }
      return;
    }
    case XCB_REPARENT_NOTIFY: {
      auto const& moved = reinterpret_cast<xcb_reparent_notify_event_t const&>(event);
      if (moved.parent == root_ && moved.event == root_) {
        touched(moved.window);
        clients_.erase(moved.window);
        add_again(moved.window);
      } else if (moved.event == root_) {
        gone(moved.window);
      } else {
        touched(moved.window);
      }
      return;
    }
    default: return;
    }
  }

  void placed(xcb_configure_notify_event_t const& event) {
    if (event.window == root_) {
      ++version_;
      ledger_.set_screen({0, 0, event.width, event.height});
      return;
    }
    touched_if_seen(event.window);
    if (event.event == root_) {
      ledger_.placed(event.window, outside(event.x, event.y, event.width, event.height, event.border_width),
                     event.border_width, event.above_sibling);
    }
  }

  void distrust_doubted() { distrust(ledger_.take_doubted()); }

  /// Drawing that is told before the server has caught up with us does not count.
  void distrust(std::vector<window_id> const& windows) {
    if (windows.empty()) {
      return;
    }
    auto const fence = xcb_get_input_focus(handle_);
    xcb_discard_reply(handle_, fence.sequence);
    for (auto const id : windows) {
      ledger_.distrust(id, fence.sequence);
    }
  }

  /// A child that came back to the root: nothing of it is known.
  void add_again(window_id window) {
    reply_ptr<xcb_get_geometry_reply_t> const place{
        xcb_get_geometry_reply(handle_, xcb_get_geometry(handle_, window), nullptr)};
    if (place) {
      auto const* const known = ledger_.find(window);
      ledger_.add({.id = window,
                   .outside = outside(place->x, place->y, place->width, place->height, place->border_width),
                   .mapped = known != nullptr && known->mapped},
                  place->border_width, false);
      if (damage_of_.contains(window)) {
        distrust({window});
      } else {
        watch_damage(window);
      }
    }
  }

  void gone(window_id window) {
    touched_if_seen(window);
    ledger_.remove(window);
    redirected_.erase(window);
    clients_.erase(window);
    versions_.erase(window);
    if (auto const found = damage_of_.find(window); found != damage_of_.end()) {
      xcb_damage_destroy(handle_, found->second); // an error where it went with its window
      damage_of_.erase(found);
    }
  }

  /// Programs make and destroy windows that nobody sees, to talk to each other.
  void touched_if_seen(window_id window) {
    if (auto const* const known = ledger_.find(window); known == nullptr || known->mapped) {
      touched(window);
    }
  }

  void touched(window_id window) {
    ++version_;
    auto const client = clients_.find(window);
    auto const child = client == clients_.end() ? window : client->second;
    versions_[child] = version_;
    changed_ = changed_ || redirected_.contains(child);
  }

  [[nodiscard]] static rectangle outside(std::int32_t x, std::int32_t y, std::int32_t width,
                                         std::int32_t height, std::int32_t border) {
    return {x, y, width + 2 * border, height + 2 * border};
  }

  picture_machinery const* made_ = nullptr;
  xcb_connection_t* handle_ = nullptr;
  window_id root_ = 0;
  paint_ledger ledger_{};
  reply_ptr<xcb_generic_event_t> held_{};
  std::vector<done_redirect> waiting_;
  std::unordered_map<window_id, std::uint32_t> redirected_;      ///< by us; the process in it
  std::unordered_map<window_id, window_id> clients_;             ///< the child each is in
  std::unordered_map<window_id, xcb_damage_damage_t> damage_of_; ///< by child of the root
  std::unordered_map<window_id, std::uint64_t> versions_;        ///< of children that were touched
  std::vector<xcb_res_query_client_ids_cookie_t> appeared_;      ///< whose are they?
  std::uint64_t version_ = 1;
  bool changed_ = false;
};

} // namespace overt::inline v0::capture::x11
