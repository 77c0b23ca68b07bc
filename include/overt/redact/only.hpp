#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/redact/chain.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

/// The scope: the applications and sites that were agreed to. Comes first in every chain. What happens
/// anywhere else leaves no trace but one gap: no title, no name, no number.
///
///     redact::only({"mousepad", "https://tickets.example.com"})
///
/// An entry with "://" is the origin of a site (scheme, host, port), compared exactly. Any other entry is an
/// application as `context::application` names it. There are no wildcards: an empty scope agrees to nothing.
struct only {
  std::vector<std::string> applications{};
  std::vector<std::string> origins{};

  only() = default;
  only(std::initializer_list<std::string_view> entries) {
    for (auto const entry : entries) {
      add(entry);
    }
  }

  void add(std::string_view entry) {
    auto& list = entry.find("://") == std::string_view::npos ? applications : origins;
    list.emplace_back(entry);
  }

  static constexpr std::string_view name = "only";
  static constexpr auto fields() {
    return overt::fields(field("applications", &only::applications), field("origins", &only::origins));
  }

  /// A page counts by its origin wherever it is open; what has no page counts by its application.
  [[nodiscard]] verdict operator()(context& where, disclosure const& key) const {
    auto const application = where.application.look(key).view();
    auto const origin = where.origin.look(key).view();
    bool const agreed = origin.empty() ? contains(applications, application) : contains(origins, origin);
    if (!agreed) {
      return verdict::withhold(withheld_reason::outside_scope);
    }
    where.application.disclose(key);
    where.origin.disclose(key);
    return verdict::pass();
  }

private:
  [[nodiscard]] static bool contains(std::vector<std::string> const& list, std::string_view wanted) {
    return !wanted.empty() && std::find(list.begin(), list.end(), wanted) != list.end();
  }
};

} // namespace overt::inline v0::redact
