#include <overt/redact/detect/bank_account.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

namespace detect = overt::detect;
using list = std::vector<std::string>;

/// What the family finds with a score of at least 0.5.
list found_in(std::string_view text) {
  list result;
  detect::scan_bank_accounts(
      text, [&](std::size_t begin, std::size_t end, detect::entity, float score, overt::literal) {
        if (score >= 0.495f) {
          result.emplace_back(text.substr(begin, end - begin));
        }
      });
  return result;
}

} // namespace

TEST_CASE("an account counts only beside a word for it", "[detect]") {
  auto const [text, expected] =
      GENERATE(table<std::string, list>({{"account number 12345678", {"12345678"}},
                                         {"routing 121000358", {"121000358"}},
                                         {"acct: 0001-2345-6789", {"0001-2345-6789"}},
                                         {"Konto 1234567", {"1234567"}},
                                         {"sort code 12-34-56, account 12345678", {"12-34-56", "12345678"}},
                                         {"12345678", {}},
                                         {"account 12345", {}},
                                         {"account opened 2024-01-31", {}}}));
  INFO(text);
  CHECK(found_in(text) == expected);
}

TEST_CASE("the check digit of a routing number", "[detect]") {
  auto const routing = [](std::vector<std::uint8_t> const& number) {
    return detect::detail::is_routing_number(number);
  };
  CHECK(routing({1, 2, 1, 0, 0, 0, 3, 5, 8}));
  CHECK_FALSE(routing({1, 2, 1, 0, 0, 0, 3, 5, 9}));
  CHECK_FALSE(routing({0, 0, 0, 0, 0, 0, 0, 0, 0}));
  CHECK_FALSE(routing({1, 2, 1}));
}
