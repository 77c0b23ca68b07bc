// The window indicator on an X server of its own, with another client that does what people and programs do
// to windows.
#define CATCH_CONFIG_RUNNER
#include <overt/consent/x11/window_indicator.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xcb/xtest.h>

#include <overt/consent/controls_follower.hpp>
#include <overt_test/catch.hpp>

#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#endif

int main(int count, char* words[]) {
  if (std::system("command -v Xvfb >/dev/null") != 0) {
    std::puts("skipped: Xvfb is not installed");
    return 77;
  }
  return Catch::Session().run(count, words);
}

using overt::consent::x11::window_indicator;

namespace {
void wait_ms(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds{ms}); }

bool soon(std::function<bool()> const& holds, int limit_ms = 1500) {
  for (int waited = 0; waited < limit_ms; waited += 10) {
    if (holds()) {
      return true;
    }
    wait_ms(10);
  }
  return holds();
}

struct x_server {
  pid_t process = -1;
  std::string display{};

  explicit x_server(char const* screen = "1280x800x24") {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    process = ::fork();
    if (process == 0) {
      auto const nothing = ::open("/dev/null", O_RDWR);
      ::dup2(nothing, 1);
      ::dup2(nothing, 2);
      auto const descriptor = std::to_string(ends[1]);
      ::execlp("Xvfb", "Xvfb", "-displayfd", descriptor.c_str(), "-screen", "0", screen, "-nolisten", "tcp",
               "-noreset", static_cast<char*>(nullptr));
      ::_exit(127);
    }
    ::close(ends[1]);
    display = ":";
    for (char digit = 0; ::read(ends[0], &digit, 1) == 1 && digit != '\n';) {
      display += digit;
    }
    ::close(ends[0]);
    REQUIRE(display.size() > 1);
  }
  x_server(x_server const&) = delete;
  x_server& operator=(x_server const&) = delete;
  ~x_server() { end(); }
  void end() {
    if (process > 0) {
      ::kill(process, SIGKILL);
      ::waitpid(process, nullptr, 0);
      process = -1;
    }
  }
};

/// Somebody else on the same display.
struct other_client {
  xcb_connection_t* connection;
  xcb_screen_t* screen;

  explicit other_client(x_server const& server)
      : connection{xcb_connect(server.display.c_str(), nullptr)},
        screen{xcb_setup_roots_iterator(xcb_get_setup(connection)).data} {}
  other_client(other_client const&) = delete;
  other_client& operator=(other_client const&) = delete;
  ~other_client() { xcb_disconnect(connection); }

  void sync() const {
    std::free(xcb_get_input_focus_reply(connection, xcb_get_input_focus(connection), nullptr));
  }

  [[nodiscard]] xcb_get_geometry_reply_t geometry(xcb_window_t window) const {
    auto* const reply = xcb_get_geometry_reply(connection, xcb_get_geometry(connection, window), nullptr);
    REQUIRE(reply != nullptr);
    auto const found = *reply;
    std::free(reply);
    return found;
  }

  [[nodiscard]] std::vector<xcb_window_t> windows() const {
    auto* const tree = xcb_query_tree_reply(connection, xcb_query_tree(connection, screen->root), nullptr);
    std::vector<xcb_window_t> found(xcb_query_tree_children(tree),
                                    xcb_query_tree_children(tree) + xcb_query_tree_children_length(tree));
    std::free(tree);
    return found;
  }

  /// Pixels of the screen that are clearly red.
  [[nodiscard]] int red_pixels() const {
    auto* const image =
        xcb_get_image_reply(connection,
                            xcb_get_image(connection, XCB_IMAGE_FORMAT_Z_PIXMAP, screen->root, 0, 0,
                                          screen->width_in_pixels, screen->height_in_pixels, ~0u),
                            nullptr);
    REQUIRE(image != nullptr);
    auto const* const bytes = xcb_get_image_data(image);
    int red = 0;
    for (int i = 0; i + 3 < xcb_get_image_data_length(image); i += 4) {
      red += bytes[i + 2] > 200 && bytes[i + 1] < 80 && bytes[i] < 80 ? 1 : 0;
    }
    std::free(image);
    return red;
  }

