#pragma once

#include "../home.hpp"
#include "../trace_input.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/consent/purpose.hpp>
#include <overt/dataset/approval.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/png/png.hpp>
#include <overt/trace/review/list.hpp>
#include <overt/trace/review/page_json.hpp>

namespace command {

/// Approves a trace, or takes the approval back; noted in the ledger first.
[[nodiscard]] overt::result<void> approve(home const& where, trace_choice const& trace,
                                          overt::dataset::approval_record const& decided);
[[nodiscard]] overt::result<void> take_back(home const& where, trace_choice const& trace);

/// A person looks at one trace: what the page of `overt review` shows, and what it may do. It knows no HTTP.
///
/// What is shown belongs to a revision of the trace; deleting makes the next one. An act that names another
/// one than the present is refused, so that nobody deletes or approves something that they do not see. Any
/// thread; one call at a time does something.
class review_session {
public:
  /// Reads all of it, and notes in the ledger that it was opened. Errors: `unsupported` for a trace that is
  /// being recorded, those of reading, and of the ledger.
  [[nodiscard]] static overt::result<std::unique_ptr<review_session>> open(trace_choice trace, home where);

  /// JSON for the page: what there is, and what was decided so far.
  [[nodiscard]] std::string summary();
  /// A page of lines, from the first that began at this time where that is named.
  [[nodiscard]] std::string entries(overt::trace::review_query query, std::optional<std::int64_t> at_ns);
  /// What falls into a stretch.
  [[nodiscard]] std::string count(std::int64_t from_ns, std::int64_t to_ns);
  /// The picture of an event, as PNG; empty for a revision that is over.
  [[nodiscard]] overt::result<std::string> picture(std::uint64_t sequence, std::uint64_t revision);

  /// Deletes what a request names (JSON: `revision`, and `from_ns` and `to_ns`, `application`, `site` or
  /// `everything`) at once. Gives JSON: what was done and what could not be reached, in sentences.
  [[nodiscard]] overt::result<std::string> erase(std::string_view request);

  /// Approves what is left (JSON: `revision`), or takes that back.
  [[nodiscard]] overt::result<std::string> approve(std::string_view request);
  [[nodiscard]] overt::result<std::string> take_back(std::string_view request);

  /// Whether the trace, as it is, is approved; whether it is still there.
  [[nodiscard]] bool approved();
  [[nodiscard]] bool gone();

private:
  review_session(trace_choice trace, home where) : trace_{std::move(trace)}, home_{std::move(where)} {}

  [[nodiscard]] overt::result<void> load();
  [[nodiscard]] overt::result<void> is_current(std::uint64_t revision) const;

  std::mutex one_at_a_time_{};
  trace_choice trace_;
  home home_;
  std::uint64_t revision_ = 0;
  bool gone_ = false;
  overt::trace::review_list list_{};
  std::int64_t grid_ns_ = 0;
  std::vector<overt::consent::purpose> purposes_{};
  bool complete_ = true;
  overt::dataset::approval_record decided_{}; ///< what would be approved now
  std::optional<trace_pictures> pictures_{};
  overt::sink::png codec_{};
};

} // namespace command
