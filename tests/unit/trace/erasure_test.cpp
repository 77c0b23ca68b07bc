#include <overt/trace/erasure.hpp>

#include <limits>

#include <overt_test/catch.hpp>
#include <overt_test/disclosed.hpp>

using overt::trace::erasure;

TEST_CASE("an erasure names something, or is a mistake", "[trace][erase]") {
  CHECK_FALSE(erasure{}.names_something());
  CHECK(erasure{.everything = true}.names_something());
  CHECK(erasure{.to = overt::timestamp{}}.names_something());
  CHECK(erasure{.sites = {"https://a.example"}}.names_something());
}

TEST_CASE("an erasure touches every cell of the grid that it reaches into", "[trace][erase]") {
  erasure const what{.from = overt::timestamp{7'000}, .to = overt::timestamp{12'000}};
  CHECK_FALSE(what.covers_time({0}, 5'000));
  CHECK(what.covers_time({5'000}, 5'000));
  CHECK(what.covers_time({10'000}, 5'000));
  CHECK_FALSE(what.covers_time({15'000}, 5'000));
  CHECK(what.covers_time({7'000}, 0));
  CHECK(what.covers_time({12'000}, 0));
  CHECK_FALSE(what.covers_time({12'001}, 0));
  CHECK(what.covers_stretch({1'000}, {20'000}, 0)); // begun before it, ended behind it
  CHECK_FALSE(what.covers_stretch({13'000}, {20'000}, 0));
  CHECK_FALSE(erasure{}.covers_time({1}, 0));
  CHECK(erasure{.to = overt::timestamp{5}}.covers_time({-3}, 0));
  CHECK(
      erasure{.from = overt::timestamp{5}}.covers_time({(std::numeric_limits<std::int64_t>::max)()}, 5'000));
}

TEST_CASE("an erasure covers places by what was disclosed of them", "[trace][erase]") {
  erasure const what{.applications = {"mail"}, .sites = {"https://a.example"}};
  auto const place = [](char const* application, char const* origin) {
    return overt::context{.application = overt_test::disclosed_text_of(application),
                          .origin = overt_test::disclosed_text_of(origin)};
  };
  CHECK(what.covers_place(place("mail", "")));
  CHECK(what.covers_place(place("browser", "https://a.example")));
  CHECK_FALSE(what.covers_place(place("browser", "https://b.example")));
  CHECK_FALSE(what.covers_place(overt::context{}));
  CHECK(erasure{.everything = true}.covers_place(overt::context{}));
}
