#include <string>

#include <overt/consent/sodium/secret_key.hpp>
#include <overt/sink/zstd/zstd.hpp>

int main() {
  overt::sink::zstd codec;
  std::string const plain(1000, 'a');
  std::string packed;
  return overt::consent::secret_key::generate() && codec.compress(plain, packed) ? 0 : 1;
}
