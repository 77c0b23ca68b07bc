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

/// Runs an application's end of a session on a thread, as a recorder does.
template <class Application>
class in_session {
public:
  in_session(Application& app, port<overt::event>& out)
      : thread_{[&app, &out, this](std::stop_token stop) { ended_well_ = app.run(out, stop).has_value(); }} {}

  /// Whether it ended without an error.
  bool end() {
    thread_.request_stop();
    thread_.join();
    return ended_well_;
  }

private:
  bool ended_well_ = false;
  std::jthread thread_;
};

/// Records one event as soon as the session lets it.
template <class Application, class Payload>
void record_one(Application& app, Payload what) {
  while (!app.record(Payload{what})) {
    std::this_thread::yield();
  }
}

} // namespace

TEST_CASE("a program records only while a session is open", "[capture][application]") {
  application<overt::event, counting_clock> app{"com.example.editor"};
  CHECK_FALSE(app.record(overt::clipboard{}));
  port<overt::event> out{{.items = 16}};
  auto const opened = app.open(out);
  REQUIRE(opened);
  CHECK(opened->backend.view() == "application");
  CHECK(opened->can_see == overt::capability::application);
  CHECK_FALSE(app.record(overt::clipboard{})); // nobody can see yet that recording is on
  in_session session{app, out};
  record_one(app, overt::clipboard{overt::clipboard_operation::cut});
  CHECK(session.end());
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
  in_session session{given_away, out};
  record_one(kept, overt::focus{});
  CHECK(kept.record_in(field, overt::focus{}));
  CHECK(session.end());
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
    in_session running{app, out};
    for (int round = 0; round < 50; ++round) {
      taken += drain(out);
      std::this_thread::yield();
    }
    CHECK(running.end()); // after this nobody is inside the port, which ends here
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
  in_session session{app, out};
  record_one(app, overt::focus{});
  CHECK(session.end());
  CHECK_FALSE(app.record(overt::focus{}));
}
