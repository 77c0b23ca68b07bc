#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <re2/re2.h>

#include <overt/redact/detect/email.hpp>
#include <overt/redact/detect/iban.hpp>
#include <overt/redact/detect/ip.hpp>
#include <overt/redact/detect/mac.hpp>
#include <overt/redact/detect/re2/patterns.hpp>
#include <overt/redact/detect/secret_token.hpp>
#include <overt/redact/detect/us_ids.hpp>

// The shapes that are regular: for each a regular expression, our scanner, and samples.

namespace overt_fuzz {

namespace detect = overt::detect;
namespace secrets = overt::detect::detail::secrets;

/// Where one thing stands. Lists of these are compared.
using place = std::pair<std::size_t, std::size_t>;
using places = std::vector<place>;

/// Which texts an expression is asked about. One that counts to 63 makes many thousands of states; where no
/// name is that long, one that does not count says the same.
enum class names : std::uint8_t { any, short_ones, long_ones };

inline bool has_long_name(std::string_view text) {
  constexpr std::string_view ends = "@ :(,/";
  for (auto at = text.find('@'); at != text.npos; at = text.find('@', at + 1)) {
    std::size_t before = 0;
    while (before < at && ends.find(text[at - 1 - before]) == ends.npos) {
      ++before;
    }
    std::size_t label = 0;
    std::size_t longest = before;
    for (auto i = at + 1; i < text.size() && ends.find(text[i]) == ends.npos; ++i) {
      label = text[i] == '.' ? 0 : label + 1;
      longest = std::max(longest, label);
    }
    if (longest > 62) {
      return true;
    }
  }
  return false;
}

/// All matches of an expression, from the left and apart: from where its first group begins to where the last
/// one that took part ends (an empty one may mark it). What stands before and behind is how a grammar says
/// what may stand beside it: RE2 has no look-around.
class oracle {
public:
  explicit oracle(std::string const& expression, names those = names::any) : those_{those} {
    re2::RE2::Options options;
    options.set_encoding(re2::RE2::Options::EncodingLatin1); // bytes, as the scanners see them
    options.set_max_mem(std::int64_t{256} << 20);
    compiled_ = std::make_unique<re2::RE2>(expression, options);
    if (!compiled_->ok()) {
      std::printf("%s\n", compiled_->error().c_str());
      std::exit(2);
    }
  }

