#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace overt::inline v0::detect::detail {

/// What a word beside a number says about it. Bits of a set.
namespace about {
inline constexpr std::uint32_t card = 1u << 0;
inline constexpr std::uint32_t card_code = 1u << 1;
inline constexpr std::uint32_t iban = 1u << 2;
inline constexpr std::uint32_t ssn = 1u << 3;
inline constexpr std::uint32_t phone = 1u << 4;
inline constexpr std::uint32_t network = 1u << 5;
inline constexpr std::uint32_t one_time = 1u << 6; ///< says so alone
inline constexpr std::uint32_t code = 1u << 7;     ///< says so unless a word of `other_code` is nearer
inline constexpr std::uint32_t birth = 1u << 8;
inline constexpr std::uint32_t account = 1u << 9;
inline constexpr std::uint32_t national = 1u << 10;
inline constexpr std::uint32_t something_else = 1u << 11; ///< an order, a version, a part: no person's number
inline constexpr std::uint32_t other_code = 1u << 12;
inline constexpr std::uint32_t version = 1u << 13;
inline constexpr std::uint32_t expiry = 1u << 14;
inline constexpr std::uint32_t itin = 1u << 15;
inline constexpr std::uint32_t number = 1u << 16; ///< says that it is somebody's or something's
} // namespace about

struct context_word {
  std::string_view word{}; ///< folded and in lower case
  std::uint32_t means = 0;
};

/// English, and the words that stand in forms of the countries whose numbers are looked for.
inline constexpr auto context_words = [] {
  struct group {
    std::uint32_t means = 0;
    std::string_view words{};
  };
  constexpr group groups[] = {
      {about::card,
       "card cards visa mastercard amex americanexpress discover maestro cc creditcard debitcard cardnumber "
       "ccnumber "
       "ccnum kreditkarte kreditkartennummer kreditkort carte bancaire tarjeta carta cartao kaart karta kort "
       "unionpay jcb diners pan"},
      {about::card_code, "cvv cvv2 cvc cvc2 csc cid cvn kartenprufnummer prufziffer"},
      {about::expiry,
       "exp expiry expires expiring expiration expire valid thru gultig ablauf caduca scadenza"},
      {about::iban, "iban ibans bank banking sepa bankverbindung konto kontonummer rekening rekeningnummer"},
      {about::ssn | about::national, "ssn ssns socialsecurity social"},
      {about::itin | about::national, "itin taxpayer"},
      {about::phone,
       "phone phones telephone telephones tel telefon telefono telephon telefoon telefone puhelin "
       "telefonnummer "
       "telefonnumer phonenumber telno mobile mob mobil mobiel movil celular cell cellphone cellular handy "
       "handynummer fax telefax faxnumber office landline hotline call calls called calling dial ring "
       "whatsapp sms "
       "text texted texting signal contact reach ext extension portable rufnummer rappel appelez llame ligue "
       "chiama "
       "telno gsm viber voicemail pager ph hp helpline helpdesk tollfree freephone operator switchboard"},
      {about::network, "ip ips ipv4 ipv6 host server gateway subnet address addr dns ping router mac"},
      {about::one_time,
       "otp totp hotp 2fa mfa passcode passcodes authenticator pin pins tan mtan smstan onetime verification "
       "verify bestatigungscode sicherheitscode einmalcode authentication 2sv"},
      {about::code, "code codes kode codigo codice kod"},
      {about::other_code,
       "zip postal postcode plz error errors area country exit status source dress discount promo promotion "
       "voucher "
       "coupon product bar barcode qr line lines http https response return sort dialling dialing language "
       "currency item sku swift colour color conduct bug fault morse machine genetic"},
      {about::birth,
       "born dob birth birthday birthdate dateofbirth bday birthdays geboren geburtsdatum geburtstag geb "
       "naissance "
       "nee nacimiento nacido nacida nascita nata nascimento nascido fodelsedatum fodt fodselsdato "
       "syntymaaika urodzenia urodzony urodzona geboortedatum dogum"},
      {about::account, "account accounts acct routing aba rtn bankaccount accountnumber konto kontonummer "
                       "kontonr compte cuenta conto "
                       "conta rekening rekeningnummer bsb sortcode"},
      {about::national,
       "nhs nino ni insurance steuer steuerid steuernummer steueridentifikationsnummer idnr "
       "identifikationsnummer "
       "rentenversicherungsnummer sozialversicherungsnummer rvnr svnr nir securite sociale insee dni nif nie "
       "codicefiscale codice fiscale pesel bsn sofi burgerservicenummer rijksregister rijksregisternummer "
       "rijksregisternummer registre niss personnummer samordningsnummer hetu henkilotunnus cpr "
       "fodselsnummer "
       "personnr contribuinte ahv avs oasi navs aadhaar aadhar uidai uid pan cpf cnpj sin tfn medicare rrn "
       "nric fin "
       "tckn tc kimlik citizen identity nationalid idnumber idno passport said resident taxid tax"},
      {about::something_else,
       "order orders invoice invoices isbn issn tracking track shipment parcel ref reference ticket tickets "
       "sku "
       "part parts serial item items product products model version build release commit uuid guid hash sha "
       "md5 sha1 "
       "sha256 revision patent article artikel bestellung bestellnummer rechnung rechnungsnummer sendung "
       "commande facture factura pedido issue case docket barcode ean upc gtin asin doi arxiv po batch lot "
       "latitude longitude lat lon lng coordinates timestamp epoch unix price cost total usd eur gbp chapter "
       "section figure page pages row rows record transaction txn"},
      {about::number, "number numbers num nr nummer numero numer numara"},
      {about::version,
       "version versions ver build release firmware section chapter driver update upgrade kernel"},
  };
  struct words {
    std::array<context_word, 512> list{};
    std::size_t size = 0;
  } result;
  for (auto const& one : groups) {
    for (std::size_t at = 0; at < one.words.size();) {
      auto end = one.words.find(' ', at);
      end = end == std::string_view::npos ? one.words.size() : end;
      result.list[result.size++] = {one.words.substr(at, end - at), one.means};
      at = end + 1;
    }
  }
  return result;
}();

