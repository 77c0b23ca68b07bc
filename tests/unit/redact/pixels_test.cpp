#include <overt/redact/pixels.hpp>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/redact/pipeline.hpp>
#include <overt/redact/presets.hpp>
#include <overt/redact/typed_text.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>
#include <overt_test/keys.hpp>
#include <overt_test/masked_frames.hpp>

using namespace overt;
using overt_test::element;
using overt_test::frame_sink;
using overt_test::frame_with;
using overt_test::happened;
using overt_test::paper;
using overt_test::place;
using redact::pixels;
using redact::readable_text;

namespace {

template <class Policy>
frame_sink left_of(frame what, Policy policy) {
  frame_sink out;
  auto chain = redact::strict({"editor"}) | std::move(policy);
  redact::pipeline<event, decltype(chain), frame_sink> pipe{std::move(chain), out, {}};
  pipe.push(happened(1, place({.application = "editor"}), std::move(what)));
  pipe.finish();
  return out;
}

constexpr rectangle spot{20, 30, 60, 12};
pixels const searched{.readable = readable_text::searched};

bool is_filled(frame_sink const& out) { return out.is(spot, pixels::colour); }
bool is_seen(frame_sink const& out) { return out.is(spot, paper); }

} // namespace

TEST_CASE("without the policy a picture does not leave", "[redact][pictures]") {
  frame_sink out;
  auto chain = redact::strict({"editor"});
  redact::pipeline<event, decltype(chain), frame_sink> pipe{chain, out, {}};
  pipe.push(happened(1, place({.application = "editor"}), frame_with()));
  CHECK(out.frames == 0);
}

TEST_CASE("a picture leaves only from what was agreed to", "[redact][pictures]") {
  frame_sink out;
  auto chain = redact::strict({"editor"}) | pixels{};
  redact::pipeline<event, decltype(chain), frame_sink> pipe{chain, out, {}};
  pipe.push(happened(1, place({.application = "mailer"}), frame_with()));
  CHECK(out.frames == 0);
}

TEST_CASE("L35: a secret is filled with a margin, whatever was chosen", "[redact][pictures][leak]") {
  for (auto const readable : {readable_text::none, readable_text::labels, readable_text::searched}) {
    auto const out = left_of(frame_with(element(spot, screen_part::secret)),
                             pixels{.readable = readable, .images = true, .labels = {""}});
    CHECK(out.is(grown(spot, 8), pixels::colour));
    CHECK(out.at(20 - 9, 30) == paper);
    REQUIRE(out.masked.size() == 1);
    CHECK(out.masked.front() == grown(spot, 8));
  }
}

TEST_CASE("a part that two windows tell of is filled once, and told once", "[redact][pictures]") {
  auto what = frame_with(element(spot, screen_part::secret));
  overt_test::with_clearance([&](clearance const& key) {
    pixels::fill(what, std::array{spot, spot}, key);
    pixels::fill(what, std::array{spot}, key);
  });
  CHECK(what.masked == std::vector<rectangle>{spot});
}

TEST_CASE("the icon of a control without a name stays where names do", "[redact][pictures]") {
  for (auto const readable : {readable_text::none, readable_text::labels, readable_text::searched}) {
    auto const out = left_of(frame_with(element(spot, screen_part::label)), pixels{.readable = readable});
    CHECK(is_filled(out) == (readable == readable_text::none));
  }
}

TEST_CASE("what was not agreed to or not read is filled, whatever was chosen", "[redact][pictures][leak]") {
  for (auto const what : {screen_part::foreign, screen_part::unread}) {
    CHECK(is_filled(left_of(frame_with(element(spot, what)),
                            pixels{.readable = readable_text::searched, .images = true})));
  }
}

TEST_CASE("L37: a text is filled unless it is an agreed label", "[redact][pictures][leak]") {
  auto const text = [](std::string_view words) {
    return frame_with(element(spot, screen_part::text, words));
  };
  CHECK(is_filled(left_of(text("Quarterly figures"), pixels{})));
  CHECK(is_seen(left_of(text("Quarterly figures"), pixels{.labels = {"Quarterly figures"}})));
  CHECK(is_seen(left_of(text("Quarterly figures"), searched)));
  auto const button = [](std::string_view words) {
    return frame_with(element(spot, screen_part::label, words, ui_role::button));
  };
  CHECK(is_seen(left_of(button("Save As"), pixels{})));
  CHECK(is_filled(left_of(button("Qzvexil"), pixels{})));
  CHECK(is_filled(left_of(button("Save As"), pixels{.readable = readable_text::none})));
}

TEST_CASE("what a detector finds is filled", "[redact][pictures][leak]") {
  auto const out = left_of(frame_with(element(spot, screen_part::text, "write to qzvexil@mailbox.example"),
                                      element({20, 60, 60, 12}, screen_part::text, "and come on Tuesday")),
                           searched);
  CHECK(is_filled(out));
  CHECK(out.is({20, 60, 60, 12}, paper));
}

TEST_CASE("L38: what is split over elements is found", "[redact][pictures][leak]") {
  SECTION("side by side") {
    auto const out = left_of(frame_with(element({10, 30, 30, 12}, screen_part::entry, "4111"),
                                        element({50, 31, 30, 12}, screen_part::entry, "1111"),
                                        element({90, 30, 30, 12}, screen_part::entry, "1111"),
                                        element({130, 29, 30, 12}, screen_part::entry, "1111")),
                             searched);
    CHECK(out.masked.size() == 4);
  }
  SECTION("a label and its field") {
    auto const out = left_of(frame_with(element({10, 30, 30, 12}, screen_part::text, "CVV"),
                                        element({50, 30, 30, 12}, screen_part::entry, "417")),
                             searched);
    CHECK(out.is({50, 30, 30, 12}, pixels::colour));
  }
  SECTION("lines of one text, wrapped in the middle of a word") {
    auto first = element({10, 30, 80, 12}, screen_part::text, "reach me: qzvexil.lorb");
    auto second = element({10, 44, 80, 12}, screen_part::text, "enthwaite@mailbox.example");
    first.group = second.group = 3;
    auto const out = left_of(frame_with(std::move(first), std::move(second)), searched);
    CHECK(out.masked.size() == 2);
  }
}

