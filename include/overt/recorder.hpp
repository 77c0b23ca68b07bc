#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <overt/capture/backend.hpp>
#include <overt/capture/running_backend.hpp>
#include <overt/capture/settle.hpp>
#include <overt/consent/active_consent.hpp>
#include <overt/consent/controls.hpp>
#include <overt/consent/indicator.hpp>
#include <overt/consent/kept_until.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/event.hpp>
#include <overt/redact/agreement.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/covers.hpp>
#include <overt/redact/digest.hpp>
#include <overt/redact/exempt.hpp>
#include <overt/redact/pipeline.hpp>
#include <overt/session_loop.hpp>
#include <overt/session_summary.hpp>
#include <overt/sink/sink.hpp>

namespace overt::inline v0 {

struct recorder_options {
  capture::settle_options settle{};
  capture::port_sizes port{};
};

/// Records a session: backends → settle → policies → sink, while the consent holds and the indicator is seen.
///
///     overt::recorder rec{consent, indicator, capture::x11::desktop{}, policy, sink::jsonl{"trace.jsonl"}};
///     auto summary = rec.run(stop_token);
///
/// Consent and indicator are used where they are and must outlive the recorder; the rest is moved in. Two
/// recorders in one process do not meet.
///
/// `Event` is the backend's `event_type` if it has one, else `overt::event`.
template <class Indicator, class Backends, class Chain, class Sink, class Event, class Clock = system_clocks>
class recorder {
  static_assert(consent::indicator<Indicator>,
                "overt: consent::indicator<Indicator> does not hold: a recorder needs something that "
                "shows the person that recording is on");
  static_assert(redact::policy_chain<Chain>,
                "overt: redact::policy_chain<Chain> does not hold: a policy begins with "
                "redact::only({...}) | redact::secrets{}");
  static_assert(sink::sink_for<Sink, Event>,
                "overt: sink::sink_for<Sink, Event> does not hold: a sink has write(cleared<Event> const&) "
                "and takes nothing rawer");
  static_assert(Event::template carries<source> && Event::template carries<consent_change>,
                "overt: an event list carries overt::source and overt::consent_change, so that nothing ends "
                "in silence");

public:
  recorder(consent::active_consent& agreed, Indicator& shown, Backends backends, Chain policies, Sink out,
           recorder_options options = {}, Clock clock = {})
      : consent_{agreed}, indicator_{shown}, backends_{std::move(backends)}, policies_{std::move(policies)},
        sink_{std::move(out)}, options_{options}, clock_{std::move(clock)} {}

  recorder(recorder const&) = delete;
  recorder& operator=(recorder const&) = delete;

  /// Records until `stop` is requested, the person stops it, or consent or indicator end. Call it once.
  ///
  /// Everything that can be refused is refused before anything is recorded: a consent that does not cover the
  /// policy, an indicator that cannot be shown, a backend that cannot see, a sink that cannot write.
  [[nodiscard]] result<session_summary> run(std::stop_token stop = {}) {
    if constexpr (capture::is_together<Backends>) {
      return std::apply([&](auto&... backend) { return run_with(std::move(stop), backend...); },
                        backends_.backends);
    } else {
      return run_with(std::move(stop), backends_);
    }
  }

  /// What the person may do while it records: pause, resume, exempt, stop. A handle that may be used from any
  /// thread, before `run`, too, and that outlives the recorder. An indicator that has
  /// `offer(consent::controls)` gets one before it is shown.
  [[nodiscard]] consent::controls controls() const { return controls_; }

private:
  static constexpr std::string_view indicator_in_policy =
      consent::built_in_indicator<Indicator> ? std::string_view{} : std::string_view{Indicator::name};

  template <class... Backend>
  [[nodiscard]] result<session_summary> run_with(std::stop_token stop, Backend&... backend) {
    static_assert((capture::backend_for<Backend, Event> && ...),
                  "overt: capture::backend_for<Backend, Event> does not hold: a backend has name, open(port) "
                  "and run(port, stop_token)");
    if (auto const agreed = check(); !agreed) {
      return agreed.error();
    }
    std::array<capture::input_feed, (capture::follows_input<Backend> + ... + 0)> feeds;
    std::tuple running{capture::running_backend<Event, Backend>{backend, options_.port}...};
    return std::apply(
        [&](auto&... each) {
          std::uint16_t number = 0;
          std::size_t taken = 0;
          (each.join(number++, feeds, taken), ...);
          (hand_scope(each), ...);
          return record(stop, (fields_required<Backend>() || ...), each...);
        },
        running);
  }

  /// A backend that takes pictures is told what was agreed to, as a question that it may ask from its own
  /// thread. It knows no policy.
  template <class Running>
  void hand_scope(Running& running) {
    if constexpr (capture::asks_scope<typename Running::backend_type>) {
      running.backend().limit_to(
          [scope = std::get<redact::only>(policies_.policies), asked = controls_](context& where) {
            return !asked.paused() && !asked.exempts([&](consent::exemptions const& exempt) {
              return redact::is_exempt(exempt, where);
            }) && redact::covers(scope, where);
          });
    }
  }

  /// The refusals that need no backend.
  [[nodiscard]] result<void> check() {
    auto const state = consent_.state(clock_.now(), clock_.wall_ns());
    if (state != consent_state::active) {
      return failure{error_code::consent_missing, "the consent does not hold any more (" +
                                                      std::string{name_of(state)} +
                                                      "). Nothing was recorded. Ask for a new consent."};
    }
    return redact::check_agreement(policies_, consent_.terms(), indicator_in_policy);
  }

