#pragma once

#include <cstdint>
#include <string_view>

#include <overt/event/literal.hpp>
#include <overt/redact/detect/secret_text.hpp>

namespace overt::inline v0::detect::detail::secrets {

/// How much the first letters of a key say.
enum class distinct : std::uint8_t {
  certain, ///< nothing else begins like this and goes on like this
  likely,  ///< other things may: what follows has to look random as well
  beside,  ///< a word for a secret or the provider's name has to stand on the line as well
};

/// A kind of key, as its provider documents it.
struct provider_key {
  std::string_view prefix{};
  alphabet rest = 0;       ///< what may follow the prefix
  std::uint16_t least = 0; ///< so many characters at least
  std::uint16_t most = 0;  ///< and at most
  distinct prefix_is = distinct::certain;
  literal rule{};
};

} // namespace overt::inline v0::detect::detail::secrets
