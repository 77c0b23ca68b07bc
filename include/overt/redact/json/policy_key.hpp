#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <overt/consent/json/checked_json.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/secure_memory.hpp>
#include <overt/redact/json/policy_named_file.hpp>
#include <overt/redact/policy_settings.hpp>
#include <overt/redact/pseudonym_key.hpp>

// The secret of a dataset that a policy file names.

namespace overt::inline v0::redact::detail {

/// Bytes from lower-case hexadecimal digits. False when they are not.
[[nodiscard]] inline bool bytes_from_hex(std::string_view text, std::span<std::uint8_t> bytes) {
  if (!v0::detail::is_lower_hex(text, bytes.size() * 2)) {
    return false;
  }
  auto const value = [](char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; };
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(value(text[2 * i]) << 4 | value(text[2 * i + 1]));
  }
  return true;
}

/// Whether only its owner can read a file, as far as the system has such permissions.
[[nodiscard]] inline bool is_private(std::filesystem::path const& file) {
#if defined(__unix__) || defined(__APPLE__)
  using std::filesystem::perms;
  std::error_code unknown;
  auto const mode = std::filesystem::status(file, unknown).permissions();
  return (mode & (perms::group_all | perms::others_all)) == perms::none;
#else
  static_cast<void>(file);
  return true;
#endif
}

/// `{"domain": "tickets-2026", "file": "dataset.key"}`. The file holds 64 hexadecimal digits, and is readable
/// by its owner alone: who has it can test guesses.
inline void read_pseudonym_key(checked_json at, std::filesystem::path const& folder, policy_settings& to) {
  bool const wanted = to.names == names_detail::pseudonyms;
  auto const given = at.member("pseudonym_key");
  if (wanted && !given) {
    at.refuse_with(R"(lacks "pseudonym_key", which "names": "pseudonyms" needs)");
  }
  if (!given || !at.ok()) {
    return;
  }
  if (!wanted) {
    return given->refuse_with(R"(says something only beside "names": "pseudonyms". Leave it out)");
  }
  given->object({"domain", "file"});
  std::string domain;
  given->with("domain", [&](checked_json value) {
    domain = value.text([](std::string_view text) { return !text.empty(); }, "the name of a dataset");
  });
  given->with("file", [&](checked_json value) {
    auto content = read_named_file(value, folder, 256);
    if (value.ok() && !is_private(folder / std::filesystem::path{value.text()})) {
      value.refuse_with("names a file that others may read. Take their permissions away (chmod 600)");
    }
    while (!content.empty() && (content.back() == '\n' || content.back() == '\r')) {
      content.pop_back();
    }
    std::array<std::uint8_t, 32> secret{};
    if (value.ok() && !bytes_from_hex(content, secret)) {
      value.refuse_with("names a file that does not hold 64 hexadecimal digits (overt policy key makes one)");
    }
    if (value.ok()) {
      auto made = pseudonym_key::make(domain, secret);
      if (made) {
        to.key = std::move(*made);
      } else {
        value.refuse_with("names a file whose secret is not random");
      }
    }
    v0::detail::wipe(secret.data(), secret.size());
    v0::detail::wipe(content.data(), content.size());
  });
}

} // namespace overt::inline v0::redact::detail
