#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/consent/json/checked_json.hpp>
#include <overt/detail/secure_memory.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/detect/personal_list.hpp>
#include <overt/redact/json/policy_named_file.hpp>
#include <overt/redact/policy_settings.hpp>

// What a policy file says of detectors, and the person's own list.

namespace overt::inline v0::redact::detail {

/// The list as a table takes several times its size in memory, so it is short.
inline constexpr std::size_t longest_my_data = 65'536;

/// One entry a line, without the space around it. Lines without anything are left out.
[[nodiscard]] inline std::vector<std::string> lines_of(std::string_view content) {
  std::vector<std::string> lines;
  while (!content.empty()) {
    auto const end = content.find('\n');
    auto line = content.substr(0, end);
    content = end == std::string_view::npos ? std::string_view{} : content.substr(end + 1);
    constexpr std::string_view space = " \t\r";
    auto const first = line.find_first_not_of(space);
    if (first != std::string_view::npos) {
      lines.emplace_back(line.substr(first, line.find_last_not_of(space) + 1 - first));
    }
  }
  return lines;
}

/// Whether every entry is one that can be found; the number of the first that is not, from 1, otherwise.
[[nodiscard]] inline std::size_t first_too_short(std::vector<std::string> const& entries) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (detect::personal_list{std::vector<std::string>{entries[i]}}.left_out() != 0) {
      return i + 1;
    }
  }
  return 0;
}

/// The person's own list, from the policy or from a file beside it, or both. Messages name an entry by its
/// number.
inline void read_my_data(checked_json at, std::filesystem::path const& folder, detect::detectors& to) {
  std::vector<std::string> entries;
  auto const take = [&](checked_json from, std::vector<std::string> more) {
    if (more.empty()) {
      return from.refuse_with("has no entry. Leave it out, or name what must not leave");
    }
    std::size_t size = 0;
    for (auto const& one : more) {
      size += one.size();
    }
    if (size > longest_my_data) {
      return from.refuse_with("is longer than " + std::to_string(longest_my_data) + " bytes");
    }
    if (auto const wrong = first_too_short(more); wrong != 0) {
      return from.refuse_with("has an entry, number " + std::to_string(wrong) +
                              ", of less than three characters or that is no UTF-8: it would not be found");
    }
    for (auto& one : more) {
      entries.push_back(std::move(one));
    }
  };
  at.with("my_data", [&](checked_json list) {
    std::vector<std::string> more;
    list.array(0, [&](checked_json each) { more.push_back(each.text()); });
    if (list.ok()) {
      take(list, std::move(more));
    }
  });
  at.with("my_data_file", [&](checked_json named) {
    auto content = read_named_file(named, folder, longest_my_data);
    if (named.ok()) {
      take(named, lines_of(content));
    }
    v0::detail::wipe(content.data(), content.size());
  });
  if (at.ok() && !entries.empty()) {
    to = detect::with_my_data(std::move(to), std::move(entries));
  }
}

inline void read_detectors(nlohmann::json const& document, checked_json at, detect::detectors& to) {
  at.with("detectors", [&](checked_json value) {
    value.object({}, {"threshold", "off"});
    value.with("threshold", [&](checked_json threshold) {
      auto const& given = document["detectors"]["threshold"];
      auto const percent = given.is_number() ? given.get<double>() * 100 : 0;
      auto const whole = std::round(percent);
      if (!(whole >= 1 && whole <= 100) || std::abs(percent - whole) > 1e-9) {
        return threshold.refuse("a number from 0.01 to 1 with at most two decimals");
      }
      to.threshold_percent = static_cast<std::uint32_t>(whole);
    });
    value.with("off", [&](checked_json list) {
      list.array(0, [&](checked_json each) {
        to.types &= ~(1u << static_cast<unsigned>(each.enumerator<detect::entity>()));
      });
    });
  });
}

/// Detectors that would look at nothing are a mistake: somebody relies on them.
inline void check_detectors(checked_json at, policy_settings const& all) {
  bool const looks = all.verify || all.text == typing_detail::cleared;
  bool const names = all.names == names_detail::labels || all.names == names_detail::pseudonyms ||
                     all.pages == pages_detail::routes;
  for (auto const* const member : {"detectors", "my_data", "my_data_file"}) {
    at.with(member, [&](checked_json value) {
      if (!looks && !(names && member != std::string_view{"detectors"})) {
        value.refuse_with(
            R"(has no effect here, where nothing looks. Say "verify": true or "text": "cleared")");
      }
    });
  }
}

} // namespace overt::inline v0::redact::detail