  /// The colours of one row of the screen, from `x` on.
  [[nodiscard]] std::vector<std::uint32_t> row(int x, int y, int width) const {
    auto* const image = xcb_get_image_reply(
        connection,
        xcb_get_image(connection, XCB_IMAGE_FORMAT_Z_PIXMAP, screen->root, static_cast<std::int16_t>(x),
                      static_cast<std::int16_t>(y), static_cast<std::uint16_t>(width), 1, ~0u),
        nullptr);
    REQUIRE(image != nullptr);
    auto const* const bytes = xcb_get_image_data(image);
    std::vector<std::uint32_t> found;
    for (int i = 0; i < width; ++i) {
      found.push_back(
          static_cast<std::uint32_t>(bytes[4 * i] | bytes[4 * i + 1] << 8 | bytes[4 * i + 2] << 16));
    }
    std::free(image);
    return found;
  }

  /// Where its buttons are: stretches of one colour in the row below their upper edges.
  [[nodiscard]] std::vector<int> button_centres(xcb_window_t window) const {
    auto const at = geometry(window);
    auto const colours = row(at.x, at.y + at.height - 30, at.width);
    std::vector<int> centres;
    int length = 0;
    for (std::size_t i = 0; i < colours.size(); ++i) {
      length = colours[i] == 0x3a3a44 ? length + 1 : 0;
      if (length >= 20 && (i + 1 == colours.size() || colours[i + 1] != 0x3a3a44)) {
        centres.push_back(at.x + static_cast<int>(i) - length / 2);
      }
    }
    return centres;
  }

  /// Whether its upper edge is one line.
  [[nodiscard]] bool frame_is_whole(xcb_window_t window) const {
    auto const at = geometry(window);
    auto const colours = row(at.x, at.y, at.width);
    return std::all_of(colours.begin(), colours.end(), [&](auto one) { return one == colours.front(); });
  }

  [[nodiscard]] std::string name(xcb_window_t window) const {
    auto* const reply = xcb_get_property_reply(
        connection, xcb_get_property(connection, 0, window, XCB_ATOM_WM_NAME, XCB_ATOM_STRING, 0, 64),
        nullptr);
    std::string const found{static_cast<char const*>(xcb_get_property_value(reply)),
                            static_cast<std::size_t>(xcb_get_property_value_length(reply))};
    std::free(reply);
    return found;
  }

  [[nodiscard]] xcb_window_t under_pointer() const {
    auto* const reply =
        xcb_query_pointer_reply(connection, xcb_query_pointer(connection, screen->root), nullptr);
    auto const found = reply->child;
    std::free(reply);
    return found;
  }

  // A hand: what the server takes for a mouse.
  void move(int x, int y) const {
    xcb_test_fake_input(connection, XCB_MOTION_NOTIFY, 0, XCB_CURRENT_TIME, screen->root,
                        static_cast<std::int16_t>(x), static_cast<std::int16_t>(y), 0);
    sync();
  }
  void button(bool down, std::uint8_t which = 1) const {
    xcb_test_fake_input(connection, down ? XCB_BUTTON_PRESS : XCB_BUTTON_RELEASE, which, XCB_CURRENT_TIME,
                        screen->root, 0, 0, 0);
    sync();
  }
  void click(int x, int y) const {
    move(x, y);
    button(true);
    button(false);
  }

  xcb_window_t cover(int x, int y, int width, int height) const {
    auto const window = xcb_generate_id(connection);
    std::uint32_t const values[] = {screen->white_pixel, 1};
    xcb_create_window(connection, XCB_COPY_FROM_PARENT, window, screen->root, static_cast<std::int16_t>(x),
                      static_cast<std::int16_t>(y), static_cast<std::uint16_t>(width),
                      static_cast<std::uint16_t>(height), 0, XCB_WINDOW_CLASS_INPUT_OUTPUT,
                      XCB_COPY_FROM_PARENT, XCB_CW_BACK_PIXEL | XCB_CW_OVERRIDE_REDIRECT, values);
    xcb_map_window(connection, window);
    sync();
    return window;
  }
};

