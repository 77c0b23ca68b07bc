#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include <overt/consent/purpose.hpp>
#include <overt/detail/iso8601.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/event/json/from_json.hpp>
#include <overt/event/name_pool.hpp>
#include <overt/sink/session_info.hpp>

namespace overt::inline v0::trace {

/// What a trace says of itself, as a sink takes it, so that what was read can be written as another trace.
/// Members that are missing or malformed stay empty; a `kept_until` that is no date is one that has passed.
/// `names` has to outlive it.
[[nodiscard]] inline session_info session_of(nlohmann::json const& session, name_pool& names) {
  session_info made;
  if (!session.is_object()) {
    return made;
  }
  v0::detail::json_decoder decoder{json_origin::trace, names};
  auto const take = [&](char const* member, auto& to) {
    auto const found = session.find(member);
    if (found == session.end()) {
      return false;
    }
    if constexpr (requires { to.c_str(); }) {
      auto const* const text = found->template get_ptr<std::string const*>();
      to = text == nullptr ? std::string{} : *text;
      return text != nullptr;
    } else {
      return decoder.decode(*found, to);
    }
  };
  static_cast<void>(take("receipt", made.receipt_id) && take("policy_digest", made.policy_digest));
  static_cast<void>(take("indicator", made.indicator));
  static_cast<void>(take("time_grid_ns", made.time_grid_ns));
  if (!take("sources", made.sources)) {
    made.sources.clear();
  }
  if (auto const policy = session.find("policy"); policy != session.end() && policy->is_object()) {
    made.policy = policy->dump();
  }
  if (auto const clock = session.find("clock"); clock != session.end() && clock->is_object()) {
    clock_anchor anchor;
    auto const number = [&](char const* member) {
      auto const found = clock->find(member);
      return found != clock->end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
    };
    anchor.monotonic.ns = number("monotonic_ns");
    anchor.wall_ns = number("wall_ns");
    anchor.uncertainty_ns = number("uncertainty_ns");
    made.anchor = anchor;
  }
  if (auto const until = session.find("kept_until"); until != session.end() && !until->is_null()) {
    auto const* const text = until->get_ptr<std::string const*>();
    auto const time = text == nullptr ? std::nullopt : v0::detail::parse_date_time(*text);
    made.kept_until_wall_ns = (std::max)(time.value_or(1), std::int64_t{1}); // no date: it has passed
  }
  if (auto const purposes = session.find("purposes"); purposes != session.end() && purposes->is_array()) {
    for (auto const& each : *purposes) {
      consent::purpose named{};
      auto const* const text = each.get_ptr<std::string const*>();
      if (text != nullptr && value_named(*text, named)) {
        made.purposes.push_back(named);
      }
    }
  }
  return made;
}

} // namespace overt::inline v0::trace
