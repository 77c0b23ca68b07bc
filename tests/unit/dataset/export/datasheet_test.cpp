#include <overt/dataset/export/datasheet.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>
#include <overt_test/episodes.hpp>

using overt::dataset::export_format;
using overt::dataset::export_totals;
using overt::dataset::skip_reason;

TEST_CASE("a datasheet says what it is for, what is withheld and what was skipped") {
  export_totals totals;
  totals.redacted = 7;
  totals.image_token = 2;
  totals.skipped[static_cast<std::size_t>(skip_reason::off_image)] = 11;
  totals.traces["abc"] = {5'000'000'000, 3};
  auto const facts = overt::dataset::export_facts::of(
      overt_test::some_receipt(),
      {.format = export_format::chat, .dialect = overt::dataset::action_dialect::openai, .px_per_notch = 53});
  auto const text = datasheet(facts, totals);
  for (auto const* const part :
       {"`overt:TrainComputerUseModel`", "| of them with something withheld | 7 |", "| `off_image` | 11 |",
        "on a grid of 5000000000 ns", "| 53 |", "take for a picture: 2"}) {
    INFO(part);
    CHECK(text.find(part) != std::string::npos);
  }
  CHECK(text.find(overt_test::some_receipt().receipt_id) != std::string::npos);
  CHECK(text.find("psn1:") == std::string::npos); // never the person
  CHECK(text.find("had it erased") == std::string::npos);
  CHECK(datasheet(facts, totals, {{std::string(64, 'e'), "2026-11-26", 4}}).find("| 2026-11-26 | 4 |") !=
        std::string::npos);
}

TEST_CASE("every reason has a meaning for a person") {
  for (std::size_t i = 0; i < enumerators(skip_reason{}).size(); ++i) {
    CHECK_FALSE(meaning_of(static_cast<skip_reason>(i)).empty());
  }
}
