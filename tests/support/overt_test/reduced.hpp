#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <overt/dataset/reduce.hpp>

#include <overt_test/recorded_trace.hpp>

namespace overt_test {

/// Whether an event is one that has to be in an action or among the leftovers.
inline bool is_input(overt::recorded<overt::event> const& what) {
  return what.visit([](auto const& payload) {
    using type = std::remove_cvref_t<decltype(payload)>;
    return overt::lane_of<type>() != overt::input_lane::none && !overt::follows_keyboard<type>();
  });
}

/// What is wrong with the episodes of a trace; empty when nothing is. Every event of input is in one place,
/// no other is in any, children are in order, and no moment was made up.
inline std::string fault_of(std::vector<overt::recorded<overt::event>> const& events,
                            std::vector<overt::dataset::episode> const& episodes) {
  std::map<std::uint64_t, int> places;
  std::set<std::int64_t> stamps;
  for (auto const& event : events) {
    if (is_input(event)) {
      places.emplace(event.head().sequence, 0);
    }
    stamps.insert(event.head().time.ns);
    if (auto const* const text = event.get_if<overt::text>()) {
      stamps.insert(text->began.ns);
    }
  }
  auto const put = [&](std::uint64_t sequence) {
    auto const found = places.find(sequence);
    return found != places.end() && ++found->second == 1;
  };
  for (auto const& episode : episodes) {
    for (auto const& action : episode.actions) {
      bool const wait = action.get_if<overt::dataset::wait_action>() != nullptr;
      if (action.children.empty() != wait) {
        return "an action without children, or a wait with some";
      }
      if (!std::is_sorted(action.children.begin(), action.children.end())) {
        return "children are not in order";
      }
      for (auto const child : action.children) {
        if (!put(child)) {
          return "event " + std::to_string(child) + " is in two places, or no input";
        }
      }
      for (auto const when : {action.approached, action.began, action.ended}) {
        if (!stamps.contains(when.ns)) {
          return "a moment that no event has";
        }
      }
    }
    for (auto const& left : episode.leftovers) {
      if (!put(left.sequence)) {
        return "leftover " + std::to_string(left.sequence) + " is in two places, or no input";
      }
    }
  }
  for (auto const& [sequence, count] : places) {
    if (count == 0) {
      return "event " + std::to_string(sequence) + " is lost";
    }
  }
  return {};
}

/// The episodes of a trace, of which nothing is lost.
inline std::vector<overt::dataset::episode> reduced(recorded_trace const& trace,
                                                    overt::dataset::reduce_options options = {}) {
  auto episodes = overt::dataset::reduce(trace.events, options);
  if (auto const fault = fault_of(trace.events, episodes); !fault.empty()) {
    throw std::runtime_error{fault};
  }
  return episodes;
}

/// The kinds of actions, with what they hold in short: "click*2 text(ab) key".
inline std::string in_short(std::vector<overt::dataset::action> const& actions) {
  std::string all;
  for (auto const& each : actions) {
    all += all.empty() ? "" : " ";
    all += overt::dataset::name_of(each.what);
    if (auto const* const click = each.get_if<overt::dataset::click_action>();
        click != nullptr && click->count > 1) {
      all += "*" + std::to_string(click->count);
    }
    if (auto const* const text = each.get_if<overt::dataset::text_action>()) {
      all += "(" + text->value.value_or("?") + ")";
    }
    if (auto const* const key = each.get_if<overt::dataset::key_action>(); key != nullptr && key->symbol) {
      all += "(" + std::string{key->is_shortcut() ? "+" : ""} +
             std::string{overt::name_of(*key->symbol).view()} + ")";
    }
    if (each.flaw != overt::dataset::action_flaw::none) {
      all += "!" + std::string{overt::name_of(each.flaw)};
    }
  }
  return all;
}

inline std::string in_short(std::vector<overt::dataset::episode> const& episodes) {
  std::string all;
  for (auto const& each : episodes) {
    all += all.empty() ? "" : " | ";
    all += in_short(each.actions);
    for (auto const& left : each.leftovers) {
      all += " -" + std::string{overt::name_of(left.why)};
    }
  }
  return all;
}

inline std::string reduced_in_short(recorded_trace const& trace,
                                    overt::dataset::reduce_options options = {}) {
  return in_short(reduced(trace, options));
}

} // namespace overt_test
