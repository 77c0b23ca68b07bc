#include <overt/redact/edit/composed_match.hpp>

#include <memory>
#include <string_view>

#include <overt_test/catch.hpp>

namespace {

bool composed(std::string_view keys, std::string_view value) {
  auto const typed = std::make_unique<overt::redact::marked_text>();
  auto const there = std::make_unique<overt::redact::marked_text>();
  REQUIRE(typed->add_all(keys));
  REQUIRE(there->add_all(value));
  return overt::redact::is_composed_of(*typed, *there);
}

} // namespace

TEST_CASE("L4 what an input method can have made of keys", "[redact][edit][leak]") {
  CHECK(composed("nihao ", "你好"));
  CHECK(composed("nihao1", "你好"));
  CHECK(composed("gksrmf", "한글"));
  CHECK(composed("the huiyi at 9", "the 会议 at 9"));
  CHECK(composed("see 12", "ｓｅｅ　１２"));
  CHECK(composed("plain", "plain"));
  CHECK(composed("", ""));
}

TEST_CASE("L4 what stood in a field before was not composed", "[redact][edit][leak]") {
  CHECK_FALSE(composed("nihao ", "Jane: 你好"));
  CHECK_FALSE(composed("nihao ", "你好 4539"));
  CHECK_FALSE(composed("ni", "你好吗"));                     // more than there are keys
  CHECK_FALSE(composed("nihao ", ""));                       // the keys went elsewhere
  CHECK_FALSE(composed("abcdefghijklmnopqrstuvwxyz", "你")); // too many for one
  CHECK_FALSE(composed("huiyi at 9", "会议 at 8"));
  CHECK_FALSE(composed("", "你"));
}
