#pragma once

#include "home.hpp"

#include <string>

#include <overt/consent/ledger_entry.hpp>
#include <overt/consent/plain/language.hpp>
#include <overt/consent/receipt.hpp>
#include <overt/consent/receipt_request.hpp>
#include <overt/event/result.hpp>

namespace command {

/// Asks on the terminal. Refusing is as easy as agreeing: anything but a yes is a no, and so is the end.
[[nodiscard]] bool ask(overt::consent::language in);

/// Shows the notice (after `changes`, for a renewal), asks unless it was `agreed`, and writes the answer down
/// at `path`, signed with the person's key, with the notice beside it. Agreed or refused, the ledger has it
/// first. Gives an exit code.
[[nodiscard]] int answer(overt::consent::receipt_request asked, std::string const& changes,
                         std::string const& path, home const& where, bool agreed);

/// What is different from the consent before, in plain words of the language that is asked in. `old_policy`
/// may be empty; then what the policies say cannot be compared.
[[nodiscard]] overt::result<std::string> changes_since(overt::consent::receipt const& before,
                                                       overt::consent::receipt_request const& asked,
                                                       std::string const& policy,
                                                       std::string const& old_policy);

/// The entry in the ledger for the latest that happened to a consent.
[[nodiscard]] overt::consent::ledger_entry entry_of(overt::consent::receipt const& terms);

/// Replaces a file by a whole new one.
[[nodiscard]] overt::result<void> replace(std::string const& path, std::string const& text);

struct withdrawal_choice {
  std::string receipt{};
  std::string home{};
  std::string key_store{};
  std::string tombstones{};
};

/// Ends a consent: one step, no reason asked. Gives an exit code.
[[nodiscard]] int withdraw(withdrawal_choice const& chosen);

/// The rules of the presets, to read or as JSON. Gives an exit code.
[[nodiscard]] int print_presets(bool as_json);

} // namespace command
