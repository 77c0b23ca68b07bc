#include "command.hpp"
#include "home.hpp"
#include "progress.hpp"
#include "trace_input.hpp"
#include "trace_receipt.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <overt/trace/being_recorded.hpp>
#include <overt/trace/each_event.hpp>

namespace {

/// What was read, by the payload's name.
struct tally {
  std::map<std::string, std::uint64_t> events;
  std::vector<std::uint64_t> pictures; ///< the events that had one
  std::uint64_t total = 0;
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  void add(overt::recorded<overt::event> const& what) {
    ++events[std::string{what.payload_name()}];
    first = total == 0 ? what.head().sequence : first;
    last = what.head().sequence;
    ++total;
    if (command::had_picture(what)) {
      pictures.push_back(last);
    }
  }
};

/// Where the trace's own counts are not those of what is in it.
int compare(tally const& found, std::map<std::string, std::uint64_t> said) {
  int wrong = 0;
  for (auto const& [name, count] : found.events) {
    said.try_emplace(name, 0);
  }
  for (auto const& [name, count] : said) {
    auto const at = found.events.find(name);
    auto const read = at == found.events.end() ? 0 : at->second;
    // Where a disk was full, events were counted and became gaps.
    bool const told = name == "gap" ? read >= count : read <= count && found.events.count("gap") != 0;
    if (read != count && !told) {
      fmt::print("  {}: {} in the trace, {} said at its end\n", name, read, count);
      ++wrong;
    }
  }
  return wrong;
}

/// Decodes every picture, and tells what is not there. False: one is there and not sound.
bool check_pictures(command::trace_choice const& chosen, std::vector<std::uint64_t> const& expected) {
  auto opened = command::open_pictures(chosen);
  if (!opened) {
    fmt::print("pictures: {}\n", opened.error().message);
    return expected.empty();
  }
  if (expected.empty() && opened->numbers().empty() && opened->problems().empty()) {
    return true;
  }
  command::progress progress{"pictures checked", 1};
  std::uint64_t missing = 0;
  std::vector<std::string> unsound = opened->problems();
  for (auto const sequence : expected) {
    if (auto const picture = opened->picture_of(sequence); !picture) {
      bool const gone = picture.error().code == overt::error_code::not_found;
      gone ? static_cast<void>(++missing) : unsound.push_back(picture.error().message);
    }
    progress.step();
  }
  auto const kept = opened->numbers().size();
  fmt::print("pictures: {} of events, {} kept, {} missing, {} not sound\n", expected.size(), kept, missing,
             unsound.size());
  for (auto const& each : unsound) {
    fmt::print("  {}\n", each);
  }
  return unsound.empty();
}

int verify(command::trace_choice const& chosen) {
  auto opened = command::open_trace(chosen);
  overt::failure why = opened ? overt::failure{} : opened.error();
  tally found;
  if (opened) {
    command::progress progress{"events checked"};
    auto const read = overt::trace::each_event(*opened, [&](auto const& event) {
      found.add(event);
      progress.step();
    });
    if (!read) {
      why = read.error();
    }
  } else if (why.code != overt::error_code::invalid_input) {
    return command::fail(why);
  }
  fmt::print("{}: {} events", chosen.path, found.total);
  if (found.total > 0) {
    fmt::print(", numbers {} to {}", found.first, found.last);
  }
  fmt::print("\n");
  if (why.message.empty() && opened->session().is_null()) {
    why = {overt::error_code::invalid_input, "it does not say what session it is of."};
  }
  if (!why.message.empty()) {
    fmt::print("NOT SOUND: {}\n", why.message);
    command::tell_damage(chosen);
    static_cast<void>(check_pictures(chosen, found.pictures));
    return command::refused;
  }
  auto const signature = command::signature_in(chosen);
  fmt::print("{}\n", signature.line);
  bool const pictures_sound = check_pictures(chosen, found.pictures);
  if (!opened->complete() && overt::trace::being_recorded(chosen.path)) {
    fmt::print("BEING RECORDED: everything that is in it so far is sound and nothing is missing.\n");
    return command::refused;
  }
  if (!opened->complete()) {
    fmt::print("CUT OFF: everything that is in it is sound and nothing is missing between its first and its "
               "last event, "
               "but it has no end. overt recover gives it one.\n");
    for (auto const& each : opened->problems()) {
      fmt::print("  {}\n", each);
    }
    return command::refused;
  }
  if (compare(found, opened->counts()) > 0) {
    fmt::print("NOT SOUND: the counts do not agree.\n");
    return command::refused;
  }
  auto const problems = opened->problems();
  if (!pictures_sound || !problems.empty()) {
    for (auto const& each : problems) {
      fmt::print("  {}\n", each);
    }
    fmt::print("NOT SOUND: the events are, and pictures are not.\n");
    return command::refused;
  }
  if (!signature.sound) {
    fmt::print("NOT SOUND: the events are, and the consent that it was recorded under is not.\n");
    return command::refused;
  }
  fmt::print("sound: structure, checksums, numbers and counts agree\n");
  return command::done;
}

} // namespace

void command::add_verify(CLI::App& app, int& exit_code) {
  auto* const sub =
      app.add_subcommand("verify", "Check a trace: structure, checksums, numbers, counts, all its parts.");
  auto chosen = std::make_shared<trace_choice>();
  add_trace_options(*sub, *chosen);
  add_home(*sub, chosen->home);
  sub->footer(
      "Says whether the receipt in the trace is signed, and with which key. Exit code 1: the trace is not "
      "sound, or cut off.");
  sub->callback([chosen, &exit_code] { exit_code = verify(*chosen); });
}
