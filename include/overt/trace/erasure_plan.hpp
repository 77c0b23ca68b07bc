#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <overt/event/display.hpp>
#include <overt/event/event.hpp>
#include <overt/event/field.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/gap.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/timestamp.hpp>
#include <overt/event/withheld.hpp>
#include <overt/sink/session_info.hpp>
#include <overt/trace/erasure.hpp>
#include <overt/trace/sequence_check.hpp>

namespace overt::inline v0::trace {

/// Which events of a trace an erasure takes, and which numbers the others get. Reads all events twice, in
/// their order, before the first one is copied:
///
///     trace::erasure_plan<event> plan{what};
///     … plan.survey(event); …                   // all of them
///     plan.use_session(session);
///     … plan.judge(event); …                    // all of them, once more
///     plan.takes(number), plan.number_of(number)
///
/// Beside what falls under the erasure itself go
///  - what was made of it or refers to it: any field of the unit `event_number`, through as many steps as
///    there are;
///  - what names a time of the stretch beside its own, such as a picture that was grabbed in it, or a text
///    that was begun before its end and left after its begin;
///  - where an application or a site is erased, pictures that may show it. Windows in a picture have no
///    names, so a picture stays only where it shows no window, or the one window of an application that
///    stays, on the only monitor; an application with a page of an erased site does not stay for this. A name
///    that is neither in the trace nor in its policy was never shown.
///
/// The events that stay get numbers without holes, and one gap stands for each run of those that go: numbers
/// with holes would count what was erased, and that is what `hides_amount` forbids. Gaps of an erasure before
/// count as erased, so that runs side by side become one and the same erasure twice is the same as once.
///
/// Memory grows with the number of runs, not of events.
template <any_event Event>
class erasure_plan {
public:
  explicit erasure_plan(erasure what) : what_{std::move(what)} {}

  /// First time: what has to be known of the whole trace.
  void survey(recorded<Event> const& event) {
    if (!began_) {
      began_ = event.head().time;
    }
    if (!asks_for_places()) {
      return;
    }
    if (event.head().where) {
      known_ = known_ || what_.covers_place(*event.head().where);
      auto const* const application = event.head().where->application.disclosed();
      auto const* const origin = event.head().where->origin.disclosed();
      if (application != nullptr && origin != nullptr && what_.covers_site(origin->view())) {
        showed_a_site_.emplace(application->view());
      }
    }
    event.visit([&]<class Payload>(Payload const& payload) {
      if constexpr (std::same_as<Payload, display>) {
        several_monitors_ = several_monitors_ || payload.monitors.size() > 1;
      } else if constexpr (std::same_as<Payload, frame>) {
        several_monitors_ = several_monitors_ || (monitor_ && !(*monitor_ == payload.covers));
        monitor_ = payload.covers;
      }
    });
  }

  /// What the trace says of itself, before the first is judged: its grid and what its policy agreed to.
  void use_session(session_info const& session) {
    grid_ns_ = session.time_grid_ns;
    auto const names = [&](std::string const& name) {
      return session.policy.find('"' + name + '"') != std::string::npos;
    };
    known_ = known_ || std::any_of(what_.applications.begin(), what_.applications.end(), names) ||
             std::any_of(what_.sites.begin(), what_.sites.end(), names);
  }

  /// Second time: decides. Events have to come in the order of their numbers.
  void judge(recorded<Event> const& event) {
    auto const number = event.head().sequence;
    bool const same_loss = old_.next() != old_.next_without_gaps() && number == old_.next_without_gaps();
    static_cast<void>(old_.follows(event));
    bool const was_gap = is_erased_gap(event);
    if (was_gap || goes(event)) {
      changes_ = changes_ || !was_gap || in_gap_;
      if (!std::exchange(in_gap_, true)) {
        auto const gap_number = new_.next();
        static_cast<void>(new_.follows(gap_number, nullptr));
        runs_.push_back({number, gap_number, true, last_time_.value_or(began_.value_or(timestamp{}))});
      }
      return;
    }
    auto const stays_as = same_loss && !in_gap_ ? new_.next_without_gaps() : new_.next();
    if (in_gap_ || runs_.empty() || number - runs_.back().first != stays_as - runs_.back().number) {
      runs_.push_back({number, stays_as, false, {}});
    }
    in_gap_ = false;
    last_time_ = event.head().time;
    static_cast<void>(new_.follows(stays_as, told_by(event)));
  }

  /// Whether anything goes that has not gone before.
  [[nodiscard]] bool changes() const noexcept { return changes_; }

  /// Whether an event of the old trace goes.
  [[nodiscard]] bool takes(std::uint64_t number) const noexcept {
    auto const* const in = run_of(number);
    return in != nullptr && in->erased;
  }

  /// The new number of one that stays; also of one that was lost before and that a gap counts.
  [[nodiscard]] std::uint64_t number_of(std::uint64_t number) const noexcept {
    auto const* const in = run_of(number);
    return in == nullptr ? number : number - in->first + in->number;
  }

