#pragma once

#include "home.hpp"

#include <string>

#include <overt/consent/json/signed_by.hpp>
#include <overt/consent/plain/receipt_text.hpp>
#include <overt/consent/receipt.hpp>
#include <overt/consent/sodium/signing_key.hpp>
#include <overt/consent/sodium/verifying_key.hpp>
#include <overt/event/result.hpp>

namespace command {

/// `--person-key FILE`.
void add_person_key(CLI::App& app, std::string& chosen);

/// The key that the consents of the person here are signed with. Made, with its public half beside it, when
/// the home has none yet. Errors: `not_found`, when the secret half is gone, `invalid_input`, when the halves
/// are of two keys.
[[nodiscard]] overt::result<overt::consent::signing_key> persons_key(home const& where);

/// The same, and never made. Errors: `not_found` beside those above.
[[nodiscard]] overt::result<overt::consent::signing_key> persons_key_there(home const& where);

/// What consents are checked with: the file that was chosen, or the public half in the home.
[[nodiscard]] overt::result<overt::consent::verifying_key> persons_public_key(home const& where,
                                                                              std::string const& chosen);

/// What is found out about a receipt's signature with the person's key, if there is one here.
[[nodiscard]] overt::consent::signature_found
look_at_signature(overt::consent::receipt const& terms,
                  overt::result<overt::consent::verifying_key> const& key);

} // namespace command
