// A sink of one's own: counts what leaves, by type. It sees cleared events and nothing rawer.
#include "agree.hpp"

#include <map>
#include <memory>
#include <string>
#include <thread>

struct counting_sink {
  std::shared_ptr<std::map<std::string, int>> counts = std::make_shared<std::map<std::string, int>>();

  template <class Event>
  void write(overt::cleared<Event> const& what) {
    ++(*counts)[std::string{what.payload_name()}];
  }
};

int main() {
  auto const policy = overt::redact::strict({"com.example.editor"});
  auto consent = agree_to(policy, status_bar::name);
  status_bar indicator;

  overt::capture::application<> editor{"com.example.editor"};
  counting_sink sink;
  overt::recorder recorder{consent, indicator, editor, policy, sink};

  std::stop_source stop;
  std::jthread user{[&] {
    while (!editor.record(overt::button{})) {
      std::this_thread::yield();
    }
    editor.record(overt::scroll{.dy_v120 = 120});
    stop.request_stop();
  }};
  if (auto const summary = recorder.run(stop.get_token()); !summary) {
    std::fprintf(stderr, "%s\n", summary.error().message.c_str());
    return 1;
  }
  for (auto const& [name, count] : *sink.counts) {
    std::printf("%s %d\n", name.c_str(), count);
  }
  return (*sink.counts)["button"] == 1 && (*sink.counts)["scroll"] == 1 ? 0 : 1;
}
