#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

#include <overt/consent/exemptions.hpp>
#include <overt/detail/unless_thrown.hpp>
#include <overt/event/basic_event.hpp>
#include <overt/event/gap.hpp>
#include <overt/event/redaction.hpp>
#include <overt/event/source.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/chain_run.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/redact/cleared_contexts.hpp>
#include <overt/redact/composed_texts.hpp>
#include <overt/redact/exempt.hpp>
#include <overt/redact/hidden_presses.hpp>
#include <overt/redact/key_times.hpp>
#include <overt/redact/last_look.hpp>
#include <overt/redact/only.hpp>
#include <overt/redact/secrets.hpp>
#include <overt/redact/time_writer.hpp>
#include <overt/redact/typing.hpp>
#include <overt/redact/withheld_ledger.hpp>
#include <overt/redact/written_numbers.hpp>

namespace overt::inline v0::redact {

/// What became of the events of one payload. In memory only: on disk it would count what was withheld.
struct outcome_counts {
  std::uint64_t written = 0; ///< of those that were pushed
  std::uint64_t notices = 0; ///< written beside them: what the recorder says, or a policy made of others
  std::uint64_t folded = 0;  ///< made part of another event
  std::uint64_t withheld = 0;
};

/// Asks the chain about each event and hands what may leave to a sink. One thread.
///
///     redact::pipeline<overt::event, decltype(policy), decltype(sink)> out{policy, sink, session_start};
///     out.push(std::move(event));
///     out.finish();
///
/// In steady state it allocates nothing; a context that was not seen before is copied once. A policy that
/// throws, or moves the event away, withholds it.
///
/// A policy with a memory may take events in (`verdict::fold`) and make texts of them, about which the
/// policies that follow it are asked. It is told of keyboard input that it never saw (`missed`), of the time
/// (`advance`) and of the end (`finish`), if it has functions of these names.
template <any_event Event, class Chain, class Sink>
class pipeline {
  static_assert(scope_comes_first<Chain>, "overt: a chain begins with a scope: redact::only({...}) | ...");
  static_assert(secrets_come_second<Chain>, "overt: redact::secrets{} comes right after the scope");
  static_assert(
      Event::template carries<gap> && Event::template carries<redaction>,
      "overt: an event list carries overt::gap and overt::redaction, so that nothing is withheld in silence");

public:
  pipeline(Chain policies, Sink& sink, timestamp session_start)
      : chain_{std::move(policies)}, sink_{sink}, grid_{time_grid_of(chain_.policies)},
        times_{key_times_of(chain_.policies), session_start, grid_} {}

  pipeline(pipeline const&) = delete;
  pipeline& operator=(pipeline const&) = delete;

  /// Decides about an event whose context is settled.
  void push(Event&& what) {
    if (what.is_moved_from()) {
      return;
    }
    auto const lane = what.lane();
    latest_ = what.header.time;
    auto const* const place = what.header.context ? &clear(what.header.context) : nullptr;
    if (place == nullptr && lane != input_lane::none) {
      return refuse(what, withheld_reason::no_context, {});
    }
    if (place != nullptr && place->denied) {
      return refuse(what, *place->denied, place->rule);
    }
    if (auto const hidden = release_of_hidden(what)) {
      return refuse(what, *hidden, {});
    }
    auto const answer = chain_.ask(what, place == nullptr ? nowhere_ : *what.header.context);
    if (answer.folded) {
      ++counts_[what.payload_index()].folded;
      if (!what.derived()) {
        ledger_.written(lane); // what is hidden from here on is another absence
      }
      if (is_press(what)) {
        times_.typed(what.header.time, enters(what));
      }
      tell_notes(what.header.time, names_[what.payload_index()]);
    } else if (answer.withheld) {
      chain_.notes.clear();
      refuse(what, *answer.withheld, answer.rule);
    } else {
      write(what, place);
    }
    advance(latest_);
  }

  /// Lets policies decide about what they hold, now that it is `now`. Call it now and then.
  void advance(timestamp now) {
    chain_.each_memory([&](auto const& policy, auto& kept, disclosure const& key) {
      if constexpr (requires { policy.advance(kept, now, key, composed_); }) {
        policy.advance(kept, now, key, composed_);
      }
    });
    write_composed();
  }

  /// Withholds an event for a reason that came up before any policy was asked. Where nothing was agreed to,
  /// the scope is the reason, whatever else happened: a loss that is counted there would count what somebody
  /// did. A loss whose place nobody confirmed becomes part of what is hidden at the time.
  void withhold(Event&& what, withheld_reason reason) {
    if (what.is_moved_from()) {
      return;
    }
    if (!hides_amount(reason) && what.header.context) {
      if (auto const& place = clear(what.header.context); place.denied) {
        return refuse(what, *place.denied, place.rule);
      }
    }
    if (!hides_amount(reason) && !what.header.confirmed) {
      ++counts_[what.payload_index()].withheld;
      return ledger_.add_lost(what.payload_index(), 1, what.header.time, reason);
    }
    refuse(what, reason, {});
  }

