#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <overt/capture/running_backend.hpp>
#include <overt/capture/settle.hpp>
#include <overt/consent/active_consent.hpp>
#include <overt/consent/controls.hpp>
#include <overt/consent/controls_follower.hpp>
#include <overt/consent/indicator.hpp>
#include <overt/event/consent_change.hpp>
#include <overt/event/source.hpp>
#include <overt/redact/exempt.hpp>
#include <overt/session_breaks.hpp>
#include <overt/sink/sink.hpp>

namespace overt::inline v0::detail {

/// How a session ended.
struct session_ending {
  consent_state state = consent_state::active; ///< `active`: it was stopped
  std::optional<failure> output{};             ///< the sink failed
  std::vector<std::string> source_failures{};
  std::size_t most_held = 0;
};

/// The recorder's thread while a session runs: takes from the ports, settles, asks consent and indicator,
/// hands on.
///
/// An event is handed on only after consent and indicator were both seen to hold at or after its time, so one
/// that happened after either ended is never written, however late the end is noticed. Nor is input from
/// before the indicator was first shown.
///
/// While the person has paused nothing is handed on or held, whatever the backends see. The moment of a round
/// is read before it is looked whether there is a pause, and nothing later than that moment is handed on in
/// it.
template <any_event Event, class Pipeline, class Sink, class Indicator, class Clock, class... Running>
class session_loop {
public:
  session_loop(Pipeline& out, Sink& sink, consent::active_consent& agreed, Indicator& shown,
               consent::controls controls, capture::settle_options options, Clock const& clock,
               timestamp began, bool fields_required, std::tuple<Running&...> sources)
      : out_{out}, sink_{sink}, consent_{agreed}, indicator_{shown}, controls_{std::move(controls)},
        options_{options}, clock_{clock}, began_{began}, settle_{options}, sources_{sources} {
    if (fields_required) {
      settle_.require_fields();
    }
  }

  [[nodiscard]] session_ending run(std::stop_token stop) {
    each_source([](auto& running, std::size_t) { running.start(); });
    while (!finished_) {
      bool const busy = take_all();
      auto const now = clock_.now();
      if (auto const state = state_at(now); state != consent_state::active) {
        end_consent(now, state);
        break;
      }
      ending_.most_held = std::max(ending_.most_held, settle_.held());
      follow_controls(now);
      if (!controls_.paused()) {
        settle_.advance(now, allowed_, *this);
        out_.advance(allowed_);
      }
      look_after_sources(now);
      if (!look_after_sink(now)) {
        break;
      }
      look_for_stop(stop);
      if (!busy && !finished_) {
        std::this_thread::sleep_for(idle_wait);
      }
    }
    each_source([](auto& running, std::size_t) { running.stop(); });
    while (take_all()) {} // nobody pushes any more
    leave_rest();
    return std::move(ending_);
  }

  /// For `settle`: hands on what is certain, unless it shows something that was exempted since.
  void push(Event&& what) {
    if (breaks_.shows_exempt(what)) {
      out_.withhold(std::move(what), withheld_reason::outside_scope);
    } else {
      out_.push(std::move(what));
    }
  }
  void withhold(Event&& what, withheld_reason reason) { out_.withhold(std::move(what), reason); }

private:
  static constexpr auto idle_wait = std::chrono::milliseconds{5};
  static constexpr std::int64_t flush_every_ns = 200'000'000;

  template <class Act>
  void each_source(Act&& act) {
    std::size_t number = 0;
    std::apply([&](auto&... running) { (act(running, number++), ...); }, sources_);
  }

  /// Empties the ports into the hold. Bounded by what the rings can hold, so that a flood cannot keep it
  /// here.
  bool take_all() {
    bool any = false;
    each_source([&](auto& running, std::size_t number) {
      auto& port = running.out();
      for (auto left = port.capacity(); left > 0 && take_one(port, number); --left) {
        any = true;
      }
    });
    return any;
  }

  template <class Port>
  bool take_one(Port& port, std::size_t number) {
    return port.take([&](typename Port::item&& item) {
      if (auto* const answer = std::get_if<capture::context_answer>(&item); answer != nullptr) {
        breaks_.heard(*answer);
        settle_.answer(std::move(*answer));
        return;
      }
      auto& what = *std::get_if<Event>(&item);
      what.header.source = static_cast<std::uint16_t>(number);
      if (what.header.time < began_ && what.lane() != input_lane::none) {
        out_.discard(std::move(what)); // nobody could see yet that recording was about to begin
      } else if (controls_.paused() || breaks_.began_before(what)) {
        forget(std::move(what));
      } else {
        breaks_.saw(what);
        settle_.push(std::move(what), out_);
      }
    });
  }

  /// Forgets what happened during a pause. Only how the monitors stand is told afterwards, because without it
  /// nobody would know where later points are.
  void forget(Event&& what) {
    if (auto replaced = breaks_.keep_monitors(what)) {
      out_.discard(std::move(*replaced));
    } else if (!what.is_moved_from()) {
      out_.discard(std::move(what));
    }
  }

  /// Does what the person asked for since the last round.
  void follow_controls(timestamp now) {
    each_source([&](auto& running, std::size_t number) {
      auto const asked = running.out().pauses_requested();
      for (auto& told = pauses_requested_[number]; told != asked; ++told) {
        controls_.followed().toggle();
      }
    });
    auto const asked = controls_.follow(now);
    if (asked.pauses) {
      settle_.take_all([&](Event&& what) { forget(std::move(what)); });
      out_.pause(now);
      out_.notice(now, recorder_source, consent_change{.state = consent_state::paused});
    }
    if (asked.resumes) {
      resume(now);
    }
    if (asked.here && breaks_.place()) {
      redact::exempt_application_of(*breaks_.place(), controls_.followed());
    }
    if (asked.narrower || asked.here) {
      narrow(now);
    }
  }

