#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/consent/json/ledger_line.hpp>
#include <overt/consent/ledger_entry.hpp>
#include <overt/consent/line_file.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// What can be wrong with a ledger.
enum class ledger_fault : std::uint8_t {
  changed,    ///< a line is not what was written
  out_of_row, ///< a line does not follow the one before it: lines were taken out, put in or moved
  cut_off,    ///< the last line has no end: a crash, or somebody, cut it off
  shortened,  ///< the entry with the expected head is not there: the end was taken away, or all rewritten
};

constexpr auto enumerators(ledger_fault) {
  return std::array<std::string_view, 4>{"changed", "out_of_row", "cut_off", "shortened"};
}

/// The first line of a ledger that is wrong, from 1, and what is.
struct ledger_problem {
  std::size_t line = 0;
  ledger_fault fault = ledger_fault::changed;

  friend bool operator==(ledger_problem const&, ledger_problem const&) = default;
};

/// What a ledger holds, and whether it is what was written.
struct ledger_check {
  std::vector<ledger_entry> entries{}; ///< the sound ones, before the first that is wrong
  std::vector<std::string> hashes{};   ///< of each entry; the last one is the head
  std::optional<ledger_problem> wrong{};
  std::size_t interruptions = 0; ///< unfinished lines that a crash left and a later entry told and closed

  [[nodiscard]] bool sound() const noexcept { return !wrong.has_value(); }

  /// Names all of it. Whoever keeps it elsewhere notices when the ledger is shortened or rewritten.
  [[nodiscard]] std::string head() const { return hashes.empty() ? detail::no_hash() : hashes.back(); }
};

/// A sentence for a person.
[[nodiscard]] inline std::string describe(ledger_problem const& problem) {
  auto const line = "line " + std::to_string(problem.line);
  switch (problem.fault) {
  case ledger_fault::changed: return line + " is not as it was written: somebody or something changed it.";
  case ledger_fault::out_of_row:
    return line + " does not follow the one before it: lines were taken out, put in or moved.";
  case ledger_fault::cut_off:
    return line + " has no end: the computer stopped while it was written, or it was cut off. The next entry "
                  "says so and goes on.";
  default:
    return "no entry has the head that was expected: the end was taken away after " + line +
           ", or the ledger was written anew.";
  }
}

namespace detail {

[[nodiscard]] inline std::string_view line_at(std::string_view text, std::size_t begin) noexcept {
  return text.substr(begin, text.find('\n', begin) - begin);
}

/// Where the entry begins that closes what a crash left at `begin`; nothing when no entry does.
[[nodiscard]] inline std::optional<std::size_t> closed_at(std::string_view text, std::size_t begin,
                                                          std::uint64_t number, std::string_view previous) {
  ledger_line line;
  for (auto end = text.find('\n', begin); end != std::string_view::npos; end = text.find('\n', end + 1)) {
    if (line.read(line_at(text, end + 1)) && line.number == number && line.previous == previous) {
      auto const torn = text.substr(begin, end - begin);
      bool const closes = line.entry.kind == ledger_kind::interrupted && line.entry.count == torn.size() &&
                          line.entry.digest == overt::detail::to_hex(overt::detail::sha256(torn));
      return closes ? std::optional{end + 1} : std::nullopt;
    }
  }
  return std::nullopt;
}

} // namespace detail

/// Checks a ledger line by line. With the head that it had at some time, also that everything until then is
/// still there.
[[nodiscard]] inline ledger_check check_ledger(std::string_view text, std::string_view expected_head = {}) {
  ledger_check found;
  detail::ledger_line line;
  std::size_t lines = 0;
  auto closed = std::string_view::npos;
  for (std::size_t begin = 0; begin < text.size();) {
    auto const bytes = detail::line_at(text, begin);
    bool const whole = begin + bytes.size() < text.size();
    bool const read = whole && line.read(bytes);
    // An entry that closes something has to have it before it.
    bool const closes = begin == closed;
    if (!read || closes != (line.entry.kind == ledger_kind::interrupted) ||
        line.number != found.entries.size() + 1 || line.previous != found.head()) {
      auto const closing = detail::closed_at(text, begin, found.entries.size() + 1, found.head());
      if (!closing) {
        found.wrong = {.line = lines + 1,
                       .fault = !whole ? ledger_fault::cut_off
                                : read ? ledger_fault::out_of_row
                                       : ledger_fault::changed};
        break;
      }
      lines +=
          static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                              text.begin() + static_cast<std::ptrdiff_t>(*closing), '\n'));
      ++found.interruptions;
      begin = closed = *closing;
      continue;
    }
    found.entries.push_back(std::move(line.entry));
    found.hashes.push_back(line.hash);
    begin += bytes.size() + 1;
    ++lines;
  }
  if (found.sound() && !expected_head.empty() && expected_head != detail::no_hash() &&
      std::find(found.hashes.begin(), found.hashes.end(), expected_head) == found.hashes.end()) {
    found.wrong = {.line = lines, .fault = ledger_fault::shortened};
  }
  return found;
}

/// The same for a file. While an entry is being written, this waits.
/// Errors: `not_found`, `permission_denied`; a ledger that is wrong is no error, see `ledger_check::wrong`.
[[nodiscard]] inline result<ledger_check> verify(std::filesystem::path const& file,
                                                 std::string_view expected_head = {}) {
  auto const text = detail::read_lines(file);
  return text ? result<ledger_check>{check_ledger(*text, expected_head)} : result<ledger_check>{text.error()};
}

} // namespace overt::inline v0::consent
