#include <overt/capture/running_backend.hpp>

#include <atomic>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <overt/capture/application.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/session.hpp>

namespace {

using overt::event;
using overt::capture::running_backend;
using backend = overt_test::scripted<>;

overt::failure lost() { return {overt::error_code::source_lost, "unplugged"}; }

/// Waits until a backend that ends by itself has ended.
template <class Running>
overt::failure failure_of(Running& running) {
  for (;;) {
    if (auto found = running.take_failure()) {
      return *found;
    }
    std::this_thread::yield();
  }
}

} // namespace

TEST_CASE("a backend runs on a thread of its own until it is stopped", "[capture][running_backend]") {
  std::atomic<bool> ran{false};
  std::thread::id where;
  backend source{.act = [&](auto&, std::stop_token const& stop) -> overt::result<void> {
    where = std::this_thread::get_id();
    while (!stop.stop_requested()) {
      std::this_thread::yield();
    }
    ran.store(true);
    return {};
  }};
  running_backend<event, backend> running{source};
  REQUIRE(running.open());
  CHECK_FALSE(running.take_failure());
  running.start();
  running.stop();
  CHECK(ran.load());
  CHECK(where != std::this_thread::get_id());
  CHECK_FALSE(running.take_failure());
  running.stop(); // once more is harmless
}

TEST_CASE("why a backend ended by itself is told once", "[capture][running_backend]") {
  backend source{.act = [](auto&, auto const&) -> overt::result<void> { return lost(); }};
  running_backend<event, backend> running{source};
  running.start();
  CHECK(failure_of(running).message == "unplugged");
  CHECK_FALSE(running.take_failure());
}

TEST_CASE("what a backend throws ends it, and is not told", "[capture][running_backend]") {
  backend source{.act = [](auto&, auto const&) -> overt::result<void> { throw std::runtime_error{"Kx7v"}; },
                 .opening = [](auto&) -> overt::result<overt::source> { throw std::string{"Kx7v"}; }};
  running_backend<event, backend> running{source};
  auto const opened = running.open();
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == overt::error_code::misuse);
  CHECK(opened.error().message.find("Kx7v") == std::string::npos);
  running.start();
  auto const why = failure_of(running);
  CHECK(why.code == overt::error_code::misuse);
  CHECK(why.message.find("Kx7v") == std::string::npos);
}

TEST_CASE("the end of a running backend stops it", "[capture][running_backend]") {
  std::atomic<bool> ended{false};
  backend source{.act = [&](auto&, std::stop_token const& stop) -> overt::result<void> {
    while (!stop.stop_requested()) {
      std::this_thread::yield();
    }
    ended.store(true);
    return {};
  }};
  {
    running_backend<event, backend> running{source};
    auto moved = std::move(running);
    moved.start();
  }
  CHECK(ended.load());
}

TEST_CASE("a backend that was opened and never ran lets go of its port", "[capture][running_backend]") {
  overt::capture::application<> program{"editor"};
  {
    auto given = program;
    running_backend<event, overt::capture::application<>> refused{given};
    REQUIRE(refused.open());
    CHECK_FALSE(program.record(overt::focus{})); // nobody can see yet that recording is on
  }
  CHECK_FALSE(program.record(overt::focus{}));
  running_backend<event, overt::capture::application<>> next{program};
  CHECK(next.open());
}

TEST_CASE("one application is part of one session at a time", "[capture][running_backend]") {
  overt::capture::application<> program{"editor"};
  auto one = program;
  auto other = program;
  running_backend<event, overt::capture::application<>> first{one};
  REQUIRE(first.open());
  {
    running_backend<event, overt::capture::application<>> second{other};
    auto const opened = second.open();
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == overt::error_code::misuse);
  }
  first.start(); // and the refusal has not taken the first one's port
  while (!program.record(overt::focus{})) {
    std::this_thread::yield();
  }
  CHECK(first.out().take([](auto&&) {}));
}
