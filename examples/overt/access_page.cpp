#include "access_report.hpp"
#include "ledger_words.hpp"

#include <string_view>

#include <fmt/format.h>

#include <overt/detail/iso8601.hpp>
#include <overt/detail/utf8.hpp>

namespace {

namespace consent = overt::consent;

constexpr std::string_view head = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>What is held about you</title>
<style>
:root { --ink: #1b1f24; --paper: #fff; --soft: #57606a; --line: #d0d7de; --good: #116329; --bad: #a40e26; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --paper: #0d1117; --soft: #9aa4af; --line: #30363d; --good: #56d364; --bad: #ff7b72; }
}
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem;
       margin: 0 auto; padding: 1rem 1rem 4rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
a { color: inherit; } .soft { color: var(--soft); } .good { color: var(--good); } .bad { color: var(--bad); }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top;
       padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
td.time { white-space: nowrap; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; border: 1px solid var(--line);
      padding: .8rem; }
article { margin: 1.5rem 0; } article h3 { margin-bottom: .2rem; overflow-wrap: anywhere; }
code { overflow-wrap: anywhere; }
</style>
</head>
<body>
)";

/// Text as HTML shows it, and nothing of it as HTML.
std::string shown(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto const decoded = overt::detail::decode_utf8(text.substr(i));
    if (decoded.size == 0) {
      out += "\xef\xbf\xbd";
      ++i;
      continue;
    }
    auto const letter = text.substr(i, decoded.size);
    i += decoded.size;
    bool const control = decoded.character < 0x20 && letter != "\n" && letter != "\t";
    out += letter == "<"    ? "&lt;"
           : letter == ">"  ? "&gt;"
           : letter == "&"  ? "&amp;"
           : letter == "\"" ? "&quot;"
           : control        ? "\xef\xbf\xbd"
                            : letter;
  }
  return out;
}

std::string link(std::string_view to, std::string_view name) {
  return fmt::format("<a href=\"{}\">{}</a>", shown(to), shown(name));
}

std::string since(consent::holding const& what) { return overt::detail::format_date_time(what.wall_ns); }

void put_problems(std::string& page, std::vector<std::string> const& problems) {
  for (auto const& each : problems) {
    page += fmt::format("<p class=\"bad\">Not given: {}</p>\n", shown(each));
  }
}

void put_receipts(std::string& page, std::vector<command::accessed_receipt> const& receipts) {
  page += "<h2 id=\"consent\">What you agreed to</h2>\n";
  if (receipts.empty()) {
    page += "<p>No consent record is held.</p>\n";
  }
  for (auto const& each : receipts) {
    page += fmt::format("<article><h3>Consent {}</h3>\n<p class=\"soft\">{}</p>\n",
                        shown(each.what.record_id), shown(each.what.path));
    put_problems(page, each.problems);
    if (!each.file.empty()) {
      page += fmt::format("<pre>{}</pre>\n<p>{}</p>\n", shown(each.text),
                          link(each.file, "The record itself (JSON)"));
    }
    page += "</article>\n";
  }
}

void put_traces(std::string& page, std::vector<command::accessed_trace> const& traces) {
  page += "<h2 id=\"recordings\">What was recorded</h2>\n";
  if (traces.empty()) {
    page += "<p>No recording is held.</p>\n";
  }
  for (auto const& each : traces) {
    page += fmt::format("<article><h3>Recording of {}</h3>\n<p class=\"soft\">{}<br>trace {}</p>\n",
                        since(each.what), shown(each.what.path), shown(each.what.id));
    put_problems(page, each.problems);
    if (!each.folder.empty()) {
      page += fmt::format("<p>{} · {}{}</p>\n", link(each.folder + "/timeline.txt", "Everything, to read"),
                          link(each.folder + "/events.jsonl", "every event as a line of JSON"),
                          each.pictures == 0 ? "" : " · " + link(each.folder + "/pictures/", "the pictures"));
      page += "<table><thead><tr><th scope=\"col\">What</th><th scope=\"col\">How "
              "many</th></tr></thead><tbody>\n";
      for (auto const& [type, count] : each.events) {
        page += fmt::format("<tr><td>{}</td><td>{}</td></tr>\n", shown(type), count);
      }
      page += fmt::format("<tr><td>pictures</td><td>{}</td></tr>\n</tbody></table>\n", each.pictures);
      page += fmt::format("<details><summary>How it begins</summary><pre>{}</pre></details>\n",
                          shown(each.beginning));
    }
    page += "</article>\n";
  }
}

