#pragma once

#include <memory>
#include <utility>

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_reader.hpp>
#include <overt/capture/atspi/hit_test.hpp>
#include <overt/dataset/atspi/connection.hpp>
#include <overt/dataset/play/seen_window.hpp>
#include <overt/event/pointer_move.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::dataset::atspi {

/// The element at a point of a window; null when that is not known by the deadline. The connection is open.
[[nodiscard]] inline std::shared_ptr<capture::atspi::element const>
element_at_point(connection& on, seen_window const& window, screen_point at, timestamp deadline) {
  struct answer {
    std::shared_ptr<capture::atspi::element const> what{};
    bool came = false;
  };
  // Shared, because an answer may come when nobody waits for it any more.
  auto const got = std::make_shared<answer>();
  auto& hits = on.reader().hits();
  // What it told of a window that has been moved or closed since would be wrong.
  hits.forget(window.process);
  hits.find(window.process, window.bounds, at.x, at.y,
            [&reader = on.reader(), got](capture::atspi::hit_test::outcome const& hit) {
              if (!hit.at) {
                got->came = true;
                return;
              }
              reader.read_shared(hit.at, [got](std::shared_ptr<capture::atspi::element const> found) {
                got->what = std::move(found);
                got->came = true;
              });
            });
  (void)on.wait_for([&] { return got->came; }, deadline);
  return got->what;
}

} // namespace overt::inline v0::dataset::atspi
