#pragma once

#include <cstddef>
#include <string_view>

namespace overt::inline v0::consent {

// Which pages an entry of a receipt's `sites` means:
//
//     https://example.org       the whole origin, as do https://example.org/ and https://example.org/*
//     https://example.org/a/*   what is below /a/
//     https://example.org/a     this one page
//     https://*.example.org/*   the whole of each subdomain, not example.org itself
//     example.org               https://example.org
//
// A star stands nowhere else, and the part of a host behind a star has two labels at least.

namespace detail {
[[nodiscard]] constexpr char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

[[nodiscard]] constexpr bool same_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) {
      return false;
    }
  }
  return true;
}

struct address_parts {
  std::string_view scheme{"https"};
  std::string_view host{}; ///< with its port
  std::string_view path{}; ///< from the first slash, or empty
};

[[nodiscard]] constexpr address_parts split_address(std::string_view address) {
  address_parts parts;
  if (auto const scheme = address.find("://"); scheme != std::string_view::npos) {
    parts.scheme = address.substr(0, scheme);
    address.remove_prefix(scheme + 3);
  }
  auto const end = address.find_first_of("/?#\\");
  parts.host = address.substr(0, end);
  parts.path = end == std::string_view::npos ? std::string_view{} : address.substr(end);
  return parts;
}
} // namespace detail

/// Whether an entry has one of the forms above.
[[nodiscard]] constexpr bool is_site(std::string_view entry) {
  auto [scheme, host, path] = detail::split_address(entry);
  if (host.starts_with("*.")) {
    host.remove_prefix(2);
    auto const dot = host.find('.');
    if (dot == 0 || dot == std::string_view::npos || dot + 1 == host.size()) {
      return false;
    }
  }
  if (path.ends_with("/*")) {
    path.remove_suffix(1);
  }
  auto const plain = [](std::string_view part) {
    return part.find_first_of("* \t\r\n") == std::string_view::npos;
  };
  return !scheme.empty() && !host.empty() && host.find('@') == std::string_view::npos && plain(scheme) &&
         plain(host) && plain(path);
}

/// Whether the entry `site` of a receipt covers the page at `address`, which is a whole address or an origin.
[[nodiscard]] constexpr bool site_covers(std::string_view site, std::string_view address) {
  // Where programs disagree about what is the host (a backslash), nothing is covered.
  if (!is_site(site) || address.find("://") == std::string_view::npos ||
      address.find('\\') != std::string_view::npos) {
    return false;
  }
  auto const entry = detail::split_address(site);
  auto const page = detail::split_address(address);
  if (!detail::same_ignoring_case(entry.scheme, page.scheme) || page.host.empty()) {
    return false;
  }
  if (entry.host.starts_with("*.")) {
    auto const suffix = entry.host.substr(1);
    if (page.host.size() <= suffix.size() ||
        !detail::same_ignoring_case(page.host.substr(page.host.size() - suffix.size()), suffix)) {
      return false;
    }
  } else if (!detail::same_ignoring_case(entry.host, page.host)) {
    return false;
  }
  if (page.host.find('@') != std::string_view::npos) {
    return false; // "https://example.org@elsewhere.net" is not example.org, nor the other way round
  }
  if (entry.path.empty() || entry.path == "/" || entry.path == "/*") {
    return true;
  }
  if (page.path.find("/..") != std::string_view::npos || page.path.find("%2") != std::string_view::npos) {
    return false; // could climb out of the path that was agreed
  }
  auto const until = page.path.find_first_of("?#");
  return entry.path.ends_with("/*") ? page.path.starts_with(entry.path.substr(0, entry.path.size() - 1))
                                    : page.path.substr(0, until) == entry.path;
}

} // namespace overt::inline v0::consent
