#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <xcb/randr.h>
#include <xcb/xcb.h>

#include <overt/consent/controls.hpp>
#include <overt/consent/indicator.hpp>
#include <overt/consent/indicator_line.hpp>
#include <overt/consent/x11/indicator_panel.hpp>
#include <overt/consent/x11/panel_painter.hpp>
#include <overt/event/result.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::consent::x11::detail {

/// The window itself, on a connection of its own, for one thread: it draws itself, stays where it belongs and
/// on top, and says whether the server agrees.
///
/// The window manager does not manage it (override-redirect), so nothing minimises it, and it never has the
/// keyboard. What it covers may be needed: it can be dragged, and a click beside its buttons sends it to the
/// other upper corner. It always stands wholly on one monitor.
class indicator_window {
public:
  indicator_window() = default;
  indicator_window(indicator_window const&) = delete;
  indicator_window& operator=(indicator_window const&) = delete;
  ~indicator_window() {
    if (connection_ != nullptr) {
      xcb_disconnect(connection_);
    }
  }

  /// An empty display means $DISPLAY. Errors: `indicator_missing`.
  [[nodiscard]] result<void> connect(std::string const& display) {
    int number = 0;
    connection_ = xcb_connect(display.empty() ? nullptr : display.c_str(), &number);
    if (xcb_connection_has_error(connection_) != 0) {
      return missing(
          "there is no X display. Set DISPLAY to the display the person is looking at, or use another "
          "indicator");
    }
    auto screens = xcb_setup_roots_iterator(xcb_get_setup(connection_));
    for (; number > 0 && screens.rem > 1; --number) {
      xcb_screen_next(&screens);
    }
    screen_ = screens.data;
    return {};
  }

  /// Makes the window and maps it. Errors: `indicator_missing`.
  [[nodiscard]] result<void> open(indicator_text const& text) {
    scale_ = std::clamp(screen_->height_in_pixels / 1000, 1, 4);
    panel_ = panel{4 * scale_};
    text_ = text;
    begin_randr();
    painter_.begin(connection_, screen_, scale_);
    content_ = content_of({});
    place_ = painter_.lay_out(content_, panel_);
    make();
    place();
    auto const mapped = xcb_map_window_checked(connection_, window_);
    reply_ptr<xcb_generic_error_t> const refused{xcb_request_check(connection_, mapped)};
    if (refused || xcb_connection_has_error(connection_) != 0) {
      return missing("the X server refused its window");
    }
    return {};
  }

  [[nodiscard]] int descriptor() const { return xcb_get_file_descriptor(connection_); }
  [[nodiscard]] xcb_window_t id() const { return window_; }

  /// Whether it was unmapped, destroyed or adopted by somebody, or the connection is dead. That is for good.
  [[nodiscard]] bool lost() const { return lost_ || xcb_connection_has_error(connection_) != 0; }

  /// Whose buttons it has. Before `open`.
  void offer(controls hand) { hand_ = std::move(hand); }

  /// Shows where the recording stands now.
  void update(timestamp now) {
    auto content = content_of(now);
    if (content == content_) {
      return;
    }
    bool const other_name = content.head.substr(0, 6) != content_.head.substr(0, 6);
    content_ = std::move(content);
    auto const needed = painter_.lay_out(content_, panel_);
    if (needed.width != place_.width || needed.height != place_.height) {
      place_.width = needed.width;
      place_.height = needed.height;
      place();
    }
    if (other_name) {
      name();
    }
    draw();
  }

  /// Handles what has arrived.
  void process(timestamp now) {
    while (auto const event = reply_ptr<xcb_generic_event_t>{xcb_poll_for_event(connection_)}) {
      handle(*event);
    }
    if (restore_ && now >= restore_after_) {
      restore(now);
    }
    xcb_flush(connection_);
  }

