// An event type of one's own beside the library's, and a policy that says what of it may leave.
#include "agree.hpp"

#include <thread>

struct ticket_opened {
  overt::guarded_text number{};
  std::int32_t queue = 0;

  static constexpr std::string_view name = "ticket_opened";
  static constexpr auto fields() {
    return overt::fields(overt::field("number", &ticket_opened::number),
                         overt::field("queue", &ticket_opened::queue));
  }
};

using desk_event =
    overt::basic_event<ticket_opened, overt::gap, overt::source, overt::consent_change, overt::redaction>;

struct release_tickets {
  overt::verdict operator()(ticket_opened&, overt::disclosure const& unlock) const {
    return overt::verdict::release(unlock); // the queue, not the number: that stays guarded
  }
};

int main() {
  auto const policy = overt::redact::only({"desk"}) | overt::redact::secrets{} | release_tickets{};
  auto consent = agree_to(policy, status_bar::name);
  status_bar indicator;

  overt::capture::application<desk_event> desk{"desk"};
  overt::sink::memory<desk_event> kept;
  overt::recorder recorder{consent, indicator, desk, policy, kept};

  std::stop_source stop;
  std::jthread user{[&] {
    while (!desk.record(
        ticket_opened{.number = overt::guarded_text{overt::arena_string{"T-1000"}}, .queue = 7})) {
      std::this_thread::yield();
    }
    stop.request_stop();
  }};
  if (auto const summary = recorder.run(stop.get_token()); !summary) {
    std::fprintf(stderr, "%s\n", summary.error().message.c_str());
    return 1;
  }
  auto const* const ticket = kept.events().back().get_if<ticket_opened>();
  std::printf("queue %d, number %s\n", ticket->queue,
              ticket->number.disclosed() == nullptr ? "withheld" : "disclosed");
  return ticket->queue == 7 && ticket->number.disclosed() == nullptr ? 0 : 1;
}
