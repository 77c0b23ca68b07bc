#include <overt/detail/index_stack.hpp>

#include <atomic>
#include <cstdint>
#include <set>
#include <thread>
#include <vector>

#include <overt_test/catch.hpp>

using overt::detail::index_stack;

TEST_CASE("a stack gives out each number once", "[detail][index_stack]") {
  index_stack stack{5};
  std::set<std::uint32_t> given;
  for (int i = 0; i < 5; ++i) {
    given.insert(stack.pop());
  }
  CHECK(given == std::set<std::uint32_t>{0, 1, 2, 3, 4});
  CHECK(stack.pop() == index_stack::none);
  stack.push(3);
  stack.push(1);
  CHECK(stack.pop() == 1);
  CHECK(stack.pop() == 3);
  CHECK(stack.pop() == index_stack::none);
  CHECK(index_stack{0}.pop() == index_stack::none);
}

TEST_CASE("no two threads hold the same number", "[detail][index_stack]") {
  constexpr std::uint32_t size = 4;
  index_stack stack{size};
  std::vector<std::atomic<int>> holders(size);
  std::atomic<int> shared{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 20'000; ++round) {
        auto const number = stack.pop();
        if (number == index_stack::none) {
          continue;
        }
        shared.fetch_add(holders[number].fetch_add(1) == 0 ? 0 : 1);
        holders[number].fetch_sub(1);
        stack.push(number);
      }
    });
  }
  for (auto& thread : threads) {
    thread.join();
  }
  CHECK(shared.load() == 0);
  std::set<std::uint32_t> left;
  for (auto number = stack.pop(); number != index_stack::none; number = stack.pop()) {
    left.insert(number);
  }
  CHECK(left.size() == size);
}
