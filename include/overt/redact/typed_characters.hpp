#pragma once

#include <string_view>

#include <overt/consent/grants.hpp>
#include <overt/event/text.hpp>
#include <overt/redact/policy.hpp>
#include <overt/redact/typing.hpp>

namespace overt::inline v0::redact {

/// Discloses every key and every text, with what was typed. For research: the receipt must name `key.raw`.
/// What an earlier policy denied stays denied, and a key of which only the fact that it was pressed is left
/// does not leave.
struct typed_characters {
  static constexpr std::string_view name = "typed_characters";

  /// More than `typed_text` discloses, so all that it needs and more.
  [[nodiscard]] consent::grants needs() const {
    return consent::grants::key_semantic | consent::grants::key_raw;
  }

  [[nodiscard]] verdict operator()(key& what, disclosure const& unlock) const {
    if (is_typing(what) && what.symbol.state() == guard_state::denied) {
      return verdict::pass();
    }
    what.usage.disclose(unlock);
    what.symbol.disclose(unlock);
    what.entered.disclose(unlock);
    return verdict::release(unlock);
  }

  [[nodiscard]] verdict operator()(text& what, disclosure const& unlock) const {
    if (what.value.state() == guard_state::denied) {
      return verdict::pass();
    }
    what.length.disclose(unlock);
    what.edits.disclose(unlock);
    what.value.disclose(unlock);
    return verdict::release(unlock);
  }
};

} // namespace overt::inline v0::redact
