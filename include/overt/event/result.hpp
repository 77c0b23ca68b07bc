#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <overt/event/enumerators.hpp>

namespace overt::inline v0 {

/// What kind of thing went wrong, for a program to act on.
enum class error_code : std::uint8_t {
  invalid_input,     ///< a file or value is malformed
  not_found,         ///< a file, display or device does not exist
  permission_denied, ///< the system refuses
  unsupported,       ///< this machine or server lacks what is needed
  consent_missing,   ///< no consent, or it has ended
  consent_mismatch,  ///< the consent does not cover what was asked
  indicator_missing, ///< the indicator could not be shown, or was lost
  output_failed,     ///< the trace cannot be written
  disk_full,         ///< the trace cannot be written for want of room; later it may be
  source_lost,       ///< a backend lost what it watched
  misuse,            ///< the caller broke a documented rule
};

constexpr auto enumerators(error_code) {
  return std::array<std::string_view, 11>{"invalid_input",     "not_found",       "permission_denied",
                                          "unsupported",       "consent_missing", "consent_mismatch",
                                          "indicator_missing", "output_failed",   "disk_full",
                                          "source_lost",       "misuse"};
}

/// An expected failure, as a value: a code, and a sentence for a person that says what happened, why, and
/// what to do. It never contains recorded content; paths and names from the program's own configuration may
/// appear.
struct failure {
  error_code code = error_code::misuse;
  std::string message{};
};

/// A value or a `failure`; the part of `std::expected` (C++23) that this library needs, under the same names.
template <class Value>
class [[nodiscard]] result {
public:
  result(Value value) : state_{std::in_place_index<0>, std::move(value)} {}
  result(failure why) : state_{std::in_place_index<1>, std::move(why)} {}

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  /// Only when `has_value()`.
  [[nodiscard]] Value& operator*() & { return *std::get_if<0>(&state_); }
  [[nodiscard]] Value const& operator*() const& { return *std::get_if<0>(&state_); }
  [[nodiscard]] Value&& operator*() && { return std::move(*std::get_if<0>(&state_)); }
  Value* operator->() { return std::get_if<0>(&state_); }
  Value const* operator->() const { return std::get_if<0>(&state_); }

  /// Only when not `has_value()`.
  [[nodiscard]] failure const& error() const { return *std::get_if<1>(&state_); }

private:
  std::variant<Value, failure> state_;
};

/// Success without a value, or a `failure`.
template <>
class [[nodiscard]] result<void> {
public:
  result() = default;
  result(failure why) : failure_{std::move(why)}, failed_{true} {}

  [[nodiscard]] bool has_value() const noexcept { return !failed_; }
  explicit operator bool() const noexcept { return has_value(); }
  [[nodiscard]] failure const& error() const { return failure_; }

private:
  failure failure_;
  bool failed_ = false;
};

} // namespace overt::inline v0
