#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include <overt/consent/json/checked_json.hpp>
#include <overt/consent/ledger_entry.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/iso8601.hpp>
#include <overt/detail/sha256.hpp>

namespace overt::inline v0::consent::detail {

/// What the first line has in the place of the hash of the one before it.
[[nodiscard]] inline std::string no_hash() { return std::string(64, '0'); }

/// One line of the ledger: an entry, and its place in the chain. The bytes of a line are the canonical JSON
/// (RFC 8785) of an object whose members are all there, always; `hash` is the SHA-256 of the same object
/// without `hash`. So each line has one form only, and no byte of it can change.
struct ledger_line {
  ledger_entry entry{};
  std::uint64_t number = 0; ///< of the entry, from 1
  std::string previous{};   ///< `hash` of the entry before
  std::string hash{};

  /// Without the end of line. Sets `hash`.
  [[nodiscard]] std::string write() {
    // Sorted members, ASCII strings and whole numbers below 2^53: nlohmann's form is RFC 8785's.
    nlohmann::json line{{"count", entry.count},
                        {"digest", entry.digest},
                        {"kind", name_of(entry.kind)},
                        {"n", number},
                        {"prev", previous},
                        {"purpose", entry.purpose ? name_of(*entry.purpose) : std::string_view{}},
                        {"record_id", entry.record_id},
                        {"subject", entry.subject},
                        {"time", overt::detail::format_date_time(entry.wall_ns)},
                        {"v", 1},
                        {"who", entry.who}};
    hash = overt::detail::to_hex(overt::detail::sha256(line.dump()));
    line["hash"] = hash;
    return line.dump();
  }

  /// False for a text that is no line, byte for byte, or that does not have the hash it names.
  [[nodiscard]] bool read(std::string_view text) {
    json_shape shape;
    if (!nlohmann::json::sax_parse(text, &shape)) {
      return false;
    }
    auto const document = nlohmann::json::parse(text, nullptr, false);
    json_problem problem;
    checked_json const at{document, problem};
    constexpr auto most = static_cast<double>(largest_count);
    auto const whole = [&](checked_json v) {
      return static_cast<std::uint64_t>(v.whole_number(0, most, "a whole number"));
    };
    entry = {};
    at.object({"count", "digest", "hash", "kind", "n", "prev", "purpose", "record_id", "subject", "time", "v",
               "who"});
    at.with("count", [&](checked_json v) { entry.count = whole(v); });
    at.with("digest", [&](checked_json v) { entry.digest = v.text(); });
    at.with("kind", [&](checked_json v) { entry.kind = v.enumerator<ledger_kind>(); });
    at.with("n", [&](checked_json v) { number = whole(v); });
    at.with("prev", [&](checked_json v) { previous = v.text(); });
    at.with("purpose", [&](checked_json v) {
      if (!v.text().empty()) {
        entry.purpose = v.enumerator<consent::purpose>();
      }
    });
    at.with("record_id", [&](checked_json v) { entry.record_id = v.text(); });
    at.with("subject", [&](checked_json v) { entry.subject = v.text(); });
    at.with("time", [&](checked_json v) {
      auto const time = overt::detail::parse_date_time(v.text());
      time ? void(entry.wall_ns = *time) : v.refuse("a date-time");
    });
    at.with("v", [&](checked_json v) { v.whole_number(1, 1, "1"); });
    at.with("who", [&](checked_json v) { entry.who = v.text(); });
    return !problem.found() && validate(entry) && overt::detail::is_lower_hex(previous, 64) &&
           write() == text;
  }
};

} // namespace overt::inline v0::consent::detail
