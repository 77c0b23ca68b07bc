#include <overt/redact/edit/pasted_parts.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace {

using overt::redact::edit_kind;
using overt::redact::edit_text;
using overt::redact::marked_text;

/// A text in which "_" stands for something that was pasted, and what the program says.
struct pasted_field {
  std::u32string characters;
  std::unique_ptr<edit_text> text = std::make_unique<edit_text>();
  std::unique_ptr<marked_text> there = std::make_unique<marked_text>();
  overt::redact::pasted_parts parts{};
  bool found = false;

  pasted_field(std::u32string_view typed, std::string_view value) {
    auto const at = [this](std::uint16_t number) { return characters[number]; };
    for (auto const one : typed) {
      characters += one == U'_' ? U'\0' : one;
      static_cast<void>(text->apply({.kind = one == U'_' ? edit_kind::paste : edit_kind::insert,
                                     .character = static_cast<std::uint16_t>(characters.size() - 1)},
                                    overt::redact::word_rule::qt, at));
    }
    REQUIRE(there->add_all(value));
    overt::redact::value_match const match{*text, at, *there};
    REQUIRE(match.found());
    found = parts.find(*text, match, there->size(), at);
  }

  std::string part(std::uint16_t number) const {
    std::string all;
    parts.each_place(number, [&](std::size_t place) { all += static_cast<char>((*there)[place]); });
    return all;
  }
};

} // namespace

TEST_CASE("L5 what was pasted is what stands between the typed characters", "[redact][edit][leak]") {
  pasted_field const middle{U"see _ now", "see 4539 now"};
  REQUIRE(middle.found);
  CHECK(middle.parts.count() == 1);
  CHECK(middle.part(4) == "4539");
  CHECK(middle.part(0).empty());
  pasted_field const ends{U"_ and _", "one and two"};
  REQUIRE(ends.found);
  CHECK(ends.part(0) == "one");
  CHECK(ends.part(6) == "two");
  pasted_field const nothing{U"_abc", "abc"};
  REQUIRE(nothing.found);
  CHECK(nothing.part(0).empty());
}

TEST_CASE("L5 pastes side by side, or too many, cannot be told apart", "[redact][edit][leak]") {
  CHECK_FALSE(pasted_field{U"a__b", "a12b"}.found);
  CHECK(pasted_field{U"a_b_c_d_e_f_g_h_i_j_k_l_m_n_o_p_q", "a1b1c1d1e1f1g1h1i1j1k1l1m1n1o1p1q"}.found);
  CHECK_FALSE(
      pasted_field{U"a_b_c_d_e_f_g_h_i_j_k_l_m_n_o_p_q_r", "a1b1c1d1e1f1g1h1i1j1k1l1m1n1o1p1q1r"}.found);
}
