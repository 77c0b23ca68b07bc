#include "command.hpp"
#include "home.hpp"
#include "progress.hpp"
#include "trace_input.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <overt/sink/event_json.hpp>
#include <overt/sink/output_file.hpp>
#include <overt/sink/png/png.hpp>
#include <overt/sink/timeline.hpp>
#include <overt/trace/each_event.hpp>

namespace {

/// A new file, readable by its owner alone.
overt::result<void> write_new(std::string const& path, std::string_view bytes) {
  auto file = overt::sink::output_file::create(path);
  if (!file) {
    return file.error();
  }
  auto const written = file->write(bytes);
  auto const closed = file->close();
  return written ? closed : written;
}

struct options {
  command::trace_choice trace;
  bool json = false;
  double from_seconds = 0;
  std::vector<std::string> only;
  std::string pictures;
  std::string purpose;
};

/// Writes the picture of every frame as `<folder>/<number of the event>-<reason>.png`.
int export_pictures(options const& chosen, overt::trace::reader<overt::event>& reader) {
  std::error_code said;
  if (std::filesystem::create_directories(chosen.pictures, said)) {
    std::filesystem::permissions(chosen.pictures, std::filesystem::perms::owner_all, said);
  }
  if (said) {
    return command::fail({overt::error_code::output_failed,
                          "cannot make the folder " + chosen.pictures + ": " + said.message() + '.'});
  }
  auto pictures = command::open_pictures(chosen.trace);
  if (!pictures) {
    return command::fail(pictures.error());
  }
  command::progress progress{"pictures written", 1};
  overt::sink::png codec;
  std::string image;
  std::uint64_t written = 0;
  std::vector<std::string> problems;
  overt::result<void> outcome;
  auto const read = overt::trace::each_event(reader, [&](auto const& event) {
    if (!outcome || !command::had_picture(event)) {
      return;
    }
    auto const picture = pictures->picture_of(event.head().sequence);
    if (!picture) {
      problems.push_back(picture.error().message);
      return;
    }
    auto const reason = overt::name_of(event.template get_if<overt::frame>()->reason);
    auto const path = fmt::format("{}/{}-{}.png", chosen.pictures, event.head().sequence, reason);
    outcome = codec.encode(picture->pixels(), picture->size(), image);
    if (outcome) {
      outcome = write_new(path, image);
    }
    ++written;
    progress.step();
  });
  if (!outcome || !read) {
    return command::fail(outcome ? read.error() : outcome.error());
  }
  fmt::print("{} pictures written to {}\n", written, chosen.pictures);
  for (auto const& each : problems) {
    fmt::print("  {}\n", each);
  }
  return problems.empty() ? command::done : command::refused;
}

int show(options chosen) {
  if (!chosen.purpose.empty() && !overt::value_named(chosen.purpose, chosen.trace.purpose.emplace())) {
    return command::fail({overt::error_code::misuse,
                          "--purpose is not one of the purposes that there are: see overt export --help."});
  }
  auto opened = command::open_trace(chosen.trace);
  if (!opened) {
    return command::fail(opened.error());
  }
  auto& reader = *opened;
  if (!chosen.only.empty()) {
    if (auto const set = reader.only(chosen.only); !set) {
      return command::fail(set.error());
    }
  }
  if (chosen.from_seconds > 0) {
    if (auto const set = reader.seek({static_cast<std::int64_t>(chosen.from_seconds * 1e9)}); !set) {
      return command::fail(set.error());
    }
  }
  if (!chosen.pictures.empty()) {
    return export_pictures(chosen, reader);
  }
  overt::sink::timeline timeline;
  overt::detail::json_text json;
  command::progress progress{"events read"};
  bool first = true;
  auto const read = overt::trace::each_event(reader, [&](auto const& event) {
    progress.step();
    if (chosen.json) {
      json.clear();
      overt::sink::append_event(json, event);
      fmt::print("{}\n", json.view());
      return;
    }
    if (std::exchange(first, false) && reader.session().is_object()) {
      timeline.use_grid(reader.session().value("time_grid_ns", std::int64_t{0}));
    }
    timeline.write(event);
  });
  timeline.finish();
  if (!read) {
    return command::fail(read.error());
  }
  if (reader.session().is_null()) {
    return command::fail({overt::error_code::invalid_input,
                          chosen.trace.path + " is not a trace: it does not say what session it is of."});
  }
  if (!reader.complete()) {
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
  add_trace_options(*sub, chosen->trace);
  add_home(*sub, chosen->trace.home);
  sub->add_flag("--json", chosen->json, "every event as one JSON object a line");
  sub->add_option("--from", chosen->from_seconds, "begin at this many seconds of the trace's own time");
  sub->add_option("--only", chosen->only,
                  "only events of this type (button, text, …); may stand several times");
  sub->add_option("--pictures", chosen->pictures,
                  "write the picture of every frame to this folder, as NUMBER-REASON.png");
  sub->add_option("--purpose", chosen->purpose,
                  "what you look at it for, which has to be agreed to; without, for yourself. The "
                  "ledger notes it for a sealed trace");
  sub->footer(
      "In a timeline, \"not recorded\" is where nothing was agreed to (one line, however long it was), and\n"
      "\"withheld\" is what no policy let out. Times stand on the policy's grid, exact only where the "
      "consent says so.");
  sub->callback([chosen, &exit_code] { exit_code = show(*chosen); });
}
