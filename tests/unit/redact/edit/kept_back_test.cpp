#include <overt/redact/edit/kept_back.hpp>

#include <memory>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace {

using overt::redact::release_of;

std::string left_of(std::string_view text, release_of release) {
  auto const made = std::make_unique<overt::redact::marked_text>();
  REQUIRE(made->add_all(text));
  overt::redact::keep_back_end(*made, release);
  std::string all;
  for (std::size_t i = 0; i < made->size(); ++i) {
    all += made->mark_at(i).any() ? '#' : static_cast<char>((*made)[i]);
  }
  return all;
}

} // namespace

TEST_CASE("L1 a text that was left keeps its last word and digits back", "[redact][edit][leak]") {
  auto const left = [](std::string_view text) { return left_of(text, release_of::abandoned); };
  CHECK(left("see you later") == "see you #####");
  CHECK(left("see you later ") == "see you later ");
  CHECK(left("my number is 4539 57") == "my number is #######");
  CHECK(left("my number is 4539 57 ") == "my number is ########");
  CHECK(left("room (12) 34-5") == "room #########");
  CHECK(left("to GB84 IOGQ 4878 03") == "to #################");
  CHECK(left("word") == "####");
  CHECK(left("").empty());
}

TEST_CASE("L1 a text that was submitted keeps back only what looks unfinished", "[redact][edit][leak]") {
  auto const left = [](std::string_view text) { return left_of(text, release_of::submitted); };
  CHECK(left("see you later") == "see you later");
  CHECK(left("room 12") == "room 12");
  CHECK(left("card 4539 57") == "card #######");
  CHECK(left("send to jane@exa") == "send to ########");
  CHECK(left("token sk8Qw2xV") == "token ########");
  CHECK(left("in 4539 lines of text") == "in 4539 lines of text");
}
