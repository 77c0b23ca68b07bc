#include <overt/redact/word_list.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <overt/redact/identifier_words.hpp>
#include <overt/redact/interface_words.hpp>
#include <overt/redact/route_words.hpp>
#include <overt_test/catch.hpp>

namespace redact = overt::redact;

namespace {

std::vector<std::string_view> words_of(std::string_view list) {
  std::vector<std::string_view> words;
  while (!list.empty()) {
    auto const end = std::min(list.find(' '), list.size());
    words.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return words;
}

} // namespace

TEST_CASE("a word is found wherever it stands in a list, and nothing else is", "[redact][words]") {
  constexpr std::string_view list = "add all b undo zoom";
  for (auto const* const word : {"add", "all", "b", "undo", "zoom"}) {
    CHECK(redact::is_in_word_list(list, word));
  }
  for (auto const* const other :
       {"", " ", "a", "ad", "adds", "al", "c", "und", "zo", "zoomed", "add all", "undo "}) {
    CHECK_FALSE(redact::is_in_word_list(list, other));
  }
  CHECK_FALSE(redact::is_in_word_list("", "add"));
  CHECK(redact::is_in_word_list("add", "add"));
}

TEST_CASE("each list is sorted, without duplicates, in lower case, and found whole", "[redact][words]") {
  for (auto const list : {redact::interface_words_english, redact::interface_words_european,
                          redact::route_words, redact::words_before_names, redact::words_before_tokens,
                          redact::words_beside_names, redact::identifier_abbreviations}) {
    auto const words = words_of(list);
    CHECK(std::adjacent_find(words.begin(), words.end(), std::greater_equal<>{}) == words.end());
    for (auto const word : words) {
      CHECK(redact::is_in_word_list(list, word));
      CHECK(std::none_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; }));
      CHECK_FALSE(redact::is_in_word_list(list, std::string{word} + "x7"));
    }
  }
  CHECK(words_of(redact::interface_words_english).size() > 2000);
}

TEST_CASE("no word of an interface is a first name, a day, a month or a number", "[redact][words][L23]") {
  for (auto const* const word :
       {"mark",   "bill",   "will",    "frank",   "rose",     "grace",  "hope",      "art",      "chase",
        "dean",   "rich",   "rob",     "sue",     "pat",      "guy",    "dawn",      "carol",    "ray",
        "joy",    "norm",   "don",     "gene",    "drew",     "jack",   "miles",     "may",      "april",
        "june",   "monday", "tuesday", "january", "december", "montag", "lundi",     "lunes",    "one",
        "two",    "three",  "four",    "five",    "six",      "seven",  "eight",     "nine",     "ten",
        "zero",   "jane",   "john",    "paul",    "maria",    "anna",   "schmidt",   "müller",   "garcía",
        "martin", "smith",  "jones",   "doe",     "klein",    "petit",  "alexandra", "charlotte"}) {
    CHECK_FALSE(redact::is_interface_word(word));
  }
}
