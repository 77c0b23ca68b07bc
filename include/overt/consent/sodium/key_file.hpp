#pragma once

#include <filesystem>

#include <overt/consent/sodium/key_text_file.hpp>
#include <overt/consent/sodium/public_key.hpp>
#include <overt/consent/sodium/secret_key.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// Writes a secret key to a new file that only its owner may read (mode 0600): two lines that say what it is,
/// and the text form. Never overwrites a key.
[[nodiscard]] inline result<void> write_key_file(std::filesystem::path const& path, secret_key const& key) {
  return detail::write_key_text_file(
      path,
      "# A secret key of overt. Whoever has this file can open what was sealed for it.\n# public key: " +
          receipt_form(key.public_half()) + "\n",
      key);
}

/// Reads what `write_key_file` wrote. Refused when anybody but the owner may read or write the file.
[[nodiscard]] inline result<secret_key> read_key_file(std::filesystem::path const& path) {
  return detail::read_key_text_file<secret_key>(path);
}

} // namespace overt::inline v0::consent
