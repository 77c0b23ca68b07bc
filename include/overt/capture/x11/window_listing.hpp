#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <overt/capture/process_identity.hpp>
#include <overt/capture/screen_windows.hpp>
#include <overt/capture/x11/client_in_frame.hpp>
#include <overt/capture/x11/cursor_names.hpp>
#include <overt/capture/x11/monitors.hpp>
#include <overt/capture/x11/picture_machinery.hpp>

namespace overt::inline v0::capture::x11 {

/// The process that made a window, as the server knows it; 0 when it does not.
[[nodiscard]] inline std::uint32_t process_of(xcb_res_query_client_ids_reply_t const* reply) {
  if (reply != nullptr) {
    for (auto each = xcb_res_query_client_ids_ids_iterator(reply); each.rem > 0;
         xcb_res_client_id_value_next(&each)) {
      if ((each.data->spec.mask & XCB_RES_CLIENT_ID_MASK_LOCAL_CLIENT_PID) != 0 &&
          xcb_res_client_id_value_value_length(each.data) > 0) {
        return *xcb_res_client_id_value_value(each.data);
      }
    }
  }
  return 0;
}

/// Asks the server what can be seen: one round trip for the children of the root, and one for each level of
/// the window manager's frames. All questions of a level are sent before the first answer is read.
class window_listing {
public:
  struct found {
    screen_window window{};
    window_id child = 0;       ///< of the root: the frame it is in, or itself
    xcb_visualid_t visual = 0; ///< of that child
  };
  struct listed {
    std::vector<found> windows{};
    std::vector<rectangle> monitors{};
    std::optional<screen_cursor> cursor{};
  };

  /// `mapped(child)`: false when it is known that the child cannot be seen, to ask less.
  template <class Mapped>
  [[nodiscard]] listed read(picture_machinery const& made, Mapped mapped) {
    handle_ = made.server.get();
    made_ = &made;
    auto const root = made.server.root();
    auto const tree_asked = xcb_query_tree(handle_, root);
    auto const clients_asked = xcb_get_property(handle_, 0, root, made.client_list, XCB_ATOM_WINDOW, 0, 4096);
    auto const active_asked = xcb_get_property(handle_, 0, root, made.active_window, XCB_ATOM_WINDOW, 0, 1);
    auto const focus_asked = xcb_get_input_focus(handle_);
    auto const cursor_asked = xcb_xfixes_get_cursor_image_and_name(handle_);
    auto const size_asked = xcb_get_geometry(handle_, root);
    xcb_randr_get_monitors_cookie_t monitors_asked{};
    if (made.has_monitors) {
      monitors_asked = xcb_randr_get_monitors(handle_, root, 1);
    }
    reply_ptr<xcb_query_tree_reply_t> const tree{xcb_query_tree_reply(handle_, tree_asked, nullptr)};
    clients_ = windows_in(clients_asked);
    auto const active = windows_in(active_asked);
    reply_ptr<xcb_get_input_focus_reply_t> const focus{
        xcb_get_input_focus_reply(handle_, focus_asked, nullptr)};
    listed made_list;
    made_list.cursor = cursor_in(cursor_asked);
    reply_ptr<xcb_get_geometry_reply_t> const size{xcb_get_geometry_reply(handle_, size_asked, nullptr)};
    if (made.has_monitors) {
      reply_ptr<xcb_randr_get_monitors_reply_t> const monitors{
          xcb_randr_get_monitors_reply(handle_, monitors_asked, nullptr)};
      if (monitors) {
        for (auto const& one : monitor_layout::read(*monitors)) {
          made_list.monitors.push_back(one.bounds);
        }
      }
    }
    if (made_list.monitors.empty() && size) {
      made_list.monitors.push_back({0, 0, size->width, size->height});
    }
    if (tree) {
      std::vector<window_id> children;
      for (auto const child : children_of(*tree)) {
        if (mapped(child)) {
          children.push_back(child);
        }
      }
      made_list.windows = windows_of(children);
    }
    mark_active(made_list.windows, active.empty() ? 0 : active.front(), focus ? focus->focus : 0);
    return made_list;
  }

private:
  static constexpr int deepest_frame = 2; ///< a frame, and the wrapper that some window managers have in it

