#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include <overt/consent/file_watch.hpp>
#include <overt/consent/json/canonical_json.hpp>
#include <overt/consent/json/checked_json.hpp>
#include <overt/consent/json/sign_receipt.hpp>
#include <overt/consent/json/signed_by.hpp>
#include <overt/consent/publication.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

// Who published a policy file stands in a file of its own beside it (`POLICY.sig`):
//
//     {"overt_policy_signature": 1, "publisher": NAME, "policy_sha256": of the file's bytes,
//      "alg": "ed25519", "key_id": "ed25519:…", "sig": base64}
//
// `sig` covers the canonical JSON (RFC 8785) of the rest, so that neither the file nor the name can be
// changed, and no signature of a consent passes for one of a policy.

[[nodiscard]] inline std::filesystem::path publication_of(std::filesystem::path policy) {
  return policy += ".sig";
}

/// The text of a `POLICY.sig`. Errors: `misuse`, for a publisher without a name or with one that is no UTF-8.
template <makes_signatures Key>
[[nodiscard]] result<std::string> write_publication(std::string_view policy, std::string_view publisher,
                                                    Key const& key) {
  nlohmann::ordered_json made{{"overt_policy_signature", 1},
                              {"publisher", publisher},
                              {"policy_sha256", overt::detail::to_hex(overt::detail::sha256(policy))},
                              {"alg", "ed25519"},
                              {"key_id", std::string{key.id()}}};
  auto const covered = canonical_json(made);
  if (publisher.empty() || !covered) {
    return failure{error_code::misuse, "say who publishes the policy, as the person should read it."};
  }
  made["sig"] = std::string{key.sign(*covered)};
  return detail::record_text(made);
}

/// Who published a policy of these bytes, if the publication is sound. `Key` is parsed from what the
/// publication names; whether that key is one to trust is for the caller to say.
/// Errors: `invalid_input`, for a publication of another file, one that was changed, and a forged one.
template <verifies_signatures Key>
[[nodiscard]] result<publication> read_publication(std::string_view text, std::string_view policy) {
  auto const refused = [](std::string const& why) {
    return failure{error_code::invalid_input,
                   "The signature of the policy file is refused: " + why +
                       " Get the policy and its .sig from the publisher again, or, if nobody is meant to "
                       "have published it, remove the .sig file."};
  };
  detail::json_shape shape;
  if (!nlohmann::json::sax_parse(text, &shape)) {
    return refused(shape.message.empty() ? "it is not JSON." : shape.message);
  }
  auto document = nlohmann::json::parse(text, nullptr, false);
  detail::json_problem problem;
  detail::checked_json const at{document, problem};
  publication made;
  std::string digest;
  std::string signature;
  at.object({"overt_policy_signature", "publisher", "policy_sha256", "alg", "key_id", "sig"});
  at.with("overt_policy_signature", [](auto v) { v.whole_number(1, 1, "1"); });
  at.with("publisher",
          [&](auto v) { made.publisher = v.text([](std::string_view t) { return !t.empty(); }, "a name"); });
  at.with("policy_sha256", [&](auto v) { digest = v.text(); });
  at.with("alg", [](auto v) { v.one_of({"ed25519"}); });
  at.with("key_id", [&](auto v) { made.key_id = v.text(); });
  at.with("sig", [&](auto v) { signature = v.text(); });
  if (problem.found()) {
    return refused(problem.message);
  }
  if (digest != overt::detail::to_hex(overt::detail::sha256(policy))) {
    return refused("it is of another policy, or the policy was changed after it was published.");
  }
  auto const key = Key::parse(made.key_id);
  document.erase("sig");
  auto const covered = canonical_json(document);
  if (!key || !covered || !key->verifies(*covered, signature)) {
    return refused("it does not fit the key that it names. It is forged, or was changed.");
  }
  return made;
}

/// Who published this policy file: what stands beside it, checked. Nothing when nobody signed it.
/// `expected`: the only key that will do; then an unsigned file is refused as well. Empty: any.
template <verifies_signatures Key>
[[nodiscard]] result<std::optional<publication>> publication_beside(std::filesystem::path const& policy,
                                                                    std::string_view policy_bytes,
                                                                    std::string_view expected = {}) {
  auto const path = publication_of(policy);
  std::error_code unknown;
  if (!std::filesystem::exists(std::filesystem::symlink_status(path, unknown))) {
    if (expected.empty()) {
      return std::optional<publication>{};
    }
    return failure{error_code::invalid_input, "The policy is not signed by its publisher: there is no " +
                                                  path.string() +
                                                  ". Get it from the publisher. Nobody was asked."};
  }
  auto const opened = file_watch::read(path);
  if (!opened) {
    return opened.error();
  }
  auto made = read_publication<Key>(opened->content, policy_bytes);
  if (!made) {
    return made.error();
  }
  if (!expected.empty() && made->key_id != expected) {
    return failure{error_code::invalid_input,
                   "The policy is signed with another key than the publisher's. Get it from the publisher, "
                   "or name the key that is theirs. Nobody was asked."};
  }
  return std::optional{*std::move(made)};
}

} // namespace overt::inline v0::consent
