#include <overt/event/text_arena.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>

TEST_CASE("an arena gives a text back as it was", "[event][arena]") {
  overt::text_arena arena;
  auto const size = GENERATE(as<std::size_t>{}, 0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096);
  std::string const text(size, 'x');
  auto const stored = arena.store(text);
  REQUIRE(stored);
  CHECK(stored->view() == text);
  CHECK(arena.refused() == 0);
}

TEST_CASE("an arena never truncates", "[event][arena]") {
  overt::text_arena arena;
  CHECK_FALSE(arena.store(std::string(overt::text_arena::longest_text + 1, 'x')));
  CHECK(arena.refused() == 1);
}

TEST_CASE("a full arena refuses, counts, and works again when texts end", "[event][arena]") {
  overt::text_arena arena{{.small = 2, .medium = 1, .large = 1}};
  std::vector<overt::arena_string> held;
  for (int i = 0; i < 4; ++i) { // a larger block takes a small text when the small ones are gone
    auto stored = arena.store("text " + std::to_string(i));
    REQUIRE(stored);
    held.push_back(std::move(*stored));
  }
  CHECK_FALSE(arena.store("one too many"));
  CHECK_FALSE(arena.store("and another"));
  CHECK(arena.refused() == 2);
  for (int i = 0; i < 4; ++i) {
    CHECK(held[static_cast<std::size_t>(i)].view() == "text " + std::to_string(i));
  }

  held.erase(held.begin());
  auto const again = arena.store("again");
  REQUIRE(again);
  CHECK(again->view() == "again");
  CHECK(arena.refused() == 2);
}

TEST_CASE("an arena without a size still works for the others", "[event][arena]") {
  overt::text_arena arena{{.small = 0, .medium = 0, .large = 1}};
  CHECK(arena.store("text"));
  overt::text_arena none{{.small = 0, .medium = 0, .large = 0}};
  CHECK_FALSE(none.store("text"));
}

TEST_CASE("a text outlives its arena", "[event][arena]") {
  std::optional<overt::arena_string> text;
  {
    overt::text_arena arena;
    text = arena.store("still here");
  }
  REQUIRE(text);
  CHECK(text->view() == "still here");
  text->wipe();
  CHECK(text->view().empty());
  text->wipe();
}

TEST_CASE("a text moves and leaves nothing behind", "[event][arena]") {
  overt::text_arena arena{{.small = 2, .medium = 0, .large = 0}};
  auto first = std::move(*arena.store("first"));
  auto second = std::move(*arena.store("second"));
  char const* const bytes = second.view().data();
  second = std::move(first);
  CHECK(second.view() == "first");
  CHECK(first.view().empty());
  CHECK(std::string(bytes, 6) == std::string(6, '\0')); // what it held before was wiped
  CHECK(arena.store("third"));                          // and its block is free again
}

TEST_CASE("many threads store and end texts at once", "[event][arena]") {
  overt::text_arena arena{{.small = 16, .medium = 8, .large = 4}};
  std::atomic<int> wrong{0};
  std::atomic<std::uint64_t> refused{0};
  std::vector<std::thread> threads;
  for (int number = 0; number < 4; ++number) {
    threads.emplace_back([&, number] {
      std::vector<overt::arena_string> held;
      for (int i = 0; i < 10'000; ++i) {
        std::string const text(static_cast<std::size_t>(1 + i % 100), static_cast<char>('a' + number));
        if (auto stored = arena.store(text)) {
          held.push_back(std::move(*stored));
        } else {
          refused.fetch_add(1);
        }
        if (held.size() > 6 || i % 7 == 0) {
          for (auto const& each : held) {
            // Somebody else's letters would mean that a block was given out twice.
            bool const mine = std::ranges::all_of(each.view(), [&](char c) { return c == 'a' + number; });
            wrong.fetch_add(mine && !each.view().empty() ? 0 : 1);
          }
          held.clear();
        }
      }
    });
  }
  for (auto& thread : threads) {
    thread.join();
  }
  CHECK(wrong.load() == 0);
  CHECK(arena.refused() == refused.load());
  std::vector<overt::arena_string> all;
  while (auto stored = arena.store("all of it")) {
    all.push_back(std::move(*stored));
  }
  CHECK(all.size() == 28); // no block was lost on the way
}
