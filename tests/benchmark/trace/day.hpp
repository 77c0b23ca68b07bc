#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/event/event.hpp>

namespace overt_benchmark {

/// One event as numbers, so that it can be made again for each round.
struct recipe {
  enum class what : std::uint8_t { move, key, scroll, button, focus };

  std::int64_t when = 0; ///< ns
  std::int32_t x = 0;
  std::int32_t y = 0;
  std::uint16_t place = 0; ///< in `day::places`
  what kind = what::move;
  overt::key_class key_kind = overt::key_class::letter;
  std::int16_t notch = 0; ///< of a wheel, v120
  bool press = true;
};

/// What a person did in one day, made up: 71 % moves of the pointer at 125 Hz in bursts (minimum-jerk paths,
/// as people move a hand from one point to another: Flash and Hogan, 1985; with a tremor), 26 % keys, 2.6 %
/// scrolling, 1 % buttons, 0.1 % focus. A million events take 14.7 hours, without long breaks: those would
/// make a trace smaller. Every half minute something about the place changes. The same seed, the same day.
struct day {
  std::vector<recipe> events{};
  std::vector<overt::context_ptr> places{};
};

/// Where the events of a day happen: applications, of which one shows pages, and what they have open.
inline constexpr std::array<std::string_view, 8> applications{
    "org.gnome.TextEditor", "org.mozilla.firefox", "org.libreoffice.Writer", "org.libreoffice.Calc",
    "org.gnome.Terminal",   "org.gnome.Nautilus",  "org.gnome.Evolution",    "org.kde.okular"};
inline constexpr std::string_view site = "https://tickets.example.com";

class day_maker {
public:
  /// `jitter_us`: how far moments lie from the beat of the device, standard deviation.
  explicit day_maker(double jitter_us) : jitter_{0, jitter_us} {}

  [[nodiscard]] day make(std::size_t count) {
    made_.events.reserve(count + 400);
    change_place();
    while (made_.events.size() < count) {
      pause();
      switch (most_wanted()) {
      case recipe::what::move: move(); break;
      case recipe::what::key: type(); break;
      case recipe::what::scroll: turn_wheel(); break;
      case recipe::what::button: click(); break;
      case recipe::what::focus: add(recipe::what::focus); break;
      }
    }
    made_.events.resize(count);
    return std::move(made_);
  }

private:
  static constexpr double event_every_ns = 14.7 * 3600 / 1e6 * 1e9;
  static constexpr std::int64_t half_minute = 30'000'000'000;
  static constexpr std::array<double, 5> share{0.71, 0.26, 0.026, 0.01, 0.001};

  /// The kind that is furthest behind its share.
  [[nodiscard]] recipe::what most_wanted() const {
    std::size_t best = 0;
    double most = -1e9;
    for (std::size_t i = 0; i < share.size(); ++i) {
      auto const behind = (share[i] * static_cast<double>(made_.events.size() + 1) - counts_[i]) / share[i];
      if (behind > most) {
        most = behind;
        best = i;
      }
    }
    return static_cast<recipe::what>(best);
  }

  void pause() {
    auto const behind = event_every_ns * static_cast<double>(made_.events.size()) - static_cast<double>(now_);
    std::exponential_distribution<double> wait{1.0 / std::max(behind, 0.15e9)};
    now_ += static_cast<std::int64_t>(wait(random_));
    if (now_ >= next_place_) {
      change_place();
    }
  }

  void change_place() {
    next_place_ = now_ + half_minute;
    auto const which = random_() % applications.size();
    auto const text = [](std::string_view from) { return overt::guarded_text{overt::arena_string{from}}; };
    auto const number = std::to_string(random_() % 40);
    bool const page = which == 1;
    made_.places.emplace_back(overt::context{
        .application = text(applications[which]),
        .title = text("Quarterly figures " + number + " - " + std::string{applications[which]}),
        .origin = text(page ? site : std::string_view{}),
        .page = text(page ? "/queue/7/tickets/" + number : std::string{}),
        .field = overt::field_kind::plain});
  }

  void add(recipe::what kind, recipe more = {}) {
    more.kind = kind;
    more.when = std::max(last_, (now_ + static_cast<std::int64_t>(jitter_(random_) * 1e3)) / 1000 * 1000);
    more.x = static_cast<std::int32_t>(std::lround(x_));
    more.y = static_cast<std::int32_t>(std::lround(y_));
    more.place = static_cast<std::uint16_t>(made_.places.size() - 1);
    last_ = more.when;
    made_.events.push_back(more);
    ++counts_[static_cast<std::size_t>(kind)];
  }

