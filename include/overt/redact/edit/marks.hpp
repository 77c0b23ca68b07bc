#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <overt/event/literal.hpp>
#include <overt/redact/detect/entity.hpp>

namespace overt::inline v0::redact {

/// What is known against a character: the entity that it was ever part of, or that it must not leave for
/// another reason. One byte.
class mark {
public:
  constexpr mark() noexcept = default;
  [[nodiscard]] static constexpr mark of(detect::entity what) noexcept {
    return mark{static_cast<std::uint8_t>(static_cast<unsigned>(what) + 1u)};
  }
  /// Kept back, because what would decide about it has not come.
  [[nodiscard]] static constexpr mark kept_back() noexcept { return mark{0xfe}; }
  /// Pasted: nobody looked at it.
  [[nodiscard]] static constexpr mark pasted() noexcept { return mark{0xff}; }

  [[nodiscard]] constexpr bool any() const noexcept { return value_ != 0; }
  [[nodiscard]] constexpr bool is_entity() const noexcept { return value_ != 0 && value_ < 0xfe; }

  /// The name of its placeholder.
  [[nodiscard]] constexpr literal name() const noexcept {
    return is_entity()      ? detect::name_literals[value_ - 1u]
           : value_ == 0xff ? literal{"PASTED"}
                            : literal{"WITHHELD"};
  }

  friend constexpr bool operator==(mark, mark) noexcept = default;

private:
  constexpr explicit mark(std::uint8_t value) noexcept : value_{value} {}
  std::uint8_t value_ = 0;
};

} // namespace overt::inline v0::redact
