#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace overt_fuzz {

/// Right inputs with a few changes, or bytes drawn by lot.
class mutated {
public:
  explicit mutated(std::uint64_t seed) : state_{seed * 2 + 1} {}

  std::size_t below(std::size_t limit) {
    state_ ^= state_ << 13; // xorshift64, G. Marsaglia
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<std::size_t>((state_ >> 20) % limit);
  }

  void make(std::vector<std::string> const& seeds, std::string& input) {
    constexpr std::string_view edges{
        "\x00\x01\x17\x18\x1b\x3b\x40\x5b\x7f\x80\x81\x9b\xa0\xa1\xbb\xd8\xf6\xfb\xff\"{}[]:,0-eE\\un\n", 35};
    input = seeds[below(seeds.size())];
    for (auto changes = below(6); changes > 0 && !input.empty(); --changes) {
      auto const at = below(input.size());
      switch (below(8)) {
      case 0: input[at] = static_cast<char>(input[at] ^ 1 << below(8)); break;
      case 1: input[at] = edges[below(edges.size())]; break;
      case 2: input[at] = static_cast<char>(below(256)); break;
      case 3: input.erase(at, 1 + below(4)); break;
      case 4: input.insert(at, 1, edges[below(edges.size())]); break;
      case 5: input.insert(at, input.substr(below(input.size()), below(40))); break;
      case 6: input.replace(at, below(16), seeds[below(seeds.size())].substr(0, below(64))); break;
      default: input.resize(at + 1);
      }
    }
  }

  void draw(std::size_t longest, std::string& input) {
    input.resize(1 + below(longest));
    for (auto& each : input) {
      each = static_cast<char>(below(256));
    }
  }

private:
  std::uint64_t state_;
};

/// What a target is fed with where libFuzzer is not. Each target says it; `main.cpp` runs it.
struct food {
  std::vector<std::string> seeds{}; ///< right inputs
  /// For a target whose input steers what it changes itself: so many bytes at the most are drawn by lot, and
  /// the seeds are only for the corpus. 0: the seeds are changed.
  std::size_t drawn = 0;
};
[[nodiscard]] food feed();

[[noreturn]] inline void report(char const* what) {
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

} // namespace overt_fuzz
