#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/json_text.hpp>
#include <overt/event/event.hpp>
#include <overt/redact/pipeline.hpp>
#include <overt/sink/event_json.hpp>

#include <overt_test/events.hpp>

#include "editor.hpp"
#include "rhythm.hpp"

namespace leaks {

/// The bytes that `sink::jsonl` would write, in memory.
class lines_sink {
public:
  template <overt::any_event Event>
  void write(overt::cleared<Event> const& what) {
    line_.clear();
    overt::sink::append_event(line_, what);
    line_.raw('\n');
    text_ += line_.view();
  }

  [[nodiscard]] std::string const& text() const { return text_; }
  void clear() { text_.clear(); }

private:
  overt::detail::json_text line_;
  std::string text_;
};

/// What a session of somebody's typing gives to a pipeline: keys with their releases, modifiers, clicks, what
/// accessibility says of fields. It keeps the time.
class typing_session {
public:
  static constexpr std::int64_t ms = 1'000'000;
  static constexpr std::int64_t start_ns = 1'000'000'000;

  typing_session(rhythm& beats, random_numbers& any) : beats_{beats}, any_{any} { beats_.start(any_); }
  typing_session(typing_session const&) = delete;
  typing_session& operator=(typing_session const&) = delete;
  virtual ~typing_session() = default;

  /// A key, after the next interval of the rhythm. True: now is when it goes to the editor as well.
  void press(stroke const& key) {
    auto const beat = beats_.next(any_);
    // What is longer than this in the data is a person who went away; pauses are made by `wait`.
    pass(std::clamp<std::int64_t>(beat.after_ms, 1, 4000) * ms);
    hold(key.held);
    push(key_of(key, overt::key_phase::press), &key);
    first_ = first_ == 0 ? last_ : first_;
    auto const up = now_ + std::clamp<std::int64_t>(beat.held_ms, 1, 900) * ms;
    releases_.push_back({up, key});
  }

  void wait(std::int64_t duration_ms) { pass(duration_ms * ms); }

  void click(std::uint8_t clicks = 1, overt::button_name which = overt::button_name::left) {
    pass(static_cast<std::int64_t>(any_.between(250, 700)) * ms);
    hold(overt::modifiers::none);
    auto const at = static_cast<std::int32_t>(any_.between(10, 400));
    push(overt::button{.which = which, .clicks = clicks, .at = {.x = at, .y = 50}});
    pass(40 * ms);
    release_button(which, clicks, at);
  }
  /// The left button goes down in one place and up in another.
  void drag() {
    pass(static_cast<std::int64_t>(any_.between(250, 700)) * ms);
    hold(overt::modifiers::none);
    auto const from = static_cast<std::int32_t>(any_.between(10, 400));
    push(overt::button{.at = {.x = from, .y = 50}});
    pass(400 * ms);
    release_button(overt::button_name::left, 1, from + (any_.chance(50) ? 9 : -9));
  }

  /// A button of the window of `place` was pressed by a click that was told before.
  void activate_button(overt::context_ptr const& place) {
    auto const here = std::exchange(where_, place);
    push(
        overt::ui_action{.act = overt::ui_act::activate, .role = overt::ui_role::button, .observed = {now_}});
    where_ = here;
  }

  /// The focus goes to a place; keys go there from now on.
  void go_to(overt::context_ptr place) {
    settle_keys();
    where_ = std::move(place);
    start_over();
    push(overt::focus{.target = overt::focus_target::element});
  }

  /// What accessibility says stands in `place`, from `made_of` first to last; nothing: it could not be read.
  void tell_text(overt::context_ptr const& place, overt::text_source source,
                 std::optional<std::string> const& value, std::vector<std::uint64_t> made_of) {
    auto const here = std::exchange(where_, place);
    overt::text told{.source = source,
                     .length = value
                                   ? overt::guarded<std::uint32_t>{static_cast<std::uint32_t>(value->size())}
                                   : overt::guarded<std::uint32_t>{},
                     .edits = overt::guarded<std::uint32_t>{5},
                     .value = value ? overt_test::guarded_of(*value) : overt::guarded_text{},
                     .made_of = std::move(made_of)};
    push(std::move(told));
    where_ = here;
  }

  /// The numbers of the first and the last key that went to the present place, for `made_of`.
  [[nodiscard]] std::vector<std::uint64_t> keys_here() const {
    return first_ == 0 ? std::vector<std::uint64_t>{} : std::vector<std::uint64_t>{first_, last_};
  }

  /// What is pressed from now on belongs to another text.
  void start_over() {
    first_ = 0;
    entered_any_ = composed_ = has_composed_ = false;
  }

  /// An input method is at work, which accessibility says in most cases (of ibus, not of others).
  void composes(bool is_seen = false) {
    has_composed_ = true;
    composed_ = composed_ || is_seen || any_.chance(75);
  }
  /// Whether one was at work since the place was entered, whether or not accessibility knows.
  [[nodiscard]] bool has_composed() const noexcept { return has_composed_; }

  /// Lets all keys go.
  void settle_keys() {
    pass(900 * ms);
    hold(overt::modifiers::none);
  }

  [[nodiscard]] std::int64_t now() const noexcept { return now_; }
  /// How accessibility tells where the text of the present place came from.
  [[nodiscard]] overt::text_source source_here() const noexcept {
    return composed_      ? overt::text_source::composed
           : entered_any_ ? overt::text_source::typed
                          : overt::text_source::pasted;
  }

