#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <overt/detail/json_text.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/event/timestamp.hpp>
#include <overt/trace/review/entry.hpp>
#include <overt/trace/review/list.hpp>

namespace overt::inline v0::trace {

/// Which lines of a list are asked for. Times are in nanoseconds since its begin, so that they are exact in
/// JavaScript, which has 53 bits, for as long as a hundred days.
struct review_query {
  std::size_t from = 0; ///< so many of those that fit are left out first
  std::size_t most = 200;
  std::optional<review_kind> kind{};
  std::optional<std::uint32_t> place{};

  [[nodiscard]] bool takes(review_entry const& entry) const noexcept {
    return (!kind || entry.kind == *kind) && (!place || entry.place == *place);
  }
};

/// What a list holds: its length, its places, what was withheld and why.
///
///     {"events":…,"entries":…,"length_ns":…,"places":[{"application":…,"site":…,"from_ns":…,"to_ns":…,
///      "entries":…,"act":…,"text":…,…}],"withheld":[{"words":…,"entries":…}]}
inline void append_review_summary(v0::detail::json_text& out, review_list const& list) {
  auto const number = [&](std::size_t place, std::string_view name, auto value) {
    out.member(place, name);
    out.number(value);
  };
  out.open_record(0);
  number(0, "events", list.events());
  number(1, "entries", list.entries().size());
  number(2, "length_ns", list.ended() - list.began());
  out.member(3, "places");
  out.open_list(0);
  std::size_t count = 0;
  for (auto const& each : list.places()) {
    out.item(count++);
    out.open_record(0);
    out.member(0, "application");
    out.string(each.where.application);
    out.member(1, "site");
    out.string(each.where.site);
    number(2, "from_ns", each.first - list.began());
    number(3, "to_ns", each.last - list.began());
    number(4, "entries", each.all());
    for (std::size_t kind = 0; kind < review_kinds; ++kind) {
      number(5 + kind, enumerators(review_kind{})[kind], each.entries[kind]);
    }
    out.close_record();
  }
  out.close_list();
  out.member(4, "withheld");
  out.open_list(0);
  count = 0;
  for (auto const& [words, entries] : list.withheld()) {
    out.item(count++);
    out.open_record(0);
    out.member(0, "words");
    out.string(words);
    number(1, "entries", entries);
    out.close_record();
  }
  out.close_list();
  out.close_record();
}

/// The lines that a query asks for, at most so many.
///
///     {"all":…,"from":…,"entries":[{"number":…,"from_ns":…,"to_ns":…,"place":…,"kind":"text","words":"typed",
///      "text":…,"picture":true,"title":…,"page":…}]}
///
/// `all` counts every line that fits. `number` is that of the line's first event. `title` and `page` stand
/// where they differ from those of the line before that was in a window.
inline void append_review_page(v0::detail::json_text& out, review_list const& list,
                               review_query const& query) {
  std::size_t fitting = 0;
  std::size_t given = 0;
  std::uint32_t window = 0;
  out.open_record(0);
  out.member(0, "entries");
  out.open_list(0);
  for (auto const& entry : list.entries()) {
    if (!query.takes(entry) || fitting++ < query.from || given == query.most) {
      continue;
    }
    out.item(given++);
    out.open_record(0);
    std::size_t members = 0;
    auto const number = [&](std::string_view name, auto value) {
      out.member(members++, name);
      out.number(value);
    };
    auto const string = [&](std::string_view name, std::string_view value) {
      out.member(members++, name);
      out.string(value);
    };
    number("number", entry.first);
    number("from_ns", entry.began - list.began());
    number("to_ns", entry.ended - list.began());
    number("place", entry.place);
    string("kind", name_of(entry.kind));
    string("words", entry.words);
    if (entry.text) {
      string("text", *entry.text);
    }
    if (entry.has_picture) {
      number("picture", true);
    }
    auto const& where = list.places()[entry.place].where;
    bool const nowhere = where.application.empty() && where.site.empty(); // and so in no window
    if (auto const& shown = list.windows()[entry.window]; !nowhere && entry.window != window) {
      string("title", shown.title);
      string("page", shown.page);
      window = entry.window;
    }
    out.close_record();
  }
  out.close_list();
  out.member(1, "all");
  out.number(fitting);
  out.member(2, "from");
  out.number(query.from);
  out.close_record();
}

/// What of a list falls into a stretch of time, both ends included, in nanoseconds since its begin: how many
/// lines, of which kinds. Times on a grid stand for all of their cell (`trace::erasure`).
///
///     {"entries":…,"act":…,"text":…,…}
inline void append_review_count(v0::detail::json_text& out, review_list const& list, std::int64_t from_ns,
                                std::int64_t to_ns, std::int64_t grid_ns) {
  std::array<std::uint64_t, review_kinds> kinds{};
  std::uint64_t all = 0;
  for (auto const& entry : list.entries()) {
    auto const last = entry.ended - list.began() + (std::max)(grid_ns - 1, std::int64_t{0});
    if (last >= from_ns && entry.began - list.began() <= to_ns) {
      ++kinds[static_cast<std::size_t>(entry.kind)];
      ++all;
    }
  }
  out.open_record(0);
  out.member(0, "entries");
  out.number(all);
  for (std::size_t kind = 0; kind < review_kinds; ++kind) {
    out.member(1 + kind, enumerators(review_kind{})[kind]);
    out.number(kinds[kind]);
  }
  out.close_record();
}

/// How many of the lines that fit began before so many nanoseconds: where a page of them begins.
[[nodiscard]] inline std::size_t entries_before(review_list const& list, std::int64_t since_begin_ns,
                                                review_query const& query) {
  auto const before = [&](review_entry const& entry) {
    return query.takes(entry) && entry.began - list.began() < since_begin_ns;
  };
  return static_cast<std::size_t>(std::count_if(list.entries().begin(), list.entries().end(), before));
}

} // namespace overt::inline v0::trace
