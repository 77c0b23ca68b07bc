// A backend of one's own: a foot pedal, read on a thread of its own.
#include "agree.hpp"

#include <thread>

struct foot_pedal {
  static constexpr std::string_view name = "foot_pedal";

  template <class Event>
  overt::result<overt::source> open(overt::capture::port<Event>&) {
    return overt::source{.backend = name, .can_see = overt::capability::buttons};
  }

  template <class Event>
  overt::result<void> run(overt::capture::port<Event>& out, std::stop_token stop) {
    overt::context_ptr const where{overt::context{.application = out.store("com.example.transcriber")}};
    for (int press = 0; press < 3 && !stop.stop_requested(); ++press) {
      auto const now = overt::system_clocks{}.now();
      out.push_confirmed(
          now, where,
          overt::button{.which = overt::button_name::other, .number = 20}); // vouches for the place itself
    }
    out.request_stop();
    return {};
  }
};

int main() {
  auto const policy = overt::redact::strict({"com.example.transcriber"});
  auto consent = agree_to(policy, status_bar::name);
  status_bar indicator;
  overt::sink::memory<> kept;
  overt::recorder recorder{consent, indicator, foot_pedal{}, policy, kept};

  auto const summary = recorder.run();
  if (!summary) {
    std::fprintf(stderr, "%s\n", summary.error().message.c_str());
    return 1;
  }
  auto const presses = kept.events().size() - 2; // after source and consent
  std::printf("%zu presses\n", presses);
  return presses == 3 ? 0 : 1;
}
