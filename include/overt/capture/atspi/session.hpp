#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include <poll.h>

#include <overt/capture/atspi/act_tracker.hpp>
#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/context_options.hpp>
#include <overt/capture/atspi/edit_tracker.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_reader.hpp>
#include <overt/capture/atspi/event_outlet.hpp>
#include <overt/capture/atspi/field_reader.hpp>
#include <overt/capture/atspi/focus_search.hpp>
#include <overt/capture/atspi/focus_watch.hpp>
#include <overt/capture/atspi/input_method_watch.hpp>
#include <overt/capture/atspi/keyboard_fields.hpp>
#include <overt/capture/atspi/listening.hpp>
#include <overt/capture/atspi/notice.hpp>
#include <overt/capture/atspi/page_waker.hpp>
#include <overt/capture/atspi/pointer_fields.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/capture/atspi/screen_lock_watch.hpp>
#include <overt/capture/atspi/sibling_reader.hpp>
#include <overt/capture/atspi/sticky_secrets.hpp>
#include <overt/capture/atspi/tracked_notice.hpp>
#include <overt/capture/input_feed.hpp>
#include <overt/capture/port.hpp>
#include <overt/detail/wake_up.hpp>
#include <overt/event/source.hpp>

namespace overt::inline v0::capture::atspi {

/// One run of the context backend: hears the bus and the input of the other backends, and answers.
template <any_event Event>
class session {
public:
  session(bus& on, input_feed* feed, port<Event>& out, context_options const& options)
      : bus_{on}, feed_{feed}, out_{out}, programs_{on}, reader_{on, programs_}, siblings_{on},
        fields_{reader_, siblings_, secrets_}, search_{on, programs_, reader_.hits()},
        focus_{programs_, search_}, keyboard_{on, programs_, reader_, fields_, focus_, out},
        pointer_{on, programs_, reader_, keyboard_, out}, waker_{on, programs_, reader_},
        outlet_{secrets_, out},
        acts_{reader_, outlet_, [this](element const& what) { return is_secret(what, input_lane::pointer); }},
        edits_{reader_, outlet_,
               [this](element const& what) { return is_secret(what, input_lane::keyboard); }},
        lock_{options.session_bus, options.system_bus, [this](timestamp when, bool locked) {
                return out_.answer({.aspect = context_aspect::screen, .as_of = when, .locked = locked});
              }} {
    bus_.on_signal([this](DBusMessage* message) {
      if (auto const told = decode(message, bus::now())) {
        handle(*told);
      }
    });
    outlet_.on_paste([this](timestamp when, std::uint64_t number) { edits_.pasted_by_menu(when, number); });
    focus_.on_found([this](object_id const& id) { keyboard_.prepare(programs_.process_of(id.bus)); });
    keyboard_.on_focus([this](element const* what, field_kind kind) { focused(what, kind); });
  }
  session(session const&) = delete;
  session& operator=(session const&) = delete;
  ~session() { bus_.on_signal(nullptr); }

  [[nodiscard]] result<void> run(std::stop_token stop) {
    overt::detail::wake_up const bell;
    std::stop_callback const ring{stop, [&bell] { bell.ring(); }};
    programs_.start();
    while (!stop.stop_requested()) {
      if (!bus_.work()) {
        return failure{error_code::source_lost,
                       "The accessibility bus was lost: it ended or was restarted. Start a new session when "
                       "it is back."};
      }
      take_hints();
      auto const now = bus::now();
      lock_.tick(now);
      keyboard_.tick(now);
      pointer_.tick(now);
      waker_.tick(now);
      look_ahead(now);
      acts_.tick(now);
      edits_.tick(now);
      input_method_.tick(now);
      wait(bell);
    }
    return {};
  }

private:
  static constexpr std::int64_t look_ahead_ns = 100'000'000;

  void look_ahead(timestamp now) {
    if (now - looked_ahead_ >= look_ahead_ns) {
      looked_ahead_ = now;
      programs_.ask_again();
      programs_.each([this](std::string const&, program& one) {
        if (!one.toolkit.empty() && !std::exchange(one.windows_asked, true)) {
          reader_.hits().prepare(one.process);
        }
      });
      focus_.look_ahead();
    }
  }

  void take_hints() {
    if (feed_ == nullptr) {
      return;
    }
    feed_->quiet();
    for (int count = 0; count < 1024 && feed_->take([this](input_hint&& told) { hint(told); }); ++count) {}
  }

  /// Input may go to this process next.
  void prepare(std::uint32_t process) {
    keyboard_.prepare(process);
    reader_.hits().prepare(process);
  }

  void hint(input_hint const& told) {
    if (told.what == hint_kind::pictured) {
      keyboard_.hint(told);
      return;
    }
    // A menu is a window of its own, but what is asked for is not in it.
    if (told.window.width > 0 && reader_.hits().may_be_window(told.process, told.window)) {
      programs_.each_of(told.process, [&](auto const&, program& known) { known.window = told.window; });
    }
    if (told.what == hint_kind::focus_moved) {
      // The window that was the active one is not any more, whether its program tells so or not.
      reader_.hits().forget(std::exchange(last_focus_, told.process));
      reader_.hits().forget(told.process);
      prepare(told.process);
      if (told.process != focused_process_) {
        acts_.focus_changed(nullptr);
        edits_.focus_changed(nullptr);
      }
      return;
    }
    if (told.what != hint_kind::pointer_moved) {
      look_for_blindness(told.process);
    }
    keyboard_.hint(told);
    pointer_.hint(told);
    acts_.hint(told);
    edits_.hint(told);
  }

