#pragma once

#include <memory>
#include <utility>
#include <vector>

#include <overt/event/event.hpp>
#include <overt/event/recorded.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/sink/session_info.hpp>

namespace overt::inline v0::sink {

/// Keeps what left the chain, for tests and for programs that look at their own events. A handle: copies
/// share what is kept, so that one can go into the recorder. Read it when the session has ended.
template <any_event Event = overt::event>
class memory {
public:
  void write(cleared<Event> const& what) {
    auto const& head = what.head();
    recorded_head kept{.sequence = head.sequence, .time = head.time, .source = head.source};
    if (head.where != nullptr) {
      v0::detail::copy_disclosed(*head.where, kept.where.emplace());
    }
    kept_->push_back(v0::detail::recording::copy<Event>(std::move(kept), what));
  }

  [[nodiscard]] std::vector<recorded<Event>> const& events() const noexcept { return *kept_; }

private:
  std::shared_ptr<std::vector<recorded<Event>>> kept_ = std::make_shared<std::vector<recorded<Event>>>();
};

} // namespace overt::inline v0::sink
