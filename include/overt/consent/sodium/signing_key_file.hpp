#pragma once

#include <filesystem>

#include <overt/consent/sodium/key_text_file.hpp>
#include <overt/consent/sodium/signing_key.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// Writes the key to a new file that only its owner may read (mode 0600). Never overwrites a key.
[[nodiscard]] inline result<void> write_signing_key_file(std::filesystem::path const& path,
                                                         signing_key const& key) {
  return detail::write_key_text_file(
      path,
      "# A secret key of overt. Whoever has this file can agree in its owner's name.\n# public key: " +
          key.id() + "\n",
      key);
}

/// Reads what `write_signing_key_file` wrote. Refused when anybody but the owner may read or write the file.
[[nodiscard]] inline result<signing_key> read_signing_key_file(std::filesystem::path const& path) {
  return detail::read_key_text_file<signing_key>(path);
}

} // namespace overt::inline v0::consent
