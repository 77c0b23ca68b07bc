#include <overt/consent/plain/terms_text.hpp>

#include <string>

#include <overt_test/catch.hpp>

using namespace overt::consent;

namespace {
std::string text_of(detail::plain_terms const& terms, language in = language::english) {
  detail::plain_text text{in};
  detail::say_terms(text, terms);
  return std::move(text).take();
}
bool says(std::string const& text, std::string_view words) { return text.find(words) != std::string::npos; }
} // namespace

TEST_CASE("every grant has its own words in every language") {
  for (auto const in : {language::english, language::german}) {
    auto const nothing = text_of({}, in);
    std::string before;
    for (std::size_t i = 0; i < flags(grants{}).size(); ++i) {
      auto const text = text_of({.granted = static_cast<grants>(1u << i)}, in);
      CHECK(text != nothing);
      CHECK(text != before);
      before = text;
    }
  }
}

TEST_CASE("everything that is never recorded is said, and nothing else") {
  detail::plain_terms terms{.granted = grants::screenshot};
  auto lines_of = [&](never what) {
    terms.never = what;
    return text_of(terms);
  };
  CHECK(says(lines_of(never::audio), "This is never recorded:\n  - sound\n\n"));
  CHECK(says(lines_of(never::password_fields), "recorded:\n  - password fields\n\n"));
  CHECK_FALSE(says(lines_of(never::camera), "clipboard"));
}

TEST_CASE("days have a singular, and this computer a name") {
  CHECK(says(text_of({.retention_days = 1, .storage = {"local:device"}}), "kept for 1 day, then"));
  CHECK(says(text_of({.retention_days = 1, .storage = {"local:device"}}), "  - on this computer\n"));
  CHECK(says(text_of({.retention_days = 2, .storage = {"remote:x"}}, language::german), "2 Tage aufbewahrt"));
  CHECK(says(text_of({.storage = {"remote:x"}}), "  - remote:x\n"));
}
