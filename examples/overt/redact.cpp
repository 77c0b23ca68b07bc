#include "command.hpp"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <overt/capture/json/replay_reader.hpp>
#include <overt/capture/settle.hpp>
#include <overt/redact/json/policy_file.hpp>
#include <overt/redact/pipeline.hpp>
#include <overt/sink/event_json.hpp>

namespace {

struct standard_output {
  template <class Event>
  void write(overt::cleared<Event> const& what) {
    line_.clear();
    overt::sink::append_event(line_, what);
    line_.raw('\n');
    std::fwrite(line_.view().data(), 1, line_.size(), stdout);
  }

private:
  overt::detail::json_text line_;
};

/// Time passes as the events say: what a live session would wait for has to stand in the input.
int redact(std::string const& policy_path) {
  using overt::event;
  auto policy = overt::redact::read_policy(policy_path);
  if (!policy) {
    return command::fail(policy.error());
  }
  overt::capture::replay_reader<event> reader{std::cin};
  overt::capture::settle_options const options;
  overt::capture::settle<event> settle{options};
  standard_output out;
  std::optional<overt::redact::pipeline<event, overt::redact::file_chain, standard_output>> pipeline;
  overt::timestamp now{};
  auto const pass_time = [&](overt::timestamp to) {
    now = std::max(now, to);
    settle.advance(now, now, *pipeline);
    pipeline->advance(now);
  };
  int exit_code = command::done;
  for (;;) {
    auto next = reader.next();
    if (!next) {
      exit_code = command::fail(next.error());
      break;
    }
    if (!*next) {
      break;
    }
    auto* const answer = std::get_if<overt::capture::context_answer>(&**next);
    auto* const what = std::get_if<event>(&**next);
    auto const when = answer != nullptr ? answer->as_of : what->header.time;
    if (!pipeline) {
      pipeline.emplace(policy->policies, out, when);
    }
    pass_time(when); // what was waited for until then
    if (answer != nullptr) {
      settle.answer(std::move(*answer));
    } else {
      settle.push(std::move(*what), *pipeline);
    }
    pass_time(when);
  }
  if (pipeline) {
    pass_time(now + options.hold_ns + options.reorder_ns);
    pipeline->finish();
  }
  return std::fflush(stdout) == 0 ? exit_code : command::refused;
}

} // namespace

void command::add_redact(CLI::App& app, int& exit_code) {
  auto* const sub = app.add_subcommand(
      "redact", "Try a policy: raw events on standard input, what would leave on standard output.");
  auto policy = std::make_shared<std::string>();
  sub->add_option("--policy", *policy, "the policy file")->required();
  sub->footer(
      "One JSON object a line:\n"
      "  {\"t\": 0, \"type\": \"key\", \"phase\": \"press\", \"kind\": \"letter\", \"held\": [\"control\"], "
      "\"symbol\": \"s\",\n"
      "   \"context\": {\"application\": \"mousepad\", \"field\": \"plain\"}}\n"
      "An event with \"confirmed\": false waits for a line {\"type\": \"answer\", …}, as a live one does.");
  sub->callback([policy, &exit_code] { exit_code = redact(*policy); });
}
