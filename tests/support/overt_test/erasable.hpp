#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <overt/event/event.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/event/screen_picture.hpp>
#include <overt/sink/session_info.hpp>

#include <overt_test/disclosed.hpp>

/// Sessions drawn by lot in which everything can be told apart, to erase from.
namespace overt_test {

/// An event that was kept, and what a test knows of it.
struct planted {
  overt::recorded<overt::event> event;
  std::string canary{};                  ///< stands in its content; nowhere else
  std::optional<std::uint32_t> colour{}; ///< of its picture; no other one has it
};

/// Events in two programs and on two sites, with texts that were begun long before they end, acts and texts
/// that are made of others, pictures of one window, of two and of none, losses that took numbers, and tasks.
class erasable_session {
public:
  explicit erasable_session(std::uint32_t seed, std::int64_t grid_ns = 0, int events = 120)
      : random_{seed}, grid_ns_{grid_ns} {
    add(overt::source{.backend = "x11"}, std::nullopt, "");
    add(overt::display{.monitors = {{.bounds = {0, 0, 64, 64}}}}, std::nullopt, "");
    if (below(4) == 0) {
      several_ = true;
      add(overt::display{.epoch = 1,
                         .monitors = {{.bounds = {0, 0, 64, 64}}, {.id = 1, .bounds = {64, 0, 64, 64}}}},
          std::nullopt, "");
    }
    for (int i = 0; i < events; ++i) {
      step();
    }
  }

  [[nodiscard]] std::vector<planted> const& events() const noexcept { return events_; }
  [[nodiscard]] std::int64_t grid_ns() const noexcept { return grid_ns_; }
  [[nodiscard]] bool several_monitors() const noexcept { return several_; }
  [[nodiscard]] overt::session_info session() const {
    overt::session_info info;
    info.receipt_id = "00000000-0000-4000-8000-000000000002";
    info.policy = R"({"chain":[]})";
    info.policy_digest = std::string(64, 'b');
    info.time_grid_ns = grid_ns_;
    return info;
  }

  /// The picture of a frame, of one colour.
  [[nodiscard]] overt::result<overt::screen_picture> picture_of(std::uint64_t sequence) const {
    for (auto const& each : events_) {
      if (each.event.head().sequence == sequence && each.colour) {
        auto made = *overt::screen_picture::black({0, 0, 64, 64});
        made.fill({0, 0, 64, 64}, *each.colour);
        return made;
      }
    }
    return overt::failure{overt::error_code::not_found, ""};
  }

  /// A moment within the session, on no grid.
  [[nodiscard]] std::int64_t some_moment() {
    return begin + static_cast<std::int64_t>(below(static_cast<std::uint32_t>((now_ - begin) / ms + 1))) * ms;
  }
  [[nodiscard]] std::uint32_t below(std::uint32_t limit) {
    return static_cast<std::uint32_t>(random_() % limit);
  }

private:
  static constexpr std::int64_t ms = 1'000'000;
  static constexpr std::int64_t begin = 1'000 * ms;

  struct place {
    std::string application;
    std::string origin;
  };

  [[nodiscard]] place somewhere() {
    switch (below(4)) {
    case 0: return {"editor", ""};
    case 1: return {"mail", ""};
    case 2: return {"browser", "https://a.example"};
    default: return {"browser", "https://b.example"};
    }
  }

  [[nodiscard]] std::int64_t on_grid(std::int64_t when) const {
    return grid_ns_ > 0 ? when / grid_ns_ * grid_ns_ : when;
  }

  [[nodiscard]] std::string new_canary() {
    constexpr char letters[] = "bcdfghjklmnpqrstvwxz";
    std::string text{"Q"};
    for (int i = 0; i < 15; ++i) {
      text += letters[below(20)];
    }
    return text;
  }

  [[nodiscard]] std::uint64_t some_number() {
    return events_.empty()
               ? 0
               : events_[events_.size() - 1 -
                         below(static_cast<std::uint32_t>(std::min<std::size_t>(events_.size(), 12)))]
                     .event.head()
                     .sequence;
  }

