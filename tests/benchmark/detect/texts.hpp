#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace overt_benchmark {

/// Text that is made here: sentences as people write them at work, and things that must not leave. No value
/// is anybody's: numbers are random, with checksums where a kind has one, addresses are of example domains.
class texts {
public:
  /// `size` characters that begin with a sentence; no personal data in them, and a number in 40 words, as in
  /// letters that people write at work: days, years, times.
  std::string prose(std::size_t size) { return sentences(size, true); }

  /// The same without numbers.
  std::string words(std::size_t size) { return sentences(size, false); }

  /// Prose with `things` entities in it, at random places, whole.
  std::string with_entities(std::size_t size, std::size_t things) {
    auto text = prose(size);
    for (std::size_t i = 0; i < things; ++i) {
      auto const what = entity();
      if (what.size() + 2 > size) {
        --i;
        continue;
      }
      auto const at = below(size - what.size() - 1);
      text[at] = ' ';
      text.replace(at + 1, what.size(), what);
      if (at + 1 + what.size() < size) {
        text[at + 1 + what.size()] = ' ';
      }
    }
    return text;
  }

private:
  /// xorshift64, G. Marsaglia.
  std::size_t below(std::size_t limit) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<std::size_t>((state_ >> 11) % limit);
  }
  std::string_view one_of(std::string_view words) {
    auto const count = [&] {
      std::size_t spaces = 1;
      for (auto const c : words) {
        spaces += c == ' ' ? 1 : 0;
      }
      return spaces;
    }();
    auto which = below(count);
    std::size_t from = 0;
    while (which-- > 0) {
      from = words.find(' ', from) + 1;
    }
    return words.substr(from, words.find(' ', from) - from);
  }

  std::string sentences(std::size_t size, bool numbers) {
    std::string text;
    while (text.size() < size) {
      append_sentence(text, numbers);
    }
    text.resize(size);
    return text;
  }

  void append_sentence(std::string& text, bool numbers) {
    constexpr std::string_view words =
        "the of and to in a is that for it was on are as with his they at be this have from or one had by "
        "but not what all were we when your can said there use an each which she do how their if will up "
        "other about out many then them these so some her would make like him into time has look two more "
        "write go see no way could people my than first water been call who oil its now find long down day "
        "did get come made may part please thanks meeting report team customer invoice order draft review "
        "schedule tomorrow yesterday morning afternoon document budget project release version update "
        "deadline question answer problem solution change request approve forward attached because through "
        "between another without against during before after under again further once here why any both "
        "few most such only own same too very just should password account number address contact office "
        "delivery address street window button screen keyboard printer network server folder spreadsheet "
        "quarterly figures summary paragraph sentence chapter translation language agreement contract";
    // In English a few words make nearly half of every text.
    constexpr std::string_view common =
        "the of and to in a is that for it was on are as with be this have from "
        "or by not you at we will if an can has";
    auto const count = 5 + below(14);
    for (std::size_t i = 0; i < count; ++i) {
      auto const word = one_of(below(100) < 43 ? common : words);
      auto const at = text.size();
      auto const kind = numbers ? below(120) : std::size_t{120};
      if (kind == 0) {
        text += std::to_string(1 + below(31));
      } else if (kind == 1) {
        text += std::to_string(1990 + below(40));
      } else if (kind == 2) {
        text += std::to_string(1 + below(12)) + (below(2) == 0 ? ":30" : ":15");
      } else if (kind == 3) {
        text += "well-known";
      } else {
        text += word;
      }
      if (i == 0 && text[at] >= 'a' && text[at] <= 'z') {
        text[at] = static_cast<char>(text[at] - 32);
      }
      if (i + 1 < count) {
        text += below(12) == 0 ? ", " : below(100) == 0 ? ": " : " ";
      }
    }
    text += below(8) == 0 ? "? " : below(8) == 0 ? ".\n" : ". ";
  }

  static std::string joined(std::initializer_list<std::string_view> parts) {
    std::string all;
    for (auto const part : parts) {
      all += part;
    }
    return all;
  }
  std::string random_of(std::string_view alphabet, std::size_t size) {
    std::string made;
    while (made.size() < size) {
      made += alphabet[below(alphabet.size())];
    }
    return made;
  }
  std::string digits(std::size_t size) { return random_of("0123456789", size); }
  std::string token(std::size_t size) {
    return random_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", size);
  }

  std::string card() {
    auto number = joined({"4", digits(14)});
    unsigned sum = 0; // Luhn
    for (std::size_t i = 0; i < number.size(); ++i) {
      auto value = static_cast<unsigned>(number[number.size() - 1 - i] - '0');
      value *= i % 2 == 0 ? 2u : 1u;
      sum += value / 10 + value % 10;
    }
    number += static_cast<char>('0' + (10 - sum % 10) % 10);
    if (below(2) == 0) {
      for (std::size_t at = 12; at > 0; at -= 4) {
        number.insert(at, 1, ' ');
      }
    }
    return number;
  }
  std::string iban() {
    auto const account = digits(18);
    unsigned rest = 0; // ISO/IEC 7064, modulo 97; D is 13, E is 14
    for (auto const c : joined({account, "131400"})) {
      rest = (rest * 10 + static_cast<unsigned>(c - '0')) % 97;
    }
    auto const check = std::to_string(98 - rest);
    return joined({"DE", check.size() < 2 ? "0" : "", check, account});
  }

  std::string entity() {
    switch (below(16)) {
    case 0:
    case 1:
    case 2: return joined({random_of("abcdefghijklmnopqrstuvwxyz", 4 + below(8)), "@mail.example.com"});
    case 3:
    case 4: return card();
    case 5: return iban();
    case 6: return joined({"5", digits(2), "-4", digits(1), "-", digits(4)});
    case 7: return joined({"+49 30 ", digits(3), " ", digits(4)});
    case 8: return joined({"(415) 555-01", digits(2)});
    case 9: return joined({"192.168.", std::to_string(below(256)), ".", std::to_string(below(256))});
    case 10: return joined({"00:1b:44:", digits(2), ":3a:b7"});
    case 11: return joined({"ghp_", token(36)});
    case 12: return joined({"password: ", token(10)});
    case 13: return joined({"AKIA", random_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)});
    case 14: return joined({"postgres://app:", token(8), "@db.example"});
    default: return joined({"0x", random_of("0123456789abcdef", 40)});
    }
  }

  std::uint64_t state_ = 0x9e3779b97f4a7c15u;
};

