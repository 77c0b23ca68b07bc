#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include <overt/consent/file_watch.hpp>
#include <overt/consent/json/checked_json.hpp>
#include <overt/event/result.hpp>
#include <overt/redact/file_chain.hpp>
#include <overt/redact/json/policy_settings_json.hpp>
#include <overt/redact/policy_settings.hpp>

namespace overt::inline v0::redact {

/// A policy from a file, and the watch that tells when the file no longer says so.
struct policy_file {
  file_chain policies{};
  policy_preset preset = policy_preset::strict; ///< which it names
  consent::file_watch watch;
};

namespace detail {

[[nodiscard]] inline failure bad_policy(std::string_view what) {
  return {error_code::invalid_input,
          "the policy file is not valid: " + std::string{what} +
              " It is a JSON object (UTF-8) that names a \"preset\", \"apps\" and "
              "\"origins\", and what differs from the preset; docs/formats.md lists "
              "the members. Nothing was recorded."};
}

} // namespace detail

/// Reads what a policy says from JSON text of at most 1 MiB:
///
///     {"preset": "balanced", "apps": ["mousepad"], "origins": ["https://tickets.example.com"], "times":
///     "none"}
///
/// "preset" is "strict" when it is left out; every other member changes what it says. Files that it names are
/// looked for in `folder`. An unknown member, one that stands there twice or could have no effect is an
/// error: a setting that was misspelt must not be ignored. Errors: `invalid_input`; they name the member and
/// repeat no value.
[[nodiscard]] inline result<policy_settings> parse_policy_settings(std::string_view json,
                                                                   std::filesystem::path const& folder = {}) {
  if (json.size() > consent::file_watch::largest) {
    return detail::bad_policy("it is larger than 1 MiB.");
  }
  // A member that stands there twice has two meanings, of which a reader sees one.
  if (consent::detail::json_shape shape; !nlohmann::json::sax_parse(json, &shape)) {
    return detail::bad_policy(shape.message);
  }
  auto const document = nlohmann::json::parse(json.begin(), json.end(), nullptr, false);
  consent::detail::json_problem problem;
  auto made = detail::read_settings(document, {document, problem}, folder);
  if (problem.found()) {
    return detail::bad_policy(problem.message);
  }
  return made;
}

/// The same as a chain. It has the digest of the same policies in code: `strict({...})`, `balanced({...})`,
/// `research({...})`, or these with others, in the order of `file_chain`.
[[nodiscard]] inline result<file_chain> parse_policy(std::string_view json,
                                                     std::filesystem::path const& folder = {}) {
  auto const settings = parse_policy_settings(json, folder);
  if (!settings) {
    return settings.error();
  }
  return chain_from(*settings);
}

/// The same from a file (at most 1 MiB), which the recorder's consent then watches: a changed policy ends the
/// session. Errors: `not_found` beside those above.
[[nodiscard]] inline result<policy_file> read_policy(std::filesystem::path const& path) {
  auto opened = consent::file_watch::read(path);
  if (!opened) {
    return opened.error();
  }
  auto const settings = parse_policy_settings(opened->content, path.parent_path());
  if (!settings) {
    return settings.error();
  }
  return policy_file{chain_from(*settings), settings->preset, std::move(opened->watch)};
}

} // namespace overt::inline v0::redact
