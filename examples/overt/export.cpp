#include "command.hpp"
#include "home.hpp"
#include "progress.hpp"
#include "trace_episodes.hpp"
#include "trace_input.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <overt/consent/file_watch.hpp>
#include <overt/consent/json/receipt_json.hpp>
#include <overt/consent/json/signed_by.hpp>
#include <overt/consent/sodium/verifying_key.hpp>
#include <overt/dataset/exporter.hpp>
#include <overt/dataset/json/approval_file.hpp>
#include <overt/dataset/reduce.hpp>
#include <overt/event/name_pool.hpp>
#include <overt/trace/json/session_of.hpp>
#include <overt/trace/sodium/sealed_files.hpp>

namespace {

namespace dataset = overt::dataset;
using exporter = dataset::exporter<overt::sink::png>;

struct options {
  std::vector<std::string> traces;
  std::string key;
  std::string key_store = "keys";
  std::string home;
  std::string receipt;
  std::string out;
  std::string purpose;
  std::string format = "agentnet";
  std::string dialect = "anthropic";
  std::string display;
  bool sharegpt = false;
  bool corpus_spelling = false;
  std::uint32_t px_per_notch = 0;
  std::size_t jobs = std::max(1u, std::thread::hardware_concurrency());
  dataset::export_options chosen;
};

/// What is exported of a trace.
struct reduced {
  dataset::session_facts facts;
  dataset::approval approved;
  std::vector<dataset::episode> episodes;
};

command::trace_choice trace_of(options const& chosen, std::string const& path) {
  return {.path = path,
          .key = chosen.key,
          .key_store = chosen.key_store,
          .home = chosen.home,
          .purpose = chosen.chosen.purpose};
}

/// Reads one trace and reduces it. Runs on a thread of its own: nothing is shared.
overt::result<reduced> reduce(command::trace_choice const& trace) {
  auto approved = dataset::read_approval(trace.path);
  if (!approved) {
    return approved.error();
  }
  auto reader = command::open_trace(trace);
  if (!reader) {
    return reader.error();
  }
  auto episodes = command::episodes_of<dataset::reducer>(*reader);
  if (!episodes) {
    return overt::failure{episodes.error().code, trace.path + ": " + episodes.error().message};
  }
  if (episodes->empty()) {
    return overt::failure{overt::error_code::invalid_input, trace.path + " holds no events."};
  }
  overt::name_pool names;
  auto const session = overt::trace::session_of(reader->session(), names);
  return reduced{{.trace_sha256 = approved->record().trace_sha256,
                  .receipt_id = session.receipt_id,
                  .policy_digest = session.policy_digest,
                  .time_grid_ns = session.time_grid_ns,
                  .kept_until_wall_ns = session.kept_until_wall_ns,
                  .purposes = session.purposes},
                 *std::move(approved),
                 *std::move(episodes)};
}

/// Errors: also for a receipt that is not signed, or was changed after it was. Whoever exports need not have
/// the person's key: it is checked with the key that it names.
overt::result<overt::consent::receipt> receipt_in(std::string const& path) {
  auto const file = overt::consent::file_watch::read(path);
  auto agreed = file ? overt::consent::parse_receipt(file->content)
                     : overt::result<overt::consent::receipt>{file.error()};
  if (!agreed) {
    return agreed;
  }
  auto const key = overt::consent::verifying_key::parse(agreed->signature.key_id);
  if (!agreed->signature.is_made() || !key || !overt::consent::signed_by{*key}(*agreed)) {
    return overt::failure{
        overt::error_code::consent_mismatch,
        "The consent receipt is not signed, or was changed after it was. Name the one that the "
        "person signed (overt consent new, overt consent sign)."};
  }
  return agreed;
}

/// Adds the episodes of one trace; counts what became of them.
overt::result<void> add(exporter& out, options const& chosen, std::string const& path, reduced const& what,
                        std::map<exporter::outcome, std::size_t>& count, std::uint64_t& outside,
                        command::progress& progress) {
  auto pictures = command::open_pictures(trace_of(chosen, path));
  for (auto const& episode : what.episodes) {
    if (episode.between_tasks) { // nobody said what it was for
      outside += episode.actions.size();
      continue;
    }
    auto const done = out.add(episode, what.facts, what.approved, [&](std::uint64_t sequence) {
      return pictures
                 ? pictures->picture_of(sequence)
                 : overt::result<overt::screen_picture>{overt::failure{overt::error_code::not_found, ""}};
    });
    if (!done) {
      return overt::failure{done.error().code, path + ": " + done.error().message};
    }
    ++count[*done];
    progress.step();
  }
  return {};
}

void tell(dataset::export_totals const& totals, std::map<exporter::outcome, std::size_t> const& count,
          std::uint64_t outside, options const& chosen) {
  auto const now = [&](exporter::outcome what) {
    auto const found = count.find(what);
    return found == count.end() ? std::size_t{0} : found->second;
  };
  fmt::print("{}: {} tasks with {} steps and {} pictures, in {} lines\n", chosen.out, totals.written,
             totals.steps, totals.pictures, totals.lines);
  if (auto const already = now(exporter::outcome::already); already > 0) {
    fmt::print("  {} tasks were there already, from an export before this one\n", already);
  }
  if (auto const gone = now(exporter::outcome::erased); gone > 0) {
    fmt::print("  {} tasks are left out: their trace was erased from this dataset\n", gone);
  }
  if (outside > 0) {
    fmt::print("  {} actions are left out: before, between and after the tasks\n", outside);
  }
  if (totals.no_steps > 0) {
    fmt::print("  {} tasks have nothing that could be written as a step\n", totals.no_steps);
  }
  if (totals.image_token > 0) {
    fmt::print("  {} tasks have <image> in their instruction, which trainers take for a picture\n",
               totals.image_token);
  }
  if (totals.redacted > 0) {
    fmt::print("  {} steps have a placeholder for something that was withheld\n", totals.redacted);
  }
  for (std::size_t i = 0; i < totals.skipped.size(); ++i) {
    if (totals.skipped[i] > 0) {
      fmt::print("  {} actions are left out: {}\n", totals.skipped[i],
                 overt::name_of(static_cast<dataset::skip_reason>(i)));
    }
  }
  fmt::print("  datasheet.md says what it is, manifest.json what is in it\n");
}

overt::result<void> settle(options& chosen) {
  auto const wrong = [](std::string_view what) {
    return overt::failure{overt::error_code::misuse, std::string{what} + " See overt export --help."};
  };
  auto& to = chosen.chosen;
  if (!overt::value_named(chosen.purpose, to.purpose)) {
    return wrong("--purpose is not one of the purposes that there are.");
  }
  if (!overt::value_named(chosen.format, to.format)) {
    return wrong("--to is agentnet or chat.");
  }
  constexpr auto dialects = enumerators(dataset::action_dialect{});
  auto const dialect = std::find_if(dialects.begin(), dialects.end(), [&](std::string_view name) {
    return name.substr(0, name.find('/')) == chosen.dialect;
  });
  if (dialect == dialects.end()) {
    return wrong("--dialect is anthropic, openai, ui_tars or pyautogui.");
  }
  to.dialect = static_cast<dataset::action_dialect>(dialect - dialects.begin());
  to.form = chosen.sharegpt ? dataset::chat_form::sharegpt : dataset::chat_form::messages;
  to.spelling =
      chosen.corpus_spelling ? dataset::python_spelling::corpus : dataset::python_spelling::executable;
  if (chosen.px_per_notch > 0) {
    to.px_per_notch = chosen.px_per_notch;
  }
  if (!chosen.display.empty()) {
    int width = 0;
    int height = 0;
    char after = 0;
    if (std::sscanf(chosen.display.c_str(), "%dx%d%c", &width, &height, &after) != 2 || width <= 0 ||
        height <= 0) {
      return wrong("--display is a size like 1280x720.");
    }
    to.display = {width, height};
  }
  return {};
}

/// Lists the dataset as held, with the traces that go into it, and notes the export: before anything of it is
/// written.
overt::result<void> note_export(options const& chosen, overt::consent::receipt const& agreed) {
  namespace consent = overt::consent;
  auto const home = command::home_at(chosen.home);
  auto const list = home ? command::held(*home) : overt::result<consent::holdings>{home.error()};
  if (!list) {
    return list.error();
  }
  consent::holding set{.kind = consent::holding_kind::dataset,
                       .path = chosen.out,
                       .record_id = agreed.record_id,
                       .purpose = chosen.chosen.purpose};
  if (auto const* const before = list->at(command::whole_path(chosen.out));
      before != nullptr && before->kind == set.kind) { // the same export goes on
    set.id = before->id;
    set.made_from = before->made_from;
  }
  for (auto const& path : chosen.traces) {
    auto const key = overt::trace::sealed_files::key_of(path);
    auto id = command::held_as(*home, {.path = path,
                                       .record_id = agreed.record_id,
                                       .key_id = key ? key->text() : std::string{},
                                       .key_store = key ? chosen.key_store : std::string{}});
    if (!id) {
      return id.error();
    }
    if (std::find(set.made_from.begin(), set.made_from.end(), *id) == set.made_from.end()) {
      set.made_from.push_back(*std::move(id));
    }
  }
  auto const held = command::hold(*home, std::move(set));
  return held ? command::note(*home, {.kind = consent::ledger_kind::exported,
                                      .record_id = agreed.record_id,
                                      .subject = *held,
                                      .purpose = chosen.chosen.purpose,
                                      .count = chosen.traces.size()})
              : overt::result<void>{held.error()};
}

int export_dataset(options chosen) {
  if (auto const settled = settle(chosen); !settled) {
    return command::fail(settled.error());
  }
  for (auto const& path : chosen.traces) { // before anything is written; the whole check comes with reading
    if (std::error_code said; !std::filesystem::exists(dataset::approval_path(path), said)) {
      if (auto const missing = dataset::read_approval(path); !missing) {
        return command::fail(missing.error());
      }
    }
  }
  auto agreed = receipt_in(chosen.receipt);
  if (!agreed) {
    return command::fail(agreed.error());
  }
  auto out = exporter::open(chosen.out, chosen.chosen, *agreed);
  if (!out) {
    return command::fail(out.error());
  }
  if (auto const noted = note_export(chosen, *agreed); !noted) {
    return command::fail({noted.error().code, noted.error().message + " Nothing was exported."});
  }
  // Traces are read and reduced side by side, a few ahead of the one that is written, and written in the
  // order in which they were named: the output does not depend on how many threads there are.
  std::deque<std::future<overt::result<reduced>>> ahead;
  std::size_t next = 0;
  auto const read_ahead = [&] {
    for (; next < chosen.traces.size() && ahead.size() < chosen.jobs; ++next) {
      ahead.push_back(std::async(std::launch::async, reduce, trace_of(chosen, chosen.traces[next])));
    }
  };
  command::progress progress{"tasks written", 1};
  std::map<exporter::outcome, std::size_t> count;
  std::uint64_t outside = 0;
  for (auto const& path : chosen.traces) {
    read_ahead();
    auto const what = ahead.front().get();
    ahead.pop_front();
    auto const added =
        what ? add(*out, chosen, path, *what, count, outside, progress) : overt::result<void>{what.error()};
    if (!added) {
      return command::fail(added.error());
    }
  }
  auto const totals = out->finish();
  if (!totals) {
    return command::fail(totals.error());
  }
  tell(*totals, count, outside, chosen);
  return totals->written > 0 ? command::done : command::refused;
}

} // namespace