window_indicator on(x_server const& server) {
  return window_indicator{
      {.text = {.applications = {"org.gnome.TextEditor"}, .until_wall_ns = 1'795'338'010'000'000'000},
       .display = server.display}};
}

bool confirmed_anew(window_indicator& shown) {
  auto const asked = overt::system_clocks{}.now();
  return soon([&] {
    auto const seen = shown.confirmed();
    return seen && *seen >= asked;
  });
}
} // namespace

TEST_CASE("it is visible when show() returns, and goes away with hide()") {
  x_server const server;
  other_client const other{server};
  CHECK(other.red_pixels() == 0);
  auto shown = on(server);
  CHECK_FALSE(shown.confirmed());
  REQUIRE(shown.show());
  CHECK(shown.confirmed());
  CHECK(soon([&] { return other.red_pixels() > 200; }));
  auto const windows = other.windows();
  REQUIRE(windows.size() == 1);
  auto const place = other.geometry(windows[0]);
  CHECK(place.x + place.width > 1280 - 40);
  CHECK(place.x + place.width <= 1280);
  CHECK(place.y < 40);
  CHECK(place.width < 420);
  CHECK(place.height < 120);
  auto moved = std::move(shown);
  CHECK(confirmed_anew(moved));
  CHECK_FALSE(shown.confirmed()); // NOLINT: that it was moved from is the point
  moved.hide();
  CHECK_FALSE(moved.confirmed());
  CHECK(soon([&] { return other.red_pixels() == 0 && other.windows().empty(); }));
  moved.hide();
  REQUIRE(moved.show()); // again
  CHECK(moved.confirmed());
}

TEST_CASE("on a large screen it is larger") {
  x_server const server{"3840x2160x24"};
  other_client const other{server};
  auto shown = on(server);
  REQUIRE(shown.show());
  CHECK(other.geometry(other.windows().at(0)).width > 200);
  CHECK(soon([&] { return other.red_pixels() > 800; }));
}

TEST_CASE("killed, destroyed, unmapped or adopted, it is lost for good") {
  x_server const server;
  other_client const other{server};
  auto shown = on(server);
  REQUIRE(shown.show());
  auto const window = other.windows().at(0);
  SECTION("killed") { xcb_kill_client(other.connection, window); }
  SECTION("destroyed") { xcb_destroy_window(other.connection, window); }
  SECTION("unmapped") { xcb_unmap_window(other.connection, window); }
  SECTION("unmapped and mapped again") {
    xcb_unmap_window(other.connection, window);
    xcb_map_window(other.connection, window);
  }
  SECTION("adopted") {
    auto const parent = other.cover(0, 500, 10, 10);
    xcb_reparent_window(other.connection, window, parent, 0, 0);
  }
  other.sync();
  CHECK(soon([&] { return !shown.confirmed(); }));
  wait_ms(300);
  CHECK_FALSE(shown.confirmed());
}

TEST_CASE("covered, moved away or made small, it comes back") {
  x_server const server;
  other_client const other{server};
  auto shown = on(server);
  REQUIRE(shown.show());
  auto const window = other.windows().at(0);
  auto const before = other.geometry(window);
  auto const red = other.red_pixels();
  for (int i = 0; i < 3; ++i) {
    other.cover(0, 0, 1280, 800);
    CHECK(soon([&] { return other.windows().back() == window && other.red_pixels() == red; }));
    CHECK(confirmed_anew(shown));
  }
  std::uint32_t const away[] = {5000, 5000, 1, 1};
  xcb_configure_window(
      other.connection, window,
      XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH | XCB_CONFIG_WINDOW_HEIGHT, away);
  other.sync();
  CHECK(soon([&] {
    auto const now = other.geometry(window);
    return now.x == before.x && now.y == before.y && now.width == before.width && now.height == before.height;
  }));
  CHECK(confirmed_anew(shown));
}

