#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include <overt/consent/json/checked_json.hpp>
#include <overt/dataset/approval.hpp>
#include <overt/dataset/export/private_files.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/json_text.hpp>
#include <overt/detail/read_file.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/event/result.hpp>
#include <overt/trace/files_digest.hpp>

namespace overt::inline v0::dataset {

/// `TRACE.review.json`, beside the trace: what the recorded person decided about it (docs/review.md).
[[nodiscard]] inline std::string approval_path(std::string_view trace) {
  return std::string{trace} + ".review.json";
}

namespace detail {

inline constexpr std::size_t largest_approval = 64 * 1024;
inline constexpr std::string_view approval_schema = "overt.review/1";

[[nodiscard]] inline std::string approval_text(approval_record const& decided) {
  v0::detail::json_text out;
  auto const number = [&](std::size_t place, std::string_view name, std::uint64_t value) {
    out.member(place, name);
    out.number(value);
  };
  auto const string = [&](std::size_t place, std::string_view name, std::string_view value) {
    out.member(place, name);
    out.string(value);
  };
  out.open_record(0);
  string(0, "schema", approval_schema);
  string(1, "trace_sha256", decided.trace_sha256);
  string(2, "receipt_id", decided.receipt_id);
  string(3, "decision", name_of(decided.decision));
  out.member(4, "deleted");
  out.open_record(0);
  number(0, "spans", decided.deleted_spans);
  number(1, "places", decided.deleted_places);
  out.close_record();
  out.close_record();
  out.raw('\n');
  return std::string{out.view()};
}

[[nodiscard]] inline result<approval_record> parse_approval(std::string const& path, std::string_view text) {
  auto const refused = [&](std::string const& why) {
    return failure{error_code::invalid_input, path + " is not an approval: " + why +
                                                  " The recorded person has to look at the trace again: "
                                                  "overt review TRACE."};
  };
  consent::detail::json_shape shape;
  if (!nlohmann::json::sax_parse(text, &shape)) {
    return refused(shape.message.empty() ? "it is not JSON." : shape.message);
  }
  auto const document = nlohmann::json::parse(text, nullptr, false);
  consent::detail::json_problem problem;
  consent::detail::checked_json const at{document, problem};
  at.object({"schema", "trace_sha256", "receipt_id", "decision", "deleted"});
  approval_record made;
  at.with("schema", [](auto value) { value.one_of({approval_schema}); });
  at.with("trace_sha256", [&](auto value) {
    made.trace_sha256 =
        value.text([](std::string_view digits) { return v0::detail::is_lower_hex(digits, 64); },
                   "64 hexadecimal digits");
  });
  at.with("receipt_id", [&](auto value) {
    made.receipt_id =
        value.text([](std::string_view id) { return !id.empty(); }, "the id of the trace's receipt");
  });
  at.with("decision", [&](auto value) { made.decision = value.template enumerator<approval_decision>(); });
  at.with("deleted", [&](auto value) {
    value.object({"spans", "places"});
    auto const count = [&](std::string_view name, std::uint64_t& to) {
      value.with(name, [&](auto number) {
        to = static_cast<std::uint64_t>(number.whole_number(0, 9007199254740991.0, "a count"));
      });
    };
    count("spans", made.deleted_spans);
    count("places", made.deleted_places);
  });
  return problem.found() ? result<approval_record>{refused(problem.message)} : made;
}

} // namespace detail

/// Writes what the person decided beside the trace, for its owner alone, whole or not at all. For who asked
/// them: `overt review`. Errors: `misuse` for a record without a trace or a receipt, `consent_mismatch` where
/// the trace is not what was looked at any more, those of reading it, and `output_failed`.
[[nodiscard]] inline result<void> write_approval(std::string const& trace, approval_record const& decided) {
  if (!v0::detail::is_lower_hex(decided.trace_sha256, 64) || decided.receipt_id.empty()) {
    return failure{error_code::misuse,
                   "An approval is of a trace that names its consent receipt. Nothing was written."};
  }
  auto const now = trace::files_digest(trace);
  if (!now) {
    return now.error();
  }
  if (*now != decided.trace_sha256) {
    return failure{error_code::consent_mismatch, trace + " changed while it was looked at. Nothing was "
                                                         "approved. Look at it again: overt review TRACE."};
  }
  auto const path = approval_path(trace);
  auto const beside = path + ".new";
  if (auto written = detail::write_file(beside, detail::approval_text(decided)); !written) {
    return written;
  }
  std::error_code said;
  std::filesystem::rename(beside, path, said);
  return said ? result<void>{detail::cannot("write the file", path, said.value())} : result<void>{};
}

/// Reads the approval beside a trace and looks whether it is of the trace as it is now: every byte of all its
/// files. Errors: `consent_missing` where nobody has looked at it, `consent_mismatch` where it changed since,
/// `invalid_input` for a file that says anything else, and those of reading the trace.
[[nodiscard]] inline result<approval> read_approval(std::string const& trace) {
  auto const path = approval_path(trace);
  auto found = v0::detail::read_file(path, detail::largest_approval);
  if (!found && found.error() == v0::detail::read_error::unreadable) {
    if (std::error_code said; !std::filesystem::exists(trace, said)) {
      return failure{error_code::not_found, "there is no trace " + trace + ". Name one that is there."};
    }
    return failure{error_code::consent_missing,
                   "Nobody has looked at " + trace +
                       " yet, and nothing of a trace is shared before the recorded person has. They do so "
                       "with: overt review " +
                       trace};
  }
  auto decided = detail::parse_approval(path, found ? std::string_view{found->content} : std::string_view{});
  if (!decided) {
    return decided.error();
  }
  auto const now = trace::files_digest(trace);
  if (!now) {
    return now.error();
  }
  if (*now != decided->trace_sha256) {
    return failure{error_code::consent_mismatch,
                   trace +
                       " is not what was approved: it changed afterwards. The recorded person has to look "
                       "at it again: overt review " +
                       trace};
  }
  return detail::approval_access::make(*std::move(decided));
}

} // namespace overt::inline v0::dataset
