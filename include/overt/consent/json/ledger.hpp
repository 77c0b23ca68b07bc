#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include <overt/consent/json/ledger_check.hpp>
#include <overt/consent/json/ledger_line.hpp>
#include <overt/consent/ledger_entry.hpp>
#include <overt/consent/line_file.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

namespace detail {

/// Where a ledger ends: its last sound line, and what lies behind it.
struct ledger_end {
  ledger_line last{};   ///< number 0 when there is none
  std::string torn{};   ///< what a crash left of a line
  bool unended = false; ///< the last line is whole, and only its end is missing
};

/// Reads the end of a ledger. Refused: a last line that is whole and wrong, which no crash leaves.
[[nodiscard]] inline result<ledger_end> end_of(line_file const& file) {
  constexpr std::uint64_t enough = 64 << 10; // about a hundred lines
  ledger_end found;
  found.last.previous = no_hash();
  found.last.hash = no_hash();
  if (file.size() == 0) {
    return found;
  }
  auto const from = file.size() > enough ? file.size() - enough : 0;
  auto const read = file.read_from(from);
  if (!read) {
    return read.error();
  }
  std::string_view text{*read};
  auto const damaged = failure{error_code::invalid_input,
                               "the last line of " + file.path().string() +
                                   " is not as it was written. Look at it with `overt ledger verify`, keep "
                                   "it, and move it away: the next entry then begins a new ledger."};
  bool const ended = text.back() == '\n';
  if (ended) {
    text.remove_suffix(1);
  }
  // Line by line from the end, to the last one that is sound.
  for (auto end = text.size();;) {
    auto const before = end == 0 ? std::string_view::npos : text.rfind('\n', end - 1);
    auto const begin = before == std::string_view::npos ? 0 : before + 1;
    if ((begin > 0 || from == 0) && found.last.read(text.substr(begin, end - begin))) {
      found.unended = end == text.size() && !ended;
      found.torn = std::string{text.substr(end == text.size() ? end : end + 1)};
      return found;
    }
    if (ended || (begin == 0 && from > 0)) {
      return damaged;
    }
    if (begin == 0) { // the very first line was torn
      found.last = {.number = 0, .previous = no_hash(), .hash = no_hash()};
      found.torn = std::string{text};
      return found;
    }
    end = begin - 1;
  }
}

} // namespace detail

/// Appends an entry to the ledger, a file that is made when it is not there; gives the new head. When this
/// returns, the entry is on the disk. Threads and processes may append at the same time. `wall_ns` of 0
/// becomes now.
///
/// What a crash left of a line stays, and an entry `interrupted` before this one says how much it was.
///
/// Errors: `misuse` (see `validate`), `invalid_input` (the last line is not as it was written),
/// `permission_denied`, `disk_full`, `output_failed`. Then nothing was appended.
template <clock_source Clock>
[[nodiscard]] result<std::string> append_entry(std::filesystem::path const& file, ledger_entry entry,
                                               Clock const& clock) {
  if (entry.wall_ns == 0) {
    entry.wall_ns = clock.wall_ns();
  }
  if (auto const valid = validate(entry); !valid) {
    return valid.error();
  }
  auto to = detail::line_file::open(file);
  if (!to) {
    return to.error();
  }
  auto end = detail::end_of(*to);
  if (!end) {
    return end.error();
  }
  std::string bytes{end->unended || !end->torn.empty() ? "\n" : ""};
  auto head = std::move(end->last.hash);
  auto number = end->last.number;
  auto const put = [&](ledger_entry what) {
    detail::ledger_line line{.entry = std::move(what), .number = ++number, .previous = head};
    bytes += line.write() + '\n';
    head = std::move(line.hash);
  };
  if (!end->torn.empty()) {
    put({.kind = ledger_kind::interrupted,
         .count = end->torn.size(),
         .digest = overt::detail::to_hex(overt::detail::sha256(end->torn)),
         .wall_ns = entry.wall_ns});
  }
  put(std::move(entry));
  if (auto const written = to->append(bytes); !written) {
    return written.error();
  }
  return head;
}

} // namespace overt::inline v0::consent
