#include "access_report.hpp"
#include "command.hpp"
#include "home.hpp"
#include "person.hpp"
#include "progress.hpp"
#include "trace_input.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <overt/consent/file_watch.hpp>
#include <overt/consent/json/receipt_json.hpp>
#include <overt/consent/plain/receipt_text.hpp>
#include <overt/detail/iso8601.hpp>
#include <overt/event/clock.hpp>
#include <overt/sink/event_json.hpp>
#include <overt/sink/output_file.hpp>
#include <overt/sink/timeline.hpp>
#include <overt/trace/each_event.hpp>

namespace {

namespace consent = overt::consent;
namespace files = std::filesystem;

struct options {
  std::string out;
  std::string home;
  std::string key;
  std::string key_store;
};

/// A new file of the answer, readable by its owner alone.
overt::result<void> write(files::path const& path, std::string_view bytes) {
  auto file = overt::sink::output_file::create(path.string());
  if (!file) {
    return file.error();
  }
  auto const written = file->write(bytes);
  auto const closed = file->close();
  return written ? closed : written;
}

overt::result<void> make_folder(files::path const& path) {
  std::error_code said;
  if (files::create_directory(path, said)) {
    files::permissions(path, files::perms::owner_all, said);
    return {};
  }
  return overt::failure{overt::error_code::output_failed,
                        "cannot make the folder " + path.string() + ": " +
                            (said ? said.message() : std::string{"there is one"}) + ". Name a new folder."};
}

/// Copies everything into the folder, and notes for the page what is where.
class answer {
public:
  answer(options const& chosen, command::home home, files::path to)
      : chosen_{chosen}, home_{std::move(home)}, to_{std::move(to)} {}

  [[nodiscard]] overt::result<command::access_report> give(consent::holdings const& list,
                                                           overt::result<void> const& noted) {
    if (!noted) {
      report_.problems.push_back("the note in the ledger that you were given this: " + noted.error().message);
    }
    report_.time = overt::detail::format_date_time(overt::system_clocks{}.wall_ns());
    report_.home = home_.folder;
    if (list.damaged_lines() > 0) {
      report_.problems.push_back(
          fmt::format("{} lines of the list of what is held cannot be read ({}). What they "
                      "named is not known.",
                      list.damaged_lines(), home_.holdings()));
    }
    for (auto const* const name : {"traces", "receipts"}) {
      if (auto const made = make_folder(to_ / name); !made) {
        return made.error();
      }
    }
    for (auto const& each : list.all()) {
      if (auto const given = give(each); !given) {
        return given.error();
      }
    }
    auto const ended = finish();
    return ended ? overt::result<command::access_report>{std::move(report_)}
                 : overt::result<command::access_report>{ended.error()};
  }

private:
  overt::result<void> give(consent::holding const& each) {
    if (each.state == consent::holding_state::erased) {
      report_.erased.push_back(each);
      return {};
    }
    switch (each.kind) {
    case consent::holding_kind::trace: return give_trace(each);
    case consent::holding_kind::receipt: return give_receipt(each);
    case consent::holding_kind::dataset: break;
    }
    std::error_code said;
    report_.datasets.push_back({.what = each, .there = files::exists(each.path, said)});
    return {};
  }

  overt::result<void> give_receipt(consent::holding const& what) {
    auto& made = report_.receipts.emplace_back();
    made.what = what;
    auto const file = consent::file_watch::read(what.path);
    if (!file) {
      made.problems.push_back(file.error().message);
      return {};
    }
    made.file = "receipts/" + what.id + ".json";
    if (auto const written = write(to_ / made.file, file->content); !written) {
      return written;
    }
    if (auto const notice = consent::file_watch::read(what.path + ".notice.txt")) {
      if (auto const written = write(to_ / ("receipts/" + what.id + ".notice.txt"), notice->content);
          !written) {
        return written;
      }
    }
    auto const terms = consent::parse_receipt(file->content);
    auto text = terms ? consent::receipt_text(
                            *terms, overt::system_clocks{}.wall_ns(),
                            command::look_at_signature(*terms, command::persons_public_key(home_, "")))
                      : overt::result<std::string>{terms.error()};
    if (!text) {
      made.problems.push_back("the record in plain words: " + text.error().message);
      return {};
    }
    made.text = *std::move(text);
    return write(to_ / ("receipts/" + what.id + ".txt"), made.text);
  }