void put_datasets(std::string& page, std::vector<command::accessed_dataset> const& datasets) {
  page += "<h2 id=\"datasets\">What was made from it</h2>\n";
  if (datasets.empty()) {
    page += "<p>No dataset was made from your recordings.</p>\n";
    return;
  }
  page += "<table><thead><tr><th scope=\"col\">Since</th><th scope=\"col\">Dataset</th><th "
          "scope=\"col\">What for</th>"
          "<th scope=\"col\">Made from the traces</th></tr></thead><tbody>\n";
  for (auto const& each : datasets) {
    page += fmt::format("<tr><td class=\"time\">{}</td><td>{}{}</td><td>{}</td><td>{}</td></tr>\n",
                        since(each.what), shown(each.what.path), each.there ? "" : " (not there any more)",
                        each.what.purpose ? shown(overt::name_of(*each.what.purpose)) : "not said",
                        fmt::join(each.what.made_from, "<br>"));
  }
  page += "</tbody></table>\n";
}

void put_erased(std::string& page, std::vector<consent::holding> const& erased) {
  page += "<h2 id=\"erased\">What was erased</h2>\n";
  if (erased.empty()) {
    page += "<p>Nothing was erased as a whole. Parts that were erased stand in the history.</p>\n";
    return;
  }
  page += "<table><thead><tr><th scope=\"col\">When</th><th scope=\"col\">What</th><th scope=\"col\">It was "
          "at</th>"
          "</tr></thead><tbody>\n";
  for (auto const& each : erased) {
    page += fmt::format("<tr><td class=\"time\">{}</td><td>{} {}</td><td>{}</td></tr>\n", since(each),
                        overt::name_of(each.kind), shown(each.id), shown(each.path));
  }
  page += "</tbody></table>\n";
}

void put_ledger(std::string& page, consent::ledger_check const& ledger) {
  page += "<h2 id=\"history\">What was done, and when</h2>\n";
  page +=
      ledger.wrong
          ? fmt::format("<p class=\"bad\">The ledger is not sound. {} What stands before it is sound.</p>\n",
                        shown(consent::describe(*ledger.wrong)))
          : fmt::format(
                "<p class=\"good\">The ledger is sound: each of its {} entries follows the one before it."
                "</p>\n",
                ledger.entries.size());
  if (ledger.interruptions > 0) {
    page += fmt::format(
        "<p>{} of its lines were left unfinished when the computer stopped. They are told below.</p>\n",
        ledger.interruptions);
  }
  page += fmt::format(
      "<p>Its head is <code>{}</code>. Keep it: <code>overt ledger verify --head</code> finds with it "
      "whether something was taken away later. {}</p>\n",
      ledger.head(), link("ledger.jsonl", "The ledger itself (JSON)"));
  page += "<table><thead><tr><th scope=\"col\">When</th><th scope=\"col\">What</th></tr></thead><tbody>\n";
  for (auto const& each : ledger.entries) {
    page += fmt::format("<tr><td class=\"time\">{}</td><td>{}</td></tr>\n",
                        overt::detail::format_date_time(each.wall_ns), shown(command::words_of(each)));
  }
  page += "</tbody></table>\n";
}

} // namespace

std::string command::access_page(access_report const& report) {
  std::string page{head};
  page += fmt::format(
      "<main>\n<h1>What is held about you</h1>\n<p>As of {}, by the list and the ledger in {}.</p>\n",
      report.time, shown(report.home));
  page +=
      "<nav aria-label=\"Contents\"><ul>\n<li><a href=\"#consent\">What you agreed to</a></li>\n"
      "<li><a href=\"#recordings\">What was recorded</a></li>\n<li><a href=\"#datasets\">What was made from "
      "it</a></li>\n<li><a href=\"#erased\">What was erased</a></li>\n<li><a href=\"#history\">What was "
      "done, and "
      "when</a></li>\n<li><a href=\"#missing\">What is not here, and why</a></li>\n</ul></nav>\n";
  put_receipts(page, report.receipts);
  put_traces(page, report.traces);
  put_datasets(page, report.datasets);
  put_erased(page, report.erased);
  put_ledger(page, report.ledger);
  page += "<h2 id=\"missing\">What is not here, and why</h2>\n";
  auto const missing = report.not_given();
  page += missing.empty() ? "<p>Everything that the list names is here.</p>\n" : "<ul>\n";
  for (auto const& [what, why] : missing) {
    page += fmt::format("<li>{}{}</li>\n", what.empty() ? "" : shown(what) + ": ", shown(why));
  }
  page += missing.empty() ? "" : "</ul>\n";
  page +=
      "<p>Copies that somebody made elsewhere, and what a program learned from them, are on no list.</p>\n";
  page += "</main>\n</body>\n</html>\n";
  return page;
}
