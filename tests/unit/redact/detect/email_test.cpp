#include <overt/redact/detect/email.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

namespace detect = overt::detect;
using list = std::vector<std::string>;

/// What the family finds with a score of at least 0.5.
list found_in(std::string_view text) {
  list result;
  detect::scan_email(text,
                     [&](std::size_t begin, std::size_t end, detect::entity, float score, overt::literal) {
                       if (score >= 0.495f) {
                         result.emplace_back(text.substr(begin, end - begin));
                       }
                     });
  return result;
}

} // namespace

TEST_CASE("e-mail addresses are found", "[detect]") {
  auto const text = GENERATE(values<std::string>(
      {"jane@example.com", "j@e.co", "jane.doe+tag@mail.example.co.uk", "o'brien@example.ie",
       "_x@example.org", "user%host@example.net", "JANE@EXAMPLE.COM", "user@xn--80ak6aa92e.com",
       "a@xn--d1acufc.xn--p1ai", "почта@пример.рф", "1234@example.museum", "a-b@c-d.info",
       "x@a.b.c.d.example.com"}));
  INFO(text);
  CHECK(found_in(text) == list{text});
  CHECK(found_in("so: " + text + ", then") == list{text});
}

TEST_CASE("what is no e-mail address is left alone", "[detect]") {
  auto const text = GENERATE(
      values<std::string>({"jane@", "@example.com", "jane@example", "jane@example.", "jane@192.168.0.1",
                           "a@b", "jane.@example.com", "jane @example.com", "user@-example.com", "@jane",
                           "a@b.c", "icon@2x.png", "git@github.com:group/project.git", "foo@bar..com"}));
  INFO(text);
  CHECK(found_in(text) == list{});
}

TEST_CASE("only the address is found, with nothing around it", "[detect]") {
  auto const [text, expected] =
      GENERATE(table<std::string, list>({{"<jane@example.com>", {"jane@example.com"}},
                                         {"mail jane@example.com.", {"jane@example.com"}},
                                         {"'jane@example.com'", {"jane@example.com"}},
                                         {"a@b.com,c@d.org;e@f.net", {"a@b.com", "c@d.org", "e@f.net"}},
                                         {"mailto:jane@example.com?subject=x", {"jane@example.com"}},
                                         {"jane@example.com-", {"jane@example.com"}},
                                         {"...jane@example.com", {"jane@example.com"}},
                                         {"jane@example.com.5", {"jane@example.com"}},
                                         {"a@b@c.com", {"b@c.com"}}}));
  INFO(text);
  CHECK(found_in(text) == expected);
}

TEST_CASE("addresses that are written out are found, and look-alikes are not", "[detect]") {
  auto const written = [](std::string_view text) {
    list result;
    detect::scan_written_email(text,
                               [&](std::size_t begin, std::size_t end, detect::entity, float,
                                   overt::literal) { result.emplace_back(text.substr(begin, end - begin)); });
    return result;
  };
  auto const text = GENERATE(values<std::string>(
      {"jane (at) example.com", "jane(at)example.com", "jane [at] example [dot] com",
       "jane{at}example{dot}co{dot}uk", "jane <at> example.com", "jane at example dot com",
       "jane dot doe at mail dot example dot com", "JANE AT EXAMPLE DOT COM", "jane (@) example.com",
       "jane.doe (AT) example (DOT) org"}));
  INFO(text);
  CHECK(written(text) == list{text});
  CHECK(written("write to " + text + " soon") == list{text});
  for (auto const* const other :
       {"look at example.com", "meet at noon dot", "he is (at) home", "at a dot", "dot dot dot",
        "the dot at the end", "(at)", "jane (at) example", "a[at]"}) {
    INFO(other);
    CHECK(written(other) == list{});
  }
}
