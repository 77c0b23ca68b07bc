#pragma once

#include <string_view>

#include <overt/consent/grants.hpp>
#include <overt/event/context.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

/// Discloses the whole address of a page below its origin: path, query and fragment. For research: addresses
/// hold what was looked for, whose page it is, and tokens that open it, so the receipt must name `key.raw`
/// beside `window.focus`. `page_routes` tells what kind of page it was.
struct page_addresses {
  static constexpr std::string_view name = "page_addresses";

  [[nodiscard]] consent::grants needs() const {
    return consent::grants::window_focus | consent::grants::key_raw;
  }

  void operator()(context& where, disclosure const& unlock) const { where.page.disclose(unlock); }
};

} // namespace overt::inline v0::redact
