#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include <overt/consent/json/canonical_json.hpp>
#include <overt/consent/json/receipt_json.hpp>
#include <overt/consent/receipt.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// The public half of a key that signs: `verifying_key` (libsodium) is one. A seam, so that reading a record
/// and checking a signature stay in components of their own.
template <class Key>
concept verifies_signatures = requires(Key const& key, std::string_view bytes, std::string_view signature) {
  { key.id() } -> std::convertible_to<std::string>;         // as `signature.key_id` has it
  { key.verifies(bytes, signature) } -> std::same_as<bool>; // the signature in base64
};

/// What a record's signature covers: the canonical JSON of all of it but `signature.sig`, so that layout and
/// order of the file do not matter and everything else does. Nothing for what is no record.
[[nodiscard]] inline std::optional<std::string> signed_form(std::string_view record) {
  auto document = nlohmann::json::parse(record, nullptr, false);
  if (!document.is_object() || !document.contains("signature") || !document["signature"].is_object()) {
    return std::nullopt;
  }
  document["signature"].erase("sig");
  return canonical_json(document);
}

/// A `signature_check`: the receipt was signed with this key, and says now what it said then. A receipt that
/// was filled in or altered by a program, and not read from a record, is refused.
///
///     auto const mine = consent::read_verifying_key_file("person.pub");
///     auto agreed = consent::from_file("receipt.json", system_clocks{}, consent::signed_by{*mine});
///
/// Errors: `consent_missing`.
template <verifies_signatures Key>
struct signed_by {
  Key key;

  [[nodiscard]] result<void> operator()(receipt const& terms) const {
    auto const refuse = [](std::string_view what) {
      return failure{error_code::consent_missing,
                     "The consent receipt " + std::string{what} + " Nothing is recorded."};
    };
    if (!terms.signature.is_made()) {
      return refuse("is not signed, so anybody could have written it. Let the person read and sign it with "
                    "their own key (overt consent sign), or ask them anew (overt consent new).");
    }
    if (terms.signature.key_id != std::string{key.id()}) {
      return refuse("is signed with another key than the one of the person here. Only their own consent "
                    "counts: let them sign it (overt consent sign), or name the key that is theirs "
                    "(--person-key).");
    }
    auto const covered = signed_form(terms.document);
    auto const read = parse_receipt(terms.document);
    if (!covered || !read || *read != terms) {
      return refuse("is not what its record says: it was altered after it was read. Use it as it is read.");
    }
    if (!key.verifies(*covered, terms.signature.value)) {
      return refuse("was changed after the person signed it, or its signature is forged. Put the signed "
                    "one back, or ask the person anew (overt consent new).");
    }
    return {};
  }
};

template <class Key>
signed_by(Key) -> signed_by<Key>;

} // namespace overt::inline v0::consent