  void handle(notice const& told) {
    switch (told.what) {
    case notice_kind::name_appeared:
      if (told.from.bus == registry_name) {
        listen(bus_); // it was restarted, and knows of nobody
      } else {
        programs_.meet(told.from.bus);
      }
      return;
    case notice_kind::name_vanished:
      reader_.forget(told.from.bus, programs_.process_of(told.from.bus));
      programs_.forget(told.from.bus);
      secrets_.forget_program(told.from.bus);
      break;
    case notice_kind::window_activated:
    case notice_kind::window_deactivated:
    case notice_kind::window_created:
    case notice_kind::window_destroyed:
      reader_.hits().forget(programs_.process_of(told.from.bus));
      reader_.hits().prepare(programs_.process_of(told.from.bus));
      if (told.what == notice_kind::window_activated) {
        // Not every program tells its focus again when somebody comes back to it.
        prepare(programs_.process_of(told.from.bus));
      }
      break;
    case notice_kind::document_loaded:
    case notice_kind::document_reloaded:
    case notice_kind::document_load_stopped:
      reader_.forget(told.from.bus, programs_.process_of(told.from.bus));
      keyboard_.doubt();
      pointer_.doubt();
      break;
    case notice_kind::defunct:
      if (told.detail != 0) {
        secrets_.forget_document(told.from);
      }
      break;
    default: break;
    }
    programs_.meet(told.from.bus);
    if (focus_.handle(told)) {
      keyboard_.focus_news(told);
    }
    if (auto const change = as_tracked(told)) {
      acts_.signal(*change);
      edits_.signal(*change);
    }
  }

  /// `what` is never null: it was just read.
  void focused(element const* what, field_kind kind) {
    if (kind == field_kind::secret || kind == field_kind::unknown) {
      edits_.turned_secret(what->id);
    }
    focused_process_ = what->process;
    acts_.focus_changed(what);
    edits_.focus_changed(what);
    outlet_.focused(*what);
  }

  [[nodiscard]] bool is_secret(element const& what, input_lane lane) {
    auto const kind = secrets_.judge(&what, {}, lane);
    return kind == field_kind::secret || kind == field_kind::unknown;
  }

  /// Says once that somebody works in a program that shows nothing: everything in it is withheld.
  void look_for_blindness(std::uint32_t process) {
    if (process == 0 || said_blind_) {
      return;
    }
    if (process != last_process_) {
      last_process_ = process;
      since_ = bus::now();
    }
    bool shows = false;
    programs_.each_of(process, [&](std::string const&, program const& known) {
      auto const* const candidate = focus_.of(process);
      shows |= known.toolkit != "Chromium" || (candidate != nullptr && candidate->id);
    });
    if (!shows && bus::now() - since_ > 2'000'000'000) {
      said_blind_ = true;
      out_.push_confirmed(
          bus::now(), context_ptr{},
          source{.backend = "atspi::context",
                 .state = source_state::degraded,
                 .can_see = capability::elements | capability::secret_fields | capability::origin,
                 .reason = "a program shows nothing of its elements, and what is done in it is withheld; a "
                           "browser that was started before the recorder has to be restarted"});
    }
  }

  void wait(overt::detail::wake_up const& bell) {
    auto const next = std::min({bus_.next_wakeup(), keyboard_.next_wakeup(), pointer_.next_wakeup(),
                                waker_.next_wakeup(), acts_.next_wakeup(), edits_.next_wakeup(),
                                input_method_.next_wakeup(), lock_.next_wakeup()});
    auto const left = next - bus::now();
    if (left <= 0) {
      return;
    }
    constexpr std::int64_t heartbeat_ns = 200'000'000;
    auto const writing = static_cast<short>(bus_.wants_to_write() ? POLLIN | POLLOUT : POLLIN);
    auto const of_lock = lock_.descriptors();
    std::array<pollfd, 5> waiting{{{bus_.descriptor(), writing, 0},
                                   {bell.descriptor(), POLLIN, 0},
                                   {feed_ != nullptr ? feed_->bell().descriptor() : -1, POLLIN, 0},
                                   of_lock[0],
                                   of_lock[1]}};
    auto const longest = bell.usable() ? heartbeat_ns : 50'000'000;
    ::poll(waiting.data(), waiting.size(), static_cast<int>((std::min(left, longest) + 999'999) / 1'000'000));
  }

  bus& bus_;
  input_feed* feed_;
  port<Event>& out_;
  programs programs_;
  element_reader reader_;
  sibling_reader siblings_;
  sticky_secrets secrets_;
  field_reader fields_;
  focus_search search_;
  focus_watch focus_;
  keyboard_fields<port<Event>> keyboard_;
  pointer_fields<port<Event>> pointer_;
  page_waker waker_;
  event_outlet<Event> outlet_;
  act_tracker<element_reader, event_outlet<Event>> acts_;
  edit_tracker<element_reader, event_outlet<Event>> edits_;
  screen_lock_watch lock_;
  input_method_watch input_method_{[this](bool active) { edits_.input_method_active(active); }};
  timestamp looked_ahead_{};
  std::uint32_t focused_process_ = 0; ///< of the field that was told last
  std::uint32_t last_focus_ = 0;      ///< the process that keys go to, as other backends told last
  std::uint32_t last_process_ = 0;
  timestamp since_{};
  bool said_blind_ = false;
};

} // namespace overt::inline v0::capture::atspi
