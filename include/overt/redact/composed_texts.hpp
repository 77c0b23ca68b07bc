#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <overt/event/audit_notes.hpp>
#include <overt/event/context_ptr.hpp>
#include <overt/event/text.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::redact {

/// A text that a policy made out of events which it took in, and where it belongs.
struct composed_text {
  timestamp when{}; ///< when the person was done with it
  context_ptr where{};
  std::uint16_t source = 0;
  std::optional<text> what{};      ///< always there when it is added
  v0::detail::audit_notes notes{}; ///< what was taken out of it
};

/// Where a policy with a memory puts the texts it has decided about. The pipeline takes them out after each
/// call and asks the policies that follow in the chain about them. One thread.
class composed_texts {
public:
  void add(composed_text&& made) { ready_.push_back(std::move(made)); }

  [[nodiscard]] bool empty() const noexcept { return ready_.empty(); }

  /// Calls `use(composed_text&)` for each, in order, and forgets them.
  template <class Use>
  void take_all(Use&& use) {
    for (std::size_t i = 0; i < ready_.size(); ++i) { // `use` may add to them
      auto one = std::move(ready_[i]);
      use(one);
    }
    ready_.clear();
  }

private:
  std::vector<composed_text> ready_;
};

} // namespace overt::inline v0::redact