TEST_CASE("it takes no focus, and what it covers can be reached") {
  x_server const server;
  other_client const other{server};
  auto shown = on(server);
  shown.offer({});
  REQUIRE(shown.show());
  auto const window = other.windows().at(0);
  auto const corner = other.geometry(window);
  auto const below = other.cover(corner.x, corner.y, corner.width, corner.height); // it is on top again soon
  CHECK(soon([&] { return other.windows().back() == window; }));
  auto const stands_at = [&](int x, int y) {
    auto const now = other.geometry(window);
    return now.x == x && now.y == y;
  };
  auto const x = corner.x + corner.width - 8;
  auto const y = corner.y + 8;

  other.move(x, y); // the pointer alone moves nothing: it could never be clicked
  wait_ms(300);
  CHECK(stands_at(corner.x, corner.y));
  CHECK(other.under_pointer() == window);

  SECTION("by a click beside its buttons") {
    other.click(x, y);
    CHECK(soon([&] { return other.geometry(window).x < 40; }));
    CHECK(other.under_pointer() == below);
    other.click(20, y);
    CHECK(soon([&] { return stands_at(corner.x, corner.y); }));
  }
  SECTION("by dragging it") {
    other.button(true);
    other.move(x - 300, y + 400);
    CHECK(soon([&] { return stands_at(corner.x - 300, corner.y + 400); }));
    other.move(x - 310, y + 410);
    CHECK(soon([&] { return stands_at(corner.x - 310, corner.y + 410); }));
    other.button(false);
    wait_ms(200);
    CHECK(stands_at(corner.x - 310, corner.y + 410));
    other.move(x, y);
    CHECK(other.under_pointer() == below);
    CHECK(confirmed_anew(shown));
    // Not out of sight.
    other.move(corner.x - 300, corner.y + 418);
    other.button(true);
    other.move(0, 799);
    other.button(false);
    CHECK(soon([&] { return stands_at(0, 800 - corner.height); }));
    CHECK(confirmed_anew(shown));
  }
  CHECK(confirmed_anew(shown));
  auto* const focus =
      xcb_get_input_focus_reply(other.connection, xcb_get_input_focus(other.connection), nullptr);
  CHECK(focus->focus != window);
  std::free(focus);
}

