// A policy of one's own: ticket numbers are masked, the rest of a text may leave.
#include "agree.hpp"

#include <thread>

/// Looks at texts and masks what follows "T-". It asks for a clearance, so it cannot disclose anything.
struct hide_ticket_numbers {
  void operator()(overt::text& what, overt::clearance const& key) const {
    auto const content = what.value.look(key).view();
    auto const begin = content.find("T-");
    if (begin != std::string_view::npos) {
      auto const end = content.find_first_not_of("0123456789", begin + 2);
      what.value.mask(key,
                      {{overt::byte_range{begin, end == std::string_view::npos ? content.size() : end}}});
    }
  }
};

int main() {
  namespace redact = overt::redact;
  auto const policy =
      redact::only({"desk"}) | redact::secrets{} | hide_ticket_numbers{} | redact::typed_characters{};
  auto consent = agree_to(policy, status_bar::name);
  status_bar indicator;

  overt::capture::application<> desk{"desk"};
  overt::sink::memory<> kept;
  overt::recorder recorder{consent, indicator, desk, policy, kept};

  std::stop_source stop;
  std::jthread user{[&] {
    auto const form = desk.in(
        {.application = overt::guarded_text{overt::arena_string{"desk"}}, .field = overt::field_kind::plain});
    while (!desk.record_in(
        form, overt::text{.value = overt::guarded_text{overt::arena_string{"see T-1000 please"}}})) {
      std::this_thread::yield();
    }
    stop.request_stop();
  }};
  if (auto const summary = recorder.run(stop.get_token()); !summary) {
    std::fprintf(stderr, "%s\n", summary.error().message.c_str());
    return 1;
  }
  auto const* const content = kept.events().back().get_if<overt::text>()->value.disclosed();
  std::printf("%.*s\n", static_cast<int>(content->view().size()), content->view().data());
  return content->view() == "see * please" ? 0 : 1;
}
