#include <overt/redact/edit/joined_texts.hpp>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

using overt::redact::joined_texts;
using overt::redact::marked_text;
using overt::redact::release_of;

std::string shown(marked_text const& text) {
  std::string all;
  for (std::size_t i = 0; i < text.size(); ++i) {
    all += text.mark_at(i).any() ? '#' : static_cast<char>(text[i]);
  }
  return all;
}

/// What is left of texts that were typed one after the other.
std::vector<std::string> judged(std::vector<std::string_view> texts, joined_texts const& before = {}) {
  std::vector<std::unique_ptr<marked_text>> made;
  std::vector<marked_text*> all;
  for (auto const text : texts) {
    made.push_back(std::make_unique<marked_text>());
    REQUIRE(made.back()->add_all(text));
    all.push_back(made.back().get());
  }
  CHECK(before.judge(all, overt::detect::all()));
  std::vector<std::string> out;
  for (auto const& text : made) {
    out.push_back(shown(*text));
  }
  return out;
}

using list = std::vector<std::string>;

} // namespace

TEST_CASE("L7 what is spread over fields is found", "[redact][edit][leak]") {
  CHECK(judged({"4539", "5787", "6362", "1486"}) == list{"####", "####", "####", "####"});
  CHECK(judged({"45395787", "63621486"}) == list{"########", "########"});
  CHECK(judged({"a.qzvex", "@mailbox.example"}) == list{"#######", "################"});
  CHECK(judged({"7", "3", "9", "1", "6", "4"}) == list{"#", "#", "#", "#", "#", "#"});
  CHECK(judged({"1234", "5678"}) == list{"####", "####"}); // two boxes of four: more may come
}

TEST_CASE("fields that have nothing to do with each other stay", "[redact][edit]") {
  CHECK(judged({"blue", "large", "12", "cotton"}) == list{"blue", "large", "12", "cotton"});
  CHECK(judged({"7", "3"}) == list{"7", "3"});
}

TEST_CASE("L1 what was typed before counts", "[redact][edit][leak]") {
  joined_texts before;
  auto const first = std::make_unique<marked_text>();
  REQUIRE(first->add_all("number 4539 5787"));
  before.add(*first, release_of::abandoned);
  CHECK(judged({"6362 1486 ok"}, before) == list{"######### ok"});
  CHECK(judged({"well then"}, before) == list{"well then"});
  before.clear();
  CHECK(judged({"63 and on"}, before) == list{"63 and on"});
}
