#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/consent/holding.hpp>
#include <overt/consent/json/checked_json.hpp>
#include <overt/consent/ledger_entry.hpp>
#include <overt/consent/line_file.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/iso8601.hpp>
#include <overt/detail/random_bytes.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// A new id for a trace or a dataset.
[[nodiscard]] inline std::string new_holding_id() {
  return overt::detail::to_hex(overt::detail::random_bytes<16>());
}

namespace detail {

[[nodiscard]] inline std::string holding_line(holding const& what) {
  nlohmann::ordered_json line{{"v", 1},
                              {"time", overt::detail::format_date_time(what.wall_ns)},
                              {"id", what.id},
                              {"kind", name_of(what.kind)},
                              {"state", name_of(what.state)},
                              {"path", what.path},
                              {"record_id", what.record_id},
                              {"made_from", what.made_from},
                              {"key_id", what.key_id},
                              {"key_store", what.key_store},
                              {"purpose", what.purpose ? name_of(*what.purpose) : std::string_view{}}};
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

/// False for a line that is none, torn or of a later version.
[[nodiscard]] inline bool read_holding(std::string_view text, holding& what) {
  json_shape shape;
  if (!nlohmann::json::sax_parse(text, &shape)) {
    return false;
  }
  auto const document = nlohmann::json::parse(text, nullptr, false);
  json_problem problem;
  checked_json const at{document, problem};
  auto const hex = [](checked_json v, bool may_be_empty) {
    return v.text(
        [&](std::string_view t) { return (may_be_empty && t.empty()) || overt::detail::is_lower_hex(t, 32); },
        "32 hexadecimal digits");
  };
  at.object({"v", "time", "id", "kind", "state", "path", "record_id", "made_from", "key_id", "key_store",
             "purpose"});
  at.with("v", [](checked_json v) { v.whole_number(1, 1, "1"); });
  at.with("time", [&](checked_json v) {
    auto const time = overt::detail::parse_date_time(v.text());
    time ? void(what.wall_ns = *time) : v.refuse("a date-time");
  });
  at.with("id", [&](checked_json v) { what.id = hex(v, false); });
  at.with("kind", [&](checked_json v) { what.kind = v.enumerator<holding_kind>(); });
  at.with("state", [&](checked_json v) { what.state = v.enumerator<holding_state>(); });
  at.with("path", [&](checked_json v) { what.path = v.text(); });
  at.with("record_id", [&](checked_json v) {
    what.record_id =
        v.text([](std::string_view t) { return t.empty() || is_uuid_text(t); }, "a UUID, or nothing");
  });
  at.with("made_from", [&](checked_json v) {
    what.made_from.clear();
    v.array(0, [&](checked_json each) { what.made_from.push_back(hex(each, false)); });
  });
  at.with("key_id", [&](checked_json v) { what.key_id = hex(v, true); });
  at.with("key_store", [&](checked_json v) { what.key_store = v.text(); });
  at.with("purpose", [&](checked_json v) {
    what.purpose.reset();
    if (!v.text().empty()) {
      what.purpose = v.enumerator<purpose>();
    }
  });
  return !problem.found();
}

} // namespace detail

/// What is held about a person and where, as the list says it (`holdings.jsonl`). The list only grows: each
/// line is one holding as it is from then on, and the last line of an id counts.
class holdings {
public:
  /// A list that is not there is empty. Errors: `permission_denied`, `invalid_input`. A line that cannot be
  /// read is counted and left out.
  [[nodiscard]] static result<holdings> read(std::filesystem::path const& file) {
    auto const text = detail::read_lines(file);
    if (!text && text.error().code != error_code::not_found) {
      return text.error();
    }
    return text ? of(*text) : holdings{};
  }

  /// The same from text.
  [[nodiscard]] static holdings of(std::string_view text) {
    holdings read;
    while (!text.empty()) {
      auto const end = std::min(text.find('\n'), text.size());
      auto const line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      holding what;
      if (!line.empty() && !detail::read_holding(line, what)) {
        ++read.damaged_;
      } else if (!line.empty()) {
        read.put(std::move(what));
      }
    }
    return read;
  }

  /// Everything that was ever held, each as it is now, in the order in which it came to be.
  [[nodiscard]] std::vector<holding> const& all() const noexcept { return all_; }

  /// Lines that could not be read: what they said is not known.
  [[nodiscard]] std::size_t damaged_lines() const noexcept { return damaged_; }

  [[nodiscard]] holding const* find(std::string_view id) const {
    return first([&](holding const& each) { return each.id == id; });
  }

  /// What is held at this absolute path now.
  [[nodiscard]] holding const* at(std::string_view path) const {
    return first([&](holding const& each) { return each.state == holding_state::held && each.path == path; });
  }

  /// The datasets, held now, that have something of this trace.
  [[nodiscard]] std::vector<holding> made_from(std::string_view trace_id) const {
    std::vector<holding> made;
    std::copy_if(all_.begin(), all_.end(), std::back_inserter(made), [&](holding const& each) {
      return each.state == holding_state::held &&
             std::find(each.made_from.begin(), each.made_from.end(), trace_id) != each.made_from.end();
    });
    return made;
  }

private:
  void put(holding what) {
    auto const same = std::find_if(all_.begin(), all_.end(), [&](auto const& e) { return e.id == what.id; });
    same == all_.end() ? all_.push_back(std::move(what)) : void(*same = std::move(what));
  }

  template <class Condition>
  [[nodiscard]] holding const* first(Condition condition) const {
    auto const found = std::find_if(all_.rbegin(), all_.rend(), condition);
    return found == all_.rend() ? nullptr : &*found;
  }

  std::vector<holding> all_;
  std::size_t damaged_ = 0;
};

/// Appends one line; it is on the disk when this returns. `wall_ns` of 0 becomes now. What a crash left of a
/// line before it stays, and is counted by readers.
/// Errors: `misuse` (an id that is none), those of the file.
template <clock_source Clock>
[[nodiscard]] result<void> append_holding(std::filesystem::path const& file, holding what,
                                          Clock const& clock) {
  if (what.wall_ns == 0) {
    what.wall_ns = clock.wall_ns();
  }
  auto line = detail::holding_line(what);
  holding same;
  if (!detail::read_holding(std::string_view{line}.substr(0, line.size() - 1), same)) {
    return failure{error_code::misuse,
                   "what is held needs an id of 32 hexadecimal digits, and the ids of what it "
                   "was made from. Nothing was written."};
  }
  auto to = detail::line_file::open(file);
  if (!to) {
    return to.error();
  }
  if (to->size() > 0) {
    auto const last = to->read_from(to->size() - 1);
    if (!last) {
      return last.error();
    }
    if (*last != "\n") {
      line.insert(line.begin(), '\n');
    }
  }
  return to->append(line);
}

} // namespace overt::inline v0::consent
