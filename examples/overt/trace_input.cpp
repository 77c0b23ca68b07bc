#include "trace_input.hpp"

#include <utility>

#include <overt/consent/sodium/key_file.hpp>
#include <overt/consent/sodium/key_store.hpp>
#include <overt/event/clock.hpp>
#include <overt/sink/zstd/zstd.hpp>
#include <overt/trace/sodium/sealed_files.hpp>

bool command::is_sealed(trace_choice const& chosen) {
  return overt::trace::sealed_files::key_of(chosen.path).has_value();
}

overt::result<overt::consent::session_key> command::session_key_of(trace_choice const& chosen) {
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
  auto const store = overt::consent::key_store::at(chosen.key_store);
  if (!store) {
    return store.error();
  }
  return store->open(*id, *mine, overt::system_clocks{}.wall_ns());
}

overt::result<overt::trace::reader<overt::event>> command::open_trace(trace_choice const& chosen) {
  if (!is_sealed(chosen)) {
    return overt::trace::open<overt::event, overt::sink::zstd>(chosen.path);
  }
  auto key = session_key_of(chosen);
  if (!key) {
    return key.error();
  }
  return overt::trace::open_files<overt::event, overt::sink::zstd>(
      overt::trace::sealed_files{chosen.path, std::move(*key)});
}

overt::result<command::trace_pictures> command::open_pictures(trace_choice const& chosen) {
  if (!is_sealed(chosen)) {
    return overt::trace::open_pictures<overt::sink::png, overt::sink::zstd>(chosen.path);
  }
  auto key = session_key_of(chosen);
  if (!key) {
    return key.error();
  }
  return overt::trace::open_pictures_in<overt::sink::png, overt::sink::zstd>(
      overt::trace::sealed_files{chosen.path, std::move(*key), overt::trace::lost_block::is_skipped});
}

bool command::had_picture(overt::recorded<overt::event> const& what) {
  auto const* const frame = what.get_if<overt::frame>();
  return frame != nullptr && frame->picture.disclosed() != nullptr;
}
