#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <unistd.h>
#include <xcb/res.h>

#include <overt/capture/process_identity.hpp>
#include <overt/capture/x11/connection.hpp>
#include <overt/capture/x11/reply_queue.hpp>
#include <overt/capture/x11/window_stack.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/event/context_ptr.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/text_arena.hpp>

namespace overt::inline v0::capture::x11 {

/// A window that a program shows: a client of the window manager, or a child of the root such as a menu.
struct toplevel {
  window_id window = 0;
  window_id frame =
      0; ///< the child of the root it stands in: the manager's frame, or itself; 0: not known yet
  std::uint32_t process = 0; ///< as the server knows it (XRes); 0: not known
  std::string application{}; ///< see `application_of`
  std::string title{};
  bool titled = false; ///< the title was read, or it has none
  context_ptr where{}; ///< made when first asked for; a new one when the title changes
  rectangle inside{};  ///< its own area on the desktop, without the frame; empty: not known yet
  std::uint64_t located_in = UINT64_MAX; ///< the version of the window picture in which that was asked

  [[nodiscard]] bool is_own() const { return process == static_cast<std::uint32_t>(::getpid()); }
};

/// Which process, application and title the windows have. All questions are asked ahead of time and nothing
/// waits for the answers: a window that is not known yet has no context, and its input is withheld.
class window_registry {
public:
  struct atoms {
    xcb_atom_t name = XCB_ATOM_NONE; ///< _NET_WM_NAME
    xcb_atom_t utf8 = XCB_ATOM_NONE; ///< UTF8_STRING
  };

  /// What is selected on every window that is watched. Selecting replaces, so there is one mask for all.
  static constexpr std::uint32_t watched_events =
      XCB_EVENT_MASK_PROPERTY_CHANGE | XCB_EVENT_MASK_FOCUS_CHANGE | XCB_EVENT_MASK_STRUCTURE_NOTIFY;

  window_registry(connection const& server, reply_queue& replies, text_arena& arena, atoms names)
      : handle_{server.get()}, root_{server.root()}, replies_{&replies}, arena_{&arena}, names_{names} {}

  /// A child of the root. Menus and the like (override-redirect) have no title.
  void add_child(window_id window, bool with_title) {
    add(window, with_title);
    windows_[window].frame = window;
  }

  void watch(window_id window) {
    std::uint32_t const mask = watched_events;
    xcb_change_window_attributes(handle_, window, XCB_CW_EVENT_MASK, &mask);
  }

  void remove(window_id window) {
    ++version_;
    if (auto const found = windows_.find(window); found != windows_.end()) {
      leave_frame(found->second);
      windows_.erase(found);
    }
    clients_.erase(window);
  }

  /// The window manager put a client into a frame (or `parent` is the root again). Looks for the child of the
  /// root.
  void reparented(window_id window, window_id parent) {
    add(window, true);
    auto& moved = windows_[window];
    leave_frame(moved);
    ++version_;
    if (parent == root_) {
      moved.frame = window;
    } else {
      climb(window, parent, 8);
    }
  }

  /// A window that the window manager lists, which may have been there before us.
  void add_client(window_id window) {
    add(window, true);
    if (windows_[window].frame == 0) {
      climb(window, window, 8);
    }
  }

  void title_changed(window_id window) {
    if (windows_.contains(window)) {
      ask_title(window);
    }
  }

  /// The window whose input this is, given itself or a client.
  [[nodiscard]] toplevel* known(window_id window) {
    auto const found = windows_.find(window);
    return found == windows_.end() ? nullptr : &found->second;
  }

  /// Whose the input is that goes to a child of the root: the client in a frame, else the window itself. Null
  /// when two clients share the frame.
  [[nodiscard]] toplevel* behind(window_id child) {
    auto const framed = clients_.find(child);
    return framed == clients_.end() ? known(child) : known(framed->second);
  }

  /// Null while the process, the application or the title are not known.
  [[nodiscard]] context_ptr const& context_of(toplevel& window) {
    if (!window.where && window.titled && !window.application.empty()) {
      window.where = context_ptr{
          context{.application = store(window.application), .title = store(window.title)}, window.process};
    }
    return window.where;
  }

  /// Asks where a window's own area is, unless that was asked in this version of the picture already.
  void locate(toplevel& window, std::uint64_t picture) {
    if (std::exchange(window.located_in, picture) == picture) {
      return;
    }
    auto const id = window.window;
    replies_->expect(xcb_translate_coordinates(handle_, id, root_, 0, 0), [this, id](void const* reply) {
      auto const* const found = static_cast<xcb_translate_coordinates_reply_t const*>(reply);
      if (auto* const known_window = known(id); known_window != nullptr && found != nullptr) {
        known_window->inside.x = found->dst_x;
        known_window->inside.y = found->dst_y;
      }
    });
    replies_->expect(xcb_get_geometry(handle_, id), [this, id](void const* reply) {
      auto const* const found = static_cast<xcb_get_geometry_reply_t const*>(reply);
      if (auto* const known_window = known(id); known_window != nullptr && found != nullptr) {
        known_window->inside.width = found->width;
        known_window->inside.height = found->height;
      }
    });
  }

