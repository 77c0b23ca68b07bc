#pragma once

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string_view>

#include <overt/consent/sodium/key_text.hpp>
#include <overt/consent/sodium/private_file.hpp>
#include <overt/consent/sodium/secret_bytes.hpp>
#include <overt/event/result.hpp>

// What the files of secret keys have in common: lines that say what it is, each with a "#" before it, and the
// key as text, for its owner alone.

namespace overt::inline v0::consent::detail {

/// Writes a new file, `head` first, of 256 bytes at most. Never overwrites one.
template <class Key>
[[nodiscard]] result<void> write_key_text_file(std::filesystem::path const& path, std::string_view head,
                                               Key const& key) {
  auto const secret = key.text();
  if (!secret) {
    return secret.error();
  }
  auto whole = secret_bytes<512>::make();
  if (!whole) {
    return whole.error();
  }
  auto* end = std::copy(head.begin(), head.end(), whole->data());
  end = std::copy(secret->bytes().begin(), secret->bytes().end(), end);
  *end++ = '\n';
  return write_new(
      path, {reinterpret_cast<char const*>(whole->data()), static_cast<std::size_t>(end - whole->data())});
}

/// Reads one. Refused when anybody but the owner may read or write the file.
template <class Key>
[[nodiscard]] result<Key> read_key_text_file(std::filesystem::path const& path) {
  auto whole = secret_bytes<4096>::make();
  if (!whole) {
    return whole.error();
  }
  auto const size = read_private(path, whole->bytes());
  if (!size) {
    return size.error();
  }
  auto key = Key::parse(first_line({reinterpret_cast<char const*>(whole->data()), *size}));
  if (!key) {
    return failure{key.error().code, path.string() + ": " + key.error().message};
  }
  return key;
}

} // namespace overt::inline v0::consent::detail
