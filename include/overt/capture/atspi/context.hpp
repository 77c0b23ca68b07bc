#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <utility>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/connect.hpp>
#include <overt/capture/atspi/context_options.hpp>
#include <overt/capture/atspi/listening.hpp>
#include <overt/capture/atspi/session.hpp>
#include <overt/capture/backend.hpp>
#include <overt/capture/input_feed.hpp>
#include <overt/detail/unless_thrown.hpp>

namespace overt::inline v0::capture::atspi {

// `x11::desktop{} + atspi::context{}`: operators are looked up in the namespace of their operands.
using capture::operator+;

/// What the desktop's programs tell of their elements, over the accessibility bus (AT-SPI 2): which field has
/// the focus, whether it is secret, and which page it is on.
///
///     overt::recorder rec{consent, indicator, capture::x11::desktop{} + capture::atspi::context{}, policy,
///     sink};
///
/// It asks and never acts, waits for no program, and answers for fields: with it in a session, input leaves
/// only when the field it went to was found harmless. A program that is not on the bus tells nothing, so that
/// nothing done in it leaves.
///
/// It also hears that the screen is locked, from the login manager and from screen savers: then nothing
/// leaves, whatever any backend confirms. A locker that tells nobody is noticed by `x11::desktop` alone, as
/// the one that holds the keyboard.
///
/// When the bus goes away it says so, nothing is confirmed, and it comes back when the bus does.
///
/// It makes no input events; it follows those of another backend. Programs ask for listeners when they start:
/// Chromium shows its pages only when the recorder was there before.
class context {
public:
  static constexpr std::string_view name = "atspi::context";
  using backend_tag = void;
  static constexpr std::array answers{context_aspect::field};

  explicit context(context_options options = {}) : options_{std::move(options)} {}
  /// The same options; a copy has to be opened itself.
  context(context const& other) : options_{other.options_} {}
  context(context&&) noexcept = default;
  context& operator=(context other) noexcept {
    std::swap(options_, other.options_);
    std::swap(feed_, other.feed_);
    std::swap(bus_, other.bus_);
    std::swap(switched_on_, other.switched_on_);
    return *this;
  }
  ~context() = default;

  /// Before `open`: where it hears of input. The feed outlives `run`.
  void follow(input_feed& feed) noexcept { feed_ = &feed; }

  /// Connects and registers as a listener. Waits for the buses, three seconds at most.
  template <any_event Event>
  [[nodiscard]] result<source> open(port<Event>&) {
    static_assert(Event::template carries<source>,
                  "overt: atspi::context needs an event that carries source");
    return overt::detail::unless_thrown(
        [this]() -> result<source> {
          auto made = connect_to_accessibility(options_.session_bus);
          if (!made) {
            return made.error();
          }
          bus_ = std::move(made->connection);
          switched_on_ = made->switched_on;
          listen(*bus_);
          if (!bus_->work()) {
            return failure{error_code::source_lost, "The accessibility bus went away. Log in again."};
          }
          return source{.backend = "atspi::context", .can_see = can_see};
        },
        [] { return result<source>{failure{error_code::source_lost, out_of_memory}}; });
  }

  template <any_event Event>
  [[nodiscard]] result<void> run(port<Event>& out, std::stop_token stop) {
    if (!bus_) {
      return failure{error_code::misuse, "atspi::context was run without being opened first."};
    }
    if (!switched_on_) {
      tell(out, source_state::degraded,
           "accessibility is switched off on this desktop (org.a11y.Status, IsEnabled): browsers and some "
           "other programs tell nothing, and what is done in them is withheld; switch it on and start them "
           "again");
    }
    auto ended = overt::detail::unless_thrown(
        [&]() -> result<void> {
          while (!session<Event>{*bus_, feed_, out, options_}.run(stop)) {
            tell(out, source_state::lost,
                 "the accessibility bus went away; until it is back, input is withheld");
            bus_.reset();
            if (!wait_for_bus(stop)) {
              return {};
            }
            tell(out, source_state::opened, "the accessibility bus is back");
          }
          return {};
        },
        [] { return result<void>{failure{error_code::source_lost, out_of_memory}}; });
    bus_.reset();
    return ended;
  }

private:
  static constexpr auto can_see = capability::elements | capability::secret_fields | capability::origin;

  template <any_event Event>
  static void tell(port<Event>& out, source_state state, literal reason) {
    out.push_confirmed(bus::now(), context_ptr{},
                       source{.backend = name,
                              .state = state,
                              .can_see = state == source_state::lost ? capability::none : can_see,
                              .reason = reason});
  }

  /// Tries again every second. False when the session ends before.
  [[nodiscard]] bool wait_for_bus(std::stop_token const& stop) {
    std::mutex alone;
    std::condition_variable_any bell;
    std::unique_lock lock{alone};
    while (!bell.wait_for(lock, stop, std::chrono::seconds{1}, [&] { return stop.stop_requested(); })) {
      if (auto made = connect_to_accessibility(options_.session_bus)) {
        bus_ = std::move(made->connection);
        listen(*bus_);
        return true;
      }
    }
    return false;
  }

  static constexpr char const* out_of_memory =
      "atspi::context ran out of memory. Close other programs and start a new session.";

  context_options options_;
  input_feed* feed_ = nullptr;
  std::unique_ptr<bus> bus_;
  bool switched_on_ = false;
};

} // namespace overt::inline v0::capture::atspi