TEST_CASE("the line that is being typed is filled", "[redact][pictures][leak]") {
  auto typed = element(spot, screen_part::entry, "4111 11");
  typed.focused = true;
  CHECK(is_filled(left_of(frame_with(std::move(typed)), searched)));
  CHECK(is_seen(left_of(frame_with(element(spot, screen_part::entry, "4111 11")), searched)));
}

TEST_CASE("L39: images are filled unless they are wanted", "[redact][pictures][leak]") {
  CHECK(is_filled(left_of(frame_with(element(spot, screen_part::image)), searched)));
  CHECK(is_seen(left_of(frame_with(element(spot, screen_part::image)), pixels{.images = true})));
}

TEST_CASE("L31, G13: of a conversation only controls and the person's own fields are seen",
          "[redact][pictures][leak]") {
  pixels const all{.readable = readable_text::searched, .images = true};
  auto const said = [](screen_part what, std::string_view words, ui_role role = ui_role::label) {
    auto one = element(spot, what, words, role);
    one.conversation = true;
    return frame_with(std::move(one));
  };
  CHECK(is_filled(left_of(said(screen_part::text, "come on Tuesday"), all)));
  CHECK(is_filled(left_of(said(screen_part::label, "Qzvexil", ui_role::button), all)));
  CHECK(is_filled(left_of(said(screen_part::image, {}), all)));
  CHECK(is_seen(left_of(said(screen_part::label, "Send", ui_role::button), all)));
  CHECK(is_seen(left_of(said(screen_part::entry, "see you then"), all)));
  CHECK(is_seen(left_of(frame_with(element(spot, screen_part::text, "come on Tuesday")), all)));
}

TEST_CASE("something to be filled that has no place drops the picture", "[redact][pictures][leak]") {
  auto const check = [](screen_element one) {
    auto const out = left_of(frame_with(std::move(one)), searched);
    CHECK(out.frames == 1);
    CHECK(out.state == frame_state::unplaced);
    CHECK_FALSE(out.picture.has_pixels());
  };
  check(element(spot, screen_part::unplaced)); // a secret
  check(element(spot, screen_part::unplaced, "qzvexil@mailbox.example"));
  check(element({}, screen_part::secret));
  auto const harmless =
      left_of(frame_with(element(spot, screen_part::unplaced, "come on Tuesday")), searched);
  CHECK(harmless.state == frame_state::taken);
  CHECK(harmless.picture.has_pixels());
}

TEST_CASE("only what can be seen of an element is filled", "[redact][pictures]") {
  auto half = element(spot, screen_part::secret);
  half.visible = {{20, 30, 30, 12}};
  auto const out = left_of(frame_with(std::move(half)), pixels{.margin = 0});
  CHECK(out.is({20, 30, 30, 12}, pixels::colour));
  CHECK(out.is({50, 30, 30, 12}, paper));
}

TEST_CASE("a frame without a picture says why and nothing else", "[redact][pictures]") {
  auto const out = left_of(frame{.state = frame_state::screen_changed, .shown = {spot}}, pixels{});
  CHECK(out.frames == 1);
  CHECK(out.state == frame_state::screen_changed);
  CHECK_FALSE(out.picture.has_pixels());
}

TEST_CASE("what the picture was judged by does not leave with it", "[redact][pictures][leak]") {
  auto const out = left_of(frame_with(element(spot, screen_part::text, "Tuesday")), searched);
  CHECK(out.picture.has_pixels());
  CHECK(out.elements_left == 0);
}

namespace {

/// A masking policy of one's own: the upper left corner is nobody's business.
struct hide_corner {
  void operator()(frame& what, clearance const& key) const {
    rectangle const corner[]{{0, 0, 10, 10}};
    what.picture.mask(key, corner);
  }
};

/// Discloses pictures and masks nothing.
struct careless {
  verdict operator()(frame& what, disclosure const& key) const {
    what.picture.disclose(key);
    return verdict::release(key);
  }
};

} // namespace

TEST_CASE("a mask of one's own stands before the policy that discloses", "[redact][pictures]") {
  frame_sink out;
  auto chain = redact::strict({"editor"}) | hide_corner{} | searched;
  redact::pipeline<event, decltype(chain), frame_sink> pipe{chain, out, {}};
  pipe.push(happened(1, place({.application = "editor"}), frame_with()));
  CHECK(out.is({0, 0, 10, 10}, 0));
  CHECK(out.at(10, 10) == paper);
}

TEST_CASE("the last look fills what a policy let through", "[redact][pictures][leak]") {
  auto const out = left_of(frame_with(element(spot, screen_part::text, "qzvexil@mailbox.example"),
                                      element({20, 60, 60, 12}, screen_part::text, "on Tuesday")),
                           careless{});
  CHECK(is_filled(out));
  CHECK(out.is({20, 60, 60, 12}, paper));
  CHECK(out.masked.size() == 1);
}

TEST_CASE("nothing is left of pixels that were denied", "[redact][pictures]") {
  auto picture = overt_test::white({0, 0, 4, 4});
  picture.elements().push_back(element(spot, screen_part::text, "Tuesday"));
  picture.wipe();
  CHECK_FALSE(picture.has_pixels());
  CHECK(picture.pixels().empty());
  CHECK(picture.elements().empty());
}
