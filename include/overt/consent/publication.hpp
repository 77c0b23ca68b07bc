#pragma once

#include <string>

namespace overt::inline v0::consent {

/// Who signed a policy file, as its publisher: the name that a person reads, and the key.
struct publication {
  std::string publisher{};
  std::string key_id{}; ///< "ed25519:" and the public key; empty when nobody signed it

  friend bool operator==(publication const&, publication const&) = default;
};

} // namespace overt::inline v0::consent