/// Texts that make a scanner walk back and forth, if anything does.
struct hostile {
  std::string_view name{};
  std::string_view unit{}; ///< repeated until the text is long enough
};
inline constexpr auto hostile_texts = std::to_array<hostile>({
    {"a", "a"},
    {"1", "1"},
    {"1 digit, space", "1 "},
    {"@", "@"},
    {"a@", "a@"},
    {"a.a@", "a.a@"},
    {"a@a.", "a@a."},
    {"1.", "1."},
    {"1-", "1-"},
    {"12.34.", "12.34."},
    {"::", ":"},
    {"f:", "f:"},
    {"ff-", "ff-"},
    {"(1)", "(1)"},
    {"( [ { <", "([{<"},
    {" dot ", " dot "},
    {" at a dot ", " at a dot "},
    {"DE12 ", "DE12 "},
    {"GB29NWBK", "GB29NWBK"},
    {"card 4111 ", "card 4111 "},
    {"4111 1111 1111 ", "4111 1111 1111 "},
    {"phone +1 ", "phone +1 "},
    {"ssn 123-45-", "ssn 123-45-"},
    {"born 1985-", "born 1985-"},
    {"code 1 ", "code 1 "},
    {"eyJ", "eyJ"},
    {"eyJaaaaaaaaaaaaaaaa.", "eyJaaaaaaaaaaaaaaaa."},
    {"ghp_", "ghp_"},
    {"password=", "password="},
    {"password: ", "password: "},
    {"pass ", "pass "},
    {"key=\"", "key=\""},
    {"a=", "a="},
    {"://a:", "://a:"},
    {"http://u:p", "http://u:p"},
    {"?token=a&", "?token=a&"},
    {"-----BEGIN ", "-----BEGIN "},
    {"-", "-"},
    {"0x1234567890abcdef", "0x1234567890abcdef"},
    {"bc1q", "bc1q"},
    {"Ab3", "Ab3"},
    {"abandon ", "abandon "},
    {"aaaaaaaaaaaaaaaaaaaaaaaa.", "aaaaaaaaaaaaaaaaaaaaaaaa."},
    {"\xc3\xa4", "\xc3\xa4"},
    {"full-width digits", "\xef\xbc\x91"},
    {"zero-width", "a\xe2\x80\x8b"},
});

[[nodiscard]] inline std::string repeated(std::string_view unit, std::size_t size) {
  std::string text;
  while (text.size() + unit.size() <= size) {
    text += unit;
  }
  return text;
}

} // namespace overt_benchmark
