#include <overt/redact/path_ranges.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

/// The text with each path in brackets.
std::string bracketed(std::string_view text) {
  std::string out;
  std::size_t kept = 0;
  overt::redact::each_file_path(text, [&](overt::byte_range range) {
    REQUIRE(range.begin >= kept);
    REQUIRE(range.end > range.begin);
    REQUIRE(range.end <= text.size());
    out.append(text.substr(kept, range.begin - kept)).append("[");
    out.append(text.substr(range.begin, range.end - range.begin)).append("]");
    kept = range.end;
  });
  return out.append(text.substr(kept));
}

} // namespace

TEST_CASE("L29 paths of files are found", "[redact][paths][L29]") {
  using pair = std::pair<std::string_view, std::string_view>;
  for (auto const& [text, expected] : {
           pair{"/home/Jane", "[/home/Jane]"},
           {"see /home/Jane/report.pdf now", "see [/home/Jane/report].pdf now"},
           {"/home/Jane/My Documents/tax.pdf", "[/home/Jane/My Documents/tax].pdf"},
           {"/home/Jane/My Documents/tax 2023.pdf and more",
            "[/home/Jane/My Documents/tax 2023].pdf and more"},
           {"copy /home/Jane/a to /home/Jane/b", "copy [/home/Jane/a] to [/home/Jane/b]"},
           {"'/home/Jane/tax 2023' is", "'[/home/Jane/tax 2023]' is"},
           {"open \"/srv/Jane Doe\" please", "open \"[/srv/Jane Doe]\" please"},
           {"~/notes.txt", "[~/notes].txt"},
           {"~jane/notes", "[~jane/notes]"},
           {"C:\\Users\\jane\\tax.xlsx", "[C:\\Users\\jane\\tax].xlsx"},
           {"c:/Users/jane", "[c:/Users/jane]"},
           {"C:\\Users\\Jane Doe\\tax 2023.xlsx", "[C:\\Users\\Jane Doe\\tax 2023].xlsx"},
           {"\\\\server\\share\\jane", "[\\\\server\\share\\jane]"},
           {"file:///home/Jane/a.html", "[file:///home/Jane/a].html"},
           {"FILE:///home/Jane", "[FILE:///home/Jane]"},
           {"smb://server/jane", "[smb://server/jane]"},
           {"../jane/x", "[../jane/x]"},
           {"./run jane.sh", "[./run jane].sh"},
           {"$HOME/jane", "[$HOME/jane]"},
           {"%USERPROFILE%\\jane", "[%USERPROFILE%\\jane]"},
           {"path=/home/Jane", "path=[/home/Jane]"},
           {"(/home/Jane)", "([/home/Jane])"},
           {"in /var/log/jane.log, then", "in [/var/log/jane].log, then"},
           {"/data/jane.", "[/data/jane]."},
           {"/Users/jane/Müller.ODT", "[/Users/jane/Müller].ODT"},
           {"documents\\jane.docx", "[documents\\jane].docx"},
           {"jane-doe.pdf", "[jane-doe].pdf"},
           {"projects/jane/budget.ods", "[projects/jane/budget].ods"},
           {"/srv/x/y", "[/srv/x/y]"},
           {"/unknown/jane", "[/unknown/jane]"},
           {"/tmp", "[/tmp]"},
           {"a:/home/Jane b", "[a:/home/Jane] b"},
       }) {
    CHECK(bracketed(text) == expected);
  }
}

TEST_CASE("L29 what only looks a little like a path is none", "[redact][paths][L29]") {
  for (std::string_view const text : {"",
                                      "and/or",
                                      "Save As…",
                                      "1/2",
                                      "24/12/2023",
                                      "km/h",
                                      "https://a.example/home/Jane/report.html",
                                      "a / b",
                                      "/ b",
                                      "//",
                                      "e.g. this",
                                      "3.14",
                                      "Mr. Doe",
                                      "What? No.",
                                      "text.",
                                      "C: drive",
                                      "~",
                                      "~ 5",
                                      "C:",
                                      "jane@example.com",
                                      "version 1.2.3",
                                      "/help",
                                      ".pdf",
                                      "..."}) {
    CHECK(bracketed(text) == text);
  }
}

TEST_CASE("a text without an end of paths takes no time to speak of", "[redact][paths]") {
  CHECK_FALSE(bracketed(std::string(4096, '/')).empty());
  std::string many;
  while (many.size() < 4000) {
    many += "/a/b ";
  }
  CHECK_FALSE(bracketed(many).empty());
  CHECK_FALSE(bracketed(std::string(4096, '\\')).empty());
  CHECK_FALSE(bracketed(std::string(4096, '~')).empty());
}