  struct question {
    xcb_get_window_attributes_cookie_t attributes;
    xcb_get_geometry_cookie_t geometry;
    xcb_translate_coordinates_cookie_t place;
    xcb_get_property_cookie_t state;
    xcb_res_query_client_ids_cookie_t process;
    xcb_query_tree_cookie_t tree;
  };
  struct answer {
    window_id id = 0;
    bool viewable = false;
    bool client = false;
    bool unmanaged = false;
    xcb_visualid_t visual = 0;
    rectangle inside{};
    std::uint32_t process = 0;
    std::vector<window_id> inner{};
  };

  [[nodiscard]] static std::span<window_id const> children_of(xcb_query_tree_reply_t const& tree) {
    return {xcb_query_tree_children(&tree), static_cast<std::size_t>(xcb_query_tree_children_length(&tree))};
  }

  [[nodiscard]] std::vector<window_id> windows_in(xcb_get_property_cookie_t asked) const {
    reply_ptr<xcb_get_property_reply_t> const reply{xcb_get_property_reply(handle_, asked, nullptr)};
    if (!reply || reply->format != 32) {
      return {};
    }
    auto const* const first = static_cast<window_id const*>(xcb_get_property_value(reply.get()));
    return {first, first + reply->value_len};
  }

  [[nodiscard]] std::optional<screen_cursor>
  cursor_in(xcb_xfixes_get_cursor_image_and_name_cookie_t asked) const {
    reply_ptr<xcb_xfixes_get_cursor_image_and_name_reply_t> const reply{
        xcb_xfixes_get_cursor_image_and_name_reply(handle_, asked, nullptr)};
    if (!reply) {
      return std::nullopt;
    }
    std::string_view const name{
        xcb_xfixes_get_cursor_image_and_name_name(reply.get()),
        static_cast<std::size_t>(xcb_xfixes_get_cursor_image_and_name_name_length(reply.get()))};
    return screen_cursor{.x = reply->x, .y = reply->y, .shape = shape_named(name)};
  }

  [[nodiscard]] std::vector<answer> ask(std::vector<window_id> const& windows) const {
    std::vector<question> asked;
    asked.reserve(windows.size());
    for (auto const id : windows) {
      xcb_res_client_id_spec_t const wanted{id, XCB_RES_CLIENT_ID_MASK_LOCAL_CLIENT_PID};
      asked.push_back({xcb_get_window_attributes(handle_, id), xcb_get_geometry(handle_, id),
                       xcb_translate_coordinates(handle_, id, made_->server.root(), 0, 0),
                       xcb_get_property(handle_, 0, id, made_->state, XCB_GET_PROPERTY_TYPE_ANY, 0, 0),
                       xcb_res_query_client_ids(handle_, 1, &wanted), xcb_query_tree(handle_, id)});
    }
    std::vector<answer> answers;
    answers.reserve(windows.size());
    for (std::size_t i = 0; i < windows.size(); ++i) {
      answers.push_back(answer_to(windows[i], asked[i]));
    }
    return answers;
  }

  [[nodiscard]] answer answer_to(window_id id, question const& asked) const {
    answer made{.id = id};
    reply_ptr<xcb_get_window_attributes_reply_t> const attributes{
        xcb_get_window_attributes_reply(handle_, asked.attributes, nullptr)};
    reply_ptr<xcb_get_geometry_reply_t> const geometry{
        xcb_get_geometry_reply(handle_, asked.geometry, nullptr)};
    reply_ptr<xcb_translate_coordinates_reply_t> const place{
        xcb_translate_coordinates_reply(handle_, asked.place, nullptr)};
    reply_ptr<xcb_get_property_reply_t> const state{xcb_get_property_reply(handle_, asked.state, nullptr)};
    reply_ptr<xcb_res_query_client_ids_reply_t> const process{
        xcb_res_query_client_ids_reply(handle_, asked.process, nullptr)};
    reply_ptr<xcb_query_tree_reply_t> const tree{xcb_query_tree_reply(handle_, asked.tree, nullptr)};
    if (attributes && geometry && place && tree) {
      made.viewable = attributes->map_state == XCB_MAP_STATE_VIEWABLE &&
                      attributes->_class == XCB_WINDOW_CLASS_INPUT_OUTPUT;
      made.visual = attributes->visual;
      made.unmanaged = attributes->override_redirect != 0;
      made.client =
          (state && state->type != XCB_ATOM_NONE) || std::ranges::find(clients_, id) != clients_.end();
      made.inside = {place->dst_x, place->dst_y, geometry->width, geometry->height};
      made.process = process_of(process.get());
      auto const inner = children_of(*tree);
      made.inner.assign(inner.begin(), inner.end());
    }
    return made;
  }

