#pragma once

#include <string_view>

#include <overt/consent/grants.hpp>
#include <overt/event/context.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

/// Tells the whole title of a window. For research: titles hold what a document, a mail or a chat is called,
/// so the receipt must name `key.raw` beside `window.focus`. `titles` tells what is the program's of them.
struct window_titles {
  static constexpr std::string_view name = "window_titles";

  [[nodiscard]] consent::grants needs() const {
    return consent::grants::window_focus | consent::grants::key_raw;
  }

  void operator()(context& where, disclosure const& unlock) const { where.title.disclose(unlock); }
};

} // namespace overt::inline v0::redact
