#include <overt/consent/json/ledger_line.hpp>

#include <string>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

namespace consent = overt::consent;
using consent::detail::ledger_line;

TEST_CASE("a line of the ledger has one form, and reads as what was written") {
  ledger_line line{.entry = {.kind = consent::ledger_kind::exported,
                             .record_id = "0b8c4e8e-6a5d-4a3f-9a53-0d5bb1d1a001",
                             .subject = "00112233445566778899aabbccddeeff",
                             .purpose = consent::purpose::train_computer_use_model,
                             .count = 3,
                             .wall_ns = overt_test::some_day},
                   .number = 7,
                   .previous = consent::detail::no_hash()};
  auto const text = line.write();
  // The example of docs/ledger.md; another implementation gets the same.
  CHECK(
      text ==
      R"({"count":3,"digest":"","hash":"419c705db0e7eb5623caa804c6b5e3b3b77d1e9170304b74b5ef2b02b0820d06",)"
      R"("kind":"exported","n":7,"prev":"0000000000000000000000000000000000000000000000000000000000000000",)"
      R"("purpose":"overt:TrainComputerUseModel","record_id":"0b8c4e8e-6a5d-4a3f-9a53-0d5bb1d1a001",)"
      R"("subject":"00112233445566778899aabbccddeeff","time":"2024-10-04T00:00:00Z","v":1,"who":""})");
  ledger_line same;
  REQUIRE(same.read(text));
  CHECK(same.entry == line.entry);
  CHECK(same.number == 7);
  CHECK(same.hash == line.hash);

  auto const refused = [&](std::string const& from, std::string const& to) {
    auto other = text;
    other.replace(other.find(from), from.size(), to);
    return !ledger_line{}.read(other);
  };
  CHECK(refused("\"count\":3", "\"count\":4"));
  CHECK(refused("\"count\":3", "\"count\":3.0"));
  CHECK(refused("\"count\":3", "\"count\": 3"));
  CHECK(refused("\"count\":3", "\"count\":3,\"count\":3"));
  CHECK(refused("\"who\":\"\"", "\"who\":\"\",\"x\":\"\""));
  CHECK(refused("exported", "unheard_of"));
  CHECK(refused("\"v\":1", "\"v\":2"));
  CHECK_FALSE(ledger_line{}.read(text + ' '));
  CHECK_FALSE(ledger_line{}.read(""));
}
