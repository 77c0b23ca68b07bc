#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <utility>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/bus_message.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// Questions to one program, many at once but never more than it can take: the others wait for the answers of
/// those before them. What is answered after the flow has ended is heard by nobody.
///
/// One thread, that of its bus, which has to outlive it.
class question_flow {
public:
  static constexpr std::size_t most_under_way = 32;

  /// All questions have to be answered by `until`.
  question_flow(bus& on, timestamp until) : state_{std::make_shared<state>()} {
    state_->on = &on;
    state_->until = until;
  }

  /// `use(reply const&)` hears the answer, from `bus::work`, as long as this flow lives.
  template <class Use, class... Values>
  void ask(object_id const& id, char const* interface, char const* method, Use use, Values... values) {
    ++state_->asked;
    state_->waiting.push_back({bus::make_call(id, interface, method, values...), std::move(use)});
    send_more(*state_, state_);
  }

  /// A property of an object.
  template <class Use>
  void get(object_id const& id, char const* interface, char const* property, Use use) {
    ask(id, "org.freedesktop.DBus.Properties", "Get", std::move(use), interface, property);
  }

  /// Whether every question has been answered.
  [[nodiscard]] bool idle() const noexcept { return state_->under_way == 0 && state_->waiting.empty(); }
  /// Whether one was not answered in time.
  [[nodiscard]] bool silent() const noexcept { return state_->silent; }
  [[nodiscard]] std::size_t asked() const noexcept { return state_->asked; }

private:
  struct question {
    message_ptr message{};
    bus::handler use{};
  };
  struct state {
    bus* on = nullptr;
    timestamp until{};
    std::deque<question> waiting{};
    std::size_t under_way = 0;
    std::size_t asked = 0;
    bool silent = false;
  };

  static void send_more(state& all, std::weak_ptr<state> const& known) {
    while (all.under_way < most_under_way && !all.waiting.empty()) {
      auto next = std::move(all.waiting.front());
      all.waiting.pop_front();
      ++all.under_way;
      all.on->send(
          std::move(next.message),
          [known, use = std::move(next.use)](reply const& came) {
            auto const lives = known.lock();
            if (!lives) {
              return;
            }
            --lives->under_way;
            lives->silent = lives->silent || came.timed_out;
            use(came);
            send_more(*lives, known);
          },
          std::max<std::int64_t>(all.until - bus::now(), 1));
    }
  }

  std::shared_ptr<state> state_;
};

} // namespace overt::inline v0::capture::atspi
