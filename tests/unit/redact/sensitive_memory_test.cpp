#include <overt/redact/sensitive_memory.hpp>

#include <memory>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace {

/// The text, with "#" for what repeats something.
std::string masked(overt::redact::sensitive_memory const& seen, std::string_view text) {
  std::u32string const wide{text.begin(), text.end()};
  std::string out{text};
  seen.find(wide,
            [&](std::size_t begin, std::size_t end) { out.replace(begin, end - begin, end - begin, '#'); });
  return out;
}

} // namespace

TEST_CASE("what was found once is recognised, in other spelling and in part", "[redact][sensitive_memory]") {
  auto const seen = std::make_unique<overt::redact::sensitive_memory>();
  CHECK(masked(*seen, "qzvexil.hubro") == "qzvexil.hubro");
  seen->add(U"qzvexil.hubro");
  seen->add(U"4539 5787 6362 1486");
  CHECK(masked(*seen, "call qzvexil.hubro now") == "call ############# now");
  CHECK(masked(*seen, "Qzvexil Hubro") == "#############");
  CHECK(masked(*seen, "xx vexilh xx") == "xx ###### xx");
  CHECK(masked(*seen, "53957") == "#####");
  CHECK(masked(*seen, "4539-5787") == "#########");
  CHECK(masked(*seen, "the rest is prose") == "the rest is prose");
  CHECK(masked(*seen, "4539") == "4539"); // four digits alone may be anything
}

TEST_CASE("L55 what is kept cannot be read back", "[redact][sensitive_memory]") {
  auto const seen = std::make_unique<overt::redact::sensitive_memory>();
  seen->add(U"qzvexilhubro");
  std::string_view const bytes{reinterpret_cast<char const*>(seen.get()), sizeof *seen};
  CHECK(bytes.find("qzve") == std::string_view::npos);
  CHECK(bytes.find(std::string_view{"q\0\0\0z", 5}) == std::string_view::npos);
  auto const other = std::make_unique<overt::redact::sensitive_memory>();
  other->add(U"qzvexilhubro");
  CHECK(bytes !=
        std::string_view{reinterpret_cast<char const*>(other.get()), sizeof *other}); // each its own salt
}

TEST_CASE("it forgets the oldest", "[redact][sensitive_memory]") {
  auto const seen = std::make_unique<overt::redact::sensitive_memory>();
  seen->add(U"qzvexilhubro");
  for (char32_t i = 0; i < 5000; ++i) {
    char32_t const unlike[] = {0x4e00 + i, 0x5e00 + i, 0x6e00 + i, 0x7e00 + i, 0};
    seen->add(unlike);
  }
  CHECK(masked(*seen, "qzvexilhubro") == "qzvexilhubro");
}
