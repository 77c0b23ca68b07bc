#include <overt/redact/file_paths.hpp>

#include <string>
#include <string_view>

#include <overt/redact/elements.hpp>
#include <overt/redact/structure.hpp>
#include <overt/redact/titles.hpp>
#include <overt/redact/typed_characters.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/left_by.hpp>

namespace {

namespace redact = overt::redact;
using overt_test::guarded_of;
using overt_test::has;

constexpr std::string_view canary = "/home/Kxqvtz/wpbmgf.pdf";

struct discloses_place {
  void operator()(overt::context& where, overt::disclosure const& key) const {
    where.title.disclose(key);
    where.page.disclose(key);
  }
};

} // namespace

TEST_CASE("L29 paths are masked in every text of an element", "[redact][file_paths][L29]") {
  auto const act = [] {
    overt::ui_action what{.label = guarded_of("Open " + std::string{canary}),
                          .before = guarded_of(canary),
                          .after = guarded_of("x"),
                          .selector = guarded_of("#a")};
    what.path.push_back({overt::ui_role::list_item, guarded_of(canary)});
    return what;
  };
  auto const bytes = overt_test::left_of(act(), redact::file_paths{}, redact::elements{});
  CHECK(has(bytes, "\"label\":\"Open *.pdf\""));
  CHECK(has(bytes, "\"before\":\"*.pdf\""));
  CHECK(has(bytes, "\"after\":\"x\""));
  CHECK_FALSE(overt_test::leaks(bytes, "Kxqvtz"));
  CHECK_FALSE(overt_test::leaks(bytes, "wpbmgf"));
  CHECK(overt_test::count_of(
            bytes, R"("rule":"file_paths","of":"ui_action","entity":"FILE_PATH","action":"masked")") == 3);
  // it discloses nothing itself, and the same search finds the canary where it is not there
  CHECK_FALSE(has(overt_test::left_of(act(), redact::file_paths{}), "*.pdf"));
  CHECK(overt_test::leaks(overt_test::left_of(act(), redact::elements{}), "Kxqvtz"));
}

TEST_CASE("L29 paths are masked in titles, in pages of files and in what was written",
          "[redact][file_paths][L29]") {
  auto const title = overt_test::left_in({.title = canary}, overt::button{}, redact::file_paths{},
                                         discloses_place{}, redact::structure{});
  CHECK(has(title, "\"title\":\"*.pdf\""));
  auto const page = overt_test::left_in({.origin = "file://", .page = canary}, overt::button{},
                                        redact::file_paths{}, discloses_place{}, redact::structure{});
  CHECK(has(page, "\"page\":\"*.pdf\""));
  auto const route =
      overt_test::left_in({.origin = "https://a.example", .page = "/users/settings"}, overt::button{},
                          redact::file_paths{}, discloses_place{}, redact::structure{});
  CHECK(has(route, "\"page\":\"/users/settings\""));

  overt::text written{.length = overt::guarded{std::uint32_t{30}},
                      .outcome = overt::text_outcome::cleared,
                      .value = guarded_of("see " + std::string{canary} + " {EMAIL}")};
  written.entities.push_back({.type = "EMAIL",
                              .begin = overt::guarded{std::uint32_t{28}},
                              .end = overt::guarded{std::uint32_t{35}}});
  auto const text = overt_test::left_of(std::move(written), redact::file_paths{}, redact::typed_characters{});
  CHECK(has(text, "\"value\":\"see *.pdf {EMAIL}\""));
  CHECK(has(text, "\"outcome\":\"mixed\""));
  CHECK(has(text, "\"length\":null")); // how long it was says how long the path was
  CHECK(has(text, "\"begin\":null"));
}

TEST_CASE("a text with more paths than anybody writes is denied", "[redact][file_paths]") {
  std::string many;
  for (int i = 0; i < 40; ++i) {
    many += "/home/A ";
  }
  auto const bytes = overt_test::left_of(overt::ui_action{.label = guarded_of(many)}, redact::file_paths{},
                                         redact::elements{});
  CHECK(has(bytes, "\"label\":null"));
}
