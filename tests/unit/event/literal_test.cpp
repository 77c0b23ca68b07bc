#include <overt/event/literal.hpp>

#include <overt_test/catch.hpp>

TEST_CASE("a literal holds the text it was written with", "[event]") {
  overt::literal const made = "shortcuts";
  CHECK(made.view() == "shortcuts");
  CHECK(made == overt::literal{"shortcuts"});
  CHECK_FALSE(made == overt::literal{"shortcut"});
  CHECK(overt::literal{}.view().empty());
}

TEST_CASE("a reader turns a name in a trace into a literal that refers to it", "[event]") {
  static constexpr std::string_view in_trace = "rule of a trace";
  auto const read = overt::detail::trace_text::as_literal(in_trace);
  CHECK(read.view().data() == in_trace.data());
  CHECK(read == overt::literal{"rule of a trace"});
}
