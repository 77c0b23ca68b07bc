#pragma once

#include <cstddef>
#include <string_view>

#include <overt/event/literal.hpp>
#include <overt/redact/detect/secret_looks.hpp>
#include <overt/redact/detect/secret_text.hpp>

namespace overt::inline v0::detect::detail::secrets {

/// A key whose shape says more than its first letters do. A score of 0: there is none.
struct shaped {
  std::size_t begin = 0;
  std::size_t end = 0;
  float score = 0;
  literal rule{};
};

/// A key in two parts of which the first ends at `colon`. It is looked for where the colon stands, before
/// what may be said of its second part alone ("my token 123456789:AA…"): both are secret.
[[nodiscard]] constexpr shaped numbered_token(std::string_view text, std::size_t colon) noexcept {
  // core.telegram.org/bots/api: the bot's number, a colon, 35 characters that begin with AA. One more or less
  // is a slip.
  constexpr std::size_t least_number = 8;
  if (colon >= least_number && is(text[colon - 1], digit) && is(text[colon - least_number], digit)) {
    auto const number = run_begin(text, colon, digit, 11);
    auto const end = run_end(text, colon + 1, base64url, 37);
    auto const size = end - colon - 1;
    auto const token = piece(text, colon + 1, size);
    auto const drawn = (size == 35 && token.starts_with("AA")) || is_random(looks_of(token));
    if (colon - number >= least_number && size >= 34 && size <= 36 && drawn) {
      return {number, end, 1.0F, "telegram_bot_token"};
    }
  }
  // firebase.google.com/docs/cloud-messaging: a server key.
  if (piece(text, colon + 1, 6) == "APA91b") {
    auto const end = run_end(text, colon + 1, base64url);
    if (end - colon > 100) {
      return {run_begin(text, colon, base64url, 24), end, 1.0F, "firebase_server_key"};
    }
  }
  return {};
}

} // namespace overt::inline v0::detect::detail::secrets
