// Runs a fuzz target where libFuzzer is not, as the tests do.
//
//   TARGET [INPUTS [SEED [FOLDER]]]     every file of the folder, then so many inputs (20,000 unless told)
//   TARGET seeds FOLDER                 writes a few small seeds there: tests/fuzz/corpus/TARGET is made so
//
// With libFuzzer this file is left out, and any of the targets is built by (from the project's folder)
//
//   clang++-19 -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Iinclude
//       -Itests/support tests/fuzz/TARGET.cpp -o TARGET -lzstd -lsodium -lz
//   mkdir found && ./TARGET -runs=10000000 -max_len=2048 found tests/fuzz/corpus/TARGET
//
// Many inputs come faster with -O2 -D_GLIBCXX_ASSERTIONS -fsanitize=fuzzer alone and -reload=0 -entropic=0;
// what that leaves in `found` is then tried with the sanitizers. The counts are in docs/traces_measured.md.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "mutated.hpp"

namespace {

namespace fs = std::filesystem;

void look_at(std::string const& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(input.data()), input.size());
}

std::vector<std::string> files_of(fs::path const& folder) {
  std::vector<std::string> files;
  for (auto const& each : fs::directory_iterator{folder}) {
    std::ifstream file{each.path(), std::ios::binary};
    files.emplace_back(std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{});
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Some of them, of all sizes under 2 KiB.
int write_seeds(fs::path const& folder, std::vector<std::string> seeds) {
  constexpr std::size_t most = 12;
  std::erase_if(seeds, [](std::string const& each) { return each.size() >= 2048; });
  std::sort(seeds.begin(), seeds.end(), [](std::string const& one, std::string const& two) {
    return one.size() != two.size() ? one.size() < two.size() : one < two;
  });
  seeds.erase(std::unique(seeds.begin(), seeds.end()), seeds.end());
  auto const count = std::min(most, seeds.size());
  fs::create_directories(folder);
  for (std::size_t i = 0; i < count; ++i) {
    auto const& seed = seeds[count == 1 ? 0 : i * (seeds.size() - 1) / (count - 1)];
    std::ofstream file{folder / ("seed_" + std::to_string(i)), std::ios::binary};
    if (!file.write(seed.data(), static_cast<std::streamsize>(seed.size()))) {
      return 1;
    }
  }
  return count > 0 ? 0 : 1;
}

} // namespace

int main(int count, char** words) {
  auto food = overt_fuzz::feed();
  if (count == 3 && std::string_view{words[1]} == "seeds") {
    return write_seeds(words[2], food.seeds);
  }
  auto const inputs = count > 1 ? std::strtoull(words[1], nullptr, 10) : 20'000;
  overt_fuzz::mutated random{count > 2 ? std::strtoull(words[2], nullptr, 10) : 1};
  for (auto const& file : count > 3 ? files_of(words[3]) : std::vector<std::string>{}) {
    look_at(file);
    food.seeds.push_back(file);
  }
  std::string input;
  for (auto i = inputs; i > 0; --i) {
    if (food.drawn > 0) {
      random.draw(food.drawn, input);
    } else {
      random.make(food.seeds, input);
    }
    look_at(input);
  }
  std::printf("%llu inputs, nothing found\n", static_cast<unsigned long long>(inputs));
  return 0;
}
