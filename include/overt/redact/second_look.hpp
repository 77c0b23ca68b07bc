#pragma once

#include <string>
#include <string_view>

#include <overt/consent/grants.hpp>
#include <overt/redact/description.hpp>
#include <overt/redact/detect/describe.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/unverified.hpp>

namespace overt::inline v0::redact {

/// Decides at run time how the second look at what leaves is done (see `verify.hpp`): with which detectors,
/// or not at all. Stands last in a chain from a file; one that is known while compiling has `unverified`, or
/// nothing.
struct second_look {
  /// A pipeline takes those of the last policy that has a member of this name and type.
  detect::detectors detectors = detect::all();
  bool on = true;         ///< off: `detectors` has no types
  bool described = false; ///< no other policy of the chain describes these detectors

  static constexpr std::string_view name = "second_look";
  static constexpr bool switches_verification_off = false; // while compiling: then it could not be chosen

  /// Asked by the pipeline: off, policies do not look at what leaves again either.
  [[nodiscard]] bool verifies() const noexcept { return on; }

  [[nodiscard]] static second_look switched_off() { return {.detectors = {.types = 0}, .on = false}; }

  /// What is not looked for is let out as it is, as raw keys would be.
  [[nodiscard]] consent::grants needs() const {
    return !on || detect::is_loosened(detectors) ? consent::grants::key_raw : consent::grants{};
  }

  /// Off it reads as `unverified`, so that a chain from a file has the digest of the same chain in code.
  [[nodiscard]] std::string describe() const {
    if (!on) {
      return redact::describe(unverified{});
    }
    return described ? "{\"detectors\":" + detect::describe(detectors) + ",\"policy\":\"second_look\"}"
                     : std::string{};
  }
};

} // namespace overt::inline v0::redact
