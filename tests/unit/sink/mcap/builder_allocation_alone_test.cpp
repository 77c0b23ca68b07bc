// Adding a message must not allocate once a chunk has had its usual size. Counts every allocation of the
// program, which is why it is one of its own.
#include <overt/sink/mcap/builder.hpp>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <string>

#include <overt_test/catch.hpp>

namespace {

std::atomic<std::size_t> allocations{0};

void* counted(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  void* const memory = std::malloc(size > 0 ? size : 1);
  if (memory == nullptr) {
    std::abort();
  }
  return memory;
}

} // namespace

// AddressSanitizer takes a replaced operator new and the memory it gives for a mismatch.
extern "C" char const* __asan_default_options();
extern "C" char const* __asan_default_options() { return "alloc_dealloc_mismatch=0"; }

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

TEST_CASE("The MCAP builder allocates nothing for messages in steady state") {
  overt::sink::mcap_builder<> builder;
  auto const schema = builder.schema("s", "jsonschema", "{}");
  auto const one = builder.channel(schema, "one", "json", {});
  auto const two = builder.channel(schema, "two", "json", {});
  std::size_t offset = builder.head("overt", "library").size();
  builder.appended();
  std::size_t in_messages = 0;
  std::size_t in_chunks = 0;
  for (std::uint32_t round = 0; round < 20; ++round) {
    auto const before = allocations.load();
    for (std::uint32_t i = 0; i < 1000; ++i) {
      builder.message(i % 2 == 0 ? one : two, i, i, i,
                      "some bytes of a message, more than fits into a small string");
    }
    auto const between = allocations.load();
    auto const chunk = builder.chunk(offset);
    REQUIRE(chunk);
    offset += chunk->size();
    builder.appended();
    in_messages += round > 1 ? between - before : 0;
    in_chunks += round > 1 ? allocations.load() - between : 0;
  }
  CHECK(in_messages == 0);
  CHECK(in_chunks < 10); // the index of the chunks grows
}
