#include "person.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include <overt/consent/sodium/signing_key_file.hpp>

namespace {

namespace consent = overt::consent;

bool is_there(std::string const& path) {
  std::error_code unknown;
  return std::filesystem::exists(std::filesystem::symlink_status(path, unknown));
}

} // namespace

void command::add_person_key(CLI::App& app, std::string& chosen) {
  app.add_option("--person-key", chosen,
                 "the file with the public key that the person signs with (person.pub in their own folder)");
}

overt::result<consent::signing_key> command::persons_key_there(home const& where) {
  if (!is_there(where.person_key())) {
    return overt::failure{overt::error_code::not_found,
                          "there is no " + where.person_key() +
                              ", with which the person here signs. overt consent new makes it; or name "
                              "their own folder with --home."};
  }
  auto key = consent::read_signing_key_file(where.person_key());
  if (!key) {
    return key;
  }
  if (!is_there(where.person_public())) { // of somebody who died in between, or removed it
    if (auto const written = consent::write_verifying_key_file(where.person_public(), key->public_half());
        !written) {
      return written.error();
    }
  }
  auto const beside = consent::read_verifying_key_file(where.person_public());
  if (!beside) {
    return beside.error();
  }
  if (*beside != key->public_half()) {
    return overt::failure{overt::error_code::invalid_input,
                          where.person_public() + " is not the public half of " + where.person_key() +
                              ": somebody exchanged one of them. Restore the pair from a copy."};
  }
  return key;
}

overt::result<consent::signing_key> command::persons_key(home const& where) {
  if (is_there(where.person_key())) {
    return persons_key_there(where);
  }
  if (is_there(where.person_public())) {
    return overt::failure{overt::error_code::not_found,
                          where.person_key() + " is gone, and " + where.person_public() +
                              " is of it. Restore it from a copy; or remove person.pub to begin with a new "
                              "key, with which earlier consents have to be given again."};
  }
  if (auto const made = make_home(where); !made) {
    return made.error();
  }
  auto key = consent::signing_key::generate();
  if (!key) {
    return key;
  }
  if (auto const kept = consent::write_signing_key_file(where.person_key(), *key); !kept) {
    return kept.error();
  }
  return persons_key_there(where);
}

overt::result<consent::verifying_key> command::persons_public_key(home const& where,
                                                                  std::string const& chosen) {
  if (!chosen.empty()) {
    return consent::read_verifying_key_file(chosen);
  }
  if (!is_there(where.person_public())) {
    return overt::failure{overt::error_code::consent_missing,
                          "there is no key of a person in " + where.folder +
                              ", so nobody can tell whose consent a receipt is. The person asked makes it "
                              "with overt consent new; or name their folder with --home, or their public "
                              "key with --person-key. Nothing is recorded."};
  }
  return consent::read_verifying_key_file(where.person_public());
}

consent::signature_found command::look_at_signature(consent::receipt const& terms,
                                                    overt::result<consent::verifying_key> const& key) {
  if (!terms.signature.is_made()) {
    return consent::signature_found::none;
  }
  // Whether it fits at all, with the key that it names itself; and then whose key that is.
  auto const named = consent::verifying_key::parse(terms.signature.key_id);
  if (!named || !consent::signed_by{*named}(terms)) {
    return consent::signature_found::forged;
  }
  return !key             ? consent::signature_found::unknown
         : *key == *named ? consent::signature_found::fits
                          : consent::signature_found::other;
}
