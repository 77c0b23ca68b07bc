#pragma once

#include <compare>
#include <string_view>

namespace overt::inline v0 {

namespace detail {
struct trace_text;
} // namespace detail

/// Text that was written in a program's source: the name of a rule, of a backend, of a payload.
///
/// It can only be made while compiling, so it can never carry what a person typed. This is what lets a
/// payload name things without a guard.
class literal {
public:
  constexpr literal() noexcept = default;
  // Not explicit, on purpose: `.name = "shortcuts"` reads well and is checked by the compiler.
  consteval literal(char const* text) noexcept : text_{text} {}
  consteval literal(std::string_view text) noexcept : text_{text} {}

  [[nodiscard]] constexpr std::string_view view() const noexcept { return text_; }
  friend constexpr bool operator==(literal, literal) = default;

private:
  friend struct detail::trace_text;
  struct read_back {};
  constexpr literal(std::string_view text, read_back) noexcept : text_{text} {}

  std::string_view text_;
};

namespace detail {
/// How a reader turns a name that stands in a trace into a literal again. The text must outlive the literal.
/// Nothing but a reader may use it: it is what "naming detail::" means in SECURITY.md.
struct trace_text {
  [[nodiscard]] static constexpr literal as_literal(std::string_view text) noexcept {
    return literal{text, literal::read_back{}};
  }
};
} // namespace detail

} // namespace overt::inline v0