  template <class Payload>
  void add(Payload payload, std::optional<place> const& where, std::string canary,
           std::optional<std::uint32_t> colour = std::nullopt) {
    overt::recorded_head head{.sequence = next_, .time = {on_grid(now_)}, .source = 0};
    if (where) {
      head.where.emplace(overt::context{.application = disclosed_text_of(where->application),
                                        .title = disclosed_text_of(canary),
                                        .origin = disclosed_text_of(where->origin),
                                        .field = overt::field_kind::plain});
    }
    ++next_;
    events_.push_back({overt::detail::recording::make<overt::event>(
                           std::move(head), overt::event{overt::event_header{}, std::move(payload)}),
                       std::move(canary), colour});
  }

  void step() {
    now_ += static_cast<std::int64_t>(below(400)) * ms;
    auto const where = somewhere();
    auto canary = new_canary();
    auto const text = disclosed_text_of(canary);
    switch (below(9)) {
    case 0: // a text that was begun up to four seconds ago
      add(overt::text{.value = disclosed_text_of(canary),
                      .began = {on_grid(std::max(begin, now_ - static_cast<std::int64_t>(below(4000)) * ms))},
                      .follows = below(3) == 0 ? 0 : some_number(),
                      .made_of = {some_number(), some_number()}},
          where, canary);
      break;
    case 1:
      add(overt::ui_action{.label = disclosed_text_of(canary),
                           .observed = {on_grid(
                               std::max(begin, now_ - static_cast<std::int64_t>(below(900)) * ms))},
                           .made_of = {some_number()}},
          where, canary);
      break;
    case 2: add(overt::clipboard{.made_of = {some_number()}}, where, canary); break;
    case 3: { // pictures of different colours, with nothing, one window or two in them
      std::vector<overt::rectangle> shown(below(3), overt::rectangle{0, 0, 32, 32});
      auto const colour = 0x100001U + 0x010203U * next_colour_++;
      add(overt::frame{.grabbed = {on_grid(
                           std::max(begin, now_ - static_cast<std::int64_t>(below(300)) * ms))},
                       .covers = {0, 0, 64, 64},
                       .shown = std::move(shown),
                       .picture = disclosed(overt::screen_picture::elsewhere({64, 64}))},
          where, canary, colour & 0xffffffU);
      break;
    }
    case 4:
      add(overt::marker{.kind = overt::marker_kind::note, .instruction = disclosed_text_of(canary)},
          std::nullopt, canary);
      break;
    case 5: lose(); break;
    case 6: add(overt::consent_change{}, std::nullopt, ""); break;
    default:
      add(overt::key{.kind = overt::key_class::letter, .entered = disclosed(*overt::entered_text::from("é"))},
          where, canary);
    }
  }

  /// Losses told by one gap or two; those of a full disk took numbers.
  void lose() {
    if (below(2) == 0) {
      add(overt::gap{.reason = overt::withheld_reason::outside_scope}, std::nullopt, "");
      return;
    }
    auto const of_keys = 1 + below(5);
    auto const of_texts = 1 + below(5);
    bool const both = below(2) == 0;
    add(overt::gap{.reason = overt::withheld_reason::disk_full, .of = "key", .count = of_keys}, std::nullopt,
        "");
    if (both) {
      add(overt::gap{.reason = overt::withheld_reason::disk_full, .of = "text", .count = of_texts},
          std::nullopt, "");
    }
    next_ += of_keys - 1 + (both ? of_texts - 1 : 0);
  }

  std::mt19937 random_;
  std::int64_t grid_ns_;
  std::int64_t now_ = begin;
  std::uint64_t next_ = 1;
  std::uint32_t next_colour_ = 0;
  bool several_ = false;
  std::vector<planted> events_{};
};

/// An erasure drawn by lot: one or two of its kinds.
template <class Erasure>
Erasure some_erasure(erasable_session& of) {
  Erasure what;
  for (auto kinds = 1 + of.below(2); kinds > 0; --kinds) {
    switch (of.below(4)) {
    case 0: {
      auto const one = of.some_moment();
      auto const other = of.below(3) == 0 ? one : of.some_moment();
      what.from = overt::timestamp{std::min(one, other)};
      what.to = overt::timestamp{std::max(one, other)};
      break;
    }
    case 1: what.applications.emplace_back(of.below(2) == 0 ? "mail" : "browser"); break;
    case 2: what.sites.emplace_back("https://a.example"); break;
    default: what.from = overt::timestamp{of.some_moment()};
    }
  }
  return what;
}

} // namespace overt_test