  virtual void finish() = 0;
  [[nodiscard]] virtual std::string const& output() const = 0;

  /// What a backend makes of a key.
  [[nodiscard]] static overt::key key_of(stroke const& key, overt::key_phase phase) {
    auto made = key.character != '\0' ? overt_test::typed(key.character, key.held)
                                      : overt_test::pressed(kind_of(key), key.keysym, key.held, key.made);
    made.phase = phase;
    if (phase == overt::key_phase::release && key.enters()) {
      return overt::key{.phase = phase,
                        .kind = made.kind,
                        .held = key.held,
                        .usage = overt::guarded<std::uint16_t>{std::uint16_t{4}},
                        .symbol = overt::guarded<overt::key_symbol>{overt::key_symbol{key.keysym}}};
    }
    return made;
  }

  [[nodiscard]] static overt::key_class kind_of(stroke const& key) {
    auto const keysym = key.keysym;
    if (key.is_waiting) { // "Compose" itself counts as dead, what follows it as what it is
      return keysym < 0x100 ? overt::key_class::punctuation : overt::key_class::dead;
    }
    switch (keysym) {
    case 0xff08:
    case 0xff63:
    case 0xffff: return overt::key_class::editing;
    case 0xff0d: return overt::key_class::enter;
    case 0xffe1:
    case 0xffe3: return overt::key_class::modifier;
    default:
      return keysym < 0x100
                 ? (keysym >= 'a' && keysym <= 'z' ? overt::key_class::letter : overt::key_class::digit)
                 : overt::key_class::navigation;
    }
  }

protected:
  virtual void hand_over(overt::event&& what) = 0;
  virtual void advance(overt::timestamp now) = 0;

private:
  struct release {
    std::int64_t at = 0;
    stroke key{};
  };

  /// Presses and releases Shift and Control until these are held.
  void hold(overt::modifiers wanted) {
    for (auto const& [one, keysym] :
         {std::pair{overt::modifiers::shift, 0xffe1u}, std::pair{overt::modifiers::control, 0xffe3u}}) {
      bool const is = has_all(held_, one);
      bool const should = has_all(wanted, one);
      if (is != should) {
        auto what = overt_test::pressed(overt::key_class::modifier, keysym, held_);
        what.phase = should ? overt::key_phase::press : overt::key_phase::release;
        push(std::move(what));
        held_ = should ? held_ | one : without(held_, one);
      }
    }
  }

  void release_button(overt::button_name which, std::uint8_t clicks, std::int32_t at) {
    push(overt::button{
        .phase = overt::button_phase::release, .which = which, .clicks = clicks, .at = {.x = at, .y = 50}});
    pass(40 * ms);
  }

  template <class Payload>
  void push(Payload&& payload, stroke const* entered = nullptr) {
    using type = std::remove_cvref_t<Payload>;
    now_ += 1000; // no two at one time
    overt::event what{
        overt::event_header{.time = {now_}, .context = where_, .produced = ++produced_, .confirmed = true},
        type{std::forward<Payload>(payload)}};
    if constexpr (std::same_as<type, overt::key>) {
      if (entered != nullptr) {
        last_ = produced_;
        entered_any_ = entered_any_ || (entered->enters() && !commands(entered->held));
      }
    }
    hand_over(std::move(what));
  }

  void pass(std::int64_t ns) {
    auto const until = now_ + ns;
    while (now_ < until) {
      auto next = std::min(until, next_tick_);
      auto first = std::min_element(releases_.begin(), releases_.end(),
                                    [](release const& a, release const& b) { return a.at < b.at; });
      if (first != releases_.end() && first->at < next) {
        now_ = std::max(now_, first->at);
        push(key_of(first->key, overt::key_phase::release));
        releases_.erase(first);
        continue;
      }
      now_ = std::max(now_, next);
      if (now_ >= next_tick_) {
        next_tick_ = now_ + 100 * ms;
        advance({now_});
      }
    }
  }

  rhythm& beats_;
  random_numbers& any_;
  overt::context_ptr where_;
  std::vector<release> releases_;
  overt::modifiers held_ = overt::modifiers::none;
  std::int64_t now_ = start_ns;
  std::int64_t next_tick_ = start_ns + 100 * ms;
  std::uint64_t produced_ = 0;
  std::uint64_t first_ = 0;
  std::uint64_t last_ = 0;
  bool entered_any_ = false;
  bool composed_ = false;
  bool has_composed_ = false;
};

/// One that nobody records.
class silent_session final : public typing_session {
public:
  using typing_session::typing_session;
  void finish() override {}
  [[nodiscard]] std::string const& output() const override { return nothing_; }

protected:
  void hand_over(overt::event&&) override {}
  void advance(overt::timestamp) override {}

private:
  std::string nothing_;
};

/// The same with the pipeline of a chain.
template <class Chain>
class piped_session final : public typing_session {
public:
  piped_session(Chain const& policies, rhythm& beats, random_numbers& any)
      : typing_session{beats, any}, out_{policies, sink_, overt::timestamp{start_ns}} {}

  void finish() override {
    settle_keys();
    out_.finish();
  }
  [[nodiscard]] std::string const& output() const override { return sink_.text(); }

protected:
  void hand_over(overt::event&& what) override { out_.push(std::move(what)); }
  void advance(overt::timestamp now) override {
    if constexpr (requires { out_.advance(now); }) {
      out_.advance(now);
    }
  }

private:
  lines_sink sink_;
  overt::redact::pipeline<overt::event, Chain, lines_sink> out_;
};

} // namespace leaks
