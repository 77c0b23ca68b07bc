#pragma once

#include <cstdint>
#include <functional>
#include <type_traits>
#include <utility>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/page_contexts.hpp>
#include <overt/capture/atspi/sticky_secrets.hpp>
#include <overt/capture/port.hpp>
#include <overt/capture/process_identity.hpp>
#include <overt/event/arena_string.hpp>
#include <overt/event/clipboard.hpp>
#include <overt/event/focus.hpp>
#include <overt/event/text.hpp>
#include <overt/event/timestamp.hpp>
#include <overt/event/ui_action.hpp>

namespace overt::inline v0::capture::atspi {

/// Hands over what the trackers made out, with the program, the page and the field it happened in.
///
/// It vouches for them itself: the bus says which process the element belongs to, and what the element is was
/// read from it. The time is that of being known, a moment after the act: what was done before may have been
/// released already, and `made_of` names it.
template <any_event Event>
class event_outlet {
public:
  event_outlet(sticky_secrets& secrets, port<Event>& out) : secrets_{&secrets}, out_{&out} {}

  /// Who has to know of what was pasted, and by which event.
  void on_paste(std::function<void(timestamp, std::uint64_t)> hear) { on_paste_ = std::move(hear); }

  /// An element got the focus: when that is in another page than before, the person came to a page.
  void focused(element const& what) {
    if (!what.document || (what.document == page_.document && what.address.view() == page_.address.view())) {
      return;
    }
    page_.document = what.document;
    page_.address = arena_string{what.address.view()};
    hand_over(what, input_lane::pointer, focus{.target = focus_target::page});
  }

  void act(timestamp, element const& what, ui_action&& done) {
    hand_over(what, input_lane::pointer, std::move(done));
  }
  void clipboard_used(timestamp when, element const& what, clipboard&& done) {
    if (done.operation == clipboard_operation::paste && on_paste_) {
      on_paste_(when, done.made_of.empty() ? 0 : done.made_of.back());
    }
    hand_over(what, input_lane::pointer, std::move(done));
  }
  void wrote(timestamp, element const& what, text&& done) {
    hand_over(what, input_lane::keyboard, std::move(done));
  }

private:
  template <class Payload>
  void hand_over(element const& what, input_lane lane, Payload&& done) {
    if constexpr (Event::template carries<std::remove_cvref_t<Payload>>) {
      auto const& application = processes_.of(what.process);
      auto where = application.empty() ? context_ptr{}
                                       : contexts_.of(what, secrets_->judge(&what, {}, lane), *out_,
                                                      application, what.window_title.view());
      out_->push_confirmed(bus::now(), std::move(where), std::forward<Payload>(done));
    }
  }

  struct reached_page {
    object_id document{};
    arena_string address{};
  };

  reached_page page_;
  std::function<void(timestamp, std::uint64_t)> on_paste_;
  sticky_secrets* secrets_;
  port<Event>* out_;
  process_identities processes_;
  page_contexts contexts_;
};

} // namespace overt::inline v0::capture::atspi