  /// The person pauses. What is not decided yet does not leave, one gap stands for all that follows, and
  /// whatever is held down does not come up later.
  void pause(timestamp when) {
    chain_.each_memory([&](auto const& policy, auto& kept, disclosure const& key) {
      if constexpr (requires { policy.pause(kept, key); }) {
        policy.pause(kept, key);
      } else if constexpr (requires { policy.finish(kept, true, key, composed_); }) {
        policy.finish(kept, true, key, composed_);
      }
    });
    composed_.take_all([](composed_text&) {});
    presses_.hide_all(withheld_reason::paused);
    ledger_.hide_all(when, withheld_reason::paused);
  }

  /// From now on nothing of what is exempt leaves, also of what came before and is not decided yet. `now` has
  /// all that was exempt before.
  void narrow(consent::exemptions now) {
    exempt_ = std::move(now);
    contexts_.each([&](cleared_place& place) { look_for_exemption(place); });
  }

  /// Counts an event that does not belong to the session, because it came after its end or during a pause,
  /// and forgets it.
  void discard(Event&& what) { ++counts_[what.payload_index()].withheld; }

  /// Writes a message of the recorder about itself: a payload without content, which no policy needs to see.
  template <class Payload>
  void notice(timestamp when, std::uint16_t source, Payload content) {
    tell_withheld();
    write_notice(when, source, std::move(content));
  }

  /// Tells what was lost before it got here: `count` events of a payload. Where they went is not known, so
  /// while anything is hidden they become part of what is hidden.
  void lost(std::size_t payload, std::uint64_t count, timestamp when, withheld_reason reason) {
    ledger_.add_lost(payload, count, when, reason);
  }

  /// Lets policies decide about what they still hold, and tells what was withheld last. Call it at the end of
  /// a session. `revoked`: consent or indicator ended, and nothing undecided may leave.
  void finish(bool revoked = false) {
    chain_.each_memory([&](auto const& policy, auto& kept, disclosure const& key) {
      if constexpr (requires { policy.finish(kept, revoked, key, composed_); }) {
        policy.finish(kept, revoked, key, composed_);
      }
    });
    write_composed();
    tell_withheld();
  }

  [[nodiscard]] std::array<outcome_counts, Event::payload_count> const& counts() const noexcept {
    return counts_;
  }
  [[nodiscard]] std::uint64_t sequence() const noexcept { return sequence_; }
  [[nodiscard]] std::int64_t time_grid_ns() const noexcept { return grid_; }

private:
  using cleared_place = typename cleared_contexts<Chain>::place;

  cleared_place const& clear(context_ptr const& raw) {
    auto& place = contexts_.clear(raw, chain_.policies);
    if (!place.denied && !place.verified) {
      look_for_exemption(place);
    }
    if (!place.denied && !place.verified) {
      place.verified = true; // the application and the site are what was agreed to
      last_look_(place.cleared.title, place.notes);
      last_look_(place.cleared.page, place.notes);
    }
    if (!place.denied && !place.notes.empty()) { // what was taken out of it is told once
      auto const notes = std::exchange(place.notes, {});
      for (auto const& note : notes.notes()) {
        write_note(latest_, "context", note);
      }
    }
    return place;
  }

  void look_for_exemption(cleared_place& place) const {
    if (!exempt_.empty() && !place.denied && is_exempt(exempt_, *place.raw)) {
      place.denied = withheld_reason::outside_scope;
    }
  }

  /// Asks the policies behind the one that made a text about it, and writes it.
  void write_composed() {
    if constexpr (Event::template carries<text>) {
      composed_.take_all([&](composed_text& made) {
        Event what{
            event_header{.time = made.when, .context = made.where, .source = made.source, .confirmed = true},
            std::move(*made.what)};
        auto const* const place = what.header.context ? &clear(what.header.context) : nullptr;
        if (place == nullptr || place->denied) {
          return; // it was agreed to when its keys came
        }
        auto const answer = chain_.template ask<chain_run<Event, Chain>::first_after_composing>(
            what, *what.header.context, true);
        for (auto const& note : made.notes.notes()) {
          write_note(made.when, names_[Event::template index<text>], note);
        }
        if (answer.withheld) {
          return;
        }
        verify_text(what);
        tell_withheld();
        ++counts_[what.payload_index()].notices;
        tell_notes(made.when, names_[what.payload_index()]);
        hand_over(what, place, times_.beside(made.when));
      });
    }
  }

  void verify_text(Event& what) {
    what.visit([&](auto& payload) { last_look_(payload, chain_.notes); });
  }

  /// Writes a `redaction` for each thing that policies noted about the last event.
  void tell_notes(timestamp when, literal of) {
    for (auto const& note : chain_.notes.notes()) {
      write_note(when, of, note);
    }
    chain_.notes.clear();
  }

  void write_note(timestamp when, literal of, v0::detail::audit_note const& note) {
    write_notice(when, recorder_source,
                 redaction{.rule = note.rule,
                           .of = of,
                           .entity = note.entity,
                           .action = note.action,
                           .reason = withheld_reason::by_policy,
                           .how_many = note.size});
  }

