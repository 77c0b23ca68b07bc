#pragma once

#include <concepts>
#include <vector>

#include <overt/detail/unless_thrown.hpp>
#include <overt/event/audit_notes.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/guarded.hpp>
#include <overt/redact/chain_run.hpp>
#include <overt/redact/pixels.hpp>
#include <overt/redact/verify.hpp>

namespace overt::inline v0::redact {

/// The second look at what policies disclosed, and at what repeats something personal from elsewhere: at
/// texts, and at what stands in pictures. What is found is masked; what could not be looked at is denied.
template <any_event Event, class Chain>
class last_look {
public:
  explicit last_look(chain_run<Event, Chain>& run)
      : run_{run}, verify_{detail::detectors_of(run.policies), detail::is_verified(run.policies)} {}

  template <class Value>
  void operator()(Value& value, v0::detail::audit_notes& notes) {
    if constexpr (detail::verifies<Chain>) {
      if (!verify_.is_on()) {
        return;
      }
      if constexpr (std::same_as<Value, frame>) {
        look_at_picture(value, notes);
      }
      verify::each_disclosed(value, [&](guarded_text& text) { look_at(text, notes); });
    }
  }

private:
  void look_at(guarded_text& text, v0::detail::audit_notes& notes) {
    bool const looked = v0::detail::unless_thrown(
        [&] {
          v0::detail::gatekeeper::with_keys(
              [&](disclosure const&, clearance const& look) {
                notes.set_rule("verify");
                verify_(text, look);
              },
              &notes);
          return true;
        },
        [] { return false; });
    run_.each_memory(
        [&](auto const& policy, auto& kept, disclosure const& look) {
          if constexpr (requires { policy.recheck(kept, text, look); }) {
            policy.recheck(kept, text, look);
          }
        },
        &notes);
    if (!looked) {
      v0::detail::gatekeeper::with_keys([&](disclosure const&, clearance const& look) { text.deny(look); });
    }
  }

  /// A text in a picture goes through the same look; where that changes it, its place is filled.
  void look_at_picture(frame& what, v0::detail::audit_notes& notes) {
    auto const* const picture = what.picture.disclosed();
    if (picture == nullptr) {
      return;
    }
    std::vector<rectangle> parts;
    for (auto const& one : picture->elements()) {
      if (one.text.view().empty()) {
        continue;
      }
      v0::detail::gatekeeper::with_keys([&](disclosure const& key, clearance const& look) {
        guarded_text text{arena_string{one.text.view()}};
        text.disclose(key);
        look_at(text, notes);
        if (text.look(look).view() != one.text.view()) {
          pixels::each_part(one, what.covers, pixels::bleed,
                            [&](rectangle const& part) { parts.push_back(part); });
        }
      });
    }
    v0::detail::gatekeeper::with_keys(
        [&](disclosure const&, clearance const& look) { pixels::fill(what, parts, look); });
  }

  chain_run<Event, Chain>& run_;
  verify verify_;
};

} // namespace overt::inline v0::redact
