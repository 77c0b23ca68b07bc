#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sodium.h>

#include <overt/consent/receipt.hpp>
#include <overt/consent/sodium/public_key.hpp>
#include <overt/consent/sodium/secret_bytes.hpp>
#include <overt/consent/sodium/secret_key.hpp>
#include <overt/consent/sodium/session_key.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/iso8601.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// A session key as it is kept: sealed for each recipient with crypto_box_seal (X25519, XSalsa20-Poly1305),
/// so that nobody else can open it, whoever made it included.
///
/// As text, a line each: "overt wrapped key 1", "id", "receipt", "until", one "for FINGERPRINT BOX" (base64)
/// a recipient, and "sum", a BLAKE2b checksum of 8 bytes over what stands before it. A box holds the id, the
/// end of its time (seconds since 1970, 8 bytes, little endian) and the key; so neither can be changed
/// outside.
struct wrapped_key {
  struct box {
    std::string fingerprint{};
    std::array<std::uint8_t, 56 + crypto_box_SEALBYTES> sealed{};
  };

  key_id id{};
  std::string receipt{};          ///< the record it was made for: its id, or empty
  std::int64_t until_wall_ns = 0; ///< nanoseconds since 1970-01-01 UTC, whole seconds
  std::vector<box> boxes{};
};

namespace detail {

inline constexpr std::size_t most_recipients = 256;
inline constexpr std::size_t wrapped_digits = 140; ///< base64 of one box
inline constexpr std::size_t wrapped_limit = 64 * 1024;

/// What is inside of a box.
using boxed_bytes = secret_bytes<56>;

inline void write_boxed(key_id const& id, std::int64_t until_wall_ns, std::span<std::uint8_t const, 32> key,
                        std::uint8_t* out) {
  out = std::copy(id.bytes.begin(), id.bytes.end(), out);
  auto const seconds = static_cast<std::uint64_t>(until_wall_ns / overt::detail::iso::second_ns);
  for (int shift = 0; shift < 64; shift += 8) {
    *out++ = static_cast<std::uint8_t>(seconds >> shift);
  }
  std::copy(key.begin(), key.end(), out);
}

[[nodiscard]] inline std::string wrapped_sum(std::string_view text) {
  std::array<std::uint8_t, 16> sum{};
  ::crypto_generichash(sum.data(), sum.size(), reinterpret_cast<std::uint8_t const*>(text.data()),
                       text.size(), nullptr, 0);
  return overt::detail::to_hex(std::span{sum}.first<8>());
}

/// A record's id has to fit on its line.
[[nodiscard]] constexpr bool is_plain_word(std::string_view text) noexcept {
  return text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
         });
}

} // namespace detail

/// Seals `key` for each of `recipients`, once for those that are named twice.
[[nodiscard]] inline result<wrapped_key> wrap(session_key const& key, std::span<recipient const> recipients,
                                              std::string_view receipt, std::int64_t until_wall_ns) {
  auto secret = detail::boxed_bytes::make();
  if (!secret) {
    return secret.error();
  }
  if (recipients.size() > detail::most_recipients || !detail::is_plain_word(receipt)) {
    return failure{error_code::misuse,
                   "a key is wrapped for at most 256 recipients, under a receipt whose id is "
                   "made of letters, digits and dashes."};
  }
  wrapped_key made{.id = key.id(), .receipt = std::string{receipt}, .until_wall_ns = until_wall_ns};
  detail::write_boxed(made.id, until_wall_ns, key.bytes(), secret->data());
  for (auto const& each : recipients) {
    wrapped_key::box box{.fingerprint = fingerprint_of(each.public_key)};
    if (std::any_of(made.boxes.begin(), made.boxes.end(),
                    [&](auto const& other) { return other.fingerprint == box.fingerprint; })) {
      continue;
    }
    // Refuses points of small order, for which everybody knows the shared secret.
    if (::crypto_box_seal(box.sealed.data(), secret->data(), secret->size, each.public_key.data()) != 0) {
      return failure{
          error_code::consent_mismatch,
          "the receipt names a recipient whose public key is no usable one, so nothing can be sealed. "
          "Ask the recipient for the key that `overt keys show` prints."};
    }
    made.boxes.push_back(std::move(box));
  }
  return made;
}

