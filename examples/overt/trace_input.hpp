#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include <overt/consent/purpose.hpp>
#include <overt/consent/sodium/session_key.hpp>
#include <overt/event/event.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/png/png.hpp>
#include <overt/trace/json/reader.hpp>
#include <overt/trace/pictures.hpp>

namespace command {

/// The trace that a command works on, as it was named on the command line, and what opens it when it is
/// sealed.
struct trace_choice {
  std::string path;
  std::string key;
  std::string key_store = "keys";
  std::string home{};                               ///< whose ledger notes that a sealed trace was opened
  std::optional<overt::consent::purpose> purpose{}; ///< what it is opened for, where that was said
  std::string tombstones{};                         ///< a second folder for those of the key store
};

inline void add_trace_options(CLI::App& sub, trace_choice& to) {
  sub.add_option("TRACE", to.path, "the trace (.mcap, .sealed, .jsonl or .cbor)")->required();
  sub.add_option("--key", to.key, "of a sealed trace: your secret key (overt keys new)");
  sub.add_option("--key-store", to.key_store, "of a sealed trace: the folder with its wrapped keys (keys)");
}

[[nodiscard]] bool is_sealed(trace_choice const& chosen);

/// The key that a sealed trace was sealed with, unwrapped with the person's own. The ledger has the opening
/// before the key is given; without that entry there is no key.
[[nodiscard]] overt::result<overt::consent::session_key> session_key_of(trace_choice const& chosen);

/// Refuses a trace whose time is over, and one for which the purpose was not agreed to
/// (`trace::may_be_read`).
[[nodiscard]] overt::result<overt::trace::reader<overt::event>> open_trace(trace_choice const& chosen);

/// Whether a trace that says this of itself may be read now, for what it is opened for.
[[nodiscard]] overt::result<void> permitted(trace_choice const& chosen, nlohmann::json const& session);

using trace_pictures = overt::trace::pictures<overt::sink::png>;

/// The pictures of a trace that may be read, also of one that is damaged: what of them is sound.
[[nodiscard]] overt::result<trace_pictures> open_pictures(trace_choice const& chosen);

// For erasing, which has to be possible always, and gives nobody anything to read: without asking whether the
// trace may be read, and without an entry of who opened it.
[[nodiscard]] overt::result<overt::consent::session_key> key_to_erase(trace_choice const& chosen);
[[nodiscard]] overt::result<overt::trace::reader<overt::event>>
open_trace_to_erase(trace_choice const& chosen);
[[nodiscard]] overt::result<trace_pictures> open_pictures_to_erase(trace_choice const& chosen);

/// Whether the trace had a picture of this event when it was written.
[[nodiscard]] bool had_picture(overt::recorded<overt::event> const& what);

/// Prints what of a damaged MCAP trace is damaged and missing; nothing for other formats.
void tell_damage(trace_choice const& chosen);

} // namespace command
