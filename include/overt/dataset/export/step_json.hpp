#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include <overt/dataset/episode.hpp>
#include <overt/dataset/export/exported_steps.hpp>
#include <overt/detail/json_text.hpp>
#include <overt/event/enumerators.hpp>

namespace overt::inline v0::dataset::detail {

// What both line formats say of steps, in their member `overt`.

template <class First, class Second>
void append_pair(v0::detail::json_text& out, First first, Second second) {
  out.raw('[');
  out.number(first);
  out.raw(',');
  out.number(second);
  out.raw(']');
}

/// A text that the trace may not have: null then.
inline void append_disclosed(v0::detail::json_text& out, std::string_view text) {
  text.empty() ? out.null() : out.string(text);
}

/// Something was chosen: what, and what it was before. The clicks that did it are the step.
inline void append_select(v0::detail::json_text& out, meaning const& chosen) {
  out.open_record(4);
  out.member(0, "role");
  out.string(name_of(chosen.role));
  out.member(1, "name");
  append_disclosed(out, chosen.label);
  out.member(2, "from");
  append_disclosed(out, chosen.before);
  out.member(3, "to");
  append_disclosed(out, chosen.after);
  out.close_record();
}

inline void append_step(v0::detail::json_text& out, exported_step const& step) {
  std::size_t count = 0;
  out.open_record(0);
  out.member(count++, "seq");
  append_pair(out, step.first, step.last);
  out.member(count++, "t_ns");
  append_pair(out, step.began_ns, step.ended_ns);
  out.member(count++, "image_age_ns");
  out.number(step.image_age_ns);
  out.member(count++, "redacted");
  out.number(step.code.redacted);
  out.member(count++, "frame");
  out.number(step.frame->sequence);
  out.member(count++, "px");
  append_pair(out, step.frame->size.width, step.frame->size.height);
  if (!step.code.placeholders.empty()) {
    out.member(count++, "placeholders");
    out.open_list(0);
    for (std::size_t i = 0; i < step.code.placeholders.size(); ++i) {
      auto const& one = step.code.placeholders[i];
      out.item(i);
      out.open_record(3);
      out.member(0, "type");
      out.string(one.type);
      out.member(1, "begin");
      out.number(one.begin);
      out.member(2, "end");
      out.number(one.end);
      out.close_record();
    }
    out.close_list();
  }
  if (step.what != nullptr) {
    auto const& meant = step.what->meant;
    auto const chosen = std::find_if(meant.begin(), meant.end(),
                                     [](meaning const& one) { return one.act == ui_act::select; });
    if (chosen != meant.end()) {
      out.member(count++, "select");
      append_select(out, *chosen);
    }
  }
  out.close_record();
}

inline void append_skipped(v0::detail::json_text& out, std::vector<skipped_action> const& skipped) {
  out.open_list(skipped.size());
  for (std::size_t i = 0; i < skipped.size(); ++i) {
    out.item(i);
    out.open_record(3);
    out.member(0, "seq");
    append_pair(out, skipped[i].first, skipped[i].last);
    out.member(1, "kind");
    out.string(skipped[i].kind);
    out.member(2, "reason");
    out.string(name_of(skipped[i].reason));
    out.close_record();
  }
  out.close_list();
}

/// Where something is not in the trace, so that nobody takes what stands on both sides for one thing.
inline void append_gaps(v0::detail::json_text& out, std::vector<episode_gap> const& gaps) {
  out.open_list(gaps.size());
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    out.item(i);
    out.open_record(2);
    out.member(0, "seq");
    out.number(gaps[i].sequence);
    out.member(1, "reason");
    out.string(name_of(gaps[i].reason));
    out.close_record();
  }
  out.close_list();
}

/// The monitor that a picture covers, as far as the trace tells.
inline void append_display(v0::detail::json_text& out, episode const& of, episode_frame const* frame) {
  if (frame == nullptr) {
    return out.null();
  }
  monitor const* found = nullptr;
  for (auto const& topology : of.displays) {
    for (auto const& one : topology.monitors) {
      found = one.bounds == frame->covers ? &one : found;
    }
  }
  out.open_record(4);
  out.member(0, "id");
  found == nullptr ? out.null() : out.number(found->id);
  out.member(1, "w");
  out.number(frame->size.width);
  out.member(2, "h");
  out.number(frame->size.height);
  out.member(3, "scale");
  found == nullptr ? out.null() : out.number(found->scale_percent / 100.0);
  out.close_record();
}

} // namespace overt::inline v0::dataset::detail
