// A mask of one's own: the status bar of a program is filled in every picture, whatever stands there.
#include "agree.hpp"

#include <thread>

#include <overt/redact/pixels.hpp>

/// Fills the lowest 20 rows of each window. Stands behind the policy that discloses.
struct hide_status_bar {
  void operator()(overt::frame& what, overt::clearance const& key) const {
    for (auto part : what.shown) {
      part.y += part.height - 20;
      part.height = 20;
      overt::redact::pixels::fill(what, {&part, 1}, key);
    }
  }
};

int main() {
  namespace redact = overt::redact;
  auto const policy = redact::only({"desk"}) | redact::secrets{} | redact::pixels{} | hide_status_bar{};
  auto consent = agree_to(policy, status_bar::name);
  status_bar indicator;

  overt::capture::application<> desk{"desk"};
  overt::sink::memory<> kept;
  overt::recorder recorder{consent, indicator, desk, policy, kept};

  std::stop_source stop;
  std::jthread user{[&] {
    auto const form = desk.in(
        {.application = overt::guarded_text{overt::arena_string{"desk"}}, .field = overt::field_kind::plain});
    overt::rectangle const window{0, 0, 320, 200};
    auto const drawn = [&] {
      auto picture = *overt::screen_picture::black(window);
      picture.fill(window, 0xffffff);
      return overt::frame{
          .covers = window, .shown = {window}, .picture = overt::guarded_picture{std::move(picture)}};
    };
    while (!desk.record_in(form, drawn())) {
      std::this_thread::yield();
    }
    stop.request_stop();
  }};
  if (auto const summary = recorder.run(stop.get_token()); !summary) {
    std::fprintf(stderr, "%s\n", summary.error().message.c_str());
    return 1;
  }
  auto const* const picture = kept.events().back().get_if<overt::frame>()->picture.disclosed();
  auto const above = picture->row(179)[160];
  auto const below = picture->row(180)[160];
  std::printf("above the bar %06x, in it %06x\n", above, below);
  return above == 0xffffff && below == redact::pixels::colour ? 0 : 1;
}
