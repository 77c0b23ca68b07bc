// The window indicator on an X server of its own, with another client that does what people and programs do
// to windows.
#define CATCH_CONFIG_RUNNER
#include <overt/consent/x11/window_indicator.hpp>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

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

TEST_CASE("it takes no focus, and makes way for the pointer") {
  x_server const server;
  other_client const other{server};
  auto shown = on(server);
  REQUIRE(shown.show());
  auto const window = other.windows().at(0);
  auto const before = other.geometry(window);
  xcb_warp_pointer(other.connection, XCB_NONE, other.screen->root, 0, 0, 0, 0,
                   static_cast<std::int16_t>(before.x + 5), static_cast<std::int16_t>(before.y + 5));
  other.sync();
  CHECK(soon([&] { return other.geometry(window).x < 40; }));
  CHECK(confirmed_anew(shown));
  auto* const focus =
      xcb_get_input_focus_reply(other.connection, xcb_get_input_focus(other.connection), nullptr);
  CHECK(focus->focus != window);
  std::free(focus);
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
