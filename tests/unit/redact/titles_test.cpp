#include <overt/redact/titles.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <overt/redact/chain.hpp>
#include <overt/redact/structure.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/left_by.hpp>

namespace {

namespace redact = overt::redact;
using overt_test::has;

std::string left(std::string_view title, std::vector<std::string> templates) {
  return overt_test::left_in({.title = title}, overt::button{}, redact::titles{std::move(templates)},
                             redact::structure{});
}

/// The title as it stands in the trace; "null" where there is none.
std::string told(std::string_view title, std::vector<std::string> templates) {
  auto const bytes = left(title, std::move(templates));
  auto const begin = bytes.find("\"title\":") + 8;
  return bytes.substr(begin, bytes.find(",\"origin\"") - begin);
}

} // namespace

TEST_CASE("L25 a title leaves only as a template of the policy", "[redact][titles][L25]") {
  CHECK(told("Letter to Jane.txt - Mousepad", {"* - Mousepad"}) == "\"{…} - Mousepad\"");
  CHECK(told("Save As", {"* - Mousepad", "Save As"}) == "\"Save As\"");
  CHECK(told("Inbox (12) - Mail", {"Inbox (*) - Mail"}) == "\"Inbox ({…}) - Mail\"");
  CHECK(told("Jane - Chat - Desk", {"* - Chat - *"}) == "\"{…} - Chat - {…}\"");
  CHECK(told("Chat with Jane", {"Chat with *"}) == "\"Chat with {…}\"");
  CHECK(told("Jane", {"*"}) == "\"{…}\"");
  CHECK(told("a - b - Mousepad", {"* - Mousepad"}) == "\"{…} - Mousepad\"");
  CHECK(told("a-b-c", {"*-*"}) == "\"{…}-{…}\"");
  CHECK(told("Jane", {"**"}) == "\"{…}{…}\"");
}

TEST_CASE("L25 a title that fits no template does not leave", "[redact][titles][L25]") {
  CHECK(told("Letter to Jane.txt - Mousepad", {}) == "null");
  CHECK(told("Letter to Jane.txt - mousepad", {"* - Mousepad"}) == "null");
  CHECK(told("Letter to Jane.txt - Mousepad (2)", {"* - Mousepad"}) == "null");
  CHECK(told(" - Mousepad", {"* - Mousepad"}) == "null"); // a star is one character at least
  CHECK(told("Save As…", {"Save As"}) == "null");
  CHECK(told("Save", {"Save As"}) == "null");
  CHECK(told("J", {"**"}) == "null");
  CHECK(told("ab", {"a*b"}) == "null");
  CHECK(told("a-", {"*-*"}) == "null");
  CHECK(told("x", {""}) == "null");
  CHECK(told("aXbYb", {"a*b*c"}) == "null");
  CHECK(told("Letter", {"Letter *"}) == "null");
}

TEST_CASE("L25 no title leaves without the policy, and the audit tells what was left out",
          "[redact][titles][L25][canary]") {
  auto const without =
      overt_test::left_in({.title = "Kx7vT2mQ9z - Mousepad"}, overt::button{}, redact::structure{});
  CHECK_FALSE(overt_test::leaks(without, "Kx7vT2mQ9z"));
  CHECK_FALSE(has(without, "Mousepad"));
  auto const with = left("Kx7vT2mQ9z - Mousepad", {"* - Mousepad"});
  CHECK_FALSE(overt_test::leaks(with, "Kx7vT2mQ9z"));
  CHECK(has(with, R"("rule":"titles","of":"context","entity":"TITLE","action":"replaced")"));
  // the same search finds it where the template says that it may leave
  CHECK(overt_test::leaks(left("Kx7vT2mQ9z", {"Kx7vT2mQ9z"}), "Kx7vT2mQ9z"));
  CHECK(redact::titles{}.needs() == overt::consent::grants::window_focus);
  CHECK(redact::describe(redact::titles{{"*"}}) == R"({"policy":"titles","templates":["*"]})");
}