/// The hash of a word: of its first eight bytes, in lower case when they are letters, and its length.
constexpr std::uint32_t hash_of(std::uint64_t first_eight, std::size_t size) noexcept {
  auto const mixed =
      (first_eight + size) * 0x9e3779b97f4a7c15u; // the golden ratio, as D. E. Knuth's TAOCP 6.4
  return static_cast<std::uint32_t>(mixed >> 40);
}
inline constexpr std::uint64_t lower_case_bits = 0x2020202020202020u;

/// The first eight bytes of a word, the first lowest; zeros behind a shorter one.
[[nodiscard]] constexpr std::uint64_t first_eight_of(std::string_view word) noexcept {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < word.size() && i < 8; ++i) {
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(word[i]) | 0x20u) << (8 * i);
  }
  return value;
}

/// The words by their hash; a word of two groups means both.
inline constexpr auto context_table = [] {
  std::array<context_word, 2048> table{};
  for (std::size_t i = 0; i < context_words.size; ++i) {
    auto const& one = context_words.list[i];
    auto slot = hash_of(first_eight_of(one.word), one.word.size()) % table.size();
    while (!table[slot].word.empty() && table[slot].word != one.word) {
      slot = (slot + 1) % table.size();
    }
    table[slot].word = one.word;
    table[slot].means |= one.means;
  }
  return table;
}();

inline constexpr std::size_t longest_context_word = 32;

/// A bit for the hash of each word, in eight times as many places as the table has: nearly all words that say
/// nothing are turned away by it.
inline constexpr auto context_hashes = [] {
  std::array<std::uint64_t, context_table.size() * 8 / 64> taken{};
  for (std::size_t i = 0; i < context_words.size; ++i) {
    auto const word = context_words.list[i].word;
    auto const place = hash_of(first_eight_of(word), word.size()) % (taken.size() * 64);
    taken[place / 64] |= std::uint64_t{1} << place % 64;
  }
  return taken;
}();
[[nodiscard]] constexpr bool may_mean_something(std::uint32_t hash) noexcept {
  auto const place = hash % (context_hashes.size() * 64);
  return (context_hashes[place / 64] >> place % 64 & 1) != 0;
}

/// What a word with this hash says; 0 for most words.
[[nodiscard]] constexpr std::uint32_t meaning_of(std::string_view word, std::uint32_t hash) noexcept {
  for (auto slot = hash % context_table.size(); !context_table[slot].word.empty();
       slot = (slot + 1) % context_table.size()) {
    auto const known = context_table[slot].word;
    if (known.size() != word.size()) {
      continue;
    }
    bool same = true;
    for (std::size_t i = 0; i < word.size() && same; ++i) {
      auto const letter = word[i];
      same = known[i] == (letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter);
    }
    if (same) {
      return context_table[slot].means;
    }
  }
  return 0;
}

} // namespace overt::inline v0::detect::detail