void command::add_export(CLI::App& app, int& exit_code) {
  auto* const sub = app.add_subcommand("export", "Make a dataset for training out of traces.");
  auto chosen = std::make_shared<options>();
  sub->add_option("TRACE", chosen->traces, "the traces, all recorded under this receipt")->required();
  sub->add_option("--receipt", chosen->receipt, "the consent that they were recorded under")->required();
  std::string purposes;
  for (auto const name : enumerators(overt::consent::purpose{})) {
    purposes += (purposes.empty() ? "" : ", ") + std::string{name};
  }
  sub->add_option("--purpose", chosen->purpose,
                  "what the dataset is for; the receipt has to name it: " + purposes)
      ->required();
  sub->add_option("--out", chosen->out, "the folder to write; an export that was interrupted there goes on")
      ->required();
  sub->add_option("--to", chosen->format,
                  "agentnet (AgentNet's lines; the default) or chat (messages for training)");
  sub->add_option(
      "--dialect", chosen->dialect,
      "with --to chat: how actions are written: anthropic (the default), openai, ui_tars or pyautogui");
  sub->add_flag("--sharegpt", chosen->sharegpt, "with --to chat: conversations with from and value");
  sub->add_option("--window", chosen->chosen.window, "with --to chat: steps of a sample (0: all of a task)");
  sub->add_option("--display", chosen->display,
                  "with --to chat: the size that points are given in, like 1280x720 (that of the picture)");
  sub->add_option("--px-per-notch", chosen->px_per_notch,
                  "with --dialect openai, which counts the wheel in pixels: how many a notch scrolls");
  sub->add_flag("--agentnet-compat", chosen->corpus_spelling,
                "keys as AgentNet's corpus spells them, which PyAutoGUI does not execute");
  sub->add_option("--name", chosen->chosen.name, "of the dataset, in dataset_info.json (overt)");
  sub->add_flag("--gallery", chosen->chosen.gallery, "and a page for each task, to look at");
  sub->add_option("--jobs", chosen->jobs, "traces that are read at the same time")->check(CLI::Range(1, 256));
  sub->add_option("--key", chosen->key, "of sealed traces: your secret key (overt keys new)");
  sub->add_option("--key-store", chosen->key_store,
                  "of sealed traces: the folder with their wrapped keys (keys)");
  add_home(*sub, chosen->home);
  sub->footer(
      "A trace is exported when the person it is of has approved it: overt review TRACE.\n"
      "What a format cannot say is left out and counted, never bent until it fits. The same traces and\n"
      "options give the same bytes.");
  sub->callback([chosen, &exit_code] { exit_code = export_dataset(*chosen); });
}