  overt::result<void> give_trace(consent::holding const& what) {
    auto& made = report_.traces.emplace_back();
    made.what = what;
    command::trace_choice trace{.path = what.path, .key = chosen_.key, .home = home_.folder};
    trace.key_store = chosen_.key_store.empty() ? what.key_store : chosen_.key_store;
    std::error_code said;
    if (!files::exists(what.path, said)) {
      made.problems.push_back(
          "it is not there any more: it was moved or removed by something other than overt.");
      return {};
    }
    auto opened = command::open_trace(trace);
    if (!opened) {
      made.problems.push_back(opened.error().message);
      return {};
    }
    made.folder = "traces/" + what.id;
    if (auto const folder = make_folder(to_ / made.folder); !folder) {
      return folder;
    }
    auto pictures = command::open_pictures(trace);
    return copy(*opened, pictures, made);
  }

  overt::result<void> copy(overt::trace::reader<overt::event>& from,
                           overt::result<command::trace_pictures>& pictures, command::accessed_trace& made) {
    auto const folder = to_ / made.folder;
    auto lines = overt::sink::output_file::create((folder / "events.jsonl").string());
    if (!lines) {
      return lines.error();
    }
    auto const timeline_path = (folder / "timeline.txt").string();
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const out{std::fopen(timeline_path.c_str(), "wbx"),
                                                              &std::fclose};
    if (!out) {
      return overt::failure{overt::error_code::output_failed, "cannot write " + timeline_path + '.'};
    }
    overt::sink::timeline timeline{out.get()};
    overt::detail::json_text json;
    command::progress progress{"events copied"};
    overt::result<void> outcome;
    bool first = true;
    auto const read = overt::trace::each_event(from, [&](auto const& event) {
      progress.step();
      if (!outcome) {
        return;
      }
      if (std::exchange(first, false) && from.session().is_object()) {
        timeline.use_grid(from.session().value("time_grid_ns", std::int64_t{0}));
      }
      ++made.events[std::string{event.payload_name()}];
      timeline.write(event);
      json.clear();
      overt::sink::append_event(json, event);
      json.raw('\n');
      outcome = lines->write(json.view());
      if (outcome && command::had_picture(event)) {
        outcome = copy_picture(event, pictures, made);
      }
    });
    timeline.finish();
    auto const closed = lines->close();
    if (!outcome || !closed) {
      return outcome ? closed : outcome;
    }
    if (!read) {
      made.problems.push_back("the rest of the recording: " + read.error().message);
    } else if (!from.complete()) {
      made.problems.push_back("the end of the recording: it was cut off, or is being recorded.");
    }
    if (std::fflush(out.get()) != 0) {
      return overt::failure{overt::error_code::disk_full, "cannot write " + timeline_path + '.'};
    }
    if (from.session().is_object()) {
      if (auto const written = write(folder / "session.json", from.session().dump(2) + '\n'); !written) {
        return written;
      }
    }
    made.beginning = beginning_of(timeline_path);
    return {};
  }

  overt::result<void> copy_picture(overt::recorded<overt::event> const& event,
                                   overt::result<command::trace_pictures>& pictures,
                                   command::accessed_trace& made) {
    auto const picture = pictures ? pictures->picture_of(event.head().sequence)
                                  : overt::result<overt::screen_picture>{pictures.error()};
    if (!picture) {
      made.problems.push_back(
          fmt::format("the picture of event {}: {}", event.head().sequence, picture.error().message));
      return {};
    }
    auto const folder = to_ / made.folder / "pictures";
    if (made.pictures == 0) {
      if (auto const there = make_folder(folder); !there) {
        return there;
      }
    }
    ++made.pictures;
    std::string image;
    if (auto const encoded = codec_.encode(picture->pixels(), picture->size(), image); !encoded) {
      return encoded;
    }
    return write(folder / fmt::format("{}-{}.png", event.head().sequence,
                                      overt::name_of(event.get_if<overt::frame>()->reason)),
                 image);
  }