  void refuse(Event& what, withheld_reason reason, literal rule) {
    auto const payload = what.payload_index();
    ++counts_[payload].withheld;
    if (is_press(what)) {
      chain_.each_memory([&](auto const& policy, auto& kept, disclosure const& key) {
        if constexpr (requires {
                        policy.missed(kept, occasion{what.header, nowhere_, sequence_}, reason, key);
                      }) {
          auto const& where = what.header.context ? *what.header.context : nowhere_;
          policy.missed(kept, occasion{what.header, where, sequence_}, reason, key);
        }
      });
    }
    if (hides_amount(reason)) {
      each_press(what, [&](auto const& press, clearance const& look) { presses_.hide(press, look, reason); });
    }
    // What is made out of input is told later than it. Where that was hidden, it was said already, and a
    // second gap would make two absences of one.
    if (!what.derived() || !hides_amount(reason) || !ledger_.hid_until(what.header.time)) {
      ledger_.add(payload, what.lane(), what.header.time, reason, rule);
    }
  }

  [[nodiscard]] static bool is_press(Event const& what) {
    if constexpr (Event::template carries<key>) {
      auto const* const pressed = what.template get_if<key>();
      return pressed != nullptr && pressed->phase != key_phase::release &&
             pressed->kind != key_class::modifier;
    } else {
      return false;
    }
  }

  [[nodiscard]] static bool enters(Event const& what) {
    if constexpr (Event::template carries<key>) {
      auto const* const pressed = what.template get_if<key>();
      return pressed != nullptr && is_typing(*pressed);
    } else {
      return false;
    }
  }

  /// Calls `use(payload, clearance)` for a key or a button.
  template <class Use>
  static void each_press(Event const& what, Use&& use) {
    what.visit([&](auto const& payload) {
      using type = std::remove_cvref_t<decltype(payload)>;
      if constexpr (std::same_as<type, key> || std::same_as<type, button>) {
        v0::detail::gatekeeper::with_keys(
            [&](disclosure const&, clearance const& look) { use(payload, look); });
      }
    });
  }

  [[nodiscard]] std::optional<withheld_reason> release_of_hidden(Event const& what) {
    std::optional<withheld_reason> why;
    each_press(what,
               [&](auto const& release, clearance const& look) { why = presses_.release(release, look); });
    return why;
  }

  void write(Event& what, cleared_place const* where) {
    verify_text(what);
    tell_withheld();
    tell_notes(what.header.time, names_[what.payload_index()]);
    if (!what.derived()) {
      ledger_.written(what.lane());
    }
    ++counts_[what.payload_index()].written;
    if (is_press(what)) {
      times_.typed(what.header.time, true);
    }
    hand_over(what, where);
  }

  template <class Payload>
  void write_notice(timestamp when, std::uint16_t source, Payload content) {
    static_assert(!v0::detail::holds_guarded<Payload>(),
                  "overt: a notice has no guarded content; everything else goes through the chain");
    Event what{event_header{.time = when, .source = source}, std::move(content)};
    ++counts_[what.payload_index()].notices;
    hand_over(what, nullptr);
  }

  /// `then`: the time that is written, where that is not the event's own.
  void hand_over(Event& what, cleared_place const* where, std::optional<timestamp> then = std::nullopt) {
    cleared_head const head{.sequence = ++sequence_,
                            .time = then ? *then : times_.write(what.header.time, what.lane()),
                            .source = what.header.source,
                            .where = where == nullptr ? nullptr : &where->cleared};
    chain_.written = sequence_;
    what.visit([&](auto& payload) {
      v0::detail::each_timestamp(payload, [&](timestamp& when) { when = times_.beside(when); });
      numbers_.translate(payload);
    });
    if (!what.expendable()) {
      numbers_.add(what.header.produced, sequence_);
    }
    v0::detail::mint::with_cleared(head, what, [&](cleared<Event> const& out) { sink_.write(out); });
  }

  void tell_withheld() {
    if (!ledger_.has_news()) {
      return;
    }
    ledger_.flush(
        [&](timestamp when, withheld_reason reason, std::optional<std::size_t> payload,
            std::optional<std::uint64_t> count) {
          write_notice(when, recorder_source,
                       gap{.reason = reason, .of = payload ? names_[*payload] : literal{}, .count = count});
        },
        [&](timestamp when, withheld_reason reason, literal rule, std::size_t payload, std::uint64_t count) {
          write_notice(
              when, recorder_source,
              redaction{.rule = rule, .of = names_[payload], .reason = reason, .how_many = bucket_of(count)});
        });
  }

  static constexpr auto names_ = v0::detail::payload_literals<Event>();
  chain_run<Event, Chain> chain_;
  Sink& sink_;
  std::int64_t grid_;
  time_writer times_;
  context const nowhere_{};
  cleared_contexts<Chain> contexts_;
  consent::exemptions exempt_;
  withheld_ledger<Event::payload_count> ledger_;
  written_numbers numbers_;
  hidden_presses presses_;
  last_look<Event, Chain> last_look_{chain_};
  composed_texts composed_;
  timestamp latest_{};
  std::array<outcome_counts, Event::payload_count> counts_{};
  std::uint64_t sequence_ = 0;
};

} // namespace overt::inline v0::redact