  void operator()(std::string_view text, places& found) const {
    if (those_ != names::any && has_long_name(text) != (those_ == names::long_ones)) {
      return;
    }
    std::array<detect::re2::detail::view, 16> groups;
    auto const count = compiled_->NumberOfCapturingGroups() + 1;
    auto const place_of = [&](char const* at) { return static_cast<std::size_t>(at - text.data()); };
    std::size_t floor = 0;
    for (std::size_t from = 0;
         from <= text.size() && compiled_->Match({text.data(), text.size()}, from, text.size(),
                                                 re2::RE2::UNANCHORED, groups.data(), count);) {
      from = place_of(groups[0].data()) + 1;
      auto const begin = place_of(groups[1].data());
      if (begin < floor) {
        continue;
      }
      for (int i = 1; i < count; ++i) {
        auto const& one = groups[static_cast<std::size_t>(i)];
        floor = one.data() == nullptr ? floor : std::max(floor, place_of(one.data()) + one.size());
      }
      found.emplace_back(begin, floor);
      from =
          std::max(from, std::max<std::size_t>(floor, 2) - 2); // what stands before the next may be in this
    }
  }

private:
  std::unique_ptr<re2::RE2> compiled_;
  names those_;
};

/// A grammar and the scanner that has to agree with it.
struct shape {
  std::string_view name{};
  std::vector<oracle> oracles{}; ///< what any of them finds
  void (*scan)(std::string_view text, places& found) = nullptr;
  std::string_view rule{}; ///< in `scan_shapes`, which looks for all in one pass; empty when it is not there
  std::vector<std::string> samples{};
};

/// Notes the places alone.
struct noting {
  places& into;
  void operator()(std::size_t begin, std::size_t end, detect::entity, float, overt::literal) const {
    into.emplace_back(begin, end);
  }
};

inline std::string ungrouped_ibans() {
  std::string all;
  for (char a = 'A'; a <= 'Z'; ++a) {
    for (char b = 'A'; b <= 'Z'; ++b) {
      if (auto const length = detect::detail::iban_length(a, b); length != 0) {
        all += (all.empty() ? "" : "|") + std::string{a, b} + "[0-9]{2}[0-9A-Z]{" +
               std::to_string(length - 4) + '}';
      }
    }
  }
  return R"((?i)\b((?:)" + all + R"())\b)";
}

inline void scan_jwt(std::string_view text, places& found) {
  for (std::size_t at = 0; at < text.size();) {
    auto const end = secrets::jwt_end(text, at);
    if (end != at) {
      found.emplace_back(at, end);
    }
    at = std::max(end, at + 1);
  }
}

/// `limits`: of the 64 bytes of a local part and the 63 of a label.
inline std::string emails(bool limits) {
  auto const times = [&](std::string const& from, std::string const& to) {
    return limits ? '{' + from + ',' + to + '}' : '{' + from + ",}";
  };
  std::string const domain_byte = R"([A-Za-z0-9\x80-\xff-])";
  std::string const edge = R"([A-Za-z0-9\x80-\xff])"; // of a label
  std::string const letter = R"([A-Za-z\x80-\xff])";
  std::string const local = R"([A-Za-z0-9_\x80-\xff](?:[A-Za-z0-9!#$%&'*+^_~.\x80-\xff-])" +
                            times("0", "62") + R"([A-Za-z0-9!#$%&'*+^_~\x80-\xff-])?)";
  std::string const label = edge + "(?:" + domain_byte + times("0", "61") + edge + ")?";
  std::string top = "(?:";
  for (int hyphens = 0; limits && hyphens <= 6; ++hyphens) {
    // Of a longer label 63 bytes count, whatever follows; hyphens at their end do not.
    top += "(?:" + letter + '{' + std::to_string(63 - hyphens) + "}|[xX][nN]" + domain_byte + '{' +
           std::to_string(60 - hyphens) + '}' + edge + ")()-{" + std::to_string(hyphens) + "}|";
  }
  top += "(?:" + letter + times("2", "63") + "|[xX][nN]" + domain_byte + times("2", "60") + edge +
         ")()-*(?:" + R"([^A-Za-z0-9\x80-\xff-]|$)))";
  return '(' + local + "@(?:" + label + R"(\.)+))" + top;
}

inline std::vector<shape> make_shapes() {
  std::string const number = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  auto const one = [](std::string const& expression) {
    std::vector<oracle> list;
    list.emplace_back(expression);
    return list;
  };
  auto const both = [] {
    std::vector<oracle> list;
    list.emplace_back(emails(false), names::short_ones);
    list.emplace_back(emails(true), names::long_ones);
    return list;
  };
  std::vector<shape> all;
  all.push_back({"email",
                 both(),
                 [](std::string_view text, places& found) { detect::scan_email(text, noting{found}); },
                 "email",
                 {"jane.doe@mail.example.com", "a@b.io", "x_y+z@sub-domain.example", "j@xn--p1ai.xn--p1ai",
                  "m\xc3\xbcller@b\xc3\xbc"
                  "cher.example",
                  "icon@2x.png", "git@host.example:a/b.git", "a..b@c.de-", "!a@b.c.de.1x"}});
  all.push_back({"ipv4",
                 one(R"((?:^|[^0-9A-Za-z_.]|(?:^|[^0-9A-Za-z_])\.)((?:)" + number + R"(\.){3})" + number +
                     R"()(?:$|[^0-9A-Za-z_.]|\.(?:$|[^0-9A-Za-z_])))"),
                 [](std::string_view text, places& found) { detect::scan_ipv4(text, noting{found}); },
                 "ipv4",
                 {"192.168.17.4", "8.8.8.8", "255.255.255.255", "0.0.0.0", "1.2.3.4.5", "10.0.0.256",
                  "01.2.3.4", "v1.2.3.4", "1.2.3.4.", "..1.2.3.4", "172.16.254.1:80"}});
  std::vector<oracle> hardware;
  for (std::string const gap : {":", "-", R"(\.)"}) {
    std::string const groups = gap == R"(\.)" ? "[0-9A-Fa-f]{4}(?:" + gap + "[0-9A-Fa-f]{4}){2}"
                                              : "[0-9A-Fa-f]{2}(?:" + gap + "[0-9A-Fa-f]{2}){5}";
    hardware.emplace_back("(?:^|[^0-9A-Za-z_" + gap + "])(" + groups + ")(?:$|[^0-9A-Za-z_" + gap + "]|" +
                          gap + "(?:$|[^0-9A-Za-z_]))");
  }
  all.push_back({"mac",
                 std::move(hardware),
                 [](std::string_view text, places& found) { detect::scan_mac(text, noting{found}); },
                 "mac",
                 {"00:1b:44:11:3a:b7", "00-1B-44-11-3A-B7", "001b.4411.3ab7", "12-34-56-78-90-12",
                  "1234.5678.9012", "aa:bb:cc:dd:ee:ff:", "aa:bb:cc:dd:ee:ff:00", "01-02-03-04-05-06-07",
                  "ff-ff-ff-ff-ff-ff:00:11:22:33:44"}});
  all.push_back(
      {"us_ssn",
       one(R"((?:^|[^0-9A-Za-z_.-]|(?:^|[^0-9])[.-])([0-9]{3}(?:-[0-9]{2}-|\.[0-9]{2}\.| [0-9]{2} )[0-9]{4}))"
           R"((?:$|[^0-9A-Za-z_.-]|[.-](?:$|[^0-9])))"),
       [](std::string_view text, places& found) { detect::scan_us_ssn(text, noting{found}); },
       "us_ssn",
       {"536-90-4399", "536 90 4399", "536.90.4399", "000-12-3456", "912-70-1234", "1-536-90-4399",
        "536-90-4399-1", "536-90-4399.", "a.536-90-4399", "536-90 4399"}});
  all.push_back(
      {"iban, ungrouped",
       one(ungrouped_ibans()),
       [](std::string_view text, places& found) { detect::scan_ungrouped_iban(text, noting{found}); },
       "",
       {"DE89370400440532013000", "GB29NWBK60161331926819", "no9386011117947",
        "MT84MALT011000012345MTLCAST001S", "FR1420041010050500013M02606", "DE8937040044053201300",
        "XX89370400440532013000"}});
  all.push_back(
      {"jwt",
       one(R"(((?:eyJ|ewo)[A-Za-z0-9_-]{9,}\.[A-Za-z0-9_-]{2,}(?:\.[A-Za-z0-9_-]*){0,3}))"),
       scan_jwt,
       "",
       {"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
        "ewogImFsZyI6ICJIUzI1NiJ9.e30.abc", "eyJhbGciOiJkaXIifQ..iv.text.tag", "eyJhbGciOiJIUzI1NiJ9.e3"}});
  return all;
}

/// Keys of providers: those with a prefix that nothing else has, which is most.
struct key_shape {
  secrets::provider_key const* key;
  oracle matches;
};
inline std::vector<key_shape> make_keys() {
  std::vector<key_shape> all;
  for (auto const& key : secrets::provider_keys) {
    auto const shared =
        std::count_if(secrets::provider_keys.begin(), secrets::provider_keys.end(),
                      [&](secrets::provider_key const& other) {
                        return other.prefix.starts_with(key.prefix) || key.prefix.starts_with(other.prefix);
                      });
    if (key.prefix_is != secrets::distinct::certain || shared != 1 ||
        key.most > 400) { // RE2 repeats 1000 times at most
      continue;
    }
    std::string set = "[";
    for (int byte = 0x20; byte < 0x7f; ++byte) {
      if (secrets::is(static_cast<char>(byte), key.rest)) {
        set += std::string{"\\x"} + "0123456789abcdef"[byte >> 4] + "0123456789abcdef"[byte & 15];
      }
    }
    all.push_back(
        {&key, oracle{"(" + re2::RE2::QuoteMeta({key.prefix.data(), key.prefix.size()}) + set + "]{" +
                      std::to_string(key.least) + ',' + std::to_string(key.most + 40) + "})"}});
  }
  return all;
}
inline void scan_key(secrets::provider_key const& key, std::string_view text, places& found) {
  for (auto at = text.find(key.prefix); at != text.npos; at = text.find(key.prefix, at)) {
    auto const one = secrets::key_at(text, at, true);
    // One that somebody has not finished typing is found too, by how it looks; that is no regular expression.
    if (one.rule == key.rule && one.end - at - key.prefix.size() >= key.least) {
      found.emplace_back(at, one.end);
      at = one.end;
    } else {
      ++at;
    }
  }
}

} // namespace overt_fuzz
