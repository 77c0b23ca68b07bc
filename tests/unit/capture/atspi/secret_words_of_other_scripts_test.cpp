#include <overt/capture/atspi/secret_words_of_other_scripts.hpp>

#include <algorithm>

#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;

TEST_CASE("Words in other scripts for secrets are folded, as what they are compared with is",
          "[atspi][secret_words]") {
  for (auto const& one : detail::secret_words_of_other_scripts) {
    CHECK_FALSE(one.text.empty());
    CHECK(std::ranges::all_of(one.text, [](char32_t letter) { return folded(letter) == letter; }));
  }
}
