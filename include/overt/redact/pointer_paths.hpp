#pragma once

#include <string_view>

#include <overt/consent/grants.hpp>
#include <overt/event/pointer_delta.hpp>
#include <overt/event/pointer_move.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

/// Releases every move of the pointer. How somebody moves it tells who they are, so the receipt must name
/// `pointer.path`.
struct pointer_paths {
  static constexpr std::string_view name = "pointer_paths";

  [[nodiscard]] consent::grants needs() const { return consent::grants::pointer_path; }

  [[nodiscard]] verdict operator()(pointer_move&, disclosure const& unlock) const {
    return verdict::release(unlock);
  }
  [[nodiscard]] verdict operator()(pointer_delta&, disclosure const& unlock) const {
    return verdict::release(unlock);
  }
};

} // namespace overt::inline v0::redact
