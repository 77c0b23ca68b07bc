#include <overt/redact/detect/one_time_code.hpp>

#include <cstddef>
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
  detect::scan_one_time_codes(
      text, [&](std::size_t begin, std::size_t end, detect::entity, float score, overt::literal) {
        if (score >= 0.495f) {
          result.emplace_back(text.substr(begin, end - begin));
        }
      });
  return result;
}

} // namespace

TEST_CASE("a code counts only beside a word for it", "[detect]") {
  auto const [text, expected] =
      GENERATE(table<std::string, list>({{"your code is 482913", {"482913"}},
                                         {"OTP 4829", {"4829"}},
                                         {"2FA: 482 913", {"482 913"}},
                                         {"482913 is your verification code", {"482913"}},
                                         {"PIN: 1985", {"1985"}},
                                         {"G-482913 is your verification code", {"482913"}},
                                         {"482913", {}},
                                         {"zip code 90210", {}},
                                         {"error code 5003", {}},
                                         {"code of conduct 2024", {}},
                                         {"promo code 4829", {}},
                                         {"otp 123", {}},
                                         {"otp 123456789", {}}}));
  INFO(text);
  CHECK(found_in(text) == expected);
}
