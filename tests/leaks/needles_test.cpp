#include "needles.hpp"

#include <cstdint>
#include <optional>
#include <string>

#include <overt_test/catch.hpp>

#include "canaries.hpp"
#include "public_parts.hpp"

namespace {

using namespace leaks;

canary connection(std::string const& credentials) {
  return {.kind = canary_kind::connection,
          .text = "amqp://" + credentials + "@db.example.net/main",
          .secret = {credentials}};
}

} // namespace

TEST_CASE("a canary that repeats by chance what everybody knows of it is not planted", "[leaks][needles]") {
  searcher look;
  look.look_for(connection("ujpjjmp:PQmmK6e5iHc0"));
  std::string const released = "{\"value\":\"chair amqp://{SECRET}/main slow\"}";
  CHECK(look.find_in(released) == std::optional<std::string>{"in the bytes: mqp:"});
  CHECK(look.find_in(public_parts(connection("ujpjjmp:PQmmK6e5iHc0"))));
  look.look_for(connection("ujpjjmp:PQ7mK6e5iHc0"));
  CHECK_FALSE(look.find_in(released));
  CHECK_FALSE(look.find_in(public_parts(connection("ujpjjmp:PQ7mK6e5iHc0"))));
  // What is planted is found all the same.
  CHECK(look.find_in("{\"value\":\"chair amqp://ujpj{SECRET}/main slow\"}"));
  CHECK(look.find_in("{\"value\":\"chair amqp://{SECRET}c0@db.example\"}") == std::nullopt);
  CHECK(look.find_in("{\"value\":\"chair amqp://{SECRET}iHc0@db.example\"}"));
}

TEST_CASE("what everybody knows of a canary has nothing of its secret", "[leaks][needles]") {
  auto const my_data = make_my_data(1);
  searcher look;
  std::uint64_t by_chance = 0;
  for (std::uint64_t index = 0; index < 2300; ++index) {
    random_numbers any{3, index};
    auto const planted = make_canary(any, static_cast<canary_kind>(index % canary_kinds), my_data);
    auto const parts = public_parts(planted);
    for (auto const& secret : planted.secret) {
      INFO(secret);
      CHECK(parts.find(secret) == std::string::npos);
    }
    look.look_for(planted);
    by_chance += look.find_in(parts) ? 1 : 0;
  }
  CHECK(by_chance < 23); // another one is easily found
}
