#include <overt/redact/detect/context.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace detail = overt::detect::detail;
namespace about = overt::detect::detail::about;

TEST_CASE("a word counts near a number, in front and behind", "[detect]") {
  std::string_view const text = "My phone is 12345, thanks";
  detail::surroundings around{text};
  CHECK(around.distance(about::phone, 12, 17) == 4);
  CHECK(around.distance(about::card, 12, 17) == detail::surroundings::nowhere);
  CHECK(around.near(about::phone | about::card, 12, 17));
  detail::surroundings behind{"12345 (phone)"};
  CHECK(behind.near(about::phone, 0, 5));
  CHECK(behind.distance_before(about::phone, 0) == detail::surroundings::nowhere);
}

TEST_CASE("a word far away does not count", "[detect]") {
  auto const text = "phone" + std::string(60, ' ') + "12345" + std::string(30, ' ') + "phone";
  detail::surroundings around{text};
  CHECK_FALSE(around.near(about::phone, 65, 70));
}

TEST_CASE("words are whole words in any case, of letters of any script", "[detect]") {
  CHECK(detail::meanings_in("PHONE") == about::phone);
  CHECK(detail::meanings_in("phones-home") == about::phone);
  CHECK((detail::meanings_in("telephoned xphone phonex") & about::phone) == 0);
  CHECK((detail::meanings_in("Kreditkartennummer") & about::card) != 0);
  CHECK(detail::meanings_in("") == 0);
  CHECK(detail::meanings_in("\xc3\xa9phone") == 0);
}

TEST_CASE("every word of the list is found by its hash", "[detect]") {
  for (std::size_t i = 0; i < detail::context_words.size; ++i) {
    auto const& one = detail::context_words.list[i];
    INFO(one.word);
    CHECK((detail::meanings_in(one.word) & one.means) == one.means);
    detail::surroundings around{one.word};
    CHECK(around.near(one.means, one.word.size(), one.word.size()));
    CHECK(one.word.size() <= detail::longest_context_word);
  }
}

TEST_CASE("the nearer word decides", "[detect]") {
  std::string_view const text = "order by phone 12345";
  detail::surroundings around{text};
  CHECK(around.near_rather_than(about::phone, about::something_else, 15, 20));
  CHECK_FALSE(around.near_rather_than(about::something_else, about::phone, 15, 20));
  detail::surroundings label{"12345", about::one_time};
  CHECK(label.near(about::one_time, 0, 5));
  CHECK(label.kinds_near(0, 5) == about::one_time);
}

TEST_CASE("a word at the edge of what counts does so whatever was asked before", "[detect]") {
  for (std::size_t gap = 40; gap < 70; ++gap) {
    auto const text = "a longer version" + std::string(gap, '.') + "1.2.3.4 and 5.6.7.8";
    auto const at = text.find("1.2");
    detail::surroundings fresh{text};
    detail::surroundings asked{text};
    static_cast<void>(asked.kinds_near(0, 10));
    INFO(gap);
    CHECK(fresh.distance_before(detail::about::version, at) ==
          (gap <= detail::surroundings::before ? gap : detail::surroundings::nowhere));
    CHECK(asked.distance_before(detail::about::version, at) ==
          (gap <= detail::surroundings::before ? gap : detail::surroundings::nowhere));
  }
}