  static std::string beginning_of(std::string const& path) {
    constexpr std::size_t enough = 16 << 10;
    std::string text(enough, '\0');
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const in{std::fopen(path.c_str(), "rb"), &std::fclose};
    text.resize(in ? std::fread(text.data(), 1, text.size(), in.get()) : 0);
    if (text.size() == enough) {
      text.resize(text.rfind('\n') == std::string::npos ? enough : text.rfind('\n') + 1);
      text += "…\n";
    }
    return text;
  }

  /// The ledger comes last: it has the openings that this took.
  overt::result<void> finish() {
    auto const ledger = consent::detail::read_lines(home_.ledger());
    auto const list = consent::detail::read_lines(home_.holdings());
    if (!ledger) {
      report_.problems.push_back("the ledger: " + ledger.error().message);
    } else {
      report_.ledger = consent::check_ledger(*ledger);
      if (auto const written = write(to_ / "ledger.jsonl", *ledger); !written) {
        return written;
      }
    }
    if (list) {
      if (auto const written = write(to_ / "holdings.jsonl", *list); !written) {
        return written;
      }
    }
    return write(to_ / "index.html", command::access_page(report_));
  }

  options const& chosen_;
  command::home home_;
  files::path to_;
  command::access_report report_;
  overt::sink::png codec_;
};

int tell(command::access_report const& report, options const& chosen) {
  fmt::print("{}/index.html\n", chosen.out);
  fmt::print("  consent records: {}, recordings: {}, datasets: {}, erased: {}, entries of the ledger: {}\n",
             report.receipts.size(), report.traces.size(), report.datasets.size(), report.erased.size(),
             report.ledger.entries.size());
  for (auto const& [what, why] : report.not_given()) {
    fmt::print("  not given: {}{}\n", what.empty() ? "" : what + ": ", why);
  }
  if (report.ledger.wrong) {
    fmt::print("  the ledger is NOT SOUND: {}\n", consent::describe(*report.ledger.wrong));
  }
  return report.not_given().empty() && report.ledger.sound() ? command::done : command::refused;
}

int access(options const& chosen) {
  auto const home = command::home_at(chosen.home);
  if (!home) {
    return command::fail(home.error());
  }
  auto const list = command::held(*home);
  if (!list) {
    return command::fail(list.error());
  }
  if (auto const made = make_folder(chosen.out); !made) {
    return command::fail(made.error());
  }
  std::uint64_t traces = 0;
  for (auto const& each : list->all()) {
    traces += each.kind == consent::holding_kind::trace && each.state == consent::holding_state::held ? 1 : 0;
  }
  // The person's right does not hang on a ledger that works.
  auto const noted = command::note(*home, {.kind = consent::ledger_kind::subject_access, .count = traces});
  auto const report = answer{chosen, *home, chosen.out}.give(*list, noted);
  return report ? tell(*report, chosen) : command::fail(report.error());
}

} // namespace

void command::add_access(CLI::App& app, int& exit_code) {
  auto* const sub = app.add_subcommand(
      "access", "Give a person everything that is held about them, to read and to take along.");
  auto chosen = std::make_shared<options>();
  sub->add_option("--out", chosen->out, "the folder to write; must not exist")->required();
  add_home(*sub, chosen->home);
  sub->add_option("--key", chosen->key, "of sealed recordings: your secret key (overt keys new)");
  sub->add_option(
      "--key-store", chosen->key_store,
      "of sealed recordings: the folder with their wrapped keys (the one that was used to record)");
  sub->footer(
      "Recordings as lines of JSON and to read, their pictures, your consents, the ledger and what was made "
      "from it.\nBegin with index.html. What cannot be given is listed with the reason, and the exit code is "
      "then 1.");
  sub->callback([chosen, &exit_code] { exit_code = access(*chosen); });
}
