#include <overt/detail/growing_bytes.hpp>

#include <string>

#include <overt_test/catch.hpp>

TEST_CASE("bytes stay as they were while the buffer grows", "[detail]") {
  overt::detail::growing_bytes buffer;
  CHECK(buffer.view().empty());
  buffer.append("");
  CHECK(buffer.size() == 0);
  std::string expected;
  for (int i = 0; i < 5000; ++i) {
    auto const letter = static_cast<char>('a' + i % 26);
    buffer.append(letter);
    buffer.append("xyz");
    expected += letter;
    expected += "xyz";
  }
  CHECK(buffer.view() == expected);
  auto* const before = buffer.room(0) - buffer.size();
  buffer.cut(3);
  CHECK(buffer.view() == "axy");
  buffer.clear();
  buffer.append(expected);
  CHECK(buffer.view() == expected);
  CHECK(buffer.room(0) - buffer.size() == before); // its memory was kept
}
