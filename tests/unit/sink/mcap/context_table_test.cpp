#include <overt/sink/mcap/context_table.hpp>

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>

#include <overt/event/json/from_json.hpp>
#include <overt/event/name_pool.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/payloads.hpp>

namespace {

using overt::sink::context_table;

/// A place as a trace has it: what it names is disclosed.
overt::context disclosed(std::string const& application, std::string const& title,
                         std::string const& field = "plain") {
  overt::context made;
  overt::name_pool names;
  overt::detail::json_decoder decoder{overt::json_origin::trace, names};
  REQUIRE(decoder.decode({{"application", application}, {"title", title}, {"field", field}}, made));
  return made;
}

} // namespace

TEST_CASE("no place is the number 0 and is not stated") {
  context_table table;
  CHECK(table.number_of(nullptr).number == 0);
  CHECK_FALSE(table.number_of(nullptr).to_state);
}

TEST_CASE("a place is stated once, whichever object says it") {
  context_table table;
  auto const one = disclosed("editor", "a");
  auto const same = disclosed("editor", "a");
  auto const first = table.number_of(&one);
  CHECK(first.number == 1);
  CHECK(first.to_state);
  CHECK(table.number_of(&same).number == 1);
  CHECK_FALSE(table.number_of(&same).to_state);
}

TEST_CASE("a place that differs in one member is another one") {
  context_table table;
  auto const one = disclosed("editor", "a");
  auto const other_title = disclosed("editor", "b");
  auto const other_field = disclosed("editor", "a", "none");
  auto withheld = disclosed("editor", "");
  overt::context unnamed{.field = overt::field_kind::plain};
  std::set<std::uint32_t> numbers;
  for (overt::context const* where :
       std::initializer_list<overt::context const*>{&one, &other_title, &other_field, &withheld, &unnamed}) {
    numbers.insert(table.number_of(where).number);
  }
  CHECK(numbers.size() == 5);
}

TEST_CASE("what was not disclosed makes no difference, and is not kept") {
  context_table table;
  overt::context one{.title = overt_test::guarded_of("secret one"), .field = overt::field_kind::plain};
  overt::context two{.title = overt_test::guarded_of("secret two"), .field = overt::field_kind::plain};
  CHECK(table.number_of(&one).number == table.number_of(&two).number);
}

TEST_CASE("after a restart each place is stated again under its number") {
  context_table table;
  auto const one = disclosed("editor", "a");
  auto const two = disclosed("editor", "b");
  CHECK(table.number_of(&one).to_state);
  CHECK(table.number_of(&two).to_state);
  table.restart();
  auto const again = table.number_of(&two);
  CHECK(again.number == 2);
  CHECK(again.to_state);
  CHECK_FALSE(table.number_of(&two).to_state);
  CHECK(table.number_of(&one).to_state);
}

TEST_CASE("a number is never given to another content, however many places there are") {
  context_table table;
  std::map<std::uint32_t, std::string> content;
  std::mt19937 random{5};
  std::set<std::uint32_t> stated;
  for (int i = 0; i < 5000; ++i) {
    auto const title = "window " + std::to_string(random() % 12);
    auto const where = disclosed("editor", title);
    auto const found = table.number_of(&where);
    INFO(i);
    auto const [known, fresh] = content.emplace(found.number, title);
    REQUIRE(known->second == title);
    REQUIRE((!fresh || found.to_state));
    if (found.to_state) {
      stated.insert(found.number);
    }
    REQUIRE(stated.contains(found.number)); // what is referred to was stated before
    if (random() % 50 == 0) {
      table.restart();
      stated.clear();
    }
  }
}
