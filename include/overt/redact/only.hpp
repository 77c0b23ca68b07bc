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

  /// Text, and nothing that two texts in braces could be taken for: a `std::string_view` is made of any two
  /// pointers.
  struct entry {
    std::string_view text;
    entry(char const* given) : text{given} {}
    entry(std::string_view given) : text{given} {}
    entry(std::string const& given) : text{given} {}
  };

  only() = default;
  only(std::initializer_list<entry> entries) {
    for (auto const& one : entries) {
      add(one.text);
    }
  }

  void add(std::string_view name_or_origin) {
    auto& list = name_or_origin.find("://") == std::string_view::npos ? applications : origins;
    list.emplace_back(name_or_origin);
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
