#include <overt/redact/detect/wallet_bech32.hpp>

#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace wallets = overt::detect::detail::wallets;

TEST_CASE("checksums of bech32 and bech32m", "[redact][detect][wallet_bech32]") {
  for (std::string_view const good : {"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
                                      "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
                                      "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"}) {
    INFO(good);
    CHECK(wallets::read_bech32(good).prefix == 2);
    CHECK(wallets::read_bech32(good).checksum);
    // Each wrong character is noticed.
    for (std::size_t i = 3; i < good.size(); ++i) {
      std::string wrong{good};
      wrong[i] =
          wrong[i] == 'q' || wrong[i] == 'Q' ? (good[0] == 'B' ? 'P' : 'p') : (good[0] == 'B' ? 'Q' : 'q');
      CHECK_FALSE(wallets::read_bech32(wrong).checksum);
    }
  }
  CHECK(wallets::read_bech32("no_address_at_all_here_whatever").prefix == 0);
  CHECK(wallets::read_bech32("").prefix == 0);
}