  /// Asks the server and waits for the answer: whether the window is mapped, viewable, where and as large as
  /// it should be, and not entirely covered.
  [[nodiscard]] bool visible() {
    auto const attributes_cookie = xcb_get_window_attributes(connection_, window_);
    auto const geometry_cookie = xcb_get_geometry(connection_, window_);
    auto const tree_cookie = xcb_query_tree(connection_, window_);
    auto const attributes = reply_ptr<xcb_get_window_attributes_reply_t>{
        xcb_get_window_attributes_reply(connection_, attributes_cookie, nullptr)};
    auto const geometry =
        reply_ptr<xcb_get_geometry_reply_t>{xcb_get_geometry_reply(connection_, geometry_cookie, nullptr)};
    auto const tree =
        reply_ptr<xcb_query_tree_reply_t>{xcb_query_tree_reply(connection_, tree_cookie, nullptr)};
    if (!attributes || !geometry || !tree || tree->parent != screen_->root) {
      lost_ = true;
      return false;
    }
    if (placement{geometry->x, geometry->y, geometry->width, geometry->height} != place_) {
      restore_ = true;
      return false;
    }
    return attributes->map_state == XCB_MAP_STATE_VIEWABLE && visibility_ != XCB_VISIBILITY_FULLY_OBSCURED;
  }

private:
  static failure missing(std::string_view why) {
    return {error_code::indicator_missing,
            "The recording indicator cannot be shown: " + std::string{why} + ". Nothing is recorded."};
  }

  void begin_randr() {
    auto const* const extension = xcb_get_extension_data(connection_, &xcb_randr_id);
    if (extension == nullptr || extension->present == 0) {
      return;
    }
    auto const version = reply_ptr<xcb_randr_query_version_reply_t>{
        xcb_randr_query_version_reply(connection_, xcb_randr_query_version(connection_, 1, 5), nullptr)};
    has_monitors_ = version && (version->major_version > 1 || version->minor_version >= 5);
    if (has_monitors_) {
      xcb_randr_select_input(connection_, screen_->root, XCB_RANDR_NOTIFY_MASK_SCREEN_CHANGE);
      screen_changed_ = static_cast<std::uint8_t>(extension->first_event + XCB_RANDR_SCREEN_CHANGE_NOTIFY);
    }
  }

  // --- what it looks like

  [[nodiscard]] panel_content content_of(timestamp now) const {
    auto const state = hand_ ? hand_->state() : control_state{};
    panel_content made{.head = consent::detail::state_of(state, now),
                       .paused = state.paused && !state.stopping,
                       .buttons = hand_.has_value()};
    auto const until = consent::detail::until_of(text_);
    for (auto each : {consent::detail::task_of(text_), consent::detail::applications_of(text_),
                      consent::detail::exempt_of(state.exempt), until.empty() ? until : "until " + until,
                      text_.task.empty() ? "" : text_.stop}) {
      made.lines.push_back(std::move(each));
    }
    return made;
  }

  void draw() { painter_.draw(content_, place_, panel_); }

  void make() {
    window_ = xcb_generate_id(connection_);
    std::array<std::uint32_t, 3> const values{
        painter_.background(), 1,
        XCB_EVENT_MASK_EXPOSURE | XCB_EVENT_MASK_STRUCTURE_NOTIFY | XCB_EVENT_MASK_VISIBILITY_CHANGE |
            XCB_EVENT_MASK_BUTTON_PRESS | XCB_EVENT_MASK_BUTTON_RELEASE | XCB_EVENT_MASK_POINTER_MOTION |
            XCB_EVENT_MASK_LEAVE_WINDOW};
    xcb_create_window(connection_, XCB_COPY_FROM_PARENT, window_, screen_->root, 0, 0,
                      static_cast<std::uint16_t>(place_.width), static_cast<std::uint16_t>(place_.height), 0,
                      XCB_WINDOW_CLASS_INPUT_OUTPUT, XCB_COPY_FROM_PARENT,
                      XCB_CW_BACK_PIXEL | XCB_CW_OVERRIDE_REDIRECT | XCB_CW_EVENT_MASK, values.data());
    painter_.draw_into(window_);
    // To hear of a root window that changes its size; other clients' selections are not touched.
    std::uint32_t const root_events = XCB_EVENT_MASK_STRUCTURE_NOTIFY;
    xcb_change_window_attributes(connection_, screen_->root, XCB_CW_EVENT_MASK, &root_events);
    describe();
  }

  [[nodiscard]] xcb_atom_t atom(std::string_view name) {
    auto const found = reply_ptr<xcb_intern_atom_reply_t>{xcb_intern_atom_reply(
        connection_, xcb_intern_atom(connection_, 0, static_cast<std::uint16_t>(name.size()), name.data()),
        nullptr)};
    return found ? found->atom : xcb_atom_t{XCB_ATOM_NONE};
  }

  void set_text(xcb_atom_t property, std::string_view value) {
    xcb_change_property(connection_, XCB_PROP_MODE_REPLACE, window_, property, XCB_ATOM_STRING, 8,
                        static_cast<std::uint32_t>(value.size()), value.data());
  }

