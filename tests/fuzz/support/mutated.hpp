#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

/// Inputs for a fuzz target where libFuzzer is not: right ones, with a few changes.
namespace overt_fuzz {

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

private:
  std::uint64_t state_;
};

/// Runs so many inputs as the first argument says (20,000 unless told), with the seed of the second.
inline int run(int count, char** arguments, std::vector<std::string> const& seeds) {
  auto const inputs = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 20'000;
  mutated random{count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1};
  std::string input;
  for (auto i = inputs; i > 0; --i) {
    random.make(seeds, input);
    LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(input.data()), input.size());
  }
  std::printf("%llu inputs\n", static_cast<unsigned long long>(inputs));
  return 0;
}

/// The same for a target whose input steers what it does itself: so many bytes at the most, drawn by lot.
inline int run_drawn(int count, char** arguments, std::size_t longest) {
  auto const inputs = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 20'000;
  mutated random{count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1};
  std::vector<std::uint8_t> input;
  for (auto i = inputs; i > 0; --i) {
    input.resize(1 + random.below(longest));
    for (auto& each : input) {
      each = static_cast<std::uint8_t>(random.below(256));
    }
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  std::printf("%llu inputs, nothing found\n", static_cast<unsigned long long>(inputs));
  return 0;
}

[[noreturn]] inline void report(char const* what) {
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

} // namespace overt_fuzz
