#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include <overt/consent/grants.hpp>
#include <overt/consent/terms.hpp>
#include <overt/redact/detect/entity.hpp>

namespace overt::inline v0::redact::detail {

/// What a detector looks for, for somebody who knows none of these names.
[[nodiscard]] constexpr std::string_view words_for(detect::entity type) noexcept {
  using enum detect::entity;
  switch (type) {
  case email: return "e-mail addresses";
  case card: return "numbers of payment cards";
  case card_code: return "security codes and expiry dates of cards";
  case iban: return "bank accounts (IBAN)";
  case us_ssn: return "US social security numbers";
  case us_itin: return "US taxpayer numbers";
  case phone: return "telephone numbers";
  case ip: return "addresses of computers in a network (IP)";
  case mac: return "addresses of network cards (MAC)";
  case secret: return "passwords, keys and access tokens in a text";
  case wallet: return "addresses of crypto currencies";
  case seed_phrase: return "the words that restore a wallet";
  case one_time_code: return "one-time codes";
  case birth_date: return "dates of birth";
  case national_id: return "national identity, tax and insurance numbers";
  case bank_account: return "account and routing numbers of banks";
  case my_data: return "what stands on your own list";
  case pattern: return "what this program's own patterns find";
  }
  return "";
}

/// What a grant of a receipt allows, in a few words.
[[nodiscard]] constexpr std::string_view words_for(consent::grants grant) noexcept {
  using consent::grants;
  switch (grant) {
  case grants::key_semantic: return "typed text or that there was some, shortcuts, keys that move about";
  case grants::key_shape: return "that a key of some class was pressed";
  case grants::pointer_click: return "clicks";
  case grants::pointer_path: return "how the pointer moves";
  case grants::scroll: return "scrolling";
  case grants::ui_element: return "what buttons, menus and other elements are called";
  case grants::window_focus: return "which window has the focus, and what is told of titles and addresses";
  case grants::screenshot: return "pictures";
  case grants::key_raw: return "single keys, and content in which nothing is looked for or left out";
  case grants::raw_timing: return "exact times";
  case grants::none: break;
  }
  return "";
}

/// How exact times are, as the end of "you can tell from it".
[[nodiscard]] constexpr std::string_view words_for(consent::key_timing how) noexcept {
  using enum consent::key_timing;
  switch (how) {
  case none: return "in which order things happened, and no time of any of them";
  case resampled:
    return "in which five seconds of the session something happened; the times within them are made up, so "
           "that "
           "nobody is recognised by their rhythm";
  case segment_1s: return "in which second of the session something happened";
  case segment_5s: return "in which five seconds of the session something happened";
  case raw: return "when exactly everything happened, with date and time of day";
  }
  return "";
}

} // namespace overt::inline v0::redact::detail