TEST_CASE("G15 pausing, ten minutes, not here and stopping take one click each") {
  x_server const server;
  other_client const other{server};
  auto shown = on(server);
  overt::consent::controls const hand;
  overt::consent::controls_follower recorder{hand};
  auto const follow = [&] { return recorder.follow(overt::system_clocks{}.now()); };
  shown.offer(hand);
  REQUIRE(shown.show());
  auto const window = other.windows().at(0);
  CHECK(soon([&] { return other.button_centres(window).size() == 4; }));
  auto const press = [&](std::size_t which) {
    REQUIRE(soon([&] { return other.button_centres(window).size() == 4; }));
    auto const centres = other.button_centres(window);
    auto const at = other.geometry(window);
    other.click(centres[which], at.y + at.height - 21);
    other.move(at.x + at.width / 2, 600); // or the button is drawn as the one under the pointer
  };
  CHECK(other.name(window) == "Recording");
  CHECK(other.frame_is_whole(window));

  press(0);
  CHECK(soon([&] { return hand.paused(); }));
  CHECK_FALSE(hand.state().timed);
  CHECK(soon([&] { return other.name(window) == "Paused"; }));
  CHECK(soon([&] { return !other.frame_is_whole(window); })); // told without colours, too
  CHECK(soon([&] { return other.red_pixels() == 0; }));
  CHECK(confirmed_anew(shown)); // it is there during a pause as well
  press(0);
  CHECK(soon([&] { return !hand.paused(); }));
  CHECK(soon([&] { return other.name(window) == "Recording" && other.frame_is_whole(window); }));

  press(1);
  CHECK(soon([&] { return hand.paused(); }));
  static_cast<void>(follow());
  auto const left = hand.state().until.value() - overt::system_clocks{}.now();
  CHECK(left > std::int64_t{595} * 1'000'000'000);
  CHECK(left <= std::int64_t{600} * 1'000'000'000);
  CHECK(soon([&] { return other.name(window) == "Paused"; }));
  press(0);
  CHECK(soon([&] { return !hand.paused(); }));

  press(2);
  CHECK(soon([&] { return follow().here; }));
  auto const height = other.geometry(window).height;
  REQUIRE(hand.exempt_application("mousepad"));                        // as the recorder does then
  CHECK(soon([&] { return other.geometry(window).height > height; })); // and it is told
  CHECK(confirmed_anew(shown));

  CHECK_FALSE(hand.state().stopping);
  press(3);
  CHECK(soon([&] { return hand.state().stopping; }));
}

TEST_CASE("what a program says the pointer did is not believed, nor half a click") {
  x_server const server;
  other_client const other{server};
  auto shown = on(server);
  overt::consent::controls const hand;
  hand.pause();
  shown.offer(hand);
  REQUIRE(shown.show());
  auto const window = other.windows().at(0);
  REQUIRE(soon([&] { return other.button_centres(window).size() == 4; }));
  auto const at = other.geometry(window);
  auto const centre = other.button_centres(window)[0];
  auto const y = at.y + at.height - 21;
  for (auto const type : {XCB_BUTTON_PRESS, XCB_BUTTON_RELEASE}) {
    xcb_button_press_event_t said{};
    said.response_type = static_cast<std::uint8_t>(type);
    said.detail = 1;
    said.root = other.screen->root;
    said.event = window;
    said.event_x = static_cast<std::int16_t>(centre - at.x);
    said.event_y = static_cast<std::int16_t>(y - at.y);
    xcb_send_event(other.connection, 0, window, XCB_EVENT_MASK_NO_EVENT,
                   reinterpret_cast<char const*>(&said));
  }
  other.move(centre, y); // pressed on the button, let go elsewhere
  other.button(true);
  other.move(centre, 600);
  other.button(false);
  other.move(centre, y);
  other.button(true, 3); // another button of the pointer
  other.button(false, 3);
  wait_ms(300);
  CHECK(hand.paused());
  other.click(centre, y);
  CHECK(soon([&] { return !hand.paused(); }));
}

TEST_CASE("without controls it has no buttons") {
  x_server const server;
  other_client const other{server};
  auto shown = on(server);
  REQUIRE(shown.show());
  wait_ms(200);
  CHECK(other.button_centres(other.windows().at(0)).empty());
}

TEST_CASE("a server that dies or does not answer takes the indicator with it, and nothing else") {
  x_server server;
  auto shown = on(server);
  REQUIRE(shown.show());
  SECTION("dies") {
    server.end();
    CHECK(soon([&] { return !shown.confirmed(); }));
  }
  SECTION("stops") {
    ::kill(server.process, SIGSTOP);
    CHECK(soon([&] { return !shown.confirmed(); }, 2500));
    ::kill(server.process, SIGCONT);
    CHECK(soon([&] { return shown.confirmed().has_value(); }));
    ::kill(server.process, SIGSTOP);
    wait_ms(300);
    shown.hide(); // does not wait for it
    CHECK_FALSE(shown.confirmed());
  }
}

TEST_CASE("without a display there is a message") {
  window_indicator shown{{.display = ":987"}};
  auto const showed = shown.show();
  REQUIRE_FALSE(showed);
  CHECK(showed.error().code == overt::error_code::indicator_missing);
  CHECK(showed.error().message.find("DISPLAY") != std::string::npos);
  CHECK_FALSE(shown.confirmed());
}
