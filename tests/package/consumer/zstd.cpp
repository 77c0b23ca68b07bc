#include <string>

#include <overt/sink/zstd/zstd.hpp>

int main() {
  overt::sink::zstd codec;
  std::string const plain(1000, 'a');
  std::string packed;
  std::string again;
  return codec.compress(plain, packed) && packed.size() < 100 &&
                 codec.decompress(packed, plain.size(), again) && again == plain
             ? 0
             : 1;
}
