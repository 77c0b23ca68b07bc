#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/consent/file_watch.hpp>
#include <overt/consent/json/checked_json.hpp>
#include <overt/event/result.hpp>
#include <overt/redact/presets.hpp>
#include <overt/redact/switched.hpp>

namespace overt::inline v0::redact {

/// A chain whose policies were chosen at run time.
using file_chain =
    chain<only, secrets, switched<shortcuts>, switched<navigation_keys>, switched<structure>,
          switched<elements>, switched<typed_characters>, switched<pointer_paths>, switched<exact_times>>;

/// A policy from a file, and the watch that tells when the file no longer says so.
struct policy_file {
  file_chain policies{};
  consent::file_watch watch;
};

namespace detail {

[[nodiscard]] inline failure bad_policy(std::string_view what) {
  return {error_code::invalid_input, "the policy file is not valid: " + std::string{what} +
                                         ". It is a JSON object with \"preset\" (\"strict\" or "
                                         "\"research\"), \"apps\" and \"origins\" (lists of names). "
                                         "Nothing was recorded."};
}

[[nodiscard]] inline result<void> add_all(nlohmann::json const& policy, char const* member, bool sites,
                                          only& scope) {
  auto const found = policy.find(member);
  if (found == policy.end()) {
    return {};
  }
  if (!found->is_array()) {
    return bad_policy(std::string{"\""} + member + "\" is not a list");
  }
  for (auto const& entry : *found) {
    auto const* const text = entry.get_ptr<std::string const*>();
    if (text == nullptr || text->empty() || text->find('*') != std::string::npos) {
      return bad_policy(std::string{"an entry of \""} + member + "\" is not a name; there are no wildcards");
    }
    if ((text->find("://") != std::string::npos) != sites) {
      return bad_policy(sites ? "an entry of \"origins\" is not an origin like \"https://example.org\""
                              : "an entry of \"apps\" is a site; sites belong into \"origins\"");
    }
    scope.add(*text);
  }
  return {};
}

} // namespace detail

/// Reads a policy from JSON text:
///
///     {"preset": "strict", "apps": ["mousepad"], "origins": ["https://tickets.example.com"]}
///
/// "preset" is "strict" when it is left out. An unknown member is an error: a setting that was misspelt must
/// not be ignored. The chain has the same digest as `strict({...})` or `research({...})` in code.
[[nodiscard]] inline result<file_chain> parse_policy(std::string_view json) {
  // A member that stands there twice has two meanings, of which a reader sees one.
  if (consent::detail::json_shape shape; !nlohmann::json::sax_parse(json, &shape) && !shape.message.empty()) {
    return detail::bad_policy(shape.message);
  }
  auto const policy = nlohmann::json::parse(json.begin(), json.end(), nullptr, false);
  if (policy.is_discarded() || !policy.is_object()) {
    return detail::bad_policy("it is not a JSON object");
  }
  for (auto const& member : policy.items()) {
    if (member.key() != "preset" && member.key() != "apps" && member.key() != "origins") {
      return detail::bad_policy("unknown member \"" + member.key() + "\"");
    }
  }
  only scope;
  for (auto const& [member, sites] : {std::pair{"apps", false}, std::pair{"origins", true}}) {
    if (auto const added = detail::add_all(policy, member, sites, scope); !added) {
      return added.error();
    }
  }
  bool research = false;
  if (auto const preset = policy.find("preset"); preset != policy.end()) {
    research = *preset == "research";
    if (!research && *preset != "strict") {
      return detail::bad_policy("\"preset\" is neither \"strict\" nor \"research\"");
    }
  }
  return file_chain{
      {std::move(scope), secrets{research ? unobserved_fields::accept : unobserved_fields::withhold},
       switched<shortcuts>{{}, true}, switched<navigation_keys>{{}, true}, switched<structure>{{}, true},
       switched<elements>{{}, research}, switched<typed_characters>{{}, research},
       switched<pointer_paths>{{}, research}, switched<exact_times>{{}, research}}};
}

/// The same from a file (at most 1 MiB), which the recorder's consent then watches: a changed policy ends the
/// session.
[[nodiscard]] inline result<policy_file> read_policy(std::filesystem::path const& path) {
  auto opened = consent::file_watch::read(path);
  if (!opened) {
    return opened.error();
  }
  auto parsed = parse_policy(opened->content);
  if (!parsed) {
    return parsed.error();
  }
  return policy_file{std::move(*parsed), std::move(opened->watch)};
}

} // namespace overt::inline v0::redact
