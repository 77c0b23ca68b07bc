#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>

#include <overt/event/context.hpp>
#include <overt/event/recorded.hpp>

namespace overt::inline v0::sink {

namespace detail {
struct numbered_context {
  context value{};
  std::uint32_t number = 0;
  bool stated = false; ///< since the last `restart`
};
} // namespace detail

/// Numbers the places that events happened in, so that a packed row needs a number for its context and not
/// its text. The last eight are kept. A number stands for one content; it is never given to another.
class context_table {
public:
  struct place {
    std::uint32_t number = 0; ///< from 1; 0 is no place
    bool to_state = false;    ///< it has to be written before what refers to it
  };

  /// The number of this place. `to_state` when it was not stated since `restart`; the caller then states it.
  [[nodiscard]] place number_of(context const* where) {
    if (where == nullptr) {
      return {};
    }
    for (auto& known : entries_) {
      if (known && same_disclosed(known->value, *where)) {
        bool const first = !known->stated;
        known->stated = true;
        return {known->number, first};
      }
    }
    auto& slot = entries_[next_];
    next_ = (next_ + 1) % entries_.size();
    slot.emplace();
    v0::detail::copy_disclosed(*where, slot->value);
    slot->number = ++given_;
    slot->stated = true;
    return {slot->number, true};
  }

  /// What was stated so far stands elsewhere: in a chunk that can be lost, or in another file.
  void restart() noexcept {
    for (auto& known : entries_) {
      if (known) {
        known->stated = false;
      }
    }
  }

private:
  [[nodiscard]] static bool same_disclosed(context const& a, context const& b) {
    auto const same = [&](auto const& description) {
      auto const& one = a.*(description.member);
      auto const& other = b.*(description.member);
      if constexpr (requires { one.disclosed(); }) {
        auto const* const left = one.disclosed();
        auto const* const right = other.disclosed();
        return left == nullptr || right == nullptr ? left == right : left->view() == right->view();
      } else {
        return one == other;
      }
    };
    return std::apply([&](auto const&... description) { return (same(description) && ...); },
                      context::fields());
  }

  std::array<std::optional<detail::numbered_context>, 8> entries_{};
  std::size_t next_ = 0;
  std::uint32_t given_ = 0;
};

} // namespace overt::inline v0::sink
