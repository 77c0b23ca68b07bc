#include <overt/redact/detect/dates.hpp>

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
  detect::scan_birth_dates(
      text, [&](std::size_t begin, std::size_t end, detect::entity, float score, overt::literal) {
        if (score >= 0.495f) {
          result.emplace_back(text.substr(begin, end - begin));
        }
      });
  return result;
}

} // namespace

TEST_CASE("a date is one of birth only beside a word for it", "[detect]") {
  auto const [text, expected] =
      GENERATE(table<std::string, list>({{"born 1985-03-12", {"1985-03-12"}},
                                         {"DOB: 03/12/1985", {"03/12/1985"}},
                                         {"geboren am 12.3.1985", {"12.3.1985"}},
                                         {"date of birth 12 March 1985", {"12 March 1985"}},
                                         {"born March 3rd, 1985", {"March 3rd, 1985"}},
                                         {"birthday: 12th of June 1985", {"12th of June 1985"}},
                                         {"nacido el 12 de marzo de 1985", {"12 de marzo de 1985"}},
                                         {"dob 19850312", {"19850312"}},
                                         {"12/03/85 is my birthday", {"12/03/85"}},
                                         {"on 1985-03-12", {}},
                                         {"born in 1985", {}},
                                         {"born 1985-13-45", {}},
                                         {"born 41/41/1985", {}},
                                         {"March 3rd, 1985", {}},
                                         {"born with 12 marbles", {}}}));
  INFO(text);
  CHECK(found_in(text) == expected);
}
