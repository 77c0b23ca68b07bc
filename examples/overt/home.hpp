#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include <overt/consent/json/holdings.hpp>
#include <overt/consent/ledger_entry.hpp>
#include <overt/event/result.hpp>

namespace command {

/// The person's own folder on this computer: their key, the ledger, and the list of what is held about them.
/// Nothing in it is content. Made, for its owner alone, when something is first written to it.
struct home {
  std::string folder;

  /// The person's secret key, which signs their consents (Ed25519).
  [[nodiscard]] std::string person_key() const { return folder + "/person.key"; }
  [[nodiscard]] std::string person_public() const { return folder + "/person.pub"; }
  [[nodiscard]] std::string ledger() const { return folder + "/ledger.jsonl"; }
  [[nodiscard]] std::string holdings() const { return folder + "/holdings.jsonl"; }
};

/// The folder that was chosen; or $XDG_DATA_HOME/overt; or $HOME/.local/share/overt.
/// Errors: `misuse`, when none of them says where.
[[nodiscard]] overt::result<home> home_at(std::string const& chosen);

/// Makes the folder, and looks that nobody else may write to it. For those that are about to write there.
[[nodiscard]] overt::result<void> make_home(home const& where);

/// `--home DIR`.
void add_home(CLI::App& app, std::string& chosen);

/// Appends to the ledger: whole and on the disk when it returns. A command whose entry cannot be written does
/// not go on; where it can, it notes before it acts.
[[nodiscard]] overt::result<void> note(home const& where, overt::consent::ledger_entry entry);

/// A path as the list of what is held has it: absolute, without links and detours as far as it exists.
[[nodiscard]] std::string whole_path(std::string const& path);

/// Appends to the list of what is held; the same rule. An empty id becomes a random one. Gives the id.
[[nodiscard]] overt::result<std::string> hold(home const& where, overt::consent::holding what);

/// What the list says is held now. Nothing, when there is no list yet.
[[nodiscard]] overt::result<overt::consent::holdings> held(home const& where);

/// The id of what is held at this path: the one that the list has, or `otherwise` held from now on.
[[nodiscard]] overt::result<std::string> held_as(home const& where, overt::consent::holding otherwise);

} // namespace command
