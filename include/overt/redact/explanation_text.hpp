#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <overt/redact/explain.hpp>

namespace overt::inline v0::redact {

namespace detail {

/// A list of points, wrapped at 100 columns.
inline void append_point(std::string& out, std::string_view text) {
  constexpr std::size_t width = 100;
  std::string line = "  -";
  while (!text.empty()) {
    auto const space = text.find(' ');
    auto const word = text.substr(0, space);
    if (line.size() + 1 + word.size() > width && line.size() > 4) {
      out += line + '\n';
      line = "   ";
    }
    line += ' ';
    line += word;
    text = space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
  }
  out += line + '\n';
}

[[nodiscard]] inline std::string words_for(policy_change const& change) {
  auto text = '"' + change.member + "\": ";
  text += change.from.empty() ? "adds " + change.to
          : change.to.empty() ? "leaves out " + change.from
                              : change.to + " instead of " + change.from;
  if (!change.looser) {
    return text + " (stricter)";
  }
  text += " (looser";
  if (change.needs != consent::grants::none) {
    text += "; the receipt has to name " + list_of(change.needs);
  } else if (change.member == "times") {
    text += "; the receipt has to name it as keystroke_timing";
  }
  text += ')';
  return text;
}

} // namespace detail

/// An explanation as text to read: what leaves, what does not, what is looked for, what the receipt has to
/// name and what differs from the preset.
[[nodiscard]] inline std::string text_of(explanation const& what) {
  std::string out;
  auto const head = [&](std::string_view line) {
    out.append(out.empty() ? "" : "\n").append(line).append("\n");
  };
  head("This happens only in these applications and sites:");
  for (auto const& place : what.places) {
    detail::append_point(out, place);
  }
  if (what.places.empty()) {
    detail::append_point(out, "none: nothing leaves");
  }
  head("Leaves:");
  for (auto const& kind : what.kinds) {
    if (!kind.leaves.empty()) {
      detail::append_point(out, kind.kind + ": " + kind.leaves + '.');
    }
  }
  head("Does not leave:");
  for (auto const& kind : what.kinds) {
    if (!kind.stays.empty()) {
      detail::append_point(out, kind.kind + ": " + kind.stays + '.');
    }
  }
  if (what.looked_at.empty()) {
    head("Nothing looks for personal things in what leaves.");
  } else {
    head("Looked for " + what.looked_at + ':');
    for (auto const& line : what.looked_for) {
      detail::append_point(out, line);
    }
    out += "No rule finds everything. Names of people, postal addresses and names of organisations are not "
           "looked\n"
           "for, unless they stand on your own list.\n";
  }
  for (auto const& name : what.own) {
    head("A policy of the program itself is not explained here: " + name + '.');
  }
  head("The receipt has to name:");
  for (auto const& line : what.receipt) {
    detail::append_point(out, line);
  }
  if (what.receipt.empty()) {
    detail::append_point(out, "nothing");
  }
  head("Different from the preset \"" + std::string{name_of(what.preset)} + "\":");
  for (auto const& change : what.changes) {
    detail::append_point(out, detail::words_for(change));
  }
  if (what.changes.empty()) {
    detail::append_point(out, "nothing");
  }
  return out;
}

} // namespace overt::inline v0::redact
