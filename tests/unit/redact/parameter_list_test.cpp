#include <overt/redact/parameter_list.hpp>

#include <memory>
#include <string>
#include <vector>

#include <overt_test/catch.hpp>

using overt::redact::parameter_list;
namespace detect = overt::detect;

TEST_CASE("a description is an object with its members in order", "[redact][parameter_list]") {
  CHECK(parameter_list{}.add("b", 2).add("a", std::string{"x"}).add("c", true).json("mine") ==
        R"({"a":"x","b":2,"c":true,"policy":"mine"})");
  CHECK(parameter_list{}.json("mine") == R"({"policy":"mine"})");
  CHECK(parameter_list{}.json({}) == "{}");
  CHECK(parameter_list{}.add("words", std::vector<std::string>{"a", "b\""}).json("z") ==
        R"({"policy":"z","words":["a","b\""]})");
}

TEST_CASE("of detectors everything is told but the person's own list", "[redact][parameter_list][L55]") {
  auto const text_of = [](detect::detectors const& which) {
    return parameter_list{}.add("look_for", which).json("mine");
  };
  detect::detectors which;
  which.types = 1u << static_cast<unsigned>(detect::entity::email) | 1u;
  which.threshold_percent = 60;
  which.my_data =
      std::make_shared<std::vector<std::string> const>(std::vector<std::string>{"Jane Doe", "Kx7vT2"});
  which.recognisers = std::make_shared<std::vector<detect::recogniser> const>(
      std::vector<detect::recogniser>{{.name = "plates", .find = {}}});
  CHECK(text_of(which) ==
        R"({"look_for":{"my_data":2,"recognisers":["plates"],"threshold_percent":60,"types":["EMAIL"]},)"
        R"("policy":"mine"})");
  CHECK(text_of(detect::all()).find("\"my_data\":0,\"recognisers\":[]") != std::string::npos);
}

TEST_CASE("a default key is told as one without a domain", "[redact][parameter_list]") {
  CHECK(parameter_list{}.add("key", overt::redact::pseudonym_key{}).json("mine") ==
        R"({"key":{"check":"","domain":""},"policy":"mine"})");
}