  [[nodiscard]] std::vector<found> windows_of(std::vector<window_id> const& children) {
    auto const outer = ask(children);
    std::vector<answer> chosen; // for each child of the root, whose it is
    std::vector<std::size_t> open;
    std::vector<std::vector<window_id>> inside(outer.size());
    for (std::size_t i = 0; i < outer.size(); ++i) {
      chosen.push_back(outer[i]);
      if (outer[i].viewable && !outer[i].unmanaged && !outer[i].client && !outer[i].inner.empty()) {
        open.push_back(i);
        inside[i] = outer[i].inner;
      }
    }
    for (int depth = 0; depth < deepest_frame && !open.empty(); ++depth) {
      open = descend(open, inside, chosen);
    }
    std::vector<found> windows;
    std::unordered_map<std::uint32_t, std::string> names; // one moment, so one look at each process
    for (std::size_t i = 0; i < outer.size(); ++i) {
      if (!outer[i].viewable) {
        continue;
      }
      auto const& one = chosen[i];
      auto const [name, fresh] = names.try_emplace(one.process);
      if (fresh && one.process != 0) {
        name->second = processes_.of(one.process);
      }
      windows.push_back({{.id = one.id,
                          .process = one.process,
                          .application = name->second,
                          .inside = clipped(one.inside, outer[i].inside),
                          .popup = outer[i].unmanaged},
                         outer[i].id,
                         outer[i].visual});
    }
    return windows;
  }

  /// One level down in the frames that have no client yet; those that still have none.
  [[nodiscard]] std::vector<std::size_t> descend(std::vector<std::size_t> const& open,
                                                 std::vector<std::vector<window_id>>& inside,
                                                 std::vector<answer>& chosen) const {
    std::vector<window_id> all;
    for (auto const frame : open) {
      all.insert(all.end(), inside[frame].begin(), inside[frame].end());
    }
    auto const answers = ask(all);
    std::vector<std::size_t> still_open;
    std::size_t at = 0;
    for (auto const frame : open) {
      std::span<answer const> const here{answers.data() + at, inside[frame].size()};
      at += inside[frame].size();
      std::vector<framed_window> windows;
      std::vector<window_id> deeper;
      for (auto const& one : here) {
        windows.push_back({one.id, one.viewable, one.client});
        if (one.viewable) {
          deeper.insert(deeper.end(), one.inner.begin(), one.inner.end());
        }
      }
      auto const client = client_among(windows);
      if (client && *client != 0) {
        chosen[frame] = *std::ranges::find(here, *client, &answer::id);
      } else if (client && !deeper.empty()) {
        inside[frame] = std::move(deeper);
        still_open.push_back(frame);
      }
    }
    return still_open;
  }

  /// The window manager's word, where it says one; else the window that holds the focus.
  void mark_active(std::vector<found>& windows, window_id active, window_id focus) const {
    auto const mark = [&](window_id id) {
      auto const known = std::ranges::find_if(
          windows, [id](found const& one) { return one.window.id == id || one.child == id; });
      if (known == windows.end()) {
        return false;
      }
      known->window.active = true;
      return true;
    };
    if (active != 0 && mark(active)) {
      return;
    }
    for (int depth = 0; depth < 8 && focus > XCB_INPUT_FOCUS_POINTER_ROOT && !mark(focus); ++depth) {
      reply_ptr<xcb_query_tree_reply_t> const tree{
          xcb_query_tree_reply(handle_, xcb_query_tree(handle_, focus), nullptr)};
      focus = tree ? tree->parent : 0;
    }
  }

  xcb_connection_t* handle_ = nullptr;
  picture_machinery const* made_ = nullptr;
  std::vector<window_id> clients_;
  process_identities processes_;
};

} // namespace overt::inline v0::capture::x11
