#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <overt/detail/secure_memory.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/event/arena_string.hpp>

namespace overt::inline v0::capture::atspi {

/// The address of a page in its two parts.
struct web_address {
  arena_string origin{}; ///< scheme, host and port, as `redact::only` compares them
  arena_string page{};   ///< all the rest: path, query and fragment
  bool known = false;    ///< false: nobody can say whose page this is, and both parts are empty
};

namespace detail {

inline constexpr std::size_t longest_address = 16384;
inline constexpr std::size_t longest_host = 255;

/// What an origin is made of. The views are of the address.
struct origin_parts {
  std::string_view scheme{};
  std::string_view host{};
  std::uint32_t port = 0; ///< 0: the usual one of the scheme
  std::string_view rest{};
};

[[nodiscard]] constexpr bool is_scheme_letter(char one, bool first) noexcept {
  bool const letter = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
  return letter || (!first && ((one >= '0' && one <= '9') || one == '+' || one == '-' || one == '.'));
}

[[nodiscard]] constexpr char lower_ascii(char one) noexcept {
  return one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
}

[[nodiscard]] constexpr bool same_ascii(std::string_view text, std::string_view wanted) noexcept {
  return std::ranges::equal(text, wanted, {}, lower_ascii);
}

/// Whether programs agree on what a host of these bytes is. An international name is left as it is written.
[[nodiscard]] constexpr bool is_host(std::string_view host) noexcept {
  if (host.empty() || host.size() > longest_host) {
    return false;
  }
  if (host.front() == '[') { // an address of IPv6, without a zone
    auto const inside = host.substr(1, host.size() - 2);
    return host.back() == ']' && inside.size() > 1 &&
           inside.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
  }
  if (host.front() == '.' || host.find("..") != std::string_view::npos) {
    return false;
  }
  for (std::size_t at = 0; at < host.size();) {
    auto const one = overt::detail::decode_utf8(host.substr(at));
    bool const letter = (one.character >= 'a' && one.character <= 'z') ||
                        (one.character >= 'A' && one.character <= 'Z') ||
                        (one.character >= '0' && one.character <= '9');
    // Signs and spaces of other scripts are not in host names; some of them become a dot or a slash.
    bool const foreign = one.character >= 0xc0 && !(one.character >= 0x2000 && one.character <= 0x2bff) &&
                         !(one.character >= 0x3000 && one.character <= 0x3020) && one.character < 0xfe00;
    bool const sign = one.character == '-' || one.character == '.' || one.character == '_';
    if (one.size == 0 || !(letter || sign || foreign)) {
      return false;
    }
    at += one.size;
  }
  return true;
}

[[nodiscard]] constexpr std::uint32_t usual_port(std::string_view scheme) noexcept {
  struct known {
    std::string_view scheme;
    std::uint32_t port;
  };
  constexpr auto all =
      std::to_array<known>({{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}, {"ftp", 21}});
  auto const found = std::ranges::find_if(all, [&](auto& one) { return same_ascii(scheme, one.scheme); });
  return found == all.end() ? 0 : found->port;
}

/// The number of a port, 1 to 65535; nothing for anything else.
[[nodiscard]] constexpr std::optional<std::uint32_t> port_number(std::string_view digits) noexcept {
  std::uint32_t value = 0;
  for (auto const one : digits) {
    if (one < '0' || one > '9' || value > 65535) {
      return std::nullopt;
    }
    value = value * 10 + static_cast<std::uint32_t>(one - '0');
  }
  return value == 0 || value > 65535 ? std::nullopt : std::optional{value};
}

/// Splits an address with "://" in it. Nothing when there is any doubt about its host.
[[nodiscard]] constexpr std::optional<origin_parts> split_origin(std::string_view url) noexcept {
  auto const colon = url.find(':');
  if (colon == std::string_view::npos || colon == 0 || !url.substr(colon).starts_with("://") ||
      same_ascii(url.substr(0, colon), "javascript")) { // there it begins a comment
    return std::nullopt;
  }
  origin_parts parts{.scheme = url.substr(0, colon)};
  for (std::size_t i = 0; i < colon; ++i) {
    if (!is_scheme_letter(url[i], i == 0)) {
      return std::nullopt;
    }
  }
  url.remove_prefix(colon + 3);
  auto const end = std::min(url.find_first_of("/?#"), url.size());
  auto authority = url.substr(0, end);
  parts.rest = url.substr(end);
  // Some programs take a backslash for a slash, here and in the path.
  if (authority.find('\\') != std::string_view::npos ||
      parts.rest.substr(0, parts.rest.find_first_of("?#")).find('\\') != std::string_view::npos) {
    return std::nullopt;
  }
  if (auto const at = authority.find('@'); at != std::string_view::npos) {
    authority.remove_prefix(at + 1); // who signs in is no part of the origin, and is not kept
    if (authority.find('@') != std::string_view::npos) {
      return std::nullopt;
    }
  }
  if (same_ascii(parts.scheme, "file")) {
    bool const local = authority.empty() || same_ascii(authority, "localhost");
    parts.host = local ? std::string_view{} : authority;
    return local || is_host(authority) ? std::optional{parts} : std::nullopt;
  }
  auto const bracket = authority.rfind(']');
  auto const port_at = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  parts.host = authority.substr(0, port_at);
  if (!is_host(parts.host)) {
    return std::nullopt;
  }
  if (port_at != std::string_view::npos && port_at + 1 < authority.size()) {
    auto const number = port_number(authority.substr(port_at + 1));
    if (!number) {
      return std::nullopt;
    }
    parts.port = *number == usual_port(parts.scheme) ? 0 : *number;
  }
  return parts;
}

/// "https://example.org:8443", in lower case.
[[nodiscard]] inline arena_string origin_text(origin_parts const& parts) noexcept {
  std::array<char, longest_host + 64> bytes{};
  std::size_t size = 0;
  auto const add = [&](std::string_view text) {
    for (auto const one : text) {
      bytes[size++] = lower_ascii(one);
    }
  };
  add(parts.scheme);
  add("://");
  add(parts.host);
  if (parts.port != 0) {
    add(":");
    for (std::uint32_t unit = 10000; unit != 0; unit /= 10) {
      if (parts.port >= unit) {
        bytes[size++] = static_cast<char>('0' + parts.port / unit % 10);
      }
    }
  }
  arena_string text{std::string_view{bytes.data(), size}};
  overt::detail::wipe(bytes.data(), bytes.size());
  return text;
}

} // namespace detail

/// Splits the address of a page into its origin (scheme and host in lower case, without the usual port and
/// without who signs in) and the rest, which is kept as it is.
///
/// - `file:` pages have the origin "file://", those of a browser itself "chrome://settings" and the like.
/// - A `blob:` page has the origin of the page that made it; its page is the whole address.
/// - `about:` and `data:` pages have the origin "about:" and "data:". No list of sites can hold these, so the
///   page is outside every scope. One in a frame belongs to whoever made it, which the address does not tell.
///
/// Where programs could disagree about whose page it is, it is not known: a backslash, a second "@", a
/// percent sign in the host, control characters, no host, more than 16 KiB, a scheme without "//" that is
/// none of those above. The parts are also not known when there is no memory for them.
[[nodiscard]] inline web_address parse_address(std::string_view url) noexcept {
  auto const is_control = [](char one) { return static_cast<unsigned char>(one) < 0x20 || one == 0x7f; };
  if (url.empty() || url.size() > detail::longest_address || std::ranges::any_of(url, is_control)) {
    return {};
  }
  auto const made = [](arena_string origin, std::string_view page) {
    web_address address{.origin = std::move(origin), .page = arena_string{page}};
    address.known = !address.origin.view().empty() && address.page.view().size() == page.size();
    return address.known ? std::move(address) : web_address{};
  };
  auto const scheme = url.substr(0, url.find(':') + 1); // with its colon; empty when there is none
  for (std::string_view const nobodys : {"about:", "data:"}) {
    if (detail::same_ascii(scheme, nobodys)) {
      return made(arena_string{nobodys}, url.substr(nobodys.size()));
    }
  }
  bool const is_blob = detail::same_ascii(scheme, "blob:");
  auto const parts = detail::split_origin(is_blob ? url.substr(scheme.size()) : url);
  if (!parts || parts->scheme.size() > 48) {
    return {};
  }
  return made(detail::origin_text(*parts), is_blob ? url : parts->rest);
}

} // namespace overt::inline v0::capture::atspi
