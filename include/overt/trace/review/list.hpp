#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/event/basic_event.hpp>
#include <overt/event/context.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/guarded.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/text.hpp>
#include <overt/event/timestamp.hpp>
#include <overt/sink/told_lines.hpp>
#include <overt/trace/review/entry.hpp>

namespace overt::inline v0::trace {

/// An application, or a site in one, and what there is of it.
struct review_place {
  sink::told_place where{};
  timestamp first{};
  timestamp last{};
  std::array<std::uint64_t, review_kinds> entries{};

  [[nodiscard]] std::uint64_t all() const noexcept {
    std::uint64_t sum = 0;
    for (auto const count : entries) {
      sum += count;
    }
    return sum;
  }
};

/// A window's title and a page's address below its site, where the policy disclosed them.
struct review_window {
  std::string title{};
  std::string page{};
};

/// All of a recording in lines, for the recorded person to look at before anything of it is shared: the words
/// of `sink::timeline`, where each happened, and what was withheld, counted. It holds what the trace holds,
/// and so nothing that was withheld but the fact.
///
///     trace::review_list list;
///     auto const read = trace::each_event(*opened, [&](auto const& event) { list.push(event); });
///     list.finish();
///
/// Memory grows with the lines, about 150 bytes each. One thread.
class review_list {
public:
  template <any_event Event>
  void push(recorded<Event> const& what) {
    if (events_++ == 0) {
      began_ = what.head().time;
    }
    ended_ = (std::max)(ended_, what.head().time);
    began_ = (std::min)(began_, what.head().time);
    auto const before = window_;
    window_ = what.head().where ? window_number(*what.head().where) : 0;
    lines_.push(what, what.head().where ? &*what.head().where : nullptr, [&](sink::told_line const& line) {
      bool const own = line.first == what.head().sequence; // not the run that it ended
      auto& made = add(line, own ? window_ : before);
      if (own) {
        look_closer(what, made);
      }
    });
  }

  /// After the last event.
  void finish() {
    lines_.finish([&](sink::told_line const& line) { add(line, window_); });
  }

  [[nodiscard]] std::vector<review_entry> const& entries() const noexcept { return entries_; }
  [[nodiscard]] std::vector<review_place> const& places() const noexcept { return places_; }

  /// The first one says nothing.
  [[nodiscard]] std::vector<review_window> const& windows() const noexcept { return windows_; }

  /// What was withheld and why, in words, and how many lines say so.
  [[nodiscard]] std::map<std::string, std::uint64_t, std::less<>> const& withheld() const noexcept {
    return withheld_;
  }

  [[nodiscard]] std::uint64_t events() const noexcept { return events_; }
  [[nodiscard]] timestamp began() const noexcept { return began_; } ///< of the first event
  [[nodiscard]] timestamp ended() const noexcept { return ended_; } ///< of the last

private:
  review_entry& add(sink::told_line const& line, std::uint32_t window) {
    auto& made = entries_.emplace_back();
    made.began = line.began;
    made.ended = line.ended;
    made.first = line.first;
    made.window = window;
    made.kind = review_kind_of(line.payload);
    made.words = line.text.starts_with(mark) ? line.text.substr(mark.size()) : line.text;
    made.place = place_number(line.place, line.began);
    auto& place = places_[made.place];
    ++place.entries[static_cast<std::size_t>(made.kind)];
    place.last = (std::max)(place.last, line.ended);
    if (made.kind == review_kind::withheld) {
      ++withheld_[made.words];
    }
    return made;
  }

  /// What the words alone do not say.
  template <class Recorded>
  void look_closer(Recorded const& what, review_entry& made) {
    if (auto const* const written = what.template get_if<overt::text>(); written != nullptr) {
      if (written->began.ns != 0) {
        made.began = (std::min)(written->began, made.began);
      }
      if (auto const* const value = written->value.disclosed(); value != nullptr) {
        made.text = std::string{value->view()};
        made.words = std::string{name_of(written->source)};
      }
    } else if (auto const* const picture = what.template get_if<frame>(); picture != nullptr) {
      made.has_picture = picture->state == frame_state::taken && picture->picture.disclosed() != nullptr;
    }
  }

  std::uint32_t place_number(sink::told_place const& where, timestamp at) {
    auto const [found, added] =
        numbers_.try_emplace({where.application, where.site}, static_cast<std::uint32_t>(places_.size()));
    if (added) {
      places_.push_back({.where = where, .first = at, .last = at});
    }
    return found->second;
  }

  std::uint32_t window_number(context const& where) {
    auto const text = [](guarded_text const& from) {
      auto const* const said = from.disclosed();
      return said == nullptr ? std::string{} : std::string{said->view()};
    };
    std::pair key{text(where.title), text(where.page)};
    auto const [found, added] =
        window_numbers_.try_emplace(std::move(key), static_cast<std::uint32_t>(windows_.size()));
    if (added) {
      windows_.push_back({found->first.first, found->first.second});
    }
    return found->second;
  }

  static constexpr std::string_view mark = "--- "; ///< in front of what was withheld, on a terminal

  sink::told_lines lines_{};
  std::vector<review_entry> entries_{};
  std::vector<review_place> places_{};
  std::vector<review_window> windows_{1};
  std::map<std::pair<std::string, std::string>, std::uint32_t> numbers_{};
  std::map<std::pair<std::string, std::string>, std::uint32_t> window_numbers_{{{"", ""}, 0}};
  std::map<std::string, std::uint64_t, std::less<>> withheld_{};
  std::uint32_t window_ = 0; ///< of the last event
  std::uint64_t events_ = 0;
  timestamp began_{};
  timestamp ended_{};
};

} // namespace overt::inline v0::trace