/// The key inside, for one of those it was wrapped for. Looks at no clock and at no tombstone: the key store
/// does.
[[nodiscard]] inline result<session_key> unwrap(wrapped_key const& wrapped, secret_key const& mine) {
  auto const fingerprint = fingerprint_of(mine.public_half());
  auto const box = std::find_if(wrapped.boxes.begin(), wrapped.boxes.end(),
                                [&](auto const& each) { return each.fingerprint == fingerprint; });
  if (box == wrapped.boxes.end()) {
    return failure{
        error_code::permission_denied,
        "this trace is sealed for others: your key (" + fingerprint +
            ") is not among those that the receipt names. Ask one of the recipients, or the person who "
            "was recorded to agree to a receipt that names you."};
  }
  auto inside = detail::boxed_bytes::make();
  auto bytes = secret_bytes<32>::make();
  auto expected = detail::boxed_bytes::make();
  if (!inside || !bytes || !expected) {
    return (!inside ? inside : expected).error();
  }
  bool const opened = ::crypto_box_seal_open(inside->data(), box->sealed.data(), box->sealed.size(),
                                             mine.public_half().data(), mine.bytes().data()) == 0;
  std::copy_n(inside->data() + 24, 32, bytes->data());
  detail::write_boxed(wrapped.id, wrapped.until_wall_ns, bytes->bytes(), expected->data());
  if (!opened || ::sodium_memcmp(inside->data(), expected->data(), expected->size) != 0) {
    return failure{error_code::invalid_input,
                   "the wrapped key " + wrapped.id.text() +
                       " is damaged or was changed: what is sealed in it does not fit."};
  }
  return session_key{wrapped.id, *std::move(bytes)};
}

/// As text; see `wrapped_key`.
[[nodiscard]] inline std::string write_wrapped_key(wrapped_key const& wrapped) {
  auto text = "overt wrapped key 1\nid " + wrapped.id.text() + "\nreceipt " +
              (wrapped.receipt.empty() ? "-" : wrapped.receipt) + "\nuntil " +
              overt::detail::format_date_time(wrapped.until_wall_ns) + "\n";
  for (auto const& each : wrapped.boxes) {
    std::array<char, detail::wrapped_digits + 1> digits{};
    ::sodium_bin2base64(digits.data(), digits.size(), each.sealed.data(), each.sealed.size(),
                        sodium_base64_VARIANT_ORIGINAL);
    text += "for " + each.fingerprint + " " + digits.data() + "\n";
  }
  return text + "sum " + detail::wrapped_sum(text) + "\n";
}

/// Reads the text back. What is not exactly as `write_wrapped_key` writes it is refused.
[[nodiscard]] inline result<wrapped_key> read_wrapped_key(std::string_view text) {
  auto const broken =
      failure{error_code::invalid_input, "this wrapped key is damaged: its lines or its checksum are wrong."};
  wrapped_key read;
  auto rest = text;
  auto const line = [&](std::string_view word) -> std::string_view {
    auto const size = rest.find('\n');
    if (size == std::string_view::npos || !rest.starts_with(word)) {
      return {};
    }
    auto const found = rest.substr(word.size(), size - word.size());
    rest.remove_prefix(size + 1);
    return found;
  };
  if (text.size() > detail::wrapped_limit || line("overt wrapped ") != "key 1") {
    return broken;
  }
  auto const id = key_id::parse(line("id "));
  auto const receipt = line("receipt ");
  auto const until = overt::detail::parse_date_time(line("until "));
  if (!id || receipt.empty() || !detail::is_plain_word(receipt) || !until) {
    return broken;
  }
  read.id = *id;
  read.receipt = receipt == "-" ? "" : receipt;
  read.until_wall_ns = *until;
  while (rest.starts_with("for ")) {
    auto const found = line("for ");
    wrapped_key::box box;
    std::size_t size = 0;
    char const* end = nullptr;
    if (found.size() != 33 + detail::wrapped_digits || read.boxes.size() == detail::most_recipients ||
        ::sodium_base642bin(box.sealed.data(), box.sealed.size(), found.data() + 33, detail::wrapped_digits,
                            nullptr, &size, &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
        size != box.sealed.size()) {
      return broken;
    }
    box.fingerprint = found.substr(0, 32);
    read.boxes.push_back(std::move(box));
  }
  if (read.boxes.empty() ||
      write_wrapped_key(read) != text) { // the checksum, and nothing beside what is meant
    return broken;
  }
  return read;
}

} // namespace overt::inline v0::consent
