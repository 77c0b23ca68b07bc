#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>

#include <overt/detail/unless_thrown.hpp>
#include <overt/event/basic_event.hpp>
#include <overt/event/gap.hpp>
#include <overt/event/redaction.hpp>
#include <overt/event/source.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/redact/cleared_contexts.hpp>
#include <overt/redact/hidden_presses.hpp>
#include <overt/redact/only.hpp>
#include <overt/redact/secrets.hpp>
#include <overt/redact/withheld_ledger.hpp>
#include <overt/redact/written_numbers.hpp>

namespace overt::inline v0::redact {

/// What became of the events of one payload. In memory only: on disk it would count what was withheld.
struct outcome_counts {
  std::uint64_t written = 0; ///< of those that were pushed
  std::uint64_t notices = 0; ///< written beside them: what the recorder says itself
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
template <any_event Event, class Chain, class Sink>
class pipeline {
  static_assert(scope_comes_first<Chain>, "overt: a chain begins with a scope: redact::only({...}) | ...");
  static_assert(secrets_come_second<Chain>, "overt: redact::secrets{} comes right after the scope");
  static_assert(
      Event::template carries<gap> && Event::template carries<redaction>,
      "overt: an event list carries overt::gap and overt::redaction, so that nothing is withheld in silence");

public:
  pipeline(Chain policies, Sink& sink, timestamp session_start)
      : policies_{std::move(policies)}, sink_{sink}, start_{session_start}, grid_{time_grid_of(policies_)} {
    check_policies(policies_);
  }

  pipeline(pipeline const&) = delete;
  pipeline& operator=(pipeline const&) = delete;

  /// Decides about an event whose context is settled.
  void push(Event&& what) {
    if (what.is_moved_from()) {
      return;
    }
    auto const lane = what.lane();
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
    auto const answer = ask_policies(what, place == nullptr ? nowhere_ : *what.header.context);
    if (answer.withheld) {
      return refuse(what, *answer.withheld, answer.rule);
    }
    write(what, place);
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

  /// Counts an event that does not belong to the session, because it came after its end, and forgets it.
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

  /// Tells what was withheld last. Call it at the end of a session.
  void finish() { tell_withheld(); }

  [[nodiscard]] std::array<outcome_counts, Event::payload_count> const& counts() const noexcept {
    return counts_;
  }
  [[nodiscard]] std::uint64_t sequence() const noexcept { return sequence_; }
  [[nodiscard]] std::int64_t time_grid_ns() const noexcept { return grid_; }

private:
  using cleared_place = typename cleared_contexts<Chain>::place;

  struct decision {
    std::optional<withheld_reason> withheld{};
    literal rule{};
  };

  template <class... Policies>
  static void check_policies(chain<Policies...> const&) {
    static_assert(
        (policy_for<Policies, Event> && ...),
        "overt: policy_for<Policy, Event> does not hold: a policy takes a payload, an event or context by "
        "`&`, "
        "then optionally `context const&`, then `clearance const&` or `disclosure const&`, and is const");
  }

  cleared_place const& clear(context_ptr const& raw) { return contexts_.clear(raw, policies_); }

  [[nodiscard]] decision ask_policies(Event& what, context const& where) {
    return v0::detail::unless_thrown(
        [&] {
          return v0::detail::gatekeeper::with_keys([&](disclosure const& key, clearance const& look) {
            return what.visit([&](auto& payload) { return ask_each(what, payload, where, key, look); });
          });
        },
        [] { return decision{withheld_reason::policy_failed, {}}; });
  }

  template <class Payload>
  [[nodiscard]] decision ask_each(Event& what, Payload& payload, context const& where, disclosure const& key,
                                  clearance const& look) {
    decision made{withheld_reason::not_disclosed, {}};
    if constexpr (std::same_as<Payload, gap> || std::same_as<Payload, source>) {
      made.withheld.reset(); // what a backend lost or cannot see is told, unless a policy withholds it
    }
    bool decided = false;
    auto const hear = [&](verdict said, literal rule) {
      if (said.withholds() || what.is_moved_from()) {
        made = {what.is_moved_from() ? withheld_reason::policy_failed : said.reason(), rule};
        decided = true;
      } else if (said.releases()) {
        made.withheld.reset();
      }
    };
    auto const consult = [&](auto const& policy) {
      using policy_type = std::remove_cvref_t<decltype(policy)>;
      constexpr literal rule{policy_name<policy_type>()};
      if constexpr (detail::takes<policy_type, Payload&, disclosure const&>) {
        hear(detail::ask(policy, payload, where, key, look), rule);
      } else if constexpr (detail::takes<policy_type, Event&, disclosure const&>) {
        hear(detail::ask(policy, what, where, key, look), rule);
      }
      return decided;
    };
    std::apply([&](auto const&... policy) { static_cast<void>((consult(policy) || ...)); },
               policies_.policies);
    return made;
  }

  void refuse(Event& what, withheld_reason reason, literal rule) {
    auto const payload = what.payload_index();
    ++counts_[payload].withheld;
    if (hides_amount(reason)) {
      each_press(what, [&](auto const& press, clearance const& look) { presses_.hide(press, look, reason); });
    }
    // What is made out of input is told later than it. Where that was hidden, it was said already, and a
    // second gap would make two absences of one.
    if (!what.derived() || !hides_amount(reason) || !ledger_.hid_until(what.header.time)) {
      ledger_.add(payload, what.lane(), what.header.time, reason, rule);
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
    tell_withheld();
    if (!what.derived()) {
      ledger_.written(what.lane());
    }
    ++counts_[what.payload_index()].written;
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

  void hand_over(Event& what, cleared_place const* where) {
    cleared_head const head{.sequence = ++sequence_,
                            .time = on_grid(what.header.time),
                            .source = what.header.source,
                            .where = where == nullptr ? nullptr : &where->cleared};
    what.visit([&](auto& payload) {
      v0::detail::each_timestamp(payload, [&](timestamp& when) { when = on_grid(when); });
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

  /// Floors, so that an event never seems to come after one that followed it.
  [[nodiscard]] timestamp on_grid(timestamp when) const noexcept {
    if (grid_ == 0) {
      return when;
    }
    auto const since = when - start_;
    return timestamp{since < 0 ? 0 : since / grid_ * grid_};
  }

  static constexpr auto names_ = v0::detail::payload_literals<Event>();

  Chain policies_;
  Sink& sink_;
  timestamp start_;
  std::int64_t grid_;
  context const nowhere_{};
  cleared_contexts<Chain> contexts_;
  withheld_ledger<Event::payload_count> ledger_;
  written_numbers numbers_;
  hidden_presses presses_;
  std::array<outcome_counts, Event::payload_count> counts_{};
  std::uint64_t sequence_ = 0;
};

} // namespace overt::inline v0::redact
