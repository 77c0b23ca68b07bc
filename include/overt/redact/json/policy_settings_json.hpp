#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/consent/json/checked_json.hpp>
#include <overt/redact/json/policy_detectors.hpp>
#include <overt/redact/json/policy_key.hpp>
#include <overt/redact/policy_settings.hpp>

// Reads the members of a policy file into settings. `problem` of the `checked_json` has the first thing that
// is wrong; it names the member, and never repeats a value.

namespace overt::inline v0::redact::detail {

/// Every member there is.
inline void check_members(checked_json at) {
  at.object({}, {"preset",
                 "apps",
                 "origins",
                 "text",
                 "unobserved_fields",
                 "names",
                 "labels",
                 "pseudonym_key",
                 "titles",
                 "pages",
                 "page_parts",
                 "pointer",
                 "pointer_hz",
                 "pointer_grid_px",
                 "pictures",
                 "times",
                 "shortcuts",
                 "navigation_keys",
                 "structure",
                 "hide_file_paths",
                 "detectors",
                 "my_data",
                 "my_data_file",
                 "verify"});
}

[[nodiscard]] inline std::vector<std::string> read_names(checked_json at, std::string_view what) {
  std::vector<std::string> names;
  at.array(0, [&](checked_json each) {
    names.push_back(each.text(
        [](std::string_view text) { return !text.empty() && text.find('*') == std::string_view::npos; },
        what));
  });
  return names;
}

inline void read_scope(checked_json at, only& scope) {
  auto const names = [&](char const* member, bool sites, std::string_view what) {
    at.with(member, [&](checked_json list) {
      list.array(0, [&](checked_json each) {
        auto const name = each.text(
            [&](std::string_view text) {
              return !text.empty() && text.find('*') == std::string_view::npos &&
                     (text.find("://") != std::string_view::npos) == sites;
            },
            what);
        scope.add(name);
      });
    });
  };
  names("apps", false,
        "the name of an application, as its process is called; there are no wildcards, and sites belong into "
        "\"origins\"");
  names("origins", true, "a site like \"https://example.org\"; there are no wildcards");
}

inline void read_titles(nlohmann::json const& document, checked_json at, policy_settings& to) {
  at.with("titles", [&](checked_json value) {
    if (document["titles"].is_array()) {
      to.titles = titles_detail::templates;
      value.array(1, [&](checked_json each) {
        to.title_templates.push_back(
            each.text([](std::string_view text) { return !text.empty(); },
                      "a title; a star stands for the part that is left out, as in \"* - Mousepad\""));
      });
      return;
    }
    auto const level = value.text([](std::string_view text) { return text == "withheld" || text == "raw"; },
                                  "\"withheld\", \"raw\" or a list of titles");
    to.titles = level == "raw" ? titles_detail::raw : titles_detail::withheld;
  });
}

inline void read_pointer(checked_json at, policy_settings& to) {
  at.with("pointer", [&](checked_json value) { to.pointer = value.enumerator<pointer_detail>(); });
  auto const number = [&](char const* member, std::uint32_t& into, double most, std::string_view what) {
    at.with(member, [&](checked_json value) {
      if (to.pointer != pointer_detail::thinned) {
        return value.refuse_with("says something only beside \"pointer\": \"thinned\". Leave it out");
      }
      into = static_cast<std::uint32_t>(value.whole_number(1, most, what));
    });
  };
  number("pointer_hz", to.pointer_hz, 1000, "a whole number from 1 to 1000");
  number("pointer_grid_px", to.pointer_grid_px, 4096, "a whole number from 1 to 4096");
}

inline void read_levels(checked_json at, policy_settings& to) {
  at.with("text", [&](checked_json value) { to.text = value.enumerator<typing_detail>(); });
  if (to.text != typing_detail::raw) {
    to.unobserved = unobserved_fields::withhold; // what is cleared is not accepted from anywhere
  }
  at.with("unobserved_fields",
          [&](checked_json value) { to.unobserved = value.enumerator<unobserved_fields>(); });
  at.with("names", [&](checked_json value) { to.names = value.enumerator<names_detail>(); });
  at.with("pages", [&](checked_json value) { to.pages = value.enumerator<pages_detail>(); });
  at.with("times", [&](checked_json value) { to.times = value.enumerator<consent::key_timing>(); });
  at.with("shortcuts", [&](checked_json value) { to.shortcuts = value.boolean(); });
  at.with("navigation_keys", [&](checked_json value) { to.navigation_keys = value.boolean(); });
  at.with("structure", [&](checked_json value) { to.structure = value.boolean(); });
  at.with("hide_file_paths", [&](checked_json value) { to.hide_file_paths = value.boolean(); });
  at.with("verify", [&](checked_json value) { to.verify = value.boolean(); });
}

/// Lists that say something only beside a level. One that could have no effect is a mistake.
inline void read_lists(checked_json at, policy_settings& to) {
  at.with("labels", [&](checked_json value) {
    if (to.names != names_detail::labels && to.names != names_detail::pseudonyms) {
      return value.refuse_with(
          R"(says something only beside "names": "labels" or "pseudonyms". Leave it out)");
    }
    to.labels = read_names(value, "a name as it stands on the screen; there are no wildcards");
  });
  at.with("page_parts", [&](checked_json value) {
    if (to.pages != pages_detail::routes) {
      return value.refuse_with(R"(says something only beside "pages": "routes". Leave it out)");
    }
    value.array(0, [&](checked_json each) {
      to.page_parts.push_back(each.text(
          [](std::string_view text) {
            return !text.empty() && text.find_first_of("/*?#") == std::string_view::npos;
          },
          "one part of a path, without a slash; there are no wildcards"));
    });
  });
}

/// Reads a document that `at` stands for. Files that it names are looked for in `folder`.
[[nodiscard]] inline policy_settings read_settings(nlohmann::json const& document, checked_json at,
                                                   std::filesystem::path const& folder) {
  check_members(at);
  auto preset = policy_preset::strict;
  at.with("preset", [&](checked_json value) { preset = value.enumerator<policy_preset>(); });
  auto made = settings_of(preset);
  if (!at.ok()) {
    return made;
  }
  read_scope(at, made.scope);
  read_levels(at, made);
  read_titles(document, at, made);
  read_pointer(at, made);
  at.with("pictures", [&](checked_json value) { made.pictures = value.enumerator<pictures_detail>(); });
  read_lists(at, made);
  read_detectors(document, at, made.detectors);
  read_my_data(at, folder, made.detectors);
  check_detectors(at, made);
  read_pseudonym_key(at, folder, made);
  return made;
}

} // namespace overt::inline v0::redact::detail
