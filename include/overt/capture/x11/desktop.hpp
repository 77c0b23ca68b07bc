#pragma once

#include <array>
#include <memory>
#include <stop_token>
#include <string_view>
#include <utility>

#include <overt/capture/backend.hpp>
#include <overt/capture/x11/machinery.hpp>
#include <overt/capture/x11/session.hpp>
#include <overt/detail/unless_thrown.hpp>

namespace overt::inline v0::capture::x11 {

// `x11::desktop{} + …`: operators are looked up in the namespace of their operands.
using capture::operator+;

/// Keyboard, pointer, windows and monitors of an X11 desktop, through XInput 2 raw events: nothing is
/// grabbed, nothing is delayed, and nothing the person does is changed.
///
///     overt::recorder rec{consent, indicator, capture::x11::desktop{}, policy, sink};
///
/// Keys carry what they entered after the layout, dead keys and Compose; input methods are not seen. It
/// answers for the application of every input: by the window with the focus and the window under the pointer,
/// whose process the server names. Where that cannot be told, the answer says so and the input is withheld.
/// This program's own windows are not recorded.
///
/// A server that repeats held keys itself, as X.Org does, makes no raw events for it: a held key is one press
/// and one release, and what its repeats enter is not seen. (Other ways to see them would take keys away from
/// programs.)
///
/// Works with every list of payloads that carries key, pointer_move, pointer_delta, button, scroll, focus,
/// display and source. On XWayland it sees only what goes to X11 windows.
class desktop {
public:
  static constexpr std::string_view name = "x11::desktop";
  using backend_tag = void;
  static constexpr std::array answers{context_aspect::application};

  explicit desktop(desktop_options options = {}) : options_{std::move(options)} {}
  /// The same options; a copy has to be opened itself.
  desktop(desktop const& other) : options_{other.options_} {}
  desktop(desktop&&) noexcept = default;
  desktop& operator=(desktop other) noexcept {
    std::swap(options_, other.options_);
    std::swap(made_, other.made_);
    return *this;
  }
  ~desktop() = default;

  template <any_event Event>
  [[nodiscard]] result<source> open(port<Event>&) {
    static_assert(Event::template carries<key> && Event::template carries<pointer_move> &&
                      Event::template carries<pointer_delta> && Event::template carries<button> &&
                      Event::template carries<scroll> && Event::template carries<focus> &&
                      Event::template carries<display> && Event::template carries<source>,
                  "overt: x11::desktop needs an event that carries key, pointer_move, pointer_delta, button, "
                  "scroll, focus, display and source");
    return overt::detail::unless_thrown(
        [this]() -> result<source> {
          auto made = open_machinery(options_);
          if (!made) {
            return made.error();
          }
          made_ = *std::move(made);
          return describe(*made_);
        },
        [] { return result<source>{failure{error_code::source_lost, out_of_memory}}; });
  }

  template <any_event Event>
  [[nodiscard]] result<void> run(port<Event>& out, std::stop_token stop) {
    if (!made_) {
      return failure{error_code::misuse, "x11::desktop was run without being opened first."};
    }
    auto ended = overt::detail::unless_thrown(
        [&]() -> result<void> { return session<Event>{*made_, options_, out}.run(std::move(stop)); },
        [] { return result<void>{failure{error_code::source_lost, out_of_memory}}; });
    made_.reset();
    return ended;
  }

private:
  static constexpr char const* out_of_memory =
      "x11::desktop ran out of memory. Close other programs and start a new session.";

  desktop_options options_;
  std::unique_ptr<machinery> made_;
};

} // namespace overt::inline v0::capture::x11
