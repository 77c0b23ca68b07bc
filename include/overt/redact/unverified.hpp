#pragma once

#include <string_view>

#include <overt/consent/grants.hpp>

namespace overt::inline v0::redact {

/// Switches off the second look: without it, a pipeline looks once more at every text that policies let out,
/// and masks what a detector finds in it. For research that is about the content itself; the receipt must
/// name `key.raw`.
struct unverified {
  static constexpr std::string_view name = "unverified";
  static constexpr bool switches_verification_off = true;

  [[nodiscard]] consent::grants needs() const { return consent::grants::key_raw; }
};

} // namespace overt::inline v0::redact
