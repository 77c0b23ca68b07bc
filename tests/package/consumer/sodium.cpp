#include <overt/consent/sodium/secret_key.hpp>

int main() {
  auto const key = overt::consent::secret_key::generate();
  auto const other = overt::consent::secret_key::generate();
  return key && other && !(key->public_half() == other->public_half()) ? 0 : 1;
}
