#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/event/literal.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/secret_label.hpp>
#include <overt/redact/detect/secret_looks.hpp>
#include <overt/redact/detect/secrets.hpp>
#include <overt/redact/detect/wallet_base58.hpp>
#include <overt/redact/detect/wallet_bech32.hpp>

namespace overt::inline v0::detect {

namespace detail::wallets {

struct reading {
  float score = 0;
  entity type = entity::wallet;
  literal rule{};
};

/// Kinds of addresses in Base58Check: how they begin, how long the number is, its first byte.
struct base58_kind {
  std::string_view first{}; ///< one of these characters
  std::uint8_t version = 0;
  std::uint8_t size = 25;
  entity type = entity::wallet;
  literal rule{};
};
inline constexpr auto base58_kinds = std::to_array<base58_kind>({
    {"1", 0x00, 25, entity::wallet, "bitcoin"},
    {"3", 0x05, 25, entity::wallet, "bitcoin"},
    {"mn", 0x6f, 25, entity::wallet, "bitcoin_test"},
    {"2", 0xc4, 25, entity::wallet, "bitcoin_test"},
    {"L", 0x30, 25, entity::wallet, "litecoin"},
    {"M", 0x32, 25, entity::wallet, "litecoin"},
    {"D", 0x1e, 25, entity::wallet, "dogecoin"},
    {"A9", 0x16, 25, entity::wallet, "dogecoin"},
    {"X", 0x4c, 25, entity::wallet, "dash"},
    {"T", 0x41, 25, entity::wallet, "tron"},
    {"t", 0x1c, 26, entity::wallet, "zcash"},
    {"5", 0x80, 37, entity::secret, "bitcoin_private_key"},
    {"KL", 0x80, 38, entity::secret, "bitcoin_private_key"},
    {"x", 0x04, 82, entity::wallet, "bitcoin_extended_key"},
});

[[nodiscard]] constexpr reading read_base58(std::string_view text, auto&& named) noexcept {
  auto const possible = [&](base58_kind const& kind) {
    auto const size = text.size();
    auto const fits = kind.size == 25   ? size >= 26 && size <= 35
                      : kind.size == 26 ? size == 35
                      : kind.size == 82 ? size == 111
                                        : size == 51 || size == 52;
    return fits && kind.first.find(text.front()) != std::string_view::npos;
  };
  auto const first = std::find_if(base58_kinds.begin(), base58_kinds.end(), possible);
  auto const ripple = text.front() == 'r' && text.size() >= 25 && text.size() <= 35;
  if ((first == base58_kinds.end() && !ripple) || !is_base58(text)) {
    return {};
  }
  // Random base 58 has digits and letters of both sizes.
  auto const seen = secrets::looks_of(text);
  if (seen.digits == 0 || seen.small == 0 || seen.capitals == 0) {
    return {};
  }
  if (ripple) {
    auto const decoded = decode58(text, ripple_values);
    auto const right = decoded.size == 25 && decoded.bytes[0] == 0 && has_checksum(decoded);
    return {right ? 1.0F : named() ? 0.6F : 0.3F, entity::wallet, "ripple"};
  }
  auto const decoded = decode58(text, base58_values);
  for (auto const* kind = first; kind != base58_kinds.end(); ++kind) {
    if (possible(*kind) && decoded.size == kind->size && decoded.bytes[0] == kind->version &&
        has_checksum(decoded)) {
      auto const extended_private = text.starts_with("xprv");
      return {1.0F, extended_private ? entity::secret : kind->type,
              extended_private ? literal{"bitcoin_private_key"} : kind->rule};
    }
  }
  // Mistyped: the shape alone says less.
  auto const unmistakable = text.starts_with("xprv") || text.starts_with("xpub");
  return {unmistakable ? 0.7F : named() ? 0.6F : 0.35F, first->type, first->rule};
}

/// Words beside an address, in small letters.
inline constexpr auto wallet_words = std::to_array<std::string_view>(
    {"btc",    "bitcoin",  "wallet",    "address", "addr",    "ltc",       "litecoin",
     "doge",   "dogecoin", "tron",      "trx",     "usdt",    "usdc",      "xrp",
     "ripple", "sol",      "solana",    "eth",     "ether",   "ethereum",  "crypto",
     "coin",   "monero",   "xmr",       "dash",    "zcash",   "bnb",       "send",
     "donate", "donation", "donations", "payout",  "deposit", "withdraw",  "withdrawal",
     "hodl",   "ledger",   "metamask",  "phantom", "account", "recipient", "pubkey"});

[[nodiscard]] constexpr bool is_named(std::string_view text, std::size_t end) noexcept {
  auto const stop = end > 48 ? end - 48 : 0;
  while (end > stop && !secrets::is_line_break(text[end - 1])) {
    if (!secrets::is(text[end - 1], secrets::letters)) {
      --end;
      continue;
    }
    auto const begin = secrets::word_begin(text, end);
    auto const size = end - begin;
    if (std::any_of(wallet_words.begin(), wallet_words.end(), [&](std::string_view word) {
          return word.size() == size && secrets::stands_at(text, begin, word);
        })) {
      return true;
    }
    end = begin;
  }
  return false;
}

/// What the run of token characters from `begin` to `end` is.
[[nodiscard]] constexpr reading read_wallet(std::string_view text, std::size_t begin,
                                            std::size_t end) noexcept {
  auto const token = secrets::piece(text, begin, end - begin);
  auto const size = token.size();
  // The quickest look: addresses are 25 to 111 characters long, or more in bech32.
  if (size < 25 || size > 130 || token.find('-') != token.npos || token.find('_') != token.npos) {
    return {};
  }
  // en.wikipedia.org/wiki/Ethereum#Addresses: 0x and 40 hex digits. Capitals are its checksum; they are not
  // needed.
  if (size == 42 && token[0] == '0' && token[1] == 'x' && secrets::run_end(token, 2, secrets::hex) == size) {
    auto const few = secrets::looks_of(token).distinct < 8;
    return {few ? 0.2F : is_named(text, begin) ? 0.95F : 0.75F, entity::wallet, "ethereum"};
  }
  if (auto const bech = read_bech32(token); bech.prefix != 0) {
    constexpr auto known =
        std::to_array<std::string_view>({"bc", "tb", "ltc", "addr", "stake", "cosmos", "osmo", "bnb", "BC",
                                         "LTC", "lnbc", "zs", "inj", "celestia", "one"});
    auto const prefix = secrets::piece(token, 0, bech.prefix);
    auto const is_known = std::find(known.begin(), known.end(), prefix) != known.end();
    if (prefix == "nsec" || prefix == "NSEC") {
      return {bech.checksum ? 1.0F : 0.8F, entity::secret, "nostr_private_key"};
    }
    if (prefix != "AGE-SECRET-KEY-" && prefix != "age" && (bech.checksum || is_known)) {
      // Mistyped, "bc1" and 40 letters of that alphabet are still an address.
      return {bech.checksum ? 1.0F : 0.7F, entity::wallet,
              prefix == "bc" || prefix == "BC" ? literal{"bitcoin"} : literal{"bech32_address"}};
    }
  }
  if ((size == 42 || size == 62) && (token.starts_with("bc1") || token.starts_with("BC1"))) {
    // A character that the alphabet does not have (1, b, i, o) was typed into one.
    auto const seen = secrets::looks_of(token);
    return {seen.digits > 4 && (seen.small == 0 || seen.capitals == 0) ? 0.6F : 0.2F, entity::wallet,
            "bitcoin"};
  }
  // docs.getmonero.org: 95 characters, or 106 with a payment id; its checksum is Keccak, which is not
  // computed here.
  if ((size == 95 || size == 106) && (token[0] == '4' || token[0] == '8') && is_base58(token)) {
    return {0.85F, entity::wallet, "monero"};
  }
  // SEP-23 of Stellar: 56 of base 32; G for an account, S for its seed.
  if (size == 56 && (token[0] == 'G' || token[0] == 'S') &&
      secrets::run_end(token, 0, secrets::upper_alnum) == size && token.find_first_of("0189") == token.npos) {
    return {0.85F, token[0] == 'S' ? entity::secret : entity::wallet,
            token[0] == 'S' ? literal{"stellar_secret_seed"} : literal{"stellar"}};
  }
  if (secrets::piece(text, 0, begin).ends_with("bitcoincash:") && size == 42 &&
      (token[0] == 'q' || token[0] == 'p')) {
    return {0.95F, entity::wallet, "bitcoin_cash"};
  }
  if (size <= 52 || size == 111) {
    if (auto const read = read_base58(token, [&] { return is_named(text, begin); }); read.score > 0) {
      return read;
    }
  }
  // solana.com/docs: any 32 bytes are an address, so only beside a word for one.
  if (size >= 32 && size <= 44 && is_base58(token) && is_named(text, begin)) {
    auto const seen = secrets::looks_of(token);
    if (seen.digits > 1 && seen.small > 1 && seen.capitals > 1 && decode58(token, base58_values).size == 32) {
      return {0.7F, entity::wallet, "solana"};
    }
  }
  return {};
}

/// Looks at a whole run of token characters. Returns its end where it is an address, otherwise `begin`.
template <class Found>
constexpr std::size_t inspect_wallet(std::string_view text, std::size_t begin, std::size_t end,
                                     Found&& found) {
  auto const read = read_wallet(text, begin, end);
  if (read.score >= 0.3F) {
    found(begin, end, read.type, read.score, read.rule);
  }
  return read.score >= 0.5F ? end : begin;
}

} // namespace detail::wallets

/// Finds addresses of crypto currencies in folded text, and the private keys that are written like them
/// (those as `entity::secret`). As scan_secrets() otherwise. A right checksum scores 1, a wrong one less,
/// never nothing.
template <class Found>
constexpr void scan_wallets(std::string_view folded, Found&& found) {
  detail::secrets::each_place(
      folded, [](std::size_t, std::size_t, detail::secrets::block const&) {},
      [&](std::size_t begin, std::size_t end) {
        return detail::wallets::inspect_wallet(folded, begin, end, found);
      },
      [&](std::size_t) { return std::size_t{0}; });
}

} // namespace overt::inline v0::detect
