#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <overt/event/amount.hpp>
#include <overt/event/literal.hpp>

namespace overt::inline v0 {

/// What a policy did to a stretch of content.
enum class redaction_action : std::uint8_t {
  withheld, ///< it is not in the trace
  masked,   ///< a mark stands in its place
  replaced, ///< a pseudonym or a general form stands in its place
};

constexpr auto enumerators(redaction_action) {
  return std::array<std::string_view, 3>{"withheld", "masked", "replaced"};
}

namespace detail {

/// One decision of one policy, as the audit tells it: names from a program's source and a size in buckets.
struct audit_note {
  literal rule{};
  literal entity{};
  redaction_action action = redaction_action::withheld;
  amount size = amount::under_ten;
};

/// The decisions about one event, in order. Fixed size; that there were more is remembered.
class audit_notes {
public:
  void set_rule(literal rule) noexcept { rule_ = rule; }

  void add(literal entity, redaction_action action, amount size) noexcept {
    if (size_ < notes_.size()) {
      notes_[size_++] = {rule_, entity, action, size};
    } else {
      full_ = true;
    }
  }

  [[nodiscard]] std::span<audit_note const> notes() const noexcept { return {notes_.data(), size_}; }

  /// There were more decisions than fit.
  [[nodiscard]] bool full() const noexcept { return full_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  void clear() noexcept {
    size_ = 0;
    full_ = false;
  }

private:
  std::array<audit_note, 32> notes_{};
  std::size_t size_ = 0;
  literal rule_{};
  bool full_ = false;
};

} // namespace detail

} // namespace overt::inline v0
