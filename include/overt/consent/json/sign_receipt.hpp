#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include <overt/consent/json/receipt_json.hpp>
#include <overt/consent/json/signed_by.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// The secret half of a key that signs: `signing_key` (libsodium) is one.
template <class Key>
concept makes_signatures = requires(Key const& key, std::string_view bytes) {
  { key.id() } -> std::convertible_to<std::string>;
  { key.sign(bytes) } -> std::convertible_to<std::string>; // in base64
};

namespace detail {
/// As records are written: to be read by people too.
[[nodiscard]] inline std::string record_text(nlohmann::ordered_json const& record) {
  return record.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

[[nodiscard]] inline result<nlohmann::ordered_json> record_from(std::string_view text) {
  if (auto const valid = parse_receipt(text); !valid) {
    return valid.error();
  }
  return nlohmann::ordered_json::parse(text, nullptr, false);
}
} // namespace detail

/// The same record with a signature of this key in place of what was there. Whoever calls this has shown the
/// record to the person whose key it is. Errors: `invalid_input`, for a text that is no receipt.
template <makes_signatures Key>
[[nodiscard]] result<std::string> sign_receipt(std::string_view record, Key const& key) {
  auto read = detail::record_from(record);
  if (!read) {
    return read.error();
  }
  (*read)["signature"] = {{"alg", "ed25519"}, {"key_id", std::string{key.id()}}, {"sig", ""}};
  auto const covered = signed_form(detail::record_text(*read));
  if (!covered) {
    return failure{error_code::invalid_input, "The consent receipt has no canonical form. Make it anew."};
  }
  (*read)["signature"]["sig"] = std::string{key.sign(*covered)};
  return detail::record_text(*read);
}

/// The same record without a signature: for a record that is changed where its key is not at hand.
/// Errors: `invalid_input`, for a text that is no receipt.
[[nodiscard]] inline result<std::string> without_signature(std::string_view record) {
  auto read = detail::record_from(record);
  if (!read) {
    return read.error();
  }
  (*read)["signature"] = {{"alg", "ed25519"}, {"key_id", "unsigned"}, {"sig", ""}};
  return detail::record_text(*read);
}

} // namespace overt::inline v0::consent
