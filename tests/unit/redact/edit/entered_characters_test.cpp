#include <overt/redact/edit/entered_characters.hpp>

#include <memory>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace {

using overt::redact::entered_characters;
using overt::redact::mark;

std::unique_ptr<entered_characters> entered(std::u32string_view what) {
  auto made = std::make_unique<entered_characters>();
  for (auto const one : what) {
    made->add(one);
  }
  return made;
}

} // namespace

TEST_CASE("characters are numbered as they come, and so are pastes", "[redact][edit]") {
  auto const typed = entered(std::u32string_view{U"ab\0c", 4});
  CHECK(typed->size() == 4);
  CHECK(typed->pastes() == 1);
  CHECK((*typed)[1] == U'b');
  CHECK(typed->mark_of(2) == mark::pasted());
  CHECK_FALSE(typed->mark_of(3).any());
  overt::redact::marked_text all;
  typed->add_to(all);
  CHECK(all.size() == 4);
  CHECK(all[2] == U'\n');
  overt::redact::marked_text some;
  typed->add_to(some, 2);
  CHECK(some.size() == 2);
}

TEST_CASE("what is known against a character stays, and is told by stretches", "[redact][edit]") {
  auto const typed = entered(U"a 1234 b");
  CHECK_FALSE(typed->found_more());
  for (std::size_t i = 2; i < 6; ++i) {
    typed->set_mark(i, mark::of(overt::detect::entity::card));
  }
  typed->set_mark(3, mark::of(overt::detect::entity::phone));
  CHECK(typed->found_more());
  CHECK_FALSE(typed->found_more());
  std::u32string all;
  typed->each_found([&](std::u32string_view found, mark what) {
    CHECK(what == mark::of(overt::detect::entity::card));
    all += found;
  });
  CHECK(all == U"1234");
}

TEST_CASE("L46 no character stays when it is cleared", "[redact][edit][leak]") {
  auto const typed = entered(U"qzvexil");
  auto const holds = [&] {
    std::string_view const bytes{reinterpret_cast<char const*>(typed.get()), sizeof *typed};
    return bytes.find(std::string_view{"q\0\0\0z\0\0\0v", 9}) != std::string_view::npos;
  };
  CHECK(holds());
  typed->clear();
  CHECK_FALSE(holds());
  CHECK(typed->size() == 0);
}
