#include <overt/dataset/export/gallery.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/episodes.hpp>

namespace {

std::string page_of(overt::dataset::episode const& of) {
  auto const made =
      overt::dataset::steps_of(of, {}, true, [](overt::dataset::episode_frame const&) { return true; });
  std::vector<std::string_view> const pictures(made.steps.size(), "picture");
  return overt::dataset::gallery_page("task", of, made, pictures, "png");
}

bool has(std::string const& page, std::string_view part) { return page.find(part) != std::string::npos; }

} // namespace

TEST_CASE("gallery: base64 as RFC 4648 has it") {
  auto const coded = [](std::string_view bytes) {
    std::string out;
    overt::dataset::detail::append_base64(out, bytes);
    return out;
  };
  CHECK(coded("").empty());
  CHECK(coded("f") == "Zg==");
  CHECK(coded("fo") == "Zm8=");
  CHECK(coded("foo") == "Zm9v");
  CHECK(coded("foob") == "Zm9vYg==");
  CHECK(coded("\xff\xfe") == "//4=");
}

TEST_CASE("gallery C11: an action is drawn where it was, on a monitor that is not square and not the first") {
  auto of = overt_test::some_episode();
  of.displays.clear();
  of.frames = {overt_test::frame_of(2, 500, {-200, 50, 200, 100})};
  of.actions = {overt_test::done(overt_test::click(-150, 130), 11, 1000)};
  auto const page = page_of(of);
  CHECK(has(page, "viewBox=\"0 0 200 100\""));
  CHECK(has(page, "cx=\"50\" cy=\"80\""));
  of.actions = {overt_test::done(
      overt::dataset::drag_action{.from = {-150, 130, 0, 0}, .to = {-100, 60, 0, 0}}, 11, 1000)};
  CHECK(has(page_of(of), "x1=\"50\" y1=\"80\" x2=\"100\" y2=\"10\""));
}

TEST_CASE("gallery: what was written is text, and never part of the page") {
  auto of = overt_test::some_episode();
  of.instruction = "<script>alert(1)</script>";
  of.actions[1].what = overt_test::typed("\"><img src=x onerror='a()'>&");
  of.actions[0].meant = {{.label = "<b>"}};
  auto const page = page_of(of);
  CHECK_FALSE(has(page, "<script"));
  CHECK_FALSE(has(page, "<img src=x"));
  CHECK_FALSE(has(page, "<b>;"));
  CHECK(has(page, "&lt;script&gt;"));
  CHECK(has(page, "&quot;&gt;&lt;img"));
  CHECK_FALSE(has(page, "http://")); // nothing is fetched
  CHECK_FALSE(has(page, "https://"));
  CHECK(has(page, "default-src 'none'"));
  CHECK(has(page, "off_image"));
}
