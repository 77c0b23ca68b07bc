#include <overt/trace/sodium/sealed_damage.hpp>

#include <set>
#include <string>

#include <overt_test/catch.hpp>

using overt::trace::sealed_fault;

TEST_CASE("every damage to a sealed trace has a sentence of its own") {
  std::set<std::string> sentences;
  for (std::size_t i = 0; i < enumerators(sealed_fault{}).size(); ++i) {
    auto const text = overt::trace::describe(
        {.what = static_cast<sealed_fault>(i), .block = 12, .blocks = 3, .offset = 100, .size = 50});
    CHECK(text.size() > 20);
    sentences.insert(text);
  }
  CHECK(sentences.size() == 9);
  CHECK(overt::trace::describe({.what = sealed_fault::damaged, .block = 12, .offset = 100, .size = 50}) ==
        "block 12 was changed or is incomplete (bytes 100 to 150 of the file); it is lost");
}
