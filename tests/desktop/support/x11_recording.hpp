#pragma once

#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <overt/capture/port.hpp>
#include <overt/capture/x11/desktop.hpp>
#include <overt/event/clearance.hpp>
#include <overt/event/event.hpp>

#include "x11_session.hpp"

namespace overt_test {

/// Looks behind a guard, which only tests and pipelines may.
template <class Content>
auto peek(overt::guarded<Content> const& field) {
  return overt::detail::gatekeeper::with_keys([&](auto const&, overt::clearance const& key) {
    if constexpr (std::same_as<Content, overt::arena_string>) {
      return std::string{field.look(key).view()};
    } else {
      return field.look(key);
    }
  });
}

/// One item of the port, with everything guarded already looked at.
struct seen {
  std::string what{}; ///< the payload's name, or "answer"
  overt::timestamp time{};
  overt::context_ptr where{};
  overt::input_lane lane = overt::input_lane::none;
  bool confirmed = false;
  std::optional<overt::event> event{};
};

/// Runs the backend on a thread and keeps what it hands over.
class recording {
public:
  explicit recording(x_server const& server, overt::capture::x11::desktop_options options = {})
      : backend_{with_display(std::move(options), server.display())} {
    opened = backend_.open(out_);
    if (!opened) {
      return;
    }
    runner_ = std::thread{[this] {
      ended = backend_.run(out_, stop_.get_token());
      finished_ = true;
    }};
    taker_ = std::jthread{[this](std::stop_token stop) {
      while (true) {
        bool const any = take();
        if (!any && stop.stop_requested()) {
          return;
        }
        if (!any) {
          std::this_thread::sleep_for(std::chrono::microseconds{200});
        }
      }
    }};
    // Ready when a question was answered.
    wait_until([this] { return count("answer") > 3; });
  }
  ~recording() { finish(); }

  /// Stops and gives all that was handed over.
  std::vector<seen>& finish() {
    if (runner_.joinable()) {
      stop_.request_stop();
      runner_.join();
      taker_.request_stop();
      taker_.join();
    }
    return items_;
  }

  [[nodiscard]] bool finished() const { return finished_; }
  [[nodiscard]] overt::capture::port<overt::event>& port() { return out_; }

  std::size_t count(std::string_view what) {
    std::lock_guard const lock{mutex_};
    std::size_t found = 0;
    for (auto const& one : items_) {
      found += one.what == what ? 1 : 0;
    }
    return found;
  }
  bool wait_for(std::string_view what, std::size_t number) {
    return wait_until([&] { return count(what) >= number; });
  }
  /// Until the last focus event named a window with this title, or of this application.
  bool wait_for_focus(std::string const& title) {
    return wait_for_last_focus([&](overt::context const& where) { return peek(where.title) == title; });
  }
  bool wait_for_application(std::string const& application) {
    return wait_for_last_focus(
        [&](overt::context const& where) { return peek(where.application) == application; });
  }

  template <class Fits>
  bool wait_for_last_focus(Fits&& fits) {
    return wait_until([&] {
      std::lock_guard const lock{mutex_};
      for (auto one = items_.rbegin(); one != items_.rend(); ++one) {
        if (one->what == "focus") {
          return fits(*one->where);
        }
      }
      return false;
    });
  }

  std::optional<overt::result<overt::source>> opened_result() { return std::move(opened); }

  overt::result<overt::source> opened{overt::failure{}};
  overt::result<void> ended{};

private:
  static overt::capture::x11::desktop_options with_display(overt::capture::x11::desktop_options options,
                                                           std::string const& display) {
    options.display = display;
    return options;
  }

  bool take() {
    return out_.take([this](overt::capture::port<overt::event>::item&& item) {
      seen one;
      if (auto* const answer = std::get_if<1>(&item)) {
        one.what = "answer";
        one.time = answer->as_of;
        one.where = answer->where;
        one.lane = answer->lane;
      } else {
        auto& event = *std::get_if<0>(&item);
        one.what = event.payload_name();
        one.time = event.header.time;
        one.where = event.header.context;
        one.confirmed = event.header.confirmed;
        event.visit([&](auto const& content) {
          one.lane = overt::lane_of<std::remove_cvref_t<decltype(content)>>();
        });
        one.event.emplace(std::move(event));
      }
      std::lock_guard const lock{mutex_};
      items_.push_back(std::move(one));
    });
  }

  overt::capture::port<overt::event> out_{{.items = 1 << 18}};
  overt::capture::x11::desktop backend_;
  std::stop_source stop_;
  std::mutex mutex_;
  std::vector<seen> items_;
  std::atomic<bool> finished_{false};
  std::thread runner_;
  std::jthread taker_;
};

/// What a recorder makes of an event: it is released when the first answer of its lane at or after its time
/// names the same context.
enum class fate { released, mismatch, no_context, unanswered };

inline fate fate_of(std::vector<seen> const& items, std::size_t index) {
  auto const& event = items[index];
  if (event.confirmed) {
    return fate::released;
  }
  for (std::size_t i = index + 1; i < items.size(); ++i) {
    auto const& one = items[i];
    if (one.what == "answer" && one.lane == event.lane && one.time >= event.time) {
      return !event.where ? fate::no_context : one.where == event.where ? fate::released : fate::mismatch;
    }
  }
  return fate::unanswered;
}

/// The same for a recorder that puts the answers into the order of their times first.
inline fate fate_by_time(std::vector<seen> const& items, std::size_t index) {
  auto const& event = items[index];
  seen const* first = nullptr;
  for (auto const& one : items) {
    if (one.what == "answer" && one.lane == event.lane && one.time >= event.time &&
        (first == nullptr || one.time < first->time)) {
      first = &one;
    }
  }
  return first == nullptr              ? fate::unanswered
         : !event.where                ? fate::no_context
         : first->where == event.where ? fate::released
                                       : fate::mismatch;
}

/// The title of the context of a released event; "(withheld)" otherwise.
inline std::string title_of(std::vector<seen> const& items, std::size_t index) {
  return fate_of(items, index) == fate::released ? peek(items[index].where->title) : "(withheld)";
}

/// Everything that was typed, whatever its fate.
inline std::string typed(std::vector<seen> const& items) {
  std::string text;
  for (auto const& one : items) {
    if (one.event) {
      if (auto const* const key = one.event->get_if<overt::key>()) {
        text += peek(key->entered).view();
      }
      if (auto const* const composed = one.event->get_if<overt::text>()) {
        text += peek(composed->value);
      }
    }
  }
  return text;
}

} // namespace overt_test
