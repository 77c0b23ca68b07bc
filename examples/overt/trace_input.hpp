#pragma once

#include <string>

#include <CLI/CLI.hpp>

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
};

inline void add_trace_options(CLI::App& sub, trace_choice& to) {
  sub.add_option("TRACE", to.path, "the trace (.mcap, .sealed, .jsonl or .cbor)")->required();
  sub.add_option("--key", to.key, "of a sealed trace: your secret key (overt keys new)");
  sub.add_option("--key-store", to.key_store, "of a sealed trace: the folder with its wrapped keys (keys)");
}

[[nodiscard]] bool is_sealed(trace_choice const& chosen);

/// The key that a sealed trace was sealed with, unwrapped with the person's own.
[[nodiscard]] overt::result<overt::consent::session_key> session_key_of(trace_choice const& chosen);

[[nodiscard]] overt::result<overt::trace::reader<overt::event>> open_trace(trace_choice const& chosen);

using trace_pictures = overt::trace::pictures<overt::sink::png>;

/// The pictures of a trace, also of one that is damaged: what of them is sound.
[[nodiscard]] overt::result<trace_pictures> open_pictures(trace_choice const& chosen);

/// Whether the trace had a picture of this event when it was written.
[[nodiscard]] bool had_picture(overt::recorded<overt::event> const& what);

/// Prints what of a damaged MCAP trace is damaged and missing; nothing for other formats.
void tell_damage(trace_choice const& chosen);

} // namespace command
