#include <overt/event/context_ptr.hpp>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <overt/event/text_arena.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/keys.hpp>

namespace {

overt::context titled(overt::text_arena& arena, std::string_view title) {
  return {.title = overt::guarded_text{std::move(*arena.store(title))}, .field = overt::field_kind::plain};
}

} // namespace

TEST_CASE("the same place is the same object", "[event][context_ptr]") {
  overt::text_arena arena;
  overt::context_ptr const none;
  CHECK_FALSE(none);
  CHECK(none == overt::context_ptr{});

  overt::context_ptr const here{titled(arena, "letter")};
  overt::context_ptr const also_here = here;
  overt::context_ptr const elsewhere{titled(arena, "letter")};
  CHECK(here);
  CHECK(here == also_here);
  CHECK_FALSE(here == elsewhere);
  CHECK_FALSE(here == none);
  CHECK(&*here == &*also_here);
  CHECK(here->field == overt::field_kind::plain);
  CHECK(here->title.state() == overt::guard_state::withheld);
}

TEST_CASE("a context ends, and is wiped, with its last pointer", "[event][context_ptr]") {
  overt::text_arena arena;
  char const* bytes = nullptr;
  auto const left = [&] { return std::string(bytes, 6); };
  overt::context_ptr last;
  {
    overt::context_ptr first{titled(arena, "letter")};
    overt_test::with_clearance(
        [&](overt::clearance const& key) { bytes = first->title.look(key).view().data(); });
    last = first;
    auto const moved = std::move(first);
    CHECK_FALSE(first);
    CHECK(moved == last);
  }
  CHECK(left() == "letter");
  auto const& same = last;
  last = same;
  CHECK(left() == "letter");
  last = overt::context_ptr{};
  CHECK(left() == std::string(6, '\0'));
}

TEST_CASE("threads share a context", "[event][context_ptr]") {
  overt::text_arena arena;
  overt::context_ptr here{titled(arena, "letter")};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([copy = here] {
      for (int round = 0; round < 10'000; ++round) {
        auto const again = copy;
        auto other = again;
        other = copy;
      }
    });
  }
  here = overt::context_ptr{};
  for (auto& thread : threads) {
    thread.join();
  }
  threads.clear();
  auto const& sizes = overt::text_arena_sizes{};
  std::vector<overt::arena_string> all;
  while (auto stored = arena.store("x")) {
    all.push_back(std::move(*stored));
  }
  CHECK(all.size() == sizes.small + sizes.medium + sizes.large); // the title's block came back
}
