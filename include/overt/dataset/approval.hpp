#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <overt/dataset/export/session_facts.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::dataset {

namespace detail {
struct approval_access;
} // namespace detail

/// How a person came to approve a trace.
enum class approval_decision : std::uint8_t {
  in_review, ///< after looking at the page of `overt review`
  elsewhere, ///< they looked at it in another way and said so: `overt review --approve`, or a program's own
};

constexpr auto enumerators(approval_decision) {
  return std::array<std::string_view, 2>{"in_review", "elsewhere"};
}

/// What an approval says: which trace, as it was then, under which receipt, and how often something was
/// deleted before, never how much: nothing that could be counted of it is to remain. Ids and digests alone.
struct approval_record {
  std::string trace_sha256{}; ///< `trace::files_digest`, 64 hexadecimal digits
  std::string receipt_id{};   ///< as the trace says
  approval_decision decision = approval_decision::in_review;
  std::uint64_t deleted_spans = 0;  ///< how often a stretch of time was deleted in this review
  std::uint64_t deleted_places = 0; ///< how often an application or a site

  friend bool operator==(approval_record const&, approval_record const&) = default;
};

/// The recorded person has looked at a trace and lets it go: without one, nothing of a trace is exported.
///
/// It is of the trace as it was when they looked: its digest is in it, so that any later change needs another
/// look. There are two ways to one: `read_approval` (dataset/json/approval_file.hpp) reads what the person
/// decided in `overt review`, and `of_person`.
class approval {
public:
  /// For a program in which the person looked and agreed, such as one with a review of its own, and for
  /// tests. Whoever calls it says that this happened; nothing can check it.
  [[nodiscard]] static approval of_person(approval_record decided) { return approval{std::move(decided)}; }

  [[nodiscard]] approval_record const& record() const noexcept { return record_; }

private:
  friend struct detail::approval_access;
  explicit approval(approval_record decided) : record_{std::move(decided)} {}

  approval_record record_;
};

namespace detail {
/// For the reader of approval files.
struct approval_access {
  [[nodiscard]] static approval make(approval_record decided) { return approval{std::move(decided)}; }
};
} // namespace detail

/// Whether an approval is of this trace as it is now. Errors: `consent_mismatch`.
[[nodiscard]] inline result<void> approved(approval const& given, session_facts const& trace) {
  if (given.record().trace_sha256.empty() || given.record().trace_sha256 != trace.trace_sha256) {
    return failure{error_code::consent_mismatch,
                   "The approval is not of this trace as it is now. The recorded person has to look at it "
                   "again: overt review TRACE."};
  }
  if (given.record().receipt_id.empty() || given.record().receipt_id != trace.receipt_id) {
    return failure{error_code::consent_mismatch,
                   "The approval names another consent receipt than the trace. The recorded person has to "
                   "look at it again: overt review TRACE."};
  }
  return {};
}

} // namespace overt::inline v0::dataset