  /// Where this event is the first one of a run that goes: the gap that stands there, with the time of the
  /// event before, so that it does not tell when that was.
  [[nodiscard]] std::optional<recorded<Event>> gap_at(std::uint64_t number) const {
    auto const* const in = run_of(number);
    if (in == nullptr || !in->erased || in->first != number) {
      return std::nullopt;
    }
    recorded_head head{.sequence = in->number, .time = in->when, .source = recorder_source};
    return v0::detail::recording::make<Event>(std::move(head),
                                              Event{event_header{}, gap{.reason = withheld_reason::erased}});
  }

  /// An event that stays, with the numbers that it and those that it names have now.
  [[nodiscard]] recorded<Event> renumbered(recorded<Event> const& from) const {
    recorded_head head{
        .sequence = number_of(from.head().sequence), .time = from.head().time, .source = from.head().source};
    if (from.head().where) {
      v0::detail::copy_disclosed(from.head().where, head.where);
    }
    return from.visit([&]<class Payload>(Payload const& payload) {
      Payload copied{};
      v0::detail::copy_disclosed(payload, copied);
      for_each_field(copied, [&](auto const& description, auto& member) {
        if (description.unit == unit::event_number) {
          translate(member);
        }
      });
      return v0::detail::recording::make<Event>(std::move(head), Event{event_header{}, std::move(copied)});
    });
  }

private:
  static_assert(Event::template carries<gap>,
                "overt: a trace is erased from only where its events have overt::gap, which says that "
                "something is not there any more");

  /// A stretch of old numbers, all of which go or all of which stay.
  struct run {
    std::uint64_t first = 0;  ///< its first old number
    std::uint64_t number = 0; ///< and the new one, or that of the gap
    bool erased = false;
    timestamp when{}; ///< of the gap
  };

  [[nodiscard]] bool asks_for_places() const noexcept {
    return !what_.applications.empty() || !what_.sites.empty();
  }

  [[nodiscard]] run const* run_of(std::uint64_t number) const noexcept {
    auto const behind =
        std::upper_bound(runs_.begin(), runs_.end(), number,
                         [](std::uint64_t wanted, run const& one) { return wanted < one.first; });
    return behind == runs_.begin() ? nullptr : &*std::prev(behind);
  }

  [[nodiscard]] static gap const* told_by(recorded<Event> const& event) {
    return event.template get_if<gap>();
  }
  [[nodiscard]] static bool is_erased_gap(recorded<Event> const& event) {
    auto const* const told = told_by(event);
    return told != nullptr && told->reason == withheld_reason::erased;
  }

  [[nodiscard]] bool goes(recorded<Event> const& event) const {
    auto const& head = event.head();
    return what_.covers_time(head.time, grid_ns_) || (head.where && what_.covers_place(*head.where)) ||
           event.visit([&]<class Payload>(Payload const& payload) {
             bool found = false;
             for_each_field(payload, [&](auto const& description, auto const& member) {
               found = found || falls(head.time, description.name, description.unit, member);
             });
             if constexpr (std::same_as<Payload, frame>) {
               found = found || may_show(head, payload);
             }
             return found;
           });
  }

  /// Whether a field names an event that goes, or a time of the stretch.
  template <class Member>
  [[nodiscard]] bool falls(timestamp event_time, std::string_view name, unit of, Member const& member) const {
    if constexpr (std::same_as<Member, std::vector<std::uint64_t>>) {
      return of == unit::event_number &&
             std::any_of(member.begin(), member.end(), [&](auto number) { return takes(number); });
    } else if constexpr (std::same_as<Member, std::uint64_t>) {
      return of == unit::event_number && member != 0 && takes(member);
    } else if constexpr (std::same_as<Member, timestamp>) {
      bool const unset = grid_ns_ <= 0 && member == timestamp{};
      return !unset && (name == "began" ? what_.covers_stretch(member, event_time, grid_ns_)
                                        : what_.covers_time(member, grid_ns_));
    } else {
      return false;
    }
  }

  [[nodiscard]] bool may_show(recorded_head const& head, frame const& picture) const {
    if (!known_ || picture.shown.empty()) {
      return false;
    }
    auto const* const application = head.where ? head.where->application.disclosed() : nullptr;
    bool const sure = picture.shown.size() == 1 && !several_monitors_ && application != nullptr &&
                      showed_a_site_.find(application->view()) == showed_a_site_.end();
    return !sure; // an erased application itself has gone by its place
  }

  template <class Member>
  void translate(Member& member) const {
    if constexpr (std::same_as<Member, std::vector<std::uint64_t>>) {
      for (auto& number : member) {
        number = number_of(number);
      }
    } else if constexpr (std::same_as<Member, std::uint64_t>) {
      member = member == 0 ? 0 : number_of(member);
    }
  }

  erasure what_;
  std::int64_t grid_ns_ = 0;
  std::optional<timestamp> began_{};                   ///< of the trace's first event
  std::optional<timestamp> last_time_{};               ///< of the last event that stays
  std::set<std::string, std::less<>> showed_a_site_{}; ///< applications with a page of an erased site
  std::optional<rectangle> monitor_{};
  bool several_monitors_ = false;
  bool known_ = false; ///< a place that is erased was agreed to, or is in the trace
  sequence_check old_{};
  sequence_check new_{};
  std::vector<run> runs_{};
  bool in_gap_ = false;
  bool changes_ = false;
};

} // namespace overt::inline v0::trace
