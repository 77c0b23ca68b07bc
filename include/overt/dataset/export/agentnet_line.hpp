#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <overt/dataset/episode.hpp>
#include <overt/dataset/export/exported_steps.hpp>
#include <overt/dataset/export/step_json.hpp>
#include <overt/detail/json_text.hpp>

namespace overt::inline v0::dataset {

/// What every line of a dataset says of where it is from.
struct line_origin {
  std::string task_id{};
  std::string consent_receipt{}; ///< SHA-256 of the receipt's document
  std::string policy{};          ///< digest of the policy
};

/// One episode as a line of AgentNet's JSON lines (`overt.agentnet/1`), without the end of the line. `images`
/// are the names of the pictures, one for each step.
///
/// Thoughts, reflections and scores of AgentNet are made by a model later; they are left out, not left empty.
inline void append_agentnet_line(v0::detail::json_text& out, line_origin const& origin, episode const& of,
                                 exported_steps const& made, std::vector<std::string> const& images) {
  out.open_record(4);
  out.member(0, "task_id");
  out.string(origin.task_id);
  out.member(1, "instruction");
  of.instruction ? out.string(*of.instruction) : out.null();
  out.member(2, "traj");
  out.open_list(made.steps.size());
  for (std::size_t i = 0; i < made.steps.size(); ++i) {
    out.item(i);
    out.open_record(3);
    out.member(0, "index");
    out.number(i);
    out.member(1, "image");
    out.string(images[i]);
    out.member(2, "value");
    out.open_record(1);
    out.member(0, "code");
    out.string(made.steps[i].code.text);
    out.close_record();
    out.close_record();
  }
  out.close_list();
  out.member(3, "overt");
  out.open_record(7);
  out.member(0, "schema");
  out.string("overt.agentnet/1");
  out.member(1, "consent_receipt");
  out.string(origin.consent_receipt);
  out.member(2, "policy");
  out.string(origin.policy);
  out.member(3, "display");
  detail::append_display(out, of, made.steps.empty() ? nullptr : made.steps.front().frame);
  out.member(4, "steps");
  out.open_list(made.steps.size());
  for (std::size_t i = 0; i < made.steps.size(); ++i) {
    out.item(i);
    detail::append_step(out, made.steps[i]);
  }
  out.close_list();
  out.member(5, "skipped");
  detail::append_skipped(out, made.skipped);
  out.member(6, "gaps");
  detail::append_gaps(out, of.gaps);
  out.close_record();
  out.close_record();
}

} // namespace overt::inline v0::dataset
