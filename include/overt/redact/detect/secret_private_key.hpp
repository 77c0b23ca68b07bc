#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/secret_text.hpp>

namespace overt::inline v0::detect::detail::secrets {

/// A private key in its armour, from the dashes at `from`: PEM (RFC 7468), OpenSSH, SSH2 (RFC 4716) and
/// OpenPGP (RFC 9580), from BEGIN to END or, where that is missing, to the end of the text; line breaks may
/// be written as \n. Returns its end, or `from` where there is none.
[[nodiscard]] constexpr std::size_t private_key_end(std::string_view text, std::size_t from) noexcept {
  auto i = from;
  while (i < text.size() && i - from < 8 && text[i] == '-') {
    ++i;
  }
  i += at(text, i) == ' ' ? 1 : 0;
  if (!stands_at(text, i, "begin ")) {
    return from;
  }
  // "BEGIN ENCRYPTED PRIVATE KEY-----", "BEGIN PGP PRIVATE KEY BLOCK-----".
  auto const head = piece(text, i, 48);
  auto const dashes_at = head.find("--");
  bool is_private = false;
  for (std::size_t k = 6; k < std::min(head.size(), dashes_at); ++k) {
    is_private = is_private || stands_at(head, k, "private key") || stands_at(head, k, "secret key");
  }
  if (!is_private) {
    return from;
  }
  // Quoted by itself: a program that looks for keys.
  auto const body = run_end(text, i + std::min(dashes_at, head.size()), dashes, 8);
  if (is_quote(at(text, body))) {
    return from;
  }
  for (auto end = text.find("END", i); end != text.npos; end = text.find("END", end + 3)) {
    // Base64 may hold the letters END by chance: dashes stand before those that count.
    if (text[end - 1] == '-' || (text[end - 1] == ' ' && text[end - 2] == '-')) {
      auto const line = piece(text, end, 64);
      auto const close = line.find("--");
      auto const last = close == line.npos ? std::min(end + 64, text.size()) : end + close;
      return run_end(text, last, dashes, 8);
    }
  }
  return text.size();
}

/// A key file of PuTTY, from its first word on.
[[nodiscard]] constexpr std::size_t putty_key_end(std::string_view text, std::size_t from) noexcept {
  auto const mac = text.find("Private-MAC:", from);
  if (mac == text.npos) {
    return text.size();
  }
  auto const begin = mac + 12 + (at(text, mac + 12) == ' ' ? 1 : 0);
  return run_end(text, begin, hex);
}

} // namespace overt::inline v0::detect::detail::secrets