  /// "Recording", or "Paused" without how long.
  void name() { set_text(XCB_ATOM_WM_NAME, content_.head.substr(0, content_.head.find(' '))); }

  /// What compositors and task bars look at.
  void describe() {
    auto const numbers = [&](xcb_atom_t property, xcb_atom_t type, std::vector<std::uint32_t> const& values) {
      xcb_change_property(connection_, XCB_PROP_MODE_REPLACE, window_, property, type, 32,
                          static_cast<std::uint32_t>(values.size()), values.data());
    };
    name();
    set_text(XCB_ATOM_WM_CLASS, std::string_view{"overt-indicator\0Overt-indicator\0", 32});
    numbers(atom("_NET_WM_WINDOW_TYPE"), XCB_ATOM_ATOM, {atom("_NET_WM_WINDOW_TYPE_DOCK")});
    numbers(atom("_NET_WM_STATE"), XCB_ATOM_ATOM,
            {atom("_NET_WM_STATE_ABOVE"), atom("_NET_WM_STATE_STICKY"), atom("_NET_WM_STATE_SKIP_TASKBAR"),
             atom("_NET_WM_STATE_SKIP_PAGER")});
    // ICCCM 4.1.2.4: the flag InputHint, and input false.
    numbers(XCB_ATOM_WM_HINTS, XCB_ATOM_WM_HINTS, {1, 0, 0, 0, 0, 0, 0, 0, 0});
  }

  // --- where it stands

  /// Top right of the primary monitor, or top left when it was sent there, or where it was dragged to.
  void place() {
    look_at_monitors();
    auto const gap = 12 * scale_;
    if (dragged_) {
      stand_at(dragged_->x, dragged_->y);
    } else {
      auto const& on = monitors_[primary_];
      stand_at(on_the_left_ ? on.x + gap : on.x + std::max(0, on.width - place_.width - gap), on.y + gap);
    }
    put();
  }

  /// Wholly on the monitor that its middle is on, or is nearest to: between monitors nobody would see it.
  void stand_at(int x, int y) {
    auto const far = [](int at, int from, int length) {
      return std::max({from - at, at - from - length, 0});
    };
    auto const* nearest = &monitors_.front();
    auto shortest = INT64_MAX;
    for (auto const& each : monitors_) {
      auto const across = std::int64_t{far(x + place_.width / 2, each.x, each.width - 1)};
      auto const down = std::int64_t{far(y + place_.height / 2, each.y, each.height - 1)};
      if (auto const distance = across * across + down * down; distance < shortest) {
        shortest = distance;
        nearest = &each;
      }
    }
    place_.x = std::clamp(x, nearest->x, std::max(nearest->x, nearest->x + nearest->width - place_.width));
    place_.y = std::clamp(y, nearest->y, std::max(nearest->y, nearest->y + nearest->height - place_.height));
  }

  void look_at_monitors() {
    monitors_.clear();
    primary_ = 0;
    if (has_monitors_) {
      auto const found = reply_ptr<xcb_randr_get_monitors_reply_t>{xcb_randr_get_monitors_reply(
          connection_, xcb_randr_get_monitors(connection_, screen_->root, 1), nullptr)};
      auto each =
          found ? xcb_randr_get_monitors_monitors_iterator(found.get()) : xcb_randr_monitor_info_iterator_t{};
      for (; each.rem > 0; xcb_randr_monitor_info_next(&each)) {
        primary_ = each.data->primary != 0 ? monitors_.size() : primary_;
        monitors_.push_back({each.data->x, each.data->y, each.data->width, each.data->height});
      }
    }
    if (monitors_.empty()) {
      auto const root = reply_ptr<xcb_get_geometry_reply_t>{
          xcb_get_geometry_reply(connection_, xcb_get_geometry(connection_, screen_->root), nullptr)};
      // The setup's numbers are those of the moment of connecting.
      monitors_.push_back({0, 0, root ? int{root->width} : int{screen_->width_in_pixels},
                           root ? int{root->height} : int{screen_->height_in_pixels}});
    }
  }

  void put() {
    std::array<std::uint32_t, 5> const values{
        static_cast<std::uint32_t>(place_.x), static_cast<std::uint32_t>(place_.y),
        static_cast<std::uint32_t>(place_.width), static_cast<std::uint32_t>(place_.height),
        XCB_STACK_MODE_ABOVE};
    xcb_configure_window(connection_, window_,
                         XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH |
                             XCB_CONFIG_WINDOW_HEIGHT | XCB_CONFIG_WINDOW_STACK_MODE,
                         values.data());
  }

