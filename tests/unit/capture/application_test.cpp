#include <overt/capture/application.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/keys.hpp>

namespace {

using overt::capture::application;
using overt::capture::port;

/// A clock that counts its readings.
struct counting_clock {
  std::shared_ptr<std::atomic<std::int64_t>> readings = std::make_shared<std::atomic<std::int64_t>>(0);

  [[nodiscard]] overt::timestamp now() const { return {readings->fetch_add(1)}; }
  [[nodiscard]] std::int64_t wall_ns() const { return 0; }
};

std::uint64_t drain(port<overt::event>& from) {
  std::uint64_t taken = 0;
  while (from.take([&](auto&&) { ++taken; })) {}
  return taken;
}

static_assert(overt::capture::backend_for<application<>, overt::event>);
static_assert(overt::capture::backend_like<application<>>);

} // namespace

TEST_CASE("a program records only while a session is open", "[capture][application]") {
  application<overt::event, counting_clock> app{"com.example.editor"};
  CHECK_FALSE(app.record(overt::clipboard{}));
  port<overt::event> out{{.items = 16}};
  auto const opened = app.open(out);
  REQUIRE(opened);
  CHECK(opened->backend.view() == "application");
  CHECK(opened->can_see == overt::capability::application);
  CHECK(app.record(overt::clipboard{overt::clipboard_operation::cut}));
  app.close();
  CHECK_FALSE(app.record(overt::clipboard{}));
  app.close();

  bool seen = false;
  CHECK(out.take([&](auto&& item) {
    auto& event = std::get<0>(item);
    seen = event.header.confirmed &&
           event.template get_if<overt::clipboard>()->operation == overt::clipboard_operation::cut;
    overt_test::with_clearance([&](overt::clearance const& key) {
      CHECK(event.header.context->application.look(key).view() == "com.example.editor");
    });
  }));
  CHECK(seen);
  CHECK(drain(out) == 0);
}

TEST_CASE("a copy of the handle is the same program", "[capture][application]") {
  application<> const original{"com.example.editor"};
  auto given_away = original;
  auto kept = original;
  port<overt::event> out{{.items = 16}};
  REQUIRE(given_away.open(out));
  auto const field = application<>::in({.field = overt::field_kind::plain});
  CHECK(kept.record(overt::focus{}));
  CHECK(kept.record_in(field, overt::focus{}));
  given_away.close();
  CHECK_FALSE(kept.record(overt::focus{}));

  std::vector<bool> in_field;
  while (out.take([&](auto&& item) { in_field.push_back(std::get<0>(item).header.context == field); })) {}
  CHECK(in_field == std::vector{false, true});
}

TEST_CASE("threads record while a session opens and closes", "[capture][application]") {
  application<> app{"com.example.editor"};
  std::atomic<bool> done{false};
  std::atomic<std::uint64_t> accepted{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, mine = app]() mutable {
      while (!done.load()) {
        accepted.fetch_add(mine.record(overt::marker{}) ? 1 : 0);
        std::this_thread::yield();
      }
    });
  }
  std::uint64_t taken = 0;
  for (int session = 0; session < 20; ++session) {
    port<overt::event> out{{.items = 64}};
    REQUIRE(app.open(out));
    for (int round = 0; round < 50; ++round) {
      taken += drain(out);
      std::this_thread::yield();
    }
    app.close(); // after this nobody is inside the port, which ends here
    taken += drain(out);
  }
  done.store(true);
  for (auto& thread : threads) {
    thread.join();
  }
  CHECK(taken == accepted.load());
  CHECK(taken > 0);
}

TEST_CASE("running ends when it is asked to, and closes", "[capture][application]") {
  application<> app{"com.example.editor"};
  port<overt::event> out{{.items = 16}};
  REQUIRE(app.open(out));
  std::stop_source stop;
  bool ended_well = false;
  std::thread runner{[&] { ended_well = app.run(out, stop.get_token()).has_value(); }};
  CHECK(app.record(overt::focus{}));
  stop.request_stop();
  runner.join();
  CHECK(ended_well);
  CHECK_FALSE(app.record(overt::focus{}));
}