  template <class... Running>
  [[nodiscard]] result<session_summary> record(std::stop_token stop, bool fields_required,
                                               Running&... running) {
    auto opened = open_all(running...);
    if (!opened) {
      return opened.error();
    }
    auto const start = clock_.now();
    auto const sources = std::move(*opened);
    redact::pipeline<Event, Chain, Sink> out{policies_, sink_, start};
    if (auto const ready = sink::open(sink_, describe_session(out, sources)); !ready) {
      return ready.error();
    }
    if constexpr (requires { indicator_.offer(controls_); }) {
      indicator_.offer(controls_);
    }
    if (auto const shown = indicator_.show(); !shown) {
      static_cast<void>(sink::close(sink_, {}));
      return shown.error();
    }
    auto const began = clock_.now();
    for (std::size_t i = 0; i < sources.size(); ++i) {
      out.notice(start, static_cast<std::uint16_t>(i), source{sources[i]});
    }
    out.notice(start, recorder_source, consent_change{.state = consent_state::active});
    detail::session_loop<Event, decltype(out), Sink, Indicator, Clock, Running...> loop{
        out,    sink_, consent_,        indicator_,          controls_, options_.settle,
        clock_, began, fields_required, std::tie(running...)};
    auto const ending = loop.run(std::move(stop));
    indicator_.hide();
    return finish(out, ending, running...);
  }

  template <class Pipeline, class... Running>
  [[nodiscard]] result<session_summary> finish(Pipeline& out, detail::session_ending const& ending,
                                               Running&... running) {
    out.finish(ending.state != consent_state::active || ending.output);
    session_summary summary{
        .most_held = ending.most_held, .ended = ending.state, .source_failures = ending.source_failures};
    session_end end;
    constexpr auto names = detail::payload_literals<Event>();
    bool adds_up = true;
    for (std::size_t i = 0; i < names.size(); ++i) {
      auto const& counts = out.counts()[i];
      payload_total const total{.payload = names[i],
                                .produced = (running.out().produced()[i] + ...),
                                .written = counts.written,
                                .folded = counts.folded,
                                .withheld = counts.withheld,
                                .dropped = (running.out().dropped()[i] + ...),
                                .notices = counts.notices};
      adds_up = adds_up && total.adds_up();
      summary.totals.push_back(total);
      if (counts.written + counts.notices > 0) {
        end.written.push_back({names[i], counts.written + counts.notices});
      }
    }
    summary.last_sequence = out.sequence();
    auto const closed = sink::close(sink_, end);
    if (ending.output) {
      return *ending.output;
    }
    if (!closed) {
      return closed.error();
    }
    if (!adds_up) {
      return failure{error_code::misuse,
                     "the counts of the session do not add up: an event was lost without being counted. "
                     "The trace is closed, but is missing something; please report this."};
    }
    return summary;
  }

  template <class... Running>
  [[nodiscard]] result<std::vector<source>> open_all(Running&... running) {
    std::vector<source> sources;
    std::optional<failure> refused;
    auto const open_one = [&](auto& each) {
      auto opened = each.open();
      if (!opened) {
        refused = opened.error();
        return false;
      }
      sources.push_back(*opened);
      return true;
    };
    static_cast<void>((open_one(running) && ...));
    if (refused) {
      return *refused;
    }
    return sources;
  }

  template <class Pipeline>
  [[nodiscard]] session_info describe_session(Pipeline const& out, std::vector<source> const& sources) const {
    session_info info{.receipt_id = consent_.terms().receipt_id,
                      .receipt = consent_.terms().document,
                      .policy = redact::describe(policies_, indicator_in_policy),
                      .policy_digest = redact::digest_of(policies_, indicator_in_policy),
                      .indicator = std::string{Indicator::name},
                      .time_grid_ns = out.time_grid_ns(),
                      .sources = sources,
                      .kept_until_wall_ns =
                          consent::kept_until(clock_.wall_ns(), consent_.terms().retention_days),
                      .purposes = consent_.terms().purposes};
    if (info.time_grid_ns == 0) {
      info.anchor = measure_anchor(clock_);
    }
    return info;
  }

  template <class Backend>
  [[nodiscard]] static consteval bool fields_required() {
    if constexpr (requires { Backend::answers; }) {
      for (auto const aspect : Backend::answers) {
        if (aspect == capture::context_aspect::field) {
          return true;
        }
      }
    }
    return false;
  }

  consent::active_consent& consent_;
  Indicator& indicator_;
  Backends backends_;
  Chain policies_;
  Sink sink_;
  recorder_options options_;
  Clock clock_;
  consent::controls controls_;
};

namespace detail {

template <class Backends>
struct event_of {
  using type = v0::event;
};
template <class Backend>
  requires requires { typename Backend::event_type; }
struct event_of<Backend> {
  using type = typename Backend::event_type;
};
template <class First, class... Rest>
    struct event_of<capture::together<First, Rest...>> : std::conditional_t < requires {
  typename First::event_type;
} || sizeof...(Rest) == 0, event_of<First>, event_of < capture::together < Rest... >>>{};
template <>
struct event_of<capture::together<>> {
  using type = v0::event;
};

} // namespace detail

template <class Indicator, class Backends, class Chain, class Sink>
recorder(consent::active_consent&, Indicator&, Backends, Chain, Sink, recorder_options = {})
    -> recorder<Indicator, Backends, Chain, Sink, typename detail::event_of<Backends>::type>;

template <class Indicator, class Backends, class Chain, class Sink, class Clock>
recorder(consent::active_consent&, Indicator&, Backends, Chain, Sink, recorder_options, Clock)
    -> recorder<Indicator, Backends, Chain, Sink, typename detail::event_of<Backends>::type, Clock>;

} // namespace overt::inline v0