  /// Back to its place and on top. Two windows that both want to be on top would keep a server busy, so each
  /// time soon after another waits twice as long, up to most of a second.
  void restore(timestamp now) {
    restore_ = false;
    constexpr std::int64_t shortest = 20'000'000;
    constexpr std::int64_t longest = 640'000'000;
    wait_ = now - restore_after_ > longest ? shortest : std::min(wait_ * 2, longest);
    restore_after_ = now + wait_;
    put();
  }

  // --- what happens to it

  void act(panel::outcome const& came) {
    if (came.does && hand_) {
      switch (*came.does) {
      case panel_action::pause: hand_->toggle(); break;
      case panel_action::ten_minutes: hand_->pause_for(std::int64_t{600} * 1'000'000'000); break;
      case panel_action::not_here: hand_->exempt_here(); break;
      case panel_action::stop: hand_->stop(); break;
      }
    }
    if (came.changes_side) {
      on_the_left_ = dragged_ ? on_the_left_ : !on_the_left_;
      dragged_.reset();
      place();
    } else if (came.drags) {
      stand_at(came.to_x, came.to_y);
      dragged_ = place_;
      put();
    }
    if (came.redraw) {
      draw();
    }
  }

  /// What the pointer did. What a program says it did is not believed.
  void handle_pointer(xcb_generic_event_t const& event, int type) {
    if ((event.response_type & 0x80) != 0) {
      return;
    }
    auto const& what = reinterpret_cast<xcb_button_press_event_t const&>(event); // the others are alike
    if (type == XCB_MOTION_NOTIFY) {
      act(panel_.move(what.event_x, what.event_y, what.root_x, what.root_y));
    } else if (type == XCB_LEAVE_NOTIFY) {
      act(panel_.leave());
    } else if (what.detail != XCB_BUTTON_INDEX_1) {
      return;
    } else if (type == XCB_BUTTON_PRESS) {
      panel_.press(what.event_x, what.event_y, what.root_x, what.root_y, place_.x, place_.y);
      draw();
    } else {
      act(panel_.release(what.event_x, what.event_y));
    }
  }

  void handle(xcb_generic_event_t const& event) {
    auto const type = static_cast<std::uint8_t>(event.response_type & 0x7f);
    auto const as = [&]<class Event>(Event const*) { return reinterpret_cast<Event const*>(&event); };
    switch (type) {
    case XCB_EXPOSE: draw(); break;
    case XCB_VISIBILITY_NOTIFY:
      visibility_ = as(static_cast<xcb_visibility_notify_event_t*>(nullptr))->state;
      restore_ = restore_ || visibility_ != XCB_VISIBILITY_UNOBSCURED;
      break;
    case XCB_BUTTON_PRESS:
    case XCB_BUTTON_RELEASE:
    case XCB_MOTION_NOTIFY:
    case XCB_LEAVE_NOTIFY: handle_pointer(event, type); break;
    case XCB_UNMAP_NOTIFY:
    case XCB_DESTROY_NOTIFY:
    case XCB_REPARENT_NOTIFY:
      // All three have the window at the same place. Those of the root do not occur.
      lost_ = lost_ || as(static_cast<xcb_unmap_notify_event_t*>(nullptr))->window == window_;
      break;
    case XCB_CONFIGURE_NOTIFY:
      if (as(static_cast<xcb_configure_notify_event_t*>(nullptr))->window != window_) {
        place();
      }
      break;
    default:
      if (screen_changed_ != 0 && type == screen_changed_) {
        place();
      }
    }
  }

  xcb_connection_t* connection_ = nullptr;
  xcb_screen_t* screen_ = nullptr;
  xcb_window_t window_ = XCB_NONE;
  int scale_ = 1;
  bool has_monitors_ = false;
  std::uint8_t screen_changed_ = 0;
  indicator_text text_{};
  std::optional<controls> hand_{};
  panel_content content_{};
  panel panel_{};
  panel_painter painter_{};
  std::vector<placement> monitors_{}; ///< one at least, once it was placed
  std::size_t primary_ = 0;
  std::optional<placement> dragged_{}; ///< where to
  placement place_{};
  bool on_the_left_ = false;
  bool lost_ = false;
  std::uint8_t visibility_ = XCB_VISIBILITY_FULLY_OBSCURED;
  bool restore_ = false;
  timestamp restore_after_{};
  std::int64_t wait_ = 0;
};

} // namespace overt::inline v0::consent::x11::detail
