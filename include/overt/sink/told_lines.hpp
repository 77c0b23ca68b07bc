#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <overt/event/context.hpp>
#include <overt/event/timestamp.hpp>
#include <overt/sink/event_phrase.hpp>

namespace overt::inline v0::sink {

/// Where a line of a timeline happened, as it was disclosed; both empty where nobody said, or it was not.
struct told_place {
  std::string application{};
  std::string site{}; ///< of a page: scheme, host and port

  [[nodiscard]] std::string const& name() const noexcept { return site.empty() ? application : site; }
  friend bool operator==(told_place const&, told_place const&) = default;
};

/// What one event, or a run of them, says to a person.
struct told_line {
  timestamp began{};
  timestamp ended{};       ///< of the last event of a run
  std::uint64_t first = 0; ///< the numbers of its first and last event
  std::uint64_t last = 0;
  std::uint64_t events = 0;
  told_place place{};
  std::string_view payload{}; ///< name of the payload of its first event
  std::string text{};
};

/// Puts events into words, as a timeline shows them: runs of typing and of pointer moves become one line, and
/// what says nothing becomes none. Lines come in the order in which they began. One thread.
///
///     sink::told_lines lines;
///     lines.push(event, where, [](sink::told_line const& line) { … });   // for each event
///     lines.finish([](sink::told_line const& line) { … });
class told_lines {
public:
  /// `what`: a cleared or recorded event. `where`: its context, or null. `use` is called for each line that
  /// is whole, none or two of them.
  template <class Event, class Use>
  void push(Event const& what, context const* where, Use&& use) {
    what.visit([&]<class Payload>(Payload const& payload) {
      auto said = phrase_of(payload);
      if (said.kind == phrase_kind::silent) {
        return;
      }
      auto const& head = what.head();
      auto place = where == nullptr ? told_place{} : place_of(*where);
      if (said.kind != phrase_kind::line && said.kind == kind_ && place == run_.place) {
        if (said.kind == phrase_kind::typing) {
          run_.text += said.text;
        } else {
          run_.text = std::move(said.text);
        }
        run_.ended = head.time;
        run_.last = head.sequence;
        ++run_.events;
        return;
      }
      finish(use);
      told_line line{.began = head.time,
                     .ended = head.time,
                     .first = head.sequence,
                     .last = head.sequence,
                     .events = 1,
                     .place = std::move(place),
                     .payload = Payload::name,
                     .text = std::move(said.text)};
      if (said.kind == phrase_kind::line) {
        use(std::as_const(line));
      } else {
        kind_ = said.kind;
        run_ = std::move(line);
      }
    });
  }

  /// Gives the run that is still being put together.
  template <class Use>
  void finish(Use&& use) {
    switch (std::exchange(kind_, phrase_kind::silent)) {
    case phrase_kind::typing: run_.text = "types \"" + printable(run_.text) + "\""; break;
    case phrase_kind::moving:
      run_.text = "moves the pointer to " + run_.text + " (" + std::to_string(run_.events) + " points)";
      break;
    default: return;
    }
    use(std::as_const(run_));
    run_ = {};
  }

private:
  [[nodiscard]] static told_place place_of(context const& where) {
    auto const text = [](guarded_text const& from) {
      auto const* const said = from.disclosed();
      return said == nullptr ? std::string{} : std::string{said->view()};
    };
    return {text(where.application), text(where.origin)};
  }

  phrase_kind kind_ = phrase_kind::silent; ///< of the run
  told_line run_{};
};

} // namespace overt::inline v0::sink
