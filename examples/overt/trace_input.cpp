#include "trace_input.hpp"
#include "home.hpp"

#include <string>
#include <utility>

#include <overt/consent/sodium/key_file.hpp>
#include <overt/consent/sodium/key_store.hpp>
#include <overt/consent/sodium/public_key.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/name_pool.hpp>
#include <overt/sink/zstd/zstd.hpp>
#include <overt/trace/json/session_of.hpp>
#include <overt/trace/may_be_read.hpp>
#include <overt/trace/sodium/sealed_files.hpp>

bool command::is_sealed(trace_choice const& chosen) {
  return overt::trace::sealed_files::key_of(chosen.path).has_value();
}

namespace {

struct opened_key {
  overt::consent::session_key key;
  std::string opener; ///< fingerprint of whose key unwrapped it
};

overt::result<opened_key> unwrapped_key(command::trace_choice const& chosen) {
  if (chosen.key.empty()) {
    return overt::failure{overt::error_code::misuse,
                          chosen.path +
                              " is sealed. Name your secret key with --key, and with --key-store the folder "
                              "that its wrapped key is in."};
  }
  auto const id = overt::trace::sealed_files::key_of(chosen.path);
  if (!id) {
    return id.error();
  }
  auto const mine = overt::consent::read_key_file(chosen.key);
  if (!mine) {
    return mine.error();
  }
  auto const store = overt::consent::key_store::at(chosen.key_store, chosen.tombstones);
  if (!store) {
    return store.error();
  }
  auto key = store->open(*id, *mine, overt::system_clocks{}.wall_ns());
  if (!key) {
    return key.error();
  }
  return opened_key{std::move(*key), overt::consent::fingerprint_of(mine->public_half())};
}

/// G11: who opened what, and what for.
overt::result<void> note_opening(command::trace_choice const& chosen, opened_key const& opened) {
  auto const home = command::home_at(chosen.home);
  if (!home) {
    return home.error();
  }
  auto const list = command::held(*home);
  if (!list) {
    return list.error();
  }
  auto const* const held = list->at(command::whole_path(chosen.path));
  return command::note(*home, {.kind = overt::consent::ledger_kind::accessed,
                               .record_id = held == nullptr ? std::string{} : held->record_id,
                               .subject = held == nullptr ? opened.key.id().text() : held->id,
                               .purpose = chosen.purpose,
                               .who = opened.opener});
}

} // namespace

overt::result<overt::consent::session_key> command::session_key_of(trace_choice const& chosen) {
  auto opened = unwrapped_key(chosen);
  if (!opened) {
    return opened.error();
  }
  if (auto const noted = note_opening(chosen, *opened); !noted) {
    return overt::failure{noted.error().code, noted.error().message + " The trace was not opened."};
  }
  return std::move(opened->key);
}

overt::result<overt::consent::session_key> command::key_to_erase(trace_choice const& chosen) {
  auto opened = unwrapped_key(chosen);
  return opened ? overt::result<overt::consent::session_key>{std::move(opened->key)}
                : overt::result<overt::consent::session_key>{opened.error()};
}

overt::result<void> command::permitted(trace_choice const& chosen, nlohmann::json const& session) {
  overt::name_pool names;
  auto const said = overt::trace::session_of(session, names);
  auto const now = overt::system_clocks{}.wall_ns();
  // Traces of an earlier version name no purposes; an export of one has its receipt.
  bool const asks = chosen.purpose && session.is_object() && session.contains("purposes");
  auto const may =
      asks ? overt::trace::may_be_read(said, *chosen.purpose, now) : overt::trace::may_be_read(said, now);
  return may ? may : overt::failure{may.error().code, chosen.path + ": " + may.error().message};
}

overt::result<overt::trace::reader<overt::event>> command::open_trace(trace_choice const& chosen) {
  auto opened = open_trace_to_erase(chosen);
  if (!opened) {
    return opened;
  }
  bool const says_later = opened->session().is_null(); // JSON lines and CBOR: with their first event
  if (says_later) {
    static_cast<void>(opened->next());
  }
  if (auto const may = permitted(chosen, opened->session()); !may) {
    return may.error();
  }
  if (is_sealed(chosen)) {
    if (auto const noted = session_key_of(chosen); !noted) {
      return noted.error();
    }
  }
  return says_later ? open_trace_to_erase(chosen) : std::move(opened);
}

overt::result<overt::trace::reader<overt::event>> command::open_trace_to_erase(trace_choice const& chosen) {
  if (!is_sealed(chosen)) {
    return overt::trace::open<overt::event, overt::sink::zstd>(chosen.path);
  }
  auto key = key_to_erase(chosen);
  if (!key) {
    return key.error();
  }
  return overt::trace::open_files<overt::event, overt::sink::zstd>(
      overt::trace::sealed_files{chosen.path, std::move(*key)});
}

overt::result<command::trace_pictures> command::open_pictures(trace_choice const& chosen) {
  auto trace = open_trace_to_erase(chosen);
  if (trace) { // of one that is damaged, whoever reads its events asks
    if (trace->session().is_null()) {
      static_cast<void>(trace->next());
    }
    if (auto const may = permitted(chosen, trace->session()); !may) {
      return may.error();
    }
  }
  return open_pictures_to_erase(chosen);
}

overt::result<command::trace_pictures> command::open_pictures_to_erase(trace_choice const& chosen) {
  if (!is_sealed(chosen)) {
    return overt::trace::open_pictures<overt::sink::png, overt::sink::zstd>(chosen.path);
  }
  auto opened = unwrapped_key(chosen); // noted when the trace itself was opened
  if (!opened) {
    return opened.error();
  }
  return overt::trace::open_pictures_in<overt::sink::png, overt::sink::zstd>(
      overt::trace::sealed_files{chosen.path, std::move(opened->key), overt::trace::lost_block::is_skipped});
}

bool command::had_picture(overt::recorded<overt::event> const& what) {
  auto const* const frame = what.get_if<overt::frame>();
  return frame != nullptr && frame->picture.disclosed() != nullptr;
}
