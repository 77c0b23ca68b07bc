#include "command.hpp"
#include "home.hpp"
#include "review/server.hpp"
#include "review/session.hpp"
#include "trace_input.hpp"

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include <overt/event/name_pool.hpp>
#include <overt/trace/being_recorded.hpp>
#include <overt/trace/files_digest.hpp>
#include <overt/trace/json/session_of.hpp>

namespace {

struct options {
  command::trace_choice trace;
  std::string home;
  bool approve = false;
  bool take_back = false;
};

/// For a person who looked in another way.
int approve_unseen(options const& chosen, command::home const& where) {
  auto trace = chosen.trace;
  trace.home = where.folder;
  auto const& path = trace.path;
  if (overt::trace::being_recorded(path)) {
    return command::fail({overt::error_code::unsupported,
                          path + " is being recorded. Approve it when the recording has ended."});
  }
  auto digest = overt::trace::files_digest(path);
  if (!digest) {
    return command::fail(digest.error());
  }
  auto reader = command::open_trace(trace);
  if (!reader) {
    return command::fail(reader.error());
  }
  if (auto const first = reader->next(); !first) { // behind what the trace says of itself
    return command::fail(first.error());
  }
  overt::name_pool names;
  auto const session = overt::trace::session_of(reader->session(), names);
  auto const done = command::approve(where, trace,
                                     {.trace_sha256 = *std::move(digest),
                                      .receipt_id = session.receipt_id,
                                      .decision = overt::dataset::approval_decision::elsewhere});
  if (!done) {
    return command::fail(done.error());
  }
  fmt::print("{} is approved as it is now. overt review --take-back ends that.\n", path);
  return command::done;
}

int review(options const& chosen) {
  auto const where = command::home_at(chosen.home);
  if (!where) {
    return command::fail(where.error());
  }
  if (chosen.approve && chosen.take_back) {
    return command::fail({overt::error_code::misuse, "--approve and --take-back are two things."});
  }
  if (chosen.approve) {
    return approve_unseen(chosen, *where);
  }
  if (chosen.take_back) {
    auto const done = command::take_back(*where, chosen.trace);
    if (!done) {
      return command::fail(done.error());
    }
    fmt::print("{} is not approved any more. Datasets that were made from it are still there.\n",
               chosen.trace.path);
    return command::done;
  }
  auto session = command::review_session::open(chosen.trace, *where);
  if (!session) {
    return command::fail(session.error());
  }
  auto const served = command::serve_review(**session, [](std::string const& link) {
    fmt::print(
        "Open this in a browser on this computer. It works once, for the browser that opens it first:\n"
        "\n  {}\n\nCtrl+C ends it.\n",
        link);
    std::fflush(stdout);
  });
  if (!served) {
    return command::fail(served.error());
  }
  if ((*session)->gone()) {
    fmt::print("The recording is deleted.\n");
    return command::done;
  }
  if (!(*session)->approved()) {
    fmt::print("Not approved, so nothing of it can be exported.\n");
    return command::refused;
  }
  fmt::print("Approved as it is now.\n");
  return command::done;
}

} // namespace

void command::add_review(CLI::App& app, int& exit_code) {
  auto* const sub = app.add_subcommand(
      "review",
      "Look at what was recorded of you, delete from it, and approve the rest before it is shared.");
  auto chosen = std::make_shared<options>();
  add_trace_options(*sub, chosen->trace);
  add_home(*sub, chosen->home);
  sub->add_flag("--approve", chosen->approve,
                "no page: you looked at it in another way (overt show) and let it go as it is");
  sub->add_flag("--take-back", chosen->take_back, "no page: end an approval");
  sub->footer("Shows a page on this computer alone. Nothing of a trace is exported before the person whose "
              "recording it is\nhas approved it as it is; any later change needs another look. Exit codes: 0 "
              "approved or deleted, 1 not.");
  sub->callback([chosen, &exit_code] { exit_code = review(*chosen); });
}
