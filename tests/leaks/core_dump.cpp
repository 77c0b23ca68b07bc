// Records itself while something is typed into it, and dies in the middle: what is left in its memory, as a
// core dump has it? Run by core_dump_test.py, which looks.
//
//   core_dump typing     what stands on standard input is typed under `balanced`, and nothing is decided yet
//   core_dump decided    the same, and the field is left and told
//   core_dump plain      as `typing`, and an ordinary string keeps it as well: this the dump has to show
//
// Says "ready" when everything has been taken in, waits for another line, and aborts. It reads one byte at a
// time and keeps none, so that what is found is what the library kept. Writes trace.jsonl into the folder
// that it runs in.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <unistd.h>

#include <overt/detail/secure_memory.hpp>
#include <overt/overt.hpp>
#include <overt_test/events.hpp>
#include <overt_test/session.hpp>

namespace {

/// One byte of standard input; '\n' at its end.
char next_byte() {
  char one = '\n';
  return read(STDIN_FILENO, &one, 1) == 1 ? one : '\n';
}

/// What was typed, for what accessibility tells: in memory that dumps leave out.
struct kept_text {
  static constexpr std::size_t capacity = 4096;
  char* bytes = static_cast<char*>(overt::detail::map_secure(capacity));
  std::size_t size = 0;

  kept_text() = default;
  kept_text(kept_text const&) = delete;
  kept_text& operator=(kept_text const&) = delete;
  ~kept_text() { overt::detail::unmap_secure(bytes, capacity); }
};

} // namespace

int main(int argc, char** argv) {
  std::string_view const mode = argc > 1 ? argv[1] : "";
  if (mode != "typing" && mode != "decided" && mode != "plain") {
    std::fputs("core_dump typing|decided|plain\n", stderr);
    return 2;
  }
  overt_test::fake_clock const clock;
  overt_test::fake_indicator lamp{clock};
  auto const policies = overt::redact::balanced({"editor"});
  auto agreed =
      overt::consent::activate(overt_test::receipt_for(policies), clock, overt::consent::accept_unsigned{});
  if (!agreed) {
    std::fprintf(stderr, "%s\n", agreed.error().message.c_str());
    return 1;
  }
  overt::capture::application<overt::event, overt_test::fake_clock> app{"editor", clock};
  overt::recorder recorder{*agreed, lamp, app, policies, overt::sink::jsonl{"trace.jsonl"}, {}, clock};
  std::stop_source stop;
  std::jthread const session{[&] {
    auto const summary = recorder.run(stop.get_token());
    if (!summary) {
      std::fprintf(stderr, "%s\n", summary.error().message.c_str());
    }
  }};
  auto const here = app.in(
      overt::context{.application = overt_test::guarded_of("editor"), .field = overt::field_kind::plain});
  while (!app.record_in(here, overt::focus{})) {
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  std::string plain;
  kept_text told;
  for (char one = next_byte(); one != '\n'; one = next_byte()) {
    app.record_in(here, overt_test::typed(one));
    clock.advance(100 * overt_test::ms);
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
    if (mode == "plain") {
      plain += one;
    } else if (told.size < kept_text::capacity) {
      told.bytes[told.size++] = one;
    }
  }
  if (mode == "decided") {
    app.record_in(here, overt_test::pressed(overt::key_class::enter, 0xff0d));
    clock.advance(100 * overt_test::ms);
    app.record_in(here, overt::text{.value = overt_test::guarded_of({told.bytes, told.size})});
    clock.advance(5 * overt_test::seconds);
  }
  std::this_thread::sleep_for(std::chrono::milliseconds{500});
  std::puts("ready");
  std::fflush(stdout);
  static_cast<void>(next_byte());
  if (mode == "plain" && plain.empty()) {
    return 1; // so that it is not left out
  }
  std::abort();
}
