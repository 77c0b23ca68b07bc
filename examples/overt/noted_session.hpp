#pragma once

#include "home.hpp"

#include <cstdint>
#include <string>

#include <overt/consent/receipt.hpp>
#include <overt/event/consent_change.hpp>
#include <overt/event/result.hpp>

namespace command {

/// A recording as the ledger and the list of what is held know it: from before anything is recorded to its
/// end, also where it fails.
class noted_session {
public:
  struct places {
    std::string home;
    std::string out;
    std::string receipt;
    std::string key_store;
  };

  /// Notes that a recording begins. Errors: `output_failed`, when there is a trace of this name already, and
  /// those of `note`; then nothing may be recorded.
  [[nodiscard]] static overt::result<noted_session> begin(places where, overt::consent::receipt const& terms);

  noted_session(noted_session&& other) noexcept;
  noted_session& operator=(noted_session&&) = delete;
  ~noted_session();

  /// Lists the trace as held, under the key that seals it; without one, `key_id` is empty.
  [[nodiscard]] overt::result<void> hold(std::string const& key_id);

  /// Notes that it ended, with so many events written, and where that was why, that the consent did.
  [[nodiscard]] overt::result<void> end(std::uint64_t written, overt::consent_state how);

private:
  noted_session(home where, places const& named, overt::consent::receipt const& terms);

  home home_;
  places named_;
  std::string record_id_;
  std::string id_;
  bool listed_ = false;
  bool open_ = true;
};

} // namespace command
