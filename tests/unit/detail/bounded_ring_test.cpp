#include <overt/detail/bounded_ring.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>

using overt::detail::bounded_ring;

TEST_CASE("a ring gives items back in order and says when it is full", "[detail][bounded_ring]") {
  bounded_ring<int> ring{4};
  CHECK(ring.capacity() == 4);
  CHECK(ring.size() == 0);
  CHECK_FALSE(ring.take([](int&&) { FAIL("there is nothing to take"); }));
  for (int round = 0; round < 5; ++round) {
    for (int i = 0; i < 4; ++i) {
      CHECK(ring.push(round * 10 + i));
    }
    CHECK_FALSE(ring.push(99));
    CHECK(ring.size() == 4);
    for (int i = 0; i < 4; ++i) {
      int got = -1;
      CHECK(ring.take([&](int&& item) { got = item; }));
      CHECK(got == round * 10 + i);
    }
    CHECK(ring.size() == 0);
  }
}

TEST_CASE("a ring's capacity is a power of two", "[detail][bounded_ring]") {
  CHECK(bounded_ring<int>{0}.capacity() == 2);
  CHECK(bounded_ring<int>{1}.capacity() == 2);
  CHECK(bounded_ring<int>{5}.capacity() == 8);
  CHECK(bounded_ring<int>{64}.capacity() == 64);
}

TEST_CASE("an item that finds no room is left alone", "[detail][bounded_ring]") {
  bounded_ring<std::unique_ptr<int>> ring{2};
  CHECK(ring.push(std::make_unique<int>(1)));
  CHECK(ring.push(std::make_unique<int>(2)));
  auto third = std::make_unique<int>(3);
  CHECK_FALSE(ring.push(std::move(third)));
  REQUIRE(third);
  CHECK(*third == 3);
}

TEST_CASE("a ring ends what it still holds", "[detail][bounded_ring]") {
  auto const counted = std::make_shared<int>(0);
  {
    bounded_ring<std::shared_ptr<int>> ring{8};
    for (int i = 0; i < 6; ++i) {
      CHECK(ring.push(std::shared_ptr{counted}));
    }
    CHECK(ring.take([](auto&&) {}));
    CHECK(counted.use_count() == 6); // what was taken has ended, though nobody moved from it
  }
  CHECK(counted.use_count() == 1);
}

TEST_CASE("several threads push, and the order of each is kept", "[detail][bounded_ring]") {
  struct item {
    std::size_t producer = 0;
    int number = 0;
  };
  constexpr std::size_t producers = 4;
  constexpr int each = 20'000;
  bounded_ring<item> ring{64};
  std::vector<std::thread> threads;
  for (std::size_t producer = 0; producer < producers; ++producer) {
    threads.emplace_back([&, producer] {
      for (int number = 0; number < each; ++number) {
        while (!ring.push(item{producer, number})) {
          std::this_thread::yield();
        }
      }
    });
  }
  std::array<int, producers> next{};
  int out_of_order = 0;
  for (int taken = 0; taken < static_cast<int>(producers) * each;) {
    bool const got = ring.take([&](item&& one) {
      out_of_order += one.number == next[one.producer] ? 0 : 1;
      next[one.producer] = one.number + 1;
      ++taken;
    });
    if (!got) {
      std::this_thread::yield();
    }
  }
  for (auto& thread : threads) {
    thread.join();
  }
  CHECK(out_of_order == 0);
  CHECK(ring.size() == 0);
}

TEST_CASE("nothing is lost or doubled when a ring is full most of the time", "[detail][bounded_ring]") {
  constexpr int producers = 3;
  constexpr int each = 20'000;
  bounded_ring<int> ring{2};
  std::atomic<long> pushed{0};
  std::atomic<int> running{producers};
  std::vector<std::thread> threads;
  for (int producer = 0; producer < producers; ++producer) {
    threads.emplace_back([&] {
      for (int number = 1; number <= each; ++number) {
        if (ring.push(int{number})) {
          pushed.fetch_add(number);
        }
      }
      running.fetch_sub(1);
    });
  }
  long taken = 0;
  auto const take_all = [&] {
    while (ring.take([&](int&& number) { taken += number; })) {}
  };
  while (running.load() > 0) {
    take_all();
    std::this_thread::yield();
  }
  for (auto& thread : threads) {
    thread.join();
  }
  take_all();
  CHECK(taken == pushed.load());
}
