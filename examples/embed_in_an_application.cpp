// A program that records what its users do in its own windows.
#include "agree.hpp"

#include <thread>

#include <overt/sink/timeline.hpp>

int main() {
  auto const policy = overt::redact::strict({"com.example.editor"});
  auto consent = agree_to(policy, status_bar::name);
  status_bar indicator;

  overt::capture::application<> editor{"com.example.editor"};
  overt::recorder recorder{consent, indicator, editor, policy, overt::sink::timeline{}};

  std::stop_source stop;
  std::jthread user{[&] {
    // What a real program calls from its event handlers, on any thread. It does nothing while no session is
    // open.
    while (!editor.record(overt::clipboard{overt::clipboard_operation::copy})) {
      std::this_thread::yield();
    }
    editor.record(overt::key{.kind = overt::key_class::letter,
                             .held = overt::modifiers::control,
                             .symbol = overt::guarded{*overt::symbol_named("s")}});
    // Of a text, strict tells that there was one.
    editor.record(overt::text{.value = overt::guarded_text{overt::arena_string{"dear diary"}}});
    stop.request_stop();
  }};
  auto const summary = recorder.run(stop.get_token());
  if (!summary) {
    std::fprintf(stderr, "%s\n", summary.error().message.c_str());
    return 1;
  }
  // Source, consent, clipboard, Ctrl+S, that something was taken out of a text, and that there was a text.
  return summary->last_sequence == 6 ? 0 : 1;
}
