#include "command.hpp"
#include "progress.hpp"
#include "salvage.hpp"
#include "trace_file.hpp"
#include "trace_input.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <overt/trace/being_recorded.hpp>
#include <overt/trace/each_event.hpp>
#include <overt/trace/json/session_of.hpp>

namespace {

struct options {
  command::trace_choice trace;
  std::string out;
};

/// The pictures that go along, and how many there were and are.
class picture_copies {
public:
  explicit picture_copies(command::trace_choice const& chosen) : opened_{command::open_pictures(chosen)} {}

  [[nodiscard]] std::optional<overt::screen_picture> of(overt::recorded<overt::event> const& event) {
    if (!command::had_picture(event)) {
      return std::nullopt;
    }
    ++expected_;
    auto picture = opened_ ? opened_->picture_of(event.head().sequence)
                           : overt::result<overt::screen_picture>{opened_.error()};
    if (!picture) {
      return std::nullopt;
    }
    ++saved_;
    return std::move(*picture);
  }

  void tell() const {
    if (expected_ > 0) {
      fmt::print("{} of {} pictures saved\n", saved_, expected_);
    }
  }

private:
  overt::result<command::trace_pictures> opened_;
  std::uint64_t expected_ = 0;
  std::uint64_t saved_ = 0;
};

/// Copies what `from` gives into a new trace.
template <class From>
overt::result<std::uint64_t> copy(From& from, command::trace_file& to, picture_copies& pictures) {
  command::progress progress{"events saved"};
  std::map<std::string_view, std::uint64_t> counts;
  overt::session_end end;
  std::uint64_t saved = 0;
  overt::name_pool names;
  auto const opened = to.open(overt::trace::session_of(from.session(), names));
  if (!opened) {
    return opened.error();
  }
  auto const read = overt::trace::each_event(from, [&](auto const& event) {
    if (auto const picture = pictures.of(event)) {
      to.write(event, *picture);
    } else {
      to.write(event);
    }
    ++counts[event.payload_name()];
    ++saved;
    progress.step();
  });
  if (!read) {
    return read.error();
  }
  constexpr auto payloads = overt::detail::payload_literals<overt::event>();
  for (auto const& name : payloads) {
    if (auto const count = counts.find(name.view()); count != counts.end()) {
      end.written.push_back({name, count->second});
    }
  }
  auto const closed = to.close(end);
  return closed ? overt::result<std::uint64_t>{saved} : overt::result<std::uint64_t>{closed.error()};
}

int recover(options const& chosen) {
  if (overt::trace::being_recorded(chosen.trace.path)) {
    return command::fail({overt::error_code::unsupported,
                          chosen.trace.path +
                              " is being recorded: a recorder that lives holds its journal. What "
                              "is saved now would end in the middle. Stop the recorder first; "
                              "overt show reads what there is so far."});
  }
  auto to = command::trace_file::named(chosen.out);
  if (!to) {
    return command::fail(to.error());
  }
  auto const saved = command::with_salvage(chosen.trace, [&](auto& from) {
    picture_copies pictures{chosen.trace};
    auto const copied = copy(from, *to, pictures);
    if (copied) {
      fmt::print("{} events saved in {}\n", *copied, chosen.out);
      pictures.tell();
      command::tell_problems(from, stdout);
      if (from.problems().empty() && from.missing().empty()) {
        fmt::print("nothing is damaged, and nothing is missing\n");
      }
    }
    return copied;
  });
  return saved ? command::done : command::fail(saved.error());
}

} // namespace

void command::tell_damage(trace_choice const& chosen) {
  auto const told = with_salvage(chosen, [](auto& from) -> overt::result<void> {
    if (auto const read = overt::trace::each_event(from, [](auto const&) {}); !read) {
      return read;
    }
    tell_problems(from, stdout);
    return {};
  });
  if (!told) {
    fmt::print("  {}\n", told.error().message);
  }
}

void command::add_recover(CLI::App& app, int& exit_code) {
  auto* const sub =
      app.add_subcommand("recover", "Save what is sound of a damaged or cut-off .mcap trace into a new one.");
  auto chosen = std::make_shared<options>();
  add_trace_options(*sub, chosen->trace);
  sub->add_option("--out", chosen->out, "the new trace (.mcap, .jsonl or .cbor); must not exist")->required();
  sub->footer("What is missing is listed, and stands in the new trace as gaps of the reason \"damaged\". The "
              "old trace and\n"
              "its journal stay as they are.");
  sub->callback([chosen, &exit_code] { exit_code = recover(*chosen); });
}
