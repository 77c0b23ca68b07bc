#include <overt/redact/edit/text_template.hpp>

#include <memory>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>
#include <overt_test/keys.hpp>

namespace {

using overt::redact::mark;
using overt::redact::marked_text;

std::string value_of(overt::text const& what) {
  return overt_test::with_clearance(
      [&](overt::clearance const& key) { return std::string{what.value.look(key).view()}; });
}

} // namespace

TEST_CASE("placeholders stand where entities were", "[redact][edit]") {
  auto const text = std::make_unique<marked_text>();
  REQUIRE(text->add_all("ä 1234 b"));
  text->set_marks(2, 6, mark::of(overt::detect::entity::card));
  auto const made = write_template(*text, {overt::text_source::typed, {5}, 12'000'000'000});
  CHECK(value_of(made) == "ä {CARD} b");
  CHECK(made.outcome == overt::text_outcome::mixed);
  REQUIRE(made.entities.size() == 1);
  CHECK(made.entities[0].type == overt::literal{"CARD"});
  CHECK(made.began == overt::timestamp{5});
  overt_test::with_clearance([&](overt::clearance const& key) {
    CHECK(made.entities[0].begin.look(key) == 2);
    CHECK(made.entities[0].end.look(key) == 8);
  });
  CHECK(made.value.disclosed() == nullptr);
}

TEST_CASE("B9 somebody who types a placeholder is not mistaken for one", "[redact][edit]") {
  auto const text = std::make_unique<marked_text>();
  REQUIRE(text->add_all("{CARD}"));
  auto const made = write_template(*text, {});
  CHECK(value_of(made) == "{CARD}");
  CHECK(made.outcome == overt::text_outcome::cleared);
  CHECK(made.entities.empty());
}

TEST_CASE("a text of many small entities that does not fit is withheld", "[redact][edit]") {
  auto const text = std::make_unique<marked_text>();
  for (int i = 0; i < 2000; ++i) {
    REQUIRE(text->add(U'1', mark::of(overt::detect::entity::birth_date)));
    REQUIRE(text->add(U'a'));
  }
  auto const made = write_template(*text, {});
  CHECK(made.outcome == overt::text_outcome::withheld);
  CHECK(made.doubt == overt::text_doubt::too_long);
}
