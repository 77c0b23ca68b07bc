#include <overt/redact/edit/numbered_text.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace {

using overt::redact::numbered_text;

/// The numbers of the characters that are part of something, in order.
std::string found_in(numbered_text const& text,
                     overt::detect::detectors const& which = overt::detect::all()) {
  std::string numbers;
  CHECK(text.search(which, [&](std::uint16_t number, overt::detect::entity) {
    numbers += (numbers.empty() ? "" : " ") + std::to_string(number);
  }));
  return numbers;
}

} // namespace

TEST_CASE("what is found is told by the numbers of its characters", "[redact][edit]") {
  auto const text = std::make_unique<numbered_text>();
  std::uint16_t number = 40;
  for (auto const one : std::string_view{"to q.zvex@mailbox.example"}) {
    text->add(static_cast<char32_t>(one), number--);
  }
  CHECK(found_in(*text).starts_with("37 36 35"));
  CHECK(found_in(*text).ends_with("17 16"));
  CHECK(text->is_complete());
}

TEST_CASE("what stands apart is not joined, and the line between has no number", "[redact][edit]") {
  auto const joined = std::make_unique<numbered_text>();
  auto const apart = std::make_unique<numbered_text>();
  apart->stand_apart();
  CHECK(apart->size() == 0);
  std::uint16_t number = 0;
  for (auto const one : std::string_view{"q.zvex@mailbox.example"}) {
    if (one == '@') {
      apart->stand_apart();
    }
    joined->add(static_cast<char32_t>(one), number);
    apart->add(static_cast<char32_t>(one), number++);
  }
  CHECK(apart->size() == joined->size() + 1);
  CHECK_FALSE(found_in(*joined).empty());
  CHECK(found_in(*apart).empty());
}

TEST_CASE("a text without room says so", "[redact][edit]") {
  auto const text = std::make_unique<numbered_text>();
  for (std::size_t i = 0; i <= overt::redact::marked_text::capacity; ++i) {
    text->add(U'a', 1);
  }
  CHECK_FALSE(text->is_complete());
}
