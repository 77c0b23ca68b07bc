#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <overt/consent/receipt.hpp>
#include <overt/event/result.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::consent {

/// What tells the person in front of the screen that recording is on. A recorder needs one, and releases an
/// event only when the indicator was confirmed at or after the event's time.
///
///  - `name` says which it is, in the trace.
///  - `show()` makes it visible; called once, before anything is recorded, on the thread that builds the
///    recorder. Returns when it *is* visible, or an error that says why it cannot be, and nothing is
///    recorded.
///  - `confirmed()` is the latest moment, on the session's clock, at which it was certainly visible; nothing
///    once it is lost. Called many times a second on the recorder's thread; does not block (typically below
///    50 µs). Whoever cannot tell returns nothing. A moment that does not advance is a lost indicator too:
///    the recorder stops when it is older than one second.
///  - `hide()` takes it away; called once, after nothing is recorded any more. May be called after a loss.
///
/// One that shows the person what they may do while it records also has `offer(consent::controls)`, called
/// once, before `show`. It says whether recording is paused, and confirms itself during a pause as well.
///
/// None of these are called concurrently. None may throw. There is no option, file or environment variable
/// that makes an indicator invisible, and an implementation must not add one.
///
/// An indicator that is not one of the library's (`built_in_indicator`) is trusted like a policy: a recorder
/// names it in the trace, and it belongs into the policy whose digest the person agreed to.
template <class Indicator>
concept indicator = requires(Indicator& shown) {
  { Indicator::name } -> std::convertible_to<std::string_view>;
  { shown.show() } -> std::same_as<result<void>>;
  { shown.confirmed() } -> std::same_as<std::optional<timestamp>>;
  shown.hide();
};

/// How old a confirmation may be before an indicator counts as lost.
inline constexpr std::int64_t longest_unconfirmed_ns = 1'000'000'000;

class terminal_indicator;
namespace x11 {
class window_indicator;
} // namespace x11

/// The library's own. Compared with the types, because a trait could be specialised by anybody.
template <class Indicator>
concept built_in_indicator =
    std::same_as<Indicator, terminal_indicator> || std::same_as<Indicator, x11::window_indicator>;

/// What an indicator says beside "Recording".
struct indicator_text {
  std::vector<std::string> applications{};
  std::string task{};               ///< what the person was asked to do, if anything
  std::int64_t until_wall_ns = 0;   ///< when the consent ends; 0 says nothing about it
  std::string stop{"Ctrl+C stops"}; ///< how to end it

  [[nodiscard]] static indicator_text of(receipt const& terms) {
    indicator_text text;
    text.applications = terms.apps;
    text.applications.insert(text.applications.end(), terms.sites.begin(), terms.sites.end());
    text.until_wall_ns = terms.expires_wall_ns;
    return text;
  }
};

} // namespace overt::inline v0::consent
