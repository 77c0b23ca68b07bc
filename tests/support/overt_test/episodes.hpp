#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <overt/consent/receipt.hpp>
#include <overt/dataset/action.hpp>
#include <overt/dataset/approval.hpp>
#include <overt/dataset/episode.hpp>
#include <overt/dataset/export/session_facts.hpp>
#include <overt/event/result.hpp>
#include <overt/event/screen_picture.hpp>
#include <overt_test/events.hpp>

/// Episodes made by hand, with pictures, for exporters.
namespace overt_test {

[[nodiscard]] inline overt::dataset::episode_frame frame_of(std::uint64_t sequence, std::int64_t at_ms,
                                                            overt::rectangle covers = {0, 0, 192, 108}) {
  return {.sequence = sequence,
          .grabbed = {at_ms * ms},
          .covers = covers,
          .shown = {covers},
          .size = {covers.width, covers.height}};
}

[[nodiscard]] inline overt::dataset::action done(overt::dataset::action_kind what, std::uint64_t sequence,
                                                 std::int64_t at_ms) {
  return {.what = std::move(what),
          .children = {sequence, sequence + 1},
          .onset = sequence,
          .approached = {at_ms * ms},
          .began = {at_ms * ms},
          .ended = {(at_ms + 80) * ms}};
}

[[nodiscard]] inline overt::dataset::click_action click(std::int32_t x, std::int32_t y,
                                                        std::uint8_t count = 1) {
  return {.count = count, .at = {x, y, 0, 0}};
}

[[nodiscard]] inline overt::dataset::text_action typed(std::string value) {
  return {.value = std::move(value)};
}

[[nodiscard]] inline overt::dataset::key_action key_named(std::string_view name,
                                                          overt::modifiers held = overt::modifiers::none) {
  return {.symbol = overt::symbol_named(name), .held = held};
}

/// An action alone: what a dialect needs.
[[nodiscard]] inline overt::dataset::action alone(overt::dataset::action_kind what) {
  return done(std::move(what), 10, 1000);
}

/// A task of a click, a text, a shortcut and a click beside every monitor, with two pictures.
[[nodiscard]] inline overt::dataset::episode some_episode(std::uint64_t first = 1) {
  overt::dataset::episode made;
  made.instruction = "Set the display scale to 100 %";
  made.outcome = overt::task_outcome::success;
  made.has_start = true;
  made.has_end = true;
  made.first = first;
  made.last = first + 99;
  made.began = {0};
  made.ended = {9000 * ms};
  made.displays = {{.epoch = 0, .monitors = {{.bounds = {0, 0, 192, 108}, .scale_percent = 125}}}};
  made.frames = {frame_of(first + 1, 500), frame_of(first + 21, 2500)};
  made.actions = {done(click(96, 27), first + 10, 1000), done(typed("caf\u00e9 costs $5"), first + 30, 3000),
                  done(key_named("s", overt::modifiers::control), first + 40, 4000),
                  done(click(-5, 50), first + 50, 5000)};
  return made;
}

[[nodiscard]] inline overt::consent::receipt some_receipt() {
  overt::consent::receipt made;
  made.record_id = "00000000-0000-4000-8000-000000000001";
  made.receipt_id = "00000000-0000-4000-8000-000000000002";
  made.purposes = {overt::consent::purpose::train_computer_use_model};
  made.latest = overt::consent::consent_event::given;
  made.policy_digest = std::string(64, 'b');
  made.document_sha256 = std::string(64, 'a');
  return made;
}

[[nodiscard]] inline overt::dataset::session_facts some_session() {
  return {.trace_sha256 = std::string(64, 'c'),
          .receipt_id = some_receipt().receipt_id,
          .policy_digest = some_receipt().policy_digest};
}

/// The person has looked at it and agrees.
[[nodiscard]] inline overt::dataset::approval
some_approval(overt::dataset::session_facts const& of = some_session()) {
  return overt::dataset::approval::of_person({.trace_sha256 = of.trace_sha256, .receipt_id = of.receipt_id});
}

/// A picture for every frame of the size, each of another colour.
[[nodiscard]] inline auto pictures_of_size(std::int32_t width = 192, std::int32_t height = 108) {
  return [width, height](std::uint64_t sequence) -> overt::result<overt::screen_picture> {
    auto made = *overt::screen_picture::black({0, 0, width, height});
    made.fill({0, 0, width, height}, 0x203040U + static_cast<std::uint32_t>(sequence));
    made.fill({width / 4, height / 4, width / 2, height / 8}, 0xc0c0c0U);
    return made;
  };
}

} // namespace overt_test
