#include <overt/redact/detect/seed_phrase.hpp>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <overt/detail/sha256.hpp>
#include <overt_test/catch.hpp>

namespace {

namespace seeds = overt::detect::detail::seeds;
using overt::detect::entity;

struct result {
  int count = 0;
  float score = 0;
  std::string text{};
};

result scan(std::string_view text) {
  result found;
  overt::detect::scan_seed_phrases(
      text, [&](std::size_t begin, std::size_t end, entity type, float score, overt::literal) {
        REQUIRE(begin < end);
        REQUIRE(end <= text.size());
        CHECK(type == entity::seed_phrase);
        ++found.count;
        found.score = score;
        found.text = std::string{text.substr(begin, end - begin)};
      });
  return found;
}

std::string word(std::size_t number) {
  auto const begin = seeds::seed_places.begins[number];
  return std::string{seeds::seed_words.substr(begin, seeds::seed_places.begins[number + 1] - begin - 1u)};
}

} // namespace

TEST_CASE("the word list is the standard's", "[redact][detect][seed_phrase]") {
  std::string file;
  for (std::size_t i = 0; i < seeds::seed_word_count; ++i) {
    file += word(i) + "\n";
    CHECK(seeds::seed_number(word(i)) == static_cast<int>(i));
  }
  auto const digest = overt::detail::sha256(file);
  CHECK(digest[0] == 0x2f);
  CHECK(digest[1] == 0x5e);
  CHECK(digest[31] == 0xda);
  CHECK(seeds::seed_number("Abandon") == 0);
  CHECK(seeds::seed_number("ZOO") == 2047);
  CHECK(seeds::seed_number("the") == -1);
  CHECK(seeds::seed_number("abandons") == -1);
  CHECK(seeds::seed_number("") == -1);
}

TEST_CASE("phrases with their checksum, in the ways people write them down",
          "[redact][detect][seed_phrase]") {
  // Test vectors of BIP-39.
  for (std::string_view const phrase :
       {"legal winner thank year wave sausage worth useful legal winner thank yellow",
        "letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor "
        "acoustic avoid letter always",
        "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo vote"}) {
    INFO(phrase);
    auto const found = scan("here it is: " + std::string{phrase} + ", keep it safe");
    CHECK(found.count == 1);
    CHECK(found.score == 1.0F);
    CHECK(found.text.starts_with(phrase)); // "keep" is a word of the list as well
    std::string numbered;
    int number = 0;
    for (std::size_t i = 0; i < phrase.size();) {
      auto const end = std::min(phrase.find(' ', i), phrase.size());
      numbered += std::to_string(++number) + ". " + std::string{phrase.substr(i, end - i)} + "\r\n";
      i = end + 1;
    }
    CHECK(scan(numbered).score == 1.0F);
  }
}

TEST_CASE("12 words are a phrase and 11 are nothing", "[redact][detect][seed_phrase]") {
  std::mt19937 dice{5};
  for (int run = 0; run < 2000; ++run) {
    std::string text = run % 2 == 0 ? "of " : "";
    for (int i = 0; i < 11; ++i) {
      text += word(dice() % 2048) + (run % 3 == 0 ? ", " : " ");
    }
    REQUIRE(scan(text).count == 0);
    REQUIRE(scan(text + "is").count == 0);
    auto const full = scan(text + word(dice() % 2048));
    REQUIRE(full.count == 1);
    REQUIRE(full.score >= 0.5F);
  }
}

TEST_CASE("prose is no phrase", "[redact][detect][seed_phrase]") {
  CHECK(scan("The licenses for most software are designed to take away your freedom to share and change it. "
             "By contrast, "
             "our licenses are intended to guarantee your freedom to share and change all versions of a "
             "program, to make "
             "sure it remains free software for all its users.")
            .count == 0);
}

TEST_CASE("a phrase is found wherever it stands between ordinary words", "[redact][detect][seed_phrase]") {
  // 47 bytes, the shortest there is; "the" and "meeting" are not in the list.
  std::string phrase = "act";
  for (int i = 1; i < 12; ++i) {
    phrase += " act";
  }
  REQUIRE(phrase.size() == overt::detect::detail::seeds::shortest_phrase);
  for (std::size_t before = 0; before < 30; ++before) {
    for (std::size_t behind = 0; behind < 15; ++behind) {
      std::string text;
      for (std::size_t i = 0; i < before; ++i) {
        text += i % 3 == 0 ? "meeting " : i % 3 == 1 ? "act " : "the ";
      }
      auto const begin = text.ends_with("act ") ? text.size() - 4 : text.size();
      text += phrase;
      auto const end = text.size();
      for (std::size_t i = 0; i < behind; ++i) {
        text += i % 2 == 0 ? " the" : " meeting";
      }
      std::vector<std::size_t> places;
      overt::detect::detail::seeds::inspect_words(
          text, 0, text.size(),
          [&](std::size_t from, std::size_t to, overt::detect::entity, float, overt::literal) {
            places.push_back(from);
            places.push_back(to);
          });
      INFO(text);
      CHECK(places == std::vector<std::size_t>{begin, end});
    }
  }
}