  void resume(timestamp now) {
    // What is in the rings happened before this moment, or is older than it by its own numbers.
    each_source([&](auto& running, std::size_t) { breaks_.number(running.out().last_number()); });
    breaks_.resume(now);
    look_after_sources(now);
    out_.notice(now, recorder_source, consent_change{.state = consent_state::resumed});
    if (auto monitors = breaks_.take_monitors()) {
      monitors->header.time = now + 1;
      settle_.push(std::move(*monitors), out_);
    }
  }

  void narrow(timestamp now) {
    auto const exempt = controls_.followed().state().exempt;
    if (std::exchange(exempted_, exempt.size()) != exempt.size()) {
      breaks_.narrow(now);
      out_.narrow(exempt);
      out_.notice(now, recorder_source, consent_change{.state = consent_state::narrowed});
    }
  }

  /// Asks consent and indicator, and moves the moment up to which both are known to hold.
  [[nodiscard]] consent_state state_at(timestamp now) {
    if (auto const state = consent_.state(now, clock_.wall_ns()); state != consent_state::active) {
      return state;
    }
    auto const seen = indicator_.confirmed();
    if (!seen || now - *seen > consent::longest_unconfirmed_ns) {
      return consent_state::indicator_lost;
    }
    allowed_ = std::min(now, *seen);
    if (stopped_at_) {
      allowed_ = std::min(allowed_, *stopped_at_);
    }
    return consent_state::active;
  }

  void end_consent(timestamp now, consent_state state) {
    ending_.state = state;
    rest_ = state == consent_state::indicator_lost ? withheld_reason::indicator_lost
                                                   : withheld_reason::consent_ended;
    take_all();
    settle_.withhold_all(*rest_, out_);
    out_.notice(now, recorder_source, consent_change{.state = state});
  }

  void look_after_sources(timestamp now) {
    each_source([&](auto& running, std::size_t number) {
      if (auto lost = running.take_failure()) {
        // Through the type: clang 19 does not take a call through a reference for a constant.
        constexpr literal backend{std::remove_cvref_t<decltype(running)>::name()};
        out_.notice(now, static_cast<std::uint16_t>(number),
                    source{.backend = backend, .state = source_state::lost, .reason = "see the summary"});
        ending_.source_failures.push_back(std::string{running.name()} + ": " + lost->message);
      }
      for (std::size_t payload = 0; payload < Event::payload_count; ++payload) {
        auto& told = dropped_[number][payload];
        if (auto const dropped = running.out().dropped()[payload]; dropped != told) {
          if (!controls_.paused()) {
            out_.lost(payload, dropped - told, now, withheld_reason::no_room);
          }
          told = dropped;
        }
      }
    });
  }

  [[nodiscard]] bool look_after_sink(timestamp now) {
    if (now - flushed_ < flush_every_ns) {
      return true;
    }
    flushed_ = now;
    auto const flushed = sink::flush(sink_);
    if (!flushed) {
      ending_.output = flushed.error();
      rest_ = withheld_reason::output_failed;
    }
    return flushed.has_value();
  }

  /// After a stop, what happened before it may still be confirmed; what happened after it does not belong to
  /// the session.
  ///
  /// The time of the stop is read after it was seen: a thread that recorded something and then asked for the
  /// stop did so before, whatever this round took for now.
  void look_for_stop(std::stop_token const& stop) {
    bool wanted = stop.stop_requested() || controls_.stopping();
    bool all_ended = true; // then nothing is left to record
    each_source([&](auto& running, std::size_t) {
      wanted = wanted || running.out().stop_requested();
      all_ended = all_ended && running.ended();
    });
    wanted = wanted || all_ended;
    auto const now = clock_.now();
    if (wanted && !stopped_at_) {
      stopped_at_ = now;
    }
    if (stopped_at_ &&
        (now - *stopped_at_ > options_.hold_ns + options_.reorder_ns || !settle_.holds_until(*stopped_at_))) {
      finished_ = now - *stopped_at_ > options_.reorder_ns;
    }
  }

  void leave_rest() {
    if (auto monitors = breaks_.take_monitors()) {
      out_.discard(std::move(*monitors));
    }
    if (rest_) {
      settle_.withhold_all(*rest_, out_);
    } else {
      settle_.withhold_until(stopped_at_.value_or(timestamp{INT64_MAX}), withheld_reason::unconfirmed, out_);
      settle_.take_all([&](Event&& what) { out_.discard(std::move(what)); });
    }
    look_after_sources(clock_.now());
  }

  Pipeline& out_;
  Sink& sink_;
  consent::active_consent& consent_;
  Indicator& indicator_;
  consent::controls_follower controls_;
  capture::settle_options options_;
  Clock const& clock_;
  timestamp began_;
  capture::settle<Event> settle_;
  std::tuple<Running&...> sources_;
  std::array<std::array<std::uint64_t, Event::payload_count>, sizeof...(Running)> dropped_{};
  std::array<std::uint32_t, sizeof...(Running)> pauses_requested_{};
  session_breaks<Event> breaks_{};
  std::size_t exempted_ = 0;
  timestamp allowed_{INT64_MIN};
  timestamp flushed_{};
  std::optional<timestamp> stopped_at_;
  std::optional<withheld_reason> rest_;
  bool finished_ = false;
  session_ending ending_;
};

} // namespace overt::inline v0::detail
