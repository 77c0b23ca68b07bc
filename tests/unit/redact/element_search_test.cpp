#include <overt/redact/element_search.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/masked_frames.hpp>

using namespace overt;
using overt_test::element;

namespace {

/// Texts far from one another, so that they belong together by their group alone.
std::vector<screen_element> lines(std::vector<std::string> const& texts) {
  std::vector<screen_element> all;
  std::int32_t at = 0;
  for (auto const& text : texts) {
    all.push_back(element({at * 50, at * 40, 30, 10}, screen_part::text, text));
    all.back().group = 1;
    ++at;
  }
  return all;
}

std::vector<bool> searched(std::vector<screen_element> const& all) {
  auto const look_for = detect::all();
  return redact::element_search{look_for}(all);
}

} // namespace

TEST_CASE("each element is looked at by itself", "[redact][pictures]") {
  CHECK(searched(lines({"see you on Tuesday\n", "qzvexil@mailbox.example\n", "thank you\n"})) ==
        std::vector<bool>{false, true, false});
}

TEST_CASE("what goes over the end of a line marks all lines that it touches", "[redact][pictures]") {
  CHECK(searched(lines({"pay with 4111 1111", "1111 1111 please", "thank you"})) ==
        std::vector<bool>{true, true, false});
  CHECK(searched(lines({"hello", "qzvexil.lorben", "thwaite@mail", "box.example"}))[2]);
}

TEST_CASE("a text that is longer than a scan is looked at to its end", "[redact][pictures]") {
  std::vector<std::string> texts;
  for (int i = 0; i < 400; ++i) {
    texts.emplace_back("and then we went on to the next village");
  }
  texts.emplace_back("write to qzvexil@mailbox.example");
  auto const found = searched(lines(texts));
  CHECK(found.back());
  CHECK(std::ranges::count(found, true) == 1);
}

TEST_CASE("nothing is found where nothing stands", "[redact][pictures]") {
  CHECK(searched({}).empty());
  std::vector<screen_element> secret;
  secret.push_back(element({0, 0, 10, 10}, screen_part::secret));
  CHECK(searched(secret) == std::vector<bool>{false});
}
