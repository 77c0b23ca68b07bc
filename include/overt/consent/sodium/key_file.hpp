#pragma once

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include <overt/consent/sodium/private_file.hpp>
#include <overt/consent/sodium/public_key.hpp>
#include <overt/consent/sodium/secret_bytes.hpp>
#include <overt/consent/sodium/secret_key.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// Writes a secret key to a new file that only its owner may read (mode 0600): two lines that say what it is,
/// and the text form. Never overwrites a key.
[[nodiscard]] inline result<void> write_key_file(std::filesystem::path const& path, secret_key const& key) {
  auto const secret = key.text();
  if (!secret) {
    return secret.error();
  }
  auto const head =
      "# A secret key of overt. Whoever has this file can open what was sealed for it.\n# public key: " +
      receipt_form(key.public_half()) + "\n";
  auto whole = secret_bytes<512>::make();
  if (!whole) {
    return whole.error();
  }
  auto* end = std::copy(head.begin(), head.end(), whole->data());
  end = std::copy(secret->bytes().begin(), secret->bytes().end(), end);
  *end++ = '\n';
  return detail::write_new(
      path, {reinterpret_cast<char const*>(whole->data()), static_cast<std::size_t>(end - whole->data())});
}

/// Reads what `write_key_file` wrote. Refused when anybody but the owner may read or write the file.
[[nodiscard]] inline result<secret_key> read_key_file(std::filesystem::path const& path) {
  auto whole = secret_bytes<4096>::make();
  if (!whole) {
    return whole.error();
  }
  auto const size = detail::read_private(path, whole->bytes());
  if (!size) {
    return size.error();
  }
  std::string_view rest{reinterpret_cast<char const*>(whole->data()), *size};
  std::string_view line;
  while (!rest.empty()) { // the first line that is no comment
    line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    line = detail::trimmed(line);
    if (!line.empty() && line.front() != '#') {
      break;
    }
    line = {};
  }
  auto key = secret_key::parse(line);
  if (!key) {
    return failure{key.error().code, path.string() + ": " + key.error().message};
  }
  return key;
}

} // namespace overt::inline v0::consent
