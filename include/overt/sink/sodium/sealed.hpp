#pragma once

#include <memory>
#include <string>
#include <utility>

#include <overt/consent/sodium/session_key.hpp>
#include <overt/event/event.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/chunk_codec.hpp>
#include <overt/sink/mcap.hpp>
#include <overt/sink/sodium/sealed_storage.hpp>
#include <overt/sink/storage/file_storage.hpp>
#include <overt/sink/uncompressed.hpp>

namespace overt::inline v0::sink {

/// Makes the storages of a sealed trace: every part and its journal, sealed with one session key.
class sealed_files {
public:
  explicit sealed_files(consent::session_key key)
      : key_{std::make_shared<consent::session_key const>(std::move(key))} {}

  [[nodiscard]] result<sealed_storage<file_storage<>>> operator()(std::string path,
                                                                  trace_id const& trace) const {
    return sealed_storage<file_storage<>>::make(file_storage<>{std::move(path), {.id = trace}}, *key_, trace);
  }

private:
  std::shared_ptr<consent::session_key const> key_;
};

/// A trace that nobody can read but those whose keys the receipt names: as `sink::mcap`, and each block and
/// each record of the journal is sealed before it reaches a file or a mapping. What stays in the clear is in
/// docs/keys.md.
///
///     auto keys = consent::key_store::make("keys");
///     auto key = keys->mint(consent.terms(), system_clocks{}.wall_ns());   // wrapped for the recipients
///     recorder rec{consent, indicator, desktop, policy, sink::sealed("trace.sealed", std::move(*key),
///     sink::zstd{})};
template <any_event Event = overt::event, chunk_codec Codec = uncompressed>
[[nodiscard]] mcap<Event, Codec, sealed_files> sealed(std::string path, consent::session_key key,
                                                      Codec codec = Codec{}, mcap_options options = {}) {
  return mcap<Event, Codec, sealed_files>{std::move(path), std::move(codec), options,
                                          sealed_files{std::move(key)}};
}

} // namespace overt::inline v0::sink
