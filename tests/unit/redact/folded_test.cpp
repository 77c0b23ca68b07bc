#include <overt/redact/folded.hpp>

#include <cstddef>
#include <new>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

using overt::redact::folded;

TEST_CASE("folding makes spellings of one thing the same", "[redact][folded]") {
  CHECK(folded<>{"  Jane \t DOE "}.view() == "jane doe");
  CHECK(folded<>{"ÄÖÜ ÉÀ Œ Š Ÿ ß"}.view() == "äöü éà œ š ÿ ß");
  CHECK(folded<>{"a\xc2\xa0\xe2\x80\x89z"}.view() == "a z"); // no-break and thin space
  CHECK(folded<>{"Don’t"}.view() == "don't");
  CHECK(folded<>{"×÷"}.view() == "×÷");
  CHECK(folded<>{""}.view().empty());
  CHECK(folded<>{" \n "}.view().empty());
  CHECK(folded<>{""}.complete());
}

TEST_CASE("what does not fit or is not UTF-8 is nothing, not a part", "[redact][folded]") {
  CHECK(folded<4>{"abcd"}.view() == "abcd");
  CHECK_FALSE(folded<4>{"abcde"}.complete());
  CHECK(folded<4>{"abcde"}.view().empty());
  CHECK_FALSE(folded<>{"ab\xff"}.complete());
  CHECK(folded<>{"ab\xff"}.view().empty());
}

TEST_CASE("folded text is wiped at its end", "[redact][folded]") {
  using small = folded<32>;
  alignas(small) std::byte memory[sizeof(small)]{};
  auto* const text = new (memory) small{"correct horse battery"};
  CHECK(text->view() == "correct horse battery");
  text->~small();
  std::string left(32, 'x');
  auto const* const bytes = reinterpret_cast<char const volatile*>(memory);
  for (std::size_t i = 0; i < left.size(); ++i) {
    left[i] = bytes[i];
  }
  CHECK(left == std::string(32, '\0'));
}
