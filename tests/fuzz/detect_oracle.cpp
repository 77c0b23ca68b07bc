// The scanners of shapes that are regular, against RE2: each must find exactly what a regular expression of
// the same grammar finds, in texts that were made from right samples by changing, joining and cutting them.
//
//   detect_oracle [TEXTS [SEED]]     200,000 texts unless told
//
// The first difference is printed, with the text (which was made here), and ends it with 1.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <overt/redact/detect/re2/patterns.hpp>
#include <overt/redact/detect/shapes.hpp>

#include "detect/grammars.hpp"

namespace {

namespace detect = overt::detect;
namespace secrets = overt::detect::detail::secrets;
using overt_fuzz::places;
using overt_fuzz::shape;

/// Makes texts out of samples.
class maker {
public:
  explicit maker(std::uint64_t seed) : state_{seed * 2 + 1} {}

  std::size_t below(std::size_t limit) {
    state_ ^= state_ << 13; // xorshift64, G. Marsaglia
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<std::size_t>((state_ >> 20) % limit);
  }

  /// Up to some hundred characters: one to three samples with something around them, and a few changes.
  void make(std::vector<shape> const& shapes, secrets::provider_key const& key, std::string& text) {
    constexpr std::string_view alphabet = "0123456789afxAFZ_.-:@ (,/\xc3\xa4\xff";
    text.clear();
    for (auto parts = 1 + below(3); parts > 0; --parts) {
      for (auto noise = below(4); noise > 0; --noise) {
        text += alphabet[below(alphabet.size())];
      }
      if (below(4) == 0) {
        append_key(key, text);
        continue;
      }
      auto const& samples = shapes[below(shapes.size())].samples;
      text += samples[below(samples.size())];
    }
    if (below(8) == 0) { // nothing but a few characters
      text.resize(std::min<std::size_t>(text.size(), 40));
      for (auto& c : text) {
        c = alphabet[below(alphabet.size())];
      }
    }
    for (auto changes = below(5); changes > 0 && !text.empty(); --changes) {
      auto const at = below(text.size());
      switch (below(6)) {
      case 0: text.erase(at, 1); break;
      case 1: text.insert(at, 1, alphabet[below(alphabet.size())]); break;
      case 2: text[at] = alphabet[below(alphabet.size())]; break;
      case 3: text[at] = text[below(text.size())]; break;
      case 4: text.insert(at, text.substr(below(text.size()), below(12))); break;
      default: text.resize(at + 1); break;
      }
    }
    if (below(64) == 0) { // around the longest local part and label
      text.insert(below(text.size() + 1), 55 + below(12), alphabet[below(16)]);
    }
  }

private:
  void append_key(secrets::provider_key const& key, std::string& text) {
    constexpr std::string_view all = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.+/=";
    text += key.prefix;
    std::size_t const least = key.least > 2 ? key.least - 2u : 0u;
    for (auto size = least + below(key.most + 5u - least); size > 0;) {
      auto const c = all[below(all.size())];
      if (secrets::is(c, key.rest) || below(4096) == 0) {
        text += c;
        --size;
      }
    }
  }

  std::uint64_t state_;
};

void print(std::string_view text, places const& list) {
  for (auto const& [begin, end] : list) {
    std::printf("    %zu to %zu: %.*s\n", begin, end, static_cast<int>(end - begin), text.data() + begin);
  }
}

bool same(std::string_view what, std::string_view text, places& ours, places& theirs) {
  std::sort(ours.begin(), ours.end());
  std::sort(theirs.begin(), theirs.end());
  if (ours == theirs) {
    return true;
  }
  std::printf("%.*s differs in: %.*s\n", static_cast<int>(what.size()), what.data(),
              static_cast<int>(text.size()), text.data());
  std::puts("  ours:");
  print(text, ours);
  std::puts("  RE2:");
  print(text, theirs);
  return false;
}

} // namespace

int main(int count, char** words) {
  auto const texts = count > 1 ? std::strtoull(words[1], nullptr, 10) : 200'000;
  auto const seed = count > 2 ? std::strtoull(words[2], nullptr, 10) : 1;
  auto const shapes = overt_fuzz::make_shapes();
  auto const keys = overt_fuzz::make_keys();
  maker makes{seed};
  std::string text;
  std::vector<std::size_t> found(shapes.size() + 1);
  places ours;
  places theirs;
  places in_one_pass;
  struct reported {
    overt_fuzz::place where{};
    overt::literal rule{};
  };
  std::vector<reported> all_shapes;
  for (unsigned long long i = 0; i < texts; ++i) {
    auto const& key = keys[makes.below(keys.size())];
    makes.make(shapes, *key.key, text);
    all_shapes.clear();
    detect::scan_shapes(
        text, [&](std::size_t begin, std::size_t end, detect::entity, float, overt::literal rule) {
          all_shapes.push_back(
              {{begin, end}, rule == overt::literal{"us_itin"} ? overt::literal{"us_ssn"} : rule});
        });
    for (std::size_t which = 0; which < shapes.size(); ++which) {
      auto const& one = shapes[which];
      ours.clear();
      theirs.clear();
      one.scan(text, ours);
      for (auto const& each : one.oracles) {
        each(text, theirs);
      }
      found[which] += theirs.size();
      if (!same(one.name, text, ours, theirs)) {
        return 1;
      }
      if (one.rule.empty()) {
        continue;
      }
      in_one_pass.clear();
      for (auto const& each : all_shapes) {
        if (each.rule.view() == one.rule) {
          in_one_pass.push_back(each.where);
        }
      }
      // The pass goes on behind an address: whatever else its domain might be is not looked for.
      for (auto const& each : all_shapes) {
        if (each.rule == overt::literal{"email"} && one.rule != "email") {
          auto const touches = [&](overt_fuzz::place const& two) {
            return two.first < each.where.second && two.second > each.where.first;
          };
          std::erase_if(theirs, touches);
          std::erase_if(in_one_pass, touches);
        }
      }
      if (!same(std::string{one.name} + ", in one pass with the others,", text, in_one_pass, theirs)) {
        return 1;
      }
    }
    ours.clear();
    theirs.clear();
    overt_fuzz::scan_key(*key.key, text, ours);
    key.matches(text, theirs);
    found.back() += theirs.size();
    if (!same(key.key->rule.view(), text, ours, theirs)) {
      return 1;
    }
  }
  std::printf("%llu texts, 0 differences; found:", texts);
  for (std::size_t which = 0; which < shapes.size(); ++which) {
    std::printf(" %.*s %zu,", static_cast<int>(shapes[which].name.size()), shapes[which].name.data(),
                found[which]);
  }
  std::printf(" keys of %zu kinds %zu\n", keys.size(), found.back());
  // A fuzzer that finds nothing compares nothing.
  return texts < 10'000 || *std::min_element(found.begin(), found.end()) > texts / 100 ? 0 : 1;
}
