#pragma once

#include "trace_input.hpp"

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <overt/event/event.hpp>
#include <overt/sink/zstd/zstd.hpp>
#include <overt/trace/json/mcap_salvage.hpp>
#include <overt/trace/plain_files.hpp>
#include <overt/trace/sodium/sealed_files.hpp>

namespace command {

template <class Files>
using salvage_of = overt::trace::mcap_salvage<overt::event, Files, overt::sink::zstd>;

/// What a salvage found wrong.
template <class Salvage>
void tell_problems(Salvage const& saved, std::FILE* to) {
  for (auto const& each : saved.problems()) {
    fmt::print(to, "  {}\n", each);
  }
  std::uint64_t missing = 0;
  for (auto const& each : saved.missing()) {
    missing += each.count;
    fmt::print(to, "  missing: events {} to {}\n", each.first, each.first + each.count - 1);
  }
  if (missing > 0) {
    fmt::print(to, "  {} events are missing\n", missing);
  }
}

/// Opens a trace to salvage it, and calls `use(salvage)`. Gives what `use` gives.
template <class Use>
[[nodiscard]] auto with_salvage(trace_choice const& chosen, Use&& use)
    -> decltype(use(std::declval<salvage_of<overt::trace::plain_files>&>())) {
  if (is_sealed(chosen)) {
    auto key = session_key_of(chosen);
    if (!key) {
      return key.error();
    }
    auto from = salvage_of<overt::trace::sealed_files>::open(
        overt::trace::sealed_files{chosen.path, std::move(*key), overt::trace::lost_block::is_skipped});
    if (!from) {
      return from.error();
    }
    if (auto const may = permitted(chosen, from->session()); !may) {
      return may.error();
    }
    return use(*from);
  }
  auto from = salvage_of<overt::trace::plain_files>::open(overt::trace::plain_files{chosen.path});
  if (!from) {
    return from.error();
  }
  if (auto const may = permitted(chosen, from->session()); !may) {
    return may.error();
  }
  return use(*from);
}

} // namespace command
