#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include <overt/consent/active_consent.hpp>
#include <overt/consent/file_watch.hpp>
#include <overt/consent/json/checked_json.hpp>
#include <overt/consent/json/receipt_format.hpp>
#include <overt/consent/receipt.hpp>
#include <overt/consent/signature_check.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// Reads a consent record (JSON, the project's schema "overt-consent-1"). Unknown properties, wrong types and
/// values outside their vocabularies are errors; so is everything the schema refuses. A message names the
/// path and what is allowed there and never a value.
///
/// Stricter than the schema, on purpose:
///  - a property named twice, or nesting deeper than 16;
///  - `format`: UUIDs and date-times must be ones (years 1678 to 2261, no leap seconds);
///  - no `*` in an application, and in a site only as in `site.hpp`; no blanks in a site;
///  - consent for no time ("P", "P0D") or for more than 12 months, and a retention of no time ("P0D");
///  - events that are not in the order of their times;
///  - the presets for employees need `impact_assessment` and `collective_agreement` in each processing entry,
///    those of the European Union store on the person's computer alone, and research-irb needs the approval
///    of an ethics board in `authority_party`.
///
/// A preset takes away what it denies (`receipt::denied_by_preset`) and shortens the retention; a record
/// without one is read as `strict`. A receipt for screenshots whose mode is "none" grants none.
///
/// The signature must be there and have its shape. Whether it is the person's is for `activate` to ask.
///
/// This reads a record that has ended, too; whether it holds now is for `activate` to say.
/// Errors: `invalid_input`.
[[nodiscard]] inline result<receipt> parse_receipt(std::string_view text) {
  auto const refused = [](std::string const& why) {
    return failure{error_code::invalid_input,
                   "The consent receipt is refused: " + why + " Correct the receipt or ask for a new one."};
  };
  detail::json_shape shape;
  if (!nlohmann::json::sax_parse(text, &shape)) {
    return refused(shape.message.empty() ? "it is not JSON." : shape.message);
  }
  auto const document = nlohmann::json::parse(text, nullptr, false);
  detail::json_problem problem;
  auto terms = detail::read_record(detail::checked_json{document, problem});
  if (problem.found()) {
    return refused(problem.message);
  }
  terms.document = std::string{text};
  terms.document_sha256 = overt::detail::to_hex(overt::detail::sha256(text));
  return terms;
}

namespace detail {
/// What a receipt's file says after it changed: that the consent was withdrawn or has expired, if it is still
/// this person's record; anything else makes the consent invalid.
inline consent_state meaning_of(std::string_view content, std::string_view record_id) {
  auto const now = parse_receipt(content);
  if (now && now->record_id == record_id) {
    switch (now->latest) {
    case consent_event::withdrawn:
    case consent_event::refused: return consent_state::withdrawn;
    case consent_event::expired: return consent_state::expired;
    default: break;
    }
  }
  return consent_state::invalidated;
}
} // namespace detail

/// The notice that was shown, if the record says that it is a file: beside the record, and exactly what the
/// person read. Nothing for a record whose notice is elsewhere.
[[nodiscard]] inline result<std::optional<file_watch>> notice_beside(receipt const& terms,
                                                                     std::filesystem::path const& record) {
  std::string_view name = terms.notice_uri;
  if (!name.starts_with("file:")) {
    return std::optional<file_watch>{};
  }
  name.remove_prefix(5);
  name.remove_prefix(name.starts_with("//") ? 2 : 0);
  auto const file = record.parent_path() / name;
  auto found = file_watch::on(file);
  if (!found) {
    return failure{error_code::consent_missing,
                   "The notice that the person read, " + file.string() +
                       ", cannot be read, and the consent is to what it says. Put it back there, or ask the "
                       "person again. Nothing is recorded."};
  }
  if (overt::detail::to_hex(found->digest()) != terms.notice_sha256) {
    return failure{error_code::consent_missing, "The notice " + file.string() +
                                                    " is not the one that the person read: it was changed. "
                                                    "Put the old one back, or ask the person again with this "
                                                    "one. Nothing is recorded."};
  }
  return std::optional{std::move(*found)};
}

/// Reads a receipt from a file of at most 1 MiB, activates it, and keeps watching the file: when the person
/// withdraws there (signed or not: nobody has to prove anything to end it), the consent is withdrawn; when
/// anything else changes, it is invalidated; when only the file's times change, it goes on. The notice, where
/// it is a file, must be the one that was shown, and is watched as well.
/// Errors: those of `file_watch::read`, `parse_receipt`, `activate` and `notice_beside`.
template <clock_source Clock, signature_check Check>
[[nodiscard]] result<active_consent> from_file(std::filesystem::path file, Clock const& clock,
                                               Check const& check) {
  auto opened = file_watch::read(file);
  if (!opened) {
    return opened.error();
  }
  auto terms = parse_receipt(opened->content);
  if (!terms) {
    return terms.error();
  }
  auto record = terms->record_id;
  auto agreed = activate(*std::move(terms), clock, check);
  if (!agreed) {
    return agreed;
  }
  auto notice = notice_beside(agreed->terms(), file);
  if (!notice) {
    return notice.error();
  }
  if (*notice) {
    agreed->watch(std::move(**notice));
  }
  agreed->watch(std::move(opened->watch), [record = std::move(record)](std::string_view content) {
    return detail::meaning_of(content, record);
  });
  return agreed;
}

} // namespace overt::inline v0::consent
