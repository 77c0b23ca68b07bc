#include <overt/trace/each_event.hpp>

#include <optional>
#include <vector>

#include <overt_test/catch.hpp>

namespace {
/// Gives 1, 2, … and then an end or an error.
struct counting_reader {
  int count = 0;
  bool fails = false;
  int given = 0;
  overt::result<std::optional<int>> next() {
    if (given < count) {
      return std::optional{++given};
    }
    return fails ? overt::result<std::optional<int>>{overt::failure{overt::error_code::invalid_input, "bad"}}
                 : overt::result<std::optional<int>>{std::optional<int>{}};
  }
};
} // namespace

TEST_CASE("each event: all of them, and then what ended it") {
  for (bool const fails : {false, true}) {
    for (int const count : {0, 3}) {
      counting_reader reader{.count = count, .fails = fails};
      std::vector<int> seen;
      auto const read = overt::trace::each_event(reader, [&](int event) { seen.push_back(event); });
      CHECK(read.has_value() == !fails);
      CHECK(static_cast<int>(seen.size()) == count); // also what came before an error
    }
  }
}
