#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/dataset/export/episode_record.hpp>
#include <overt/dataset/export/erased_trace.hpp>
#include <overt/dataset/export/export_facts.hpp>
#include <overt/dataset/export/export_options.hpp>
#include <overt/dataset/export/export_totals.hpp>
#include <overt/detail/json_text.hpp>
#include <overt/event/enumerators.hpp>

namespace overt::inline v0::dataset {

/// `manifest.json` (`overt.export/1`): under which consent and policy, for what, out of which traces, with
/// which options a dataset was made, what is not in it, which traces were erased from it, and the hash of
/// each of its files but this one.
[[nodiscard]] inline std::string manifest(export_facts const& facts, export_totals const& totals,
                                          std::vector<file_record> const& files,
                                          std::vector<erased_trace> const& erased = {}) {
  auto const& options = facts.options;
  v0::detail::json_text out;
  std::size_t count = 0;
  auto const name = [&](std::string_view member) { out.member(count++, member); };
  auto const text = [&](std::string_view member, std::string_view value) {
    name(member);
    out.string(value);
  };
  auto const number = [&](std::string_view member, auto value) {
    name(member);
    out.number(value);
  };
  auto const object = [&](std::string_view member) {
    name(member);
    out.open_record(0);
    return std::exchange(count, std::size_t{0});
  };
  auto const end = [&](std::size_t outer) {
    out.close_record();
    count = outer;
  };
  out.open_record(0);
  text("schema", "overt.export/1");
  text("lines", options.format == export_format::agentnet ? "overt.agentnet/1" : "overt.chat/1");
  text("purpose", name_of(options.purpose));
  auto outer = object("receipt");
  text("id", facts.receipt_id);
  text("sha256", facts.receipt_sha256);
  end(outer);
  text("policy_digest", facts.policy_digest);
  name("options");
  append_options(out, options);
  outer = object("episodes");
  number("all", totals.episodes);
  number("written", totals.written);
  number("no_steps", totals.no_steps);
  number("image_token", totals.image_token);
  end(outer);
  outer = object("counts");
  number("lines", totals.lines);
  number("steps", totals.steps);
  number("redacted_steps", totals.redacted);
  number("pictures", totals.pictures);
  number("gaps", totals.gaps);
  end(outer);
  outer = object("skipped");
  for (std::size_t i = 0; i < totals.skipped.size(); ++i) {
    if (totals.skipped[i] > 0) {
      number(enumerators(skip_reason{})[i], totals.skipped[i]);
    }
  }
  end(outer);
  outer = object("routes");
  number("different", totals.routes);
  name("taken_once");
  out.open_list(0);
  for (std::size_t i = 0; i < totals.unique_routes.size(); ++i) {
    out.item(i);
    out.string(totals.unique_routes[i]);
  }
  out.close_list();
  end(outer);
  name("traces");
  out.open_list(0);
  std::size_t place = 0;
  for (auto const& [sha256, trace] : totals.traces) {
    out.item(place++);
    out.raw("\n  ");
    out.open_record(0);
    auto const list = std::exchange(count, std::size_t{0});
    out.member(count++, "sha256");
    out.string(sha256);
    out.member(count++, "time_grid_ns");
    out.number(trace.time_grid_ns);
    out.member(count++, "episodes");
    out.number(trace.episodes);
    end(list);
  }
  out.close_list();
  name("erased");
  out.open_list(0);
  place = 0;
  for (auto const& one : erased) {
    out.item(place++);
    out.raw("\n  ");
    out.open_record(3);
    out.member(0, "sha256");
    out.string(one.trace_sha256);
    out.member(1, "day");
    out.string(one.day);
    out.member(2, "tasks");
    out.number(one.tasks);
    out.close_record();
  }
  out.close_list();
  name("files");
  out.open_list(0);
  place = 0;
  for (auto const& file : files) {
    out.item(place++);
    out.raw("\n  ");
    out.open_record(3);
    out.member(0, "name");
    out.string(file.name);
    out.member(1, "bytes");
    out.number(file.bytes);
    out.member(2, "sha256");
    out.string(file.sha256);
    out.close_record();
  }
  out.close_list();
  out.raw('\n');
  out.close_record();
  out.raw('\n');
  return std::string{out.view()};
}

} // namespace overt::inline v0::dataset
