#include <overt/redact/detect/number_run.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

namespace detail = overt::detect::detail;

/// The shapes of the runs of a text, in hexadecimal.
std::vector<std::uint64_t> shapes(std::string_view text) {
  std::vector<std::uint64_t> result;
  detail::for_each_run(text, [&](detail::number_run const& run) {
    result.push_back(run.size() == 0 ? 0 : run.shape(0, run.size() - 1));
  });
  return result;
}

using list = std::vector<std::uint64_t>;

} // namespace

TEST_CASE("groups with little between them are one run", "[detect]") {
  CHECK(shapes("415-555-0132") == list{0x334});
  CHECK(shapes("(415) 555-0132") == list{0x334});
  CHECK(shapes("44 (0)20 7946") == list{0x2124});
  CHECK(shapes("1  2 - 3") == list{0x111});
  CHECK(shapes("1, 2; 3\n4") == list{1, 1, 1, 1});
  CHECK(shapes("1.5 or 2") == list{0x11, 1});
  CHECK(shapes("1   2") == list{1, 1});
  CHECK(shapes("1--2") == list{1, 1});
  CHECK(shapes("no digits") == list{});
  CHECK(shapes(std::string(25, '1')) == list{0});
}

TEST_CASE("a run knows its gaps and its digits", "[detect]") {
  detail::number_run run;
  std::string_view const text = "4111-1111 22";
  CHECK(run.read(text, 0) == text.size());
  REQUIRE(run.size() == 3);
  CHECK(run[1].gap == '-');
  CHECK(run[2].gap == ' ');
  CHECK(run.same_gap(0, 1) == '-');
  CHECK(run.same_gap(0, 2) == 0);
  CHECK(run.has_gap(' ', 0, 2));
  CHECK_FALSE(run.has_gap('.', 0, 2));
  CHECK(run.count(0, 2) == 10);
  CHECK(run.digits(2)[1] == 2);
  CHECK(run[2].end() == text.size());
  CHECK_FALSE(run.may_begin(1));
  CHECK(run.may_begin(2));
  CHECK(run.may_end(1));
  CHECK_FALSE(run.may_end(0));
}

TEST_CASE("a run that is too long is read in pieces in which every number is whole once", "[detect]") {
  std::string text;
  for (int i = 0; i < 500; ++i) {
    text += std::to_string(1000 + i) + ' ';
  }
  std::size_t owned = 0;
  std::size_t pieces = 0;
  detail::for_each_run(text, [&](detail::number_run const& run) {
    REQUIRE(run.owned() <= run.size());
    owned += run.owned();
    ++pieces;
    if (run.owned() < run.size()) {
      CHECK(run.count(run.owned(), run.size() - 1) >= detail::number_run::overlap);
    }
  });
  CHECK(owned == 500);
  CHECK(pieces > 5);
  CHECK(pieces < 30);
}
