#include "command.hpp"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>

#include <overt/sink/event_json.hpp>
#include <overt/sink/timeline.hpp>
#include <overt/trace/json/jsonl_reader.hpp>

namespace {

struct options {
  std::string trace;
  bool json = false;
};

int show(options const& chosen) {
  std::ifstream lines{chosen.trace};
  if (!lines) {
    return command::fail(
        {overt::error_code::not_found, "cannot open " + chosen.trace + ". Name a trace that you may read."});
  }
  overt::trace::jsonl_reader<> reader{lines};
  overt::sink::timeline timeline;
  overt::detail::json_text json;
  for (;;) {
    auto const next = reader.next();
    if (!next) {
      timeline.finish();
      return command::fail(next.error());
    }
    if (!*next) {
      break;
    }
    if (chosen.json) {
      json.clear();
      overt::sink::append_event(json, **next);
      fmt::print("{}\n", json.view());
    } else {
      timeline.use_grid(reader.session().value("time_grid_ns", std::int64_t{0}));
      timeline.write(**next);
    }
  }
  timeline.finish();
  if (reader.session().is_null()) {
    return command::fail({overt::error_code::invalid_input,
                          chosen.trace + " is not a trace: it does not say what session it is of."});
  }
  if (reader.end().is_null()) {
    fmt::print(stderr, "overt: the trace was cut off: it has no end. What is above is what it holds.\n");
    return command::refused;
  }
  return command::done;
}

} // namespace

void command::add_show(CLI::App& app, int& exit_code) {
  auto* const sub =
      app.add_subcommand("show", "Print a trace as a timeline to read, or every event as a line of JSON.");
  auto chosen = std::make_shared<options>();
  sub->add_option("TRACE", chosen->trace, "the trace (.jsonl)")->required();
  sub->add_flag("--json", chosen->json, "every event as one JSON object a line");
  sub->footer(
      "In a timeline, \"not recorded\" is where nothing was agreed to (one line, however long it was), and\n"
      "\"withheld\" is what no policy let out. Times stand on the policy's grid, exact only where the "
      "consent says so.");
  sub->callback([chosen, &exit_code] { exit_code = show(*chosen); });
}