  void move() {
    std::uniform_real_distribution<double> anywhere_x{0, 3839};
    std::uniform_real_distribution<double> anywhere_y{0, 2159};
    std::normal_distribution<double> tremor{0, 0.6};
    auto const from_x = x_;
    auto const from_y = y_;
    auto const to_x = anywhere_x(random_);
    auto const to_y = anywhere_y(random_);
    // Fitts: the farther, the longer.
    auto const steps = 25 + static_cast<int>(std::hypot(to_x - from_x, to_y - from_y) / 40);
    for (int i = 1; i <= steps; ++i) {
      now_ += 8'000'000;
      auto const s = static_cast<double>(i) / steps;
      auto const along = s * s * s * (10 - 15 * s + 6 * s * s);
      auto const phase = static_cast<double>(now_ % 100'000'000) / 1e8 * 6.2831853; // 10 Hz
      x_ = from_x + along * (to_x - from_x) + std::sin(phase) + tremor(random_);
      y_ = from_y + along * (to_y - from_y) + std::cos(phase) + tremor(random_);
      add(recipe::what::move);
    }
  }

  void type() {
    std::lognormal_distribution<double> between{std::log(150e6), 0.4};
    std::lognormal_distribution<double> held{std::log(85e6), 0.25};
    auto const keys = 5 + random_() % 50;
    for (std::size_t i = 0; i < keys; ++i) {
      auto const which = random_() % 12;
      auto const kind = which == 0   ? overt::key_class::editing
                        : which < 3  ? overt::key_class::punctuation
                        : which == 3 ? overt::key_class::digit
                                     : overt::key_class::letter;
      auto const down = static_cast<std::int64_t>(held(random_));
      auto const next = std::max(down + 1'000'000, static_cast<std::int64_t>(between(random_)));
      add(recipe::what::key, {.key_kind = kind});
      now_ += down;
      add(recipe::what::key, {.key_kind = kind, .press = false});
      now_ += next - down;
    }
  }

  void turn_wheel() {
    auto const notches = 4 + random_() % 20;
    auto const notch = static_cast<std::int16_t>(random_() % 3 == 0 ? -120 : 120);
    std::lognormal_distribution<double> between{std::log(40e6), 0.5};
    for (std::size_t i = 0; i < notches; ++i) {
      now_ += static_cast<std::int64_t>(between(random_));
      add(recipe::what::scroll, {.notch = notch});
    }
  }

  void click() {
    add(recipe::what::button);
    now_ += 60'000'000 + static_cast<std::int64_t>(random_() % 60'000'000);
    add(recipe::what::button, {.press = false});
  }

  std::mt19937_64 random_{20'240'611};
  std::normal_distribution<double> jitter_;
  day made_;
  std::array<double, 5> counts_{};
  std::int64_t now_ = 1'000'000'000;
  std::int64_t last_ = 0;
  std::int64_t next_place_ = 0;
  double x_ = 1000;
  double y_ = 1000;
};

/// The event that a backend would make of it.
[[nodiscard]] inline overt::event event_of(recipe const& from, day const& of) {
  overt::event_header head{.time = {from.when}, .context = of.places[from.place], .confirmed = true};
  overt::screen_point const at{.x = from.x, .y = from.y};
  switch (from.kind) {
  case recipe::what::move: return {std::move(head), overt::pointer_move{.at = at, .device = 2}};
  case recipe::what::scroll:
    return {std::move(head), overt::scroll{.dy_v120 = from.notch, .at = at, .device = 2}};
  case recipe::what::button:
    return {std::move(head),
            overt::button{.phase = from.press ? overt::button_phase::press : overt::button_phase::release,
                          .at = at,
                          .device = 2}};
  case recipe::what::focus: return {std::move(head), overt::focus{}};
  case recipe::what::key: break;
  }
  return {std::move(head),
          overt::key{.phase = from.press ? overt::key_phase::press : overt::key_phase::release,
                     .kind = from.key_kind,
                     .device = 3,
                     .usage = overt::guarded<std::uint16_t>{std::uint16_t{4}},
                     .symbol = overt::guarded<overt::key_symbol>{overt::key_symbol{'a'}}}};
}

} // namespace overt_benchmark
