#include <overt/redact/detect/re2/patterns.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <overt/redact/detect/scan.hpp>
#include <overt_test/catch.hpp>

namespace {

namespace detect = overt::detect;
using detect::re2::patterns;
using list = std::vector<std::string>;

list found_in(std::string_view text, patterns const& own) {
  detect::findings found;
  list result;
  if (!own.find(text, found) || !found.complete()) {
    result.emplace_back("incomplete");
  }
  for (auto const& one : found.spans()) {
    CHECK(one.type == detect::entity::pattern);
    result.emplace_back(text.substr(one.begin, one.end - one.begin));
  }
  return result;
}

patterns const tickets = *patterns::compile(
    {{"ticket", R"(\bT-\d{4,8}\b)"}, {"customer", "(?i)customer [0-9]+"}, {"city", "Zürich|京都"}});

} // namespace

TEST_CASE("a program's own patterns are found, all of them and wherever they are", "[detect][re2]") {
  CHECK(found_in("", tickets) == list{});
  CHECK(found_in("nothing here", tickets) == list{});
  CHECK(found_in("see T-1000, T-20002 and CUSTOMER 17", tickets) == list{"T-1000", "T-20002", "CUSTOMER 17"});
  CHECK(found_in("von Zürich nach 京都, T-123", tickets) == list{"Zürich", "京都"});
  CHECK(found_in("T-1000T-1001 T-1002", tickets) == list{"T-1002"});
  // Directly behind one another, and one pattern without a set.
  CHECK(found_in("abab", *patterns::compile({{"ab", "ab"}})) == list{"ab", "ab"});
  CHECK(found_in("anything", *patterns::compile({})) == list{});
}

TEST_CASE("the case counts unless told otherwise", "[detect][re2]") {
  std::vector<detect::re2::pattern> const one{{"word", "falcon"}};
  CHECK(found_in("Falcon falcon", *patterns::compile(one)) == list{"falcon"});
  CHECK(found_in("Falcon falcon", *patterns::compile(one, {.match_case = false})) ==
        list{"Falcon", "falcon"});
  CHECK(patterns::compile(one)->name() != patterns::compile(one, {.match_case = false})->name());
}

TEST_CASE("a pattern that cannot be used is refused by name, without its text", "[detect][re2]") {
  auto const refused = [](std::vector<detect::re2::pattern> const& all,
                          detect::re2::pattern_options const& how = {}) {
    auto const made = patterns::compile(all, how);
    REQUIRE_FALSE(made);
    return made.error();
  };
  auto const bracket = refused({{"good", "a"}, {"badge", "Quux[0-9"}});
  CHECK(bracket.code == overt::error_code::invalid_input);
  CHECK(bracket.message == "the pattern \"badge\" is not valid: missing ]. Nothing was compiled.");
  CHECK(refused({{"badge", "Quux(?=x)"}}).message.find("Quux") == std::string::npos);
  CHECK(refused({{"badge", "Quux\\8"}}).message.find("invalid escape sequence") != std::string::npos);
  CHECK(refused({{"any", "x*"}}).message.find("matches where there is nothing") != std::string::npos);
  CHECK(refused({{"", "x"}}).message.find("needs a name") != std::string::npos);
  CHECK(refused({{"twice", "x"}, {"twice", "y"}}).message.find("\"twice\" needs a name") !=
        std::string::npos);
  auto const large = refused({{"large", R"(\pL{900})"}}, {.memory_bytes = 4096});
  CHECK(large.code == overt::error_code::unsupported);
  CHECK(large.message.find("memory_bytes") != std::string::npos);
  CHECK(refused({{"latin", "\xe9t\xe9"}}).message.find("invalid UTF-8") != std::string::npos);
}

TEST_CASE("text that could not be looked at in full is never taken for clean", "[detect][re2]") {
  detect::findings found;
  CHECK_FALSE(tickets.find("T-1000 \xff", found));
  // More than there is room for.
  std::string many;
  for (std::size_t i = 0; i <= detect::findings::capacity; ++i) {
    many += "T-1000 ";
  }
  CHECK(found_in(many, tickets).front() == "incomplete");
  CHECK(found_in(many.substr(7), tickets).size() == detect::findings::capacity);
  // Matches of nothing count too: each may have looked at all that follows.
  CHECK(found_in(many, *patterns::compile({{"edge", R"(\b)"}})) == list{"incomplete"});
  CHECK(found_in("a ä b", *patterns::compile({{"edge", R"(\b|ä)"}})) == list{"ä"});
}

TEST_CASE("however little memory there is, everything is found or nothing is compiled", "[detect][re2]") {
  // Nine places before the end may each begin a match: more states than fit.
  std::vector<detect::re2::pattern> const all{{"a", "a[ab]{9}c"}, {"b", "b[ab]{9}d"}, {"e", "e[ab]{9}f"}};
  std::string text;
  unsigned state = 1;
  for (int i = 0; i < 1000; ++i) {
    state = state * 1103515245u + 12345u;
    text += (state >> 16 & 1) != 0 ? 'a' : 'b';
  }
  text += "x aaaaaaaaaac bbbbbbbbbbd eababababaf";
  int compiled = 0;
  int refused = 0;
  for (std::int64_t bytes = 4096; bytes < 1 << 20; bytes += bytes / 16) {
    auto const own = patterns::compile(all, {.memory_bytes = bytes});
    if (!own) {
      ++refused;
      CHECK(own.error().code == overt::error_code::unsupported);
      continue;
    }
    ++compiled;
    INFO(bytes);
    CHECK(found_in(text, *own) == list{"aaaaaaaaaac", "bbbbbbbbbbd", "eababababaf"});
  }
  CHECK(compiled > 10);
  CHECK(refused > 10);
}

TEST_CASE("patterns take part in a scan like every detector", "[detect][re2]") {
  auto const which = detect::re2::with_patterns(detect::all(), tickets);
  auto const both = detect::re2::with_patterns(which, *patterns::compile({{"word", "falcon"}}));
  REQUIRE(both.recognisers->size() == 2);
  CHECK(both.recognisers->front().name.find("re2 ticket,customer,city sha256:") == 0);
  CHECK(detect::all().recognisers == nullptr);
  detect::findings found;
  std::string_view const text = "mail jane@example.com about T-1000, falcon";
  detect::scan(both, text, found);
  REQUIRE(found.spans().size() == 3);
  CHECK(found.complete());
  CHECK(found.spans()[0].type == detect::entity::email);
  CHECK(text.substr(found.spans()[1].begin, 6) == "T-1000");
  CHECK(text.substr(found.spans()[2].begin, 6) == "falcon");
  std::vector<detect::span> all;
  CHECK(detect::scan_long(both, text, all));
  CHECK(all.size() == 3);
}

TEST_CASE("the name of patterns changes with each of them", "[detect][re2]") {
  auto const name_of = [](std::vector<detect::re2::pattern> const& all) {
    return patterns::compile(all)->name();
  };
  CHECK(name_of({{"a", "x"}}) == name_of({{"a", "x"}}));
  CHECK(name_of({{"a", "x"}}) != name_of({{"a", "y"}}));
  CHECK(name_of({{"a", "x"}, {"b", "y"}}) != name_of({{"a", "x"}, {"b", "z"}}));
}