  /// Asks which process made a window. `tell(process)` gets 0 when nobody knows.
  template <class Tell>
  void ask_process_of(window_id window, Tell tell) {
    xcb_res_client_id_spec_t const wanted{window, XCB_RES_CLIENT_ID_MASK_LOCAL_CLIENT_PID};
    replies_->expect(xcb_res_query_client_ids(handle_, 1, &wanted), [tell](void const* reply) {
      tell(process_in(static_cast<xcb_res_query_client_ids_reply_t const*>(reply)));
    });
  }

  /// Changes with everything that may change a context.
  [[nodiscard]] std::uint64_t version() const noexcept { return version_; }

private:
  static constexpr window_id several = 0;

  void add(window_id window, bool with_title) {
    auto const [entry, fresh] = windows_.try_emplace(window);
    if (!fresh) {
      return;
    }
    entry->second.window = window;
    entry->second.titled = !with_title;
    ask_process(window);
    if (with_title) {
      watch(window);
      ask_title(window);
    }
  }

  [[nodiscard]] static std::uint32_t process_in(xcb_res_query_client_ids_reply_t const* reply) {
    if (reply == nullptr) {
      return 0;
    }
    for (auto each = xcb_res_query_client_ids_ids_iterator(reply); each.rem > 0;
         xcb_res_client_id_value_next(&each)) {
      if ((each.data->spec.mask & XCB_RES_CLIENT_ID_MASK_LOCAL_CLIENT_PID) != 0 &&
          xcb_res_client_id_value_value_length(each.data) > 0) {
        return *xcb_res_client_id_value_value(each.data);
      }
    }
    return 0;
  }

  void ask_process(window_id window) {
    ask_process_of(window, [this, window](std::uint32_t process) {
      if (auto* const found = known(window)) {
        found->process = process;
        found->application = process != 0 ? processes_.of(process) : std::string{};
        ++version_;
      }
    });
  }

  void ask_title(window_id window) {
    constexpr std::uint32_t longest_words = text_arena::longest_text / 4;
    auto const ask = [&](xcb_atom_t property, xcb_atom_t type) {
      return xcb_get_property(handle_, 0, window, property, type, 0, longest_words);
    };
    replies_->expect(ask(names_.name, names_.utf8), [this](void const* reply) {
      title_ = text_in(static_cast<xcb_get_property_reply_t const*>(reply), false);
    });
    replies_->expect(ask(XCB_ATOM_WM_NAME, XCB_ATOM_STRING), [this, window](void const* reply) {
      auto old_name = text_in(static_cast<xcb_get_property_reply_t const*>(reply), true);
      set_title(window, title_.empty() ? std::move(old_name) : std::move(title_));
      title_.clear();
    });
  }

  void set_title(window_id window, std::string title) {
    auto* const found = known(window);
    if (found != nullptr && (!found->titled || found->title != title)) {
      found->title = std::move(title);
      found->titled = true;
      found->where = {};
      ++version_;
    }
  }

  [[nodiscard]] static std::string text_in(xcb_get_property_reply_t const* reply, bool latin1) {
    std::string text;
    if (reply == nullptr || reply->format != 8 || reply->bytes_after != 0) {
      return text; // absent, or so long that it could only be cut
    }
    std::string_view const bytes{static_cast<char const*>(xcb_get_property_value(reply)),
                                 static_cast<std::size_t>(xcb_get_property_value_length(reply))};
    for (std::size_t at = 0; at < bytes.size();) {
      if (latin1) {
        char encoded[4];
        auto const size = overt::detail::encode_utf8(static_cast<unsigned char>(bytes[at++]), encoded);
        text.append(encoded, size);
        continue;
      }
      auto const size = overt::detail::decode_utf8(bytes.substr(at)).size;
      if (size == 0) {
        return {};
      }
      text.append(bytes.substr(at, size));
      at += size;
    }
    return text;
  }

  void climb(window_id client, window_id from, int depth) {
    replies_->expect(xcb_query_tree(handle_, from),
                     [this, steps = climbing{client, from, depth}](void const* reply) {
                       auto* const found = known(steps.client);
                       auto const* const tree = static_cast<xcb_query_tree_reply_t const*>(reply);
                       if (found == nullptr || tree == nullptr || steps.depth == 0) {
                         return;
                       }
                       if (tree->parent != root_) {
                         climb(steps.client, tree->parent, steps.depth - 1);
                         return;
                       }
                       ++version_;
                       leave_frame(*found);
                       found->frame = steps.from;
                       if (steps.from != steps.client) {
                         auto const [entry, fresh] = clients_.try_emplace(steps.from, steps.client);
                         if (!fresh && entry->second != steps.client) {
                           entry->second = several;
                         }
                       }
                     });
  }

  void leave_frame(toplevel& window) {
    auto const framed = clients_.find(window.frame);
    if (framed != clients_.end() && framed->second == window.window) {
      clients_.erase(framed);
    }
    window.frame = 0;
  }

  [[nodiscard]] guarded_text store(std::string_view text) {
    auto stored = arena_->store(text);
    return stored ? guarded_text{std::move(*stored)} : guarded_text{};
  }

  struct climbing {
    window_id client;
    window_id from;
    int depth;
  };

  xcb_connection_t* handle_;
  window_id root_;
  reply_queue* replies_;
  text_arena* arena_;
  atoms names_;
  process_identities processes_;
  std::unordered_map<window_id, toplevel> windows_;
  std::unordered_map<window_id, window_id> clients_; ///< by frame
  std::string title_;                                ///< between the two replies about one title
  std::uint64_t version_ = 0;
};

} // namespace overt::inline v0::capture::x11
