#include <overt/redact/detect/personal_list.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/redact/detect/scan.hpp>

#include <overt_test/catch.hpp>

namespace {

namespace detect = overt::detect;
using list = std::vector<std::string>;

list found_in(std::string_view text, list entries) {
  auto which = detect::with_my_data(detect::all(), std::move(entries));
  which.types = 1u << static_cast<unsigned>(detect::entity::my_data);
  detect::findings found;
  detect::scan(which, text, found);
  list result;
  for (auto const& one : found.spans()) {
    result.emplace_back(text.substr(one.begin, one.end - one.begin));
  }
  return result;
}

} // namespace

TEST_CASE("the person's own words are found in any case and style", "[detect]") {
  CHECK(found_in("Ask Lovelace about it", {"lovelace"}) == list{"Lovelace"});
  CHECK(found_in("ask LOVELACE, or ｌｏｖｅｌａｃｅ", {"Lovelace"}) == list{"LOVELACE", "ｌｏｖｅｌａｃｅ"});
  CHECK(found_in("Joše\u0301, jose and JOSÉ", {"José"}) == list{"Joše\u0301", "jose", "JOSÉ"});
  CHECK(found_in("im ГОРОД und город", {"Город"}) == list{"ГОРОД", "город"});
  CHECK(found_in("12 Acacia  Avenue", {"Acacia Avenue"}) == list{});
  CHECK(found_in("at 12 acacia avenue.", {"12 Acacia Avenue"}) == list{"12 acacia avenue"});
  CHECK(found_in("株式会社 山田太郎 様", {"山田太郎"}) == list{"山田太郎"});
}

TEST_CASE("short words of the person's own count only by themselves, long ones anywhere", "[detect]") {
  CHECK(found_in("Ann planned it; ann!", {"Ann"}) == list{"Ann", "ann"});
  CHECK(found_in("MrsLovelace42", {"Lovelace"}) == list{"Lovelace"});
  CHECK(found_in("it is ab", {"ab", "x", ""}) == list{});
  CHECK(detect::personal_list{{"ab", "", "abc", "\xff\xff\xff"}}.left_out() == 3);
}

TEST_CASE("numbers of the person's own are found with other separators", "[detect]") {
  CHECK(found_in("number 1234-567-8 here", {"12345678"}) == list{"1234-567-8"});
  CHECK(found_in("12345678 and (12) 34.56/78", {"123-456-78"}) == list{"12345678", "12) 34.56/78"});
  CHECK(found_in("1234x5678", {"12345678"}) == list{});
  CHECK(found_in("12 34", {"1234"}) == list{});
}

TEST_CASE("of words within words the longest is found", "[detect]") {
  CHECK(found_in("abcdefgh", {"cdefg", "abcdef", "bcdef"}) == list{"abcdefg"}); // joined: they overlap
  CHECK(found_in("hers and ushers", {"hershey", "usher", "shers"}) == list{"ushers"});
}

TEST_CASE("a list that was not made ready is found all the same", "[detect]") {
  auto which = detect::all();
  which.my_data = std::make_shared<list const>(list{"lovelace"});
  detect::findings found;
  detect::scan(which, "Ada Lovelace", found);
  REQUIRE(found.spans().size() == 1);
  CHECK(found.spans()[0].begin == 4);
  CHECK(found.spans()[0].type == detect::entity::my_data);
}

TEST_CASE("what the machine finds is what a plain search finds", "[detect]") {
  unsigned state = 11;
  auto const random = [&](unsigned below) {
    state = state * 1664525u + 1013904223u;
    return (state >> 16) % below;
  };
  for (int round = 0; round < 500; ++round) {
    list words;
    for (int i = 0; i < 4; ++i) {
      std::string word;
      for (auto size = 5 + random(3); size > 0; --size) {
        word += static_cast<char>('a' + random(2));
      }
      words.push_back(word);
    }
    std::string text;
    for (int i = 0; i < 60; ++i) {
      text += static_cast<char>('a' + random(2));
    }
    std::vector<bool> expected(text.size(), false);
    for (auto const& word : words) {
      for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        for (std::size_t i = at; i < at + word.size(); ++i) {
          expected[i] = true;
        }
      }
    }
    std::vector<bool> covered(text.size(), false);
    detect::personal_list const machine{words};
    machine.scan(text, [&](std::size_t begin, std::size_t end, detect::entity, float, overt::literal) {
      for (auto i = begin; i < end; ++i) {
        covered[i] = true;
      }
    });
    REQUIRE(covered == expected);
  }
}
