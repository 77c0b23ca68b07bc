// What stands where in windows of real programs, as capture::atspi::window_elements tells: secrets without a
// text, texts at their places, menus and lists in popups, pages; the same again for a window that did not
// change; and nothing of a program that says nothing. Prints what a reading takes.

#include "support/x11_main.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <overt/capture/atspi/window_elements.hpp>

#include "support/accessible_desktop.hpp"
#include "support/x11_session.hpp"
#include "support/x11_windows.hpp"

using namespace overt_test;
using overt::screen_element;
using overt::screen_part;
using overt::capture::copy_of;
using overt::capture::same_reading;
using overt::capture::screen_reading;
using overt::capture::screen_window;
using overt::capture::window_reading;
using overt::capture::atspi::bus;
using overt::capture::atspi::window_elements;

namespace {

constexpr std::string_view canary = "zqxjvkwq"; // what is typed into fields for passwords
constexpr std::int64_t patience_ns = 2'500'000'000;

bool installed(std::vector<char const*> more = {}) {
  more.insert(more.end(), {"openbox", "dbus-daemon", "gdbus", "xdotool"});
  for (auto const* const program : more) {
    if (which(program).empty()) {
      WARN("skipped: " << program << " is not installed");
      return false;
    }
  }
  return true;
}

/// A program of tests/desktop/apps, beside this one or where $OVERT_TEST_PROGRAMS says; empty: not built.
std::string form(std::string const& name) {
  auto const* const folder = std::getenv("OVERT_TEST_PROGRAMS");
  auto const beside = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  auto const found = (folder != nullptr ? std::filesystem::path{folder} : beside) / name;
  if (!std::filesystem::exists(found)) {
    WARN("skipped: " << name << " is not built");
    return {};
  }
  return found.string();
}

/// A reading, and what is in all of its windows together; what is told of two of them is in it twice.
struct told {
  told() = default;
  explicit told(screen_reading made) : reading{copy_of(made)} {
    for (auto& one : made) {
      windows.push_back(one.understood);
      std::ranges::move(one.pages, std::back_inserter(pages));
      std::ranges::move(one.elements, std::back_inserter(elements));
    }
  }
  screen_reading reading{};
  std::vector<window_reading> windows{};
  std::vector<overt::capture::screen_page> pages{};
  std::vector<screen_element> elements{};
};

/// A desktop, a reader on it, and what it read last.
class reading {
public:
  reading() : windows_{desktop.server.display()}, reader_{{.session_bus = desktop.address}} {
    REQUIRE(reader_.open());
  }

  told const& read() {
    asked = windows_.look();
    last = told{reader_.read(asked, bus::now() + patience_ns)};
    return last;
  }

  /// Until all windows are understood and `seen()`.
  template <class Seen>
  bool wait_for(Seen const& seen, std::chrono::milliseconds limit = std::chrono::seconds{30}) {
    return wait_until(
        [&] {
          read();
          bool const all = !asked.empty() && std::ranges::none_of(last.windows, [](auto one) {
            return one == window_reading::failed;
          });
          bool const done = all && seen();
          if (!done) {
            pause_ms(100);
          }
          return done;
        },
        limit);
  }

  [[nodiscard]] screen_element const* find(screen_part what, std::string_view text) const {
    for (auto const& one : last.elements) {
      if (one.what == what && one.text.view() == text) {
        return &one;
      }
    }
    return nullptr;
  }
  [[nodiscard]] std::size_t count(screen_part what) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(last.elements, [=](auto const& one) { return one.what == what; }));
  }
  [[nodiscard]] bool tells(std::string_view text) const {
    return std::ranges::any_of(
        last.elements, [=](auto const& one) { return one.text.view().find(text) != std::string_view::npos; });
  }
  [[nodiscard]] bool has_popup() const {
    return std::ranges::any_of(asked, [](auto const& one) { return one.popup; });
  }

  /// A window that does not change reads the same again, and no secret has a text.
  void check_again(char const* name) {
    constexpr int times = 12;
    std::vector<double> took;
    int differing = 0;
    auto before = std::move(last);
    auto const windows = asked;
    for (int i = 0; i < times; ++i) {
      auto const began = bus::now();
      last = told{reader_.read(windows, began + patience_ns)};
      took.push_back(static_cast<double>(bus::now() - began) / 1e6);
      differing += same_reading(last.reading, before.reading) ? 0 : 1;
      before = std::move(last);
    }
    last = std::move(before);
    std::ranges::sort(took);
    std::printf("%-28s %6.1f ms (min %.1f, max %.1f), %zu questions, %zu elements, %zu pages\n", name,
                took[took.size() / 2], took.front(), took.back(), reader_.questions(), last.elements.size(),
                last.pages.size());
    std::fflush(stdout);
    INFO(name);
    CHECK(differing == 0);
    for (auto const& one : last.elements) {
      bool const silent = one.what == screen_part::secret || one.what == screen_part::image ||
                          one.what == screen_part::unread;
      CHECK((!silent || one.text.view().empty()));
    }
    CHECK_FALSE(tells(canary));
  }

  void act(std::vector<std::string> words) const {
    words.insert(words.begin(), "xdotool");
    desktop.server.run(std::move(words));
    pause_ms(250);
  }
  void type(std::string_view text) const { act({"type", "--delay", "20", std::string{text}}); }
  void click(overt::rectangle const& box, int right_of = 0) const {
    act({"mousemove", std::to_string(box.x + box.width / 2 + right_of),
         std::to_string(box.y + box.height / 2), "click", "1"});
  }

  accessible_desktop const desktop{};
  std::vector<screen_window> asked{};
  told last{};

private:
  x11_windows windows_;
  window_elements reader_;
};

/// Password, "show password", menu and list of the form that each toolkit has.
void check_form(reading& on, char const* name, pid_t program) {
  REQUIRE(on.wait_for([&] { return on.find(screen_part::label, "Save draft") != nullptr; }));
  REQUIRE(on.count(screen_part::secret) == 1);
  CHECK(on.find(screen_part::text, "Password") != nullptr);
  CHECK(on.find(screen_part::text, "Red") != nullptr);
  CHECK(on.find(screen_part::text, "Cherries") != nullptr);
  on.check_again(name);

  auto const& secret = *std::ranges::find_if(on.last.elements,
                                             [](auto const& one) { return one.what == screen_part::secret; });
  auto const password = secret.where;
  on.click(on.find(screen_part::text, "Name")->where, 150);
  on.type("Ada Lovelace");
  on.click(password);
  on.type(canary);
  REQUIRE(on.wait_for([&] { return on.find(screen_part::entry, "Ada Lovelace") != nullptr; }));
  on.check_again((std::string{name} + ", typed").c_str());
  on.click(on.find(screen_part::label, "Show password")->where, 0);
  REQUIRE(on.wait_for([&] { return on.count(screen_part::secret) == 1; }));
  on.check_again((std::string{name} + ", password shown").c_str());
  // Who did not see it hidden takes it for an ordinary text, by its role: the memory is what keeps it.
  CHECK(std::ranges::any_of(on.last.elements, [&](auto const& one) {
    return one.what == screen_part::secret && one.where == password;
  }));

  on.click(on.find(screen_part::label, "File")->where);
  REQUIRE(on.wait_for([&] { return on.has_popup() && on.find(screen_part::label, "New") != nullptr; }));
  on.check_again((std::string{name} + ", menu open").c_str());
  on.act({"key", "Escape"});
  on.act({"key", "Escape"});
  on.click(on.find(screen_part::text, "Red")->where);
  REQUIRE(on.wait_for([&] { return on.has_popup() && on.find(screen_part::text, "Green") != nullptr; }));
  on.check_again((std::string{name} + ", list open").c_str());
  on.act({"key", "Escape"});

  // Stopped, it is not understood; and again when it goes on.
  ::kill(program, SIGSTOP);
  auto const began = bus::now();
  on.read();
  CHECK(bus::now() - began < patience_ns + 500'000'000);
  CHECK(std::ranges::all_of(on.last.windows, [](auto one) { return one == window_reading::failed; }));
  CHECK(on.last.elements.empty());
  ::kill(program, SIGCONT);
  CHECK(on.wait_for([&] { return on.count(screen_part::secret) == 1; }));
}

} // namespace

TEST_CASE("a form of GTK 3") {
  auto const program = form("gtk3_form");
  if (!installed() || program.empty()) {
    return;
  }
  reading on;
  auto const started = on.desktop.start({program});
  check_form(on, "GTK 3 form", started.pid());
}

TEST_CASE("a form of Qt 5") {
  auto const program = form("qt5_form");
  if (!installed() || program.empty()) {
    return;
  }
  reading on;
  auto const started = on.desktop.start({program});
  check_form(on, "Qt 5 form", started.pid());
}

TEST_CASE("a form of GTK 3 at 200 %") {
  auto const program = form("gtk3_form");
  if (!installed() || program.empty()) {
    return;
  }
  reading on;
  auto const started = on.desktop.start({"GDK_SCALE=2", program});
  REQUIRE(on.wait_for([&] { return on.find(screen_part::label, "Save draft") != nullptr; }));
  // A press that goes where a button is said to be is the button's.
  auto const& secret = *std::ranges::find_if(on.last.elements,
                                             [](auto const& one) { return one.what == screen_part::secret; });
  CHECK(secret.where.height > 50);
  on.click(on.find(screen_part::text, "Name")->where, 300);
  on.type("Ada Lovelace");
  CHECK(on.wait_for([&] { return on.find(screen_part::entry, "Ada Lovelace") != nullptr; }));
  on.check_again("GTK 3 form at 200 %");
}

TEST_CASE("a form of GTK 4, which does not say where things are") {
  auto const program = form("gtk4_form");
  if (!installed() || program.empty()) {
    return;
  }
  reading on;
  auto const started = on.desktop.start({program});
  REQUIRE(on.wait_for([&] { return on.find(screen_part::unplaced, "Password") != nullptr; }));
  CHECK(std::ranges::all_of(on.last.windows, [](auto one) { return one == window_reading::unplaced; }));
  CHECK(std::ranges::all_of(on.last.elements,
                            [](auto const& one) { return one.what == screen_part::unplaced; }));
  CHECK(std::ranges::any_of(on.last.elements, [&](auto const& one) {
    return one.role == overt::ui_role::password_field && one.text.view().empty() &&
           one.where == on.asked.front().inside;
  }));
  on.check_again("GTK 4 form");
}

TEST_CASE("a question for a password, and a text of many lines") {
  if (!installed({"zenity", "mousepad"})) {
    return;
  }
  reading on;
  {
    auto const started = on.desktop.start({"zenity", "--password", "--username", "--title=Ask"});
    REQUIRE(on.wait_for([&] { return on.find(screen_part::label, "OK") != nullptr; }));
    CHECK(on.count(screen_part::secret) == 1);
    on.check_again("zenity");
  }
  auto const file = on.desktop.folder() + "/text.txt";
  {
    std::ofstream text{file};
    for (int i = 1; i <= 300; ++i) {
      text << "line " << i << " of a text that goes on\n";
    }
  }
  auto const started = on.desktop.start({"mousepad", file});
  REQUIRE(
      on.wait_for([&] { return on.find(screen_part::entry, "line 3 of a text that goes on") != nullptr; }));
  auto const* const third = on.find(screen_part::entry, "line 3 of a text that goes on");
  auto const* const fourth = on.find(screen_part::entry, "line 4 of a text that goes on");
  REQUIRE(fourth != nullptr);
  CHECK(third->group == fourth->group);
  CHECK(third->where.y + third->where.height <= fourth->where.y);
  CHECK(on.find(screen_part::entry, "line 290 of a text that goes on") == nullptr); // it does not show
  on.check_again("mousepad, 300 lines");
  on.act({"key", "ctrl+End"});
  CHECK(
      on.wait_for([&] { return on.find(screen_part::entry, "line 290 of a text that goes on") != nullptr; }));
  on.check_again("mousepad, scrolled");
}

TEST_CASE("Chromium and Firefox: fields, a frame of another page, an open list") {
  for (std::string const browser : {"chromium", "firefox-esr"}) {
    auto const pages = std::filesystem::path{__FILE__}.parent_path() / "apps" / "serve_form.py";
    if (!installed({browser.c_str(), "python3"}) || !std::filesystem::exists(pages)) {
      continue;
    }
    reading on;
    auto server = on.desktop.start({"python3", pages.string()});
    auto const ports = server.answer(); // {"ports": [8123, 8124]}
    auto const comma = ports.find(',');
    auto const open = ports.find('[');
    REQUIRE(comma != std::string::npos);
    auto const first = "http://127.0.0.1:" + ports.substr(open + 1, comma - open - 1);
    auto const second = "http://127.0.0.1:" + ports.substr(comma + 2, ports.find(']') - comma - 2);
    auto const address = first + "/?frame=" + second + "/?as=part";
    auto const profile = on.desktop.folder() + "/" + browser;
    std::filesystem::create_directories(profile);
    std::vector<std::string> words{browser,   "--no-remote", "--new-instance", "--profile", profile,
                                   "--width", "1000",        "--height",       "780",       address};
    if (browser == "chromium") {
      words = {browser,
               "--force-renderer-accessibility",
               "--no-sandbox",
               "--test-type",
               "--no-first-run",
               "--no-default-browser-check",
               "--disable-gpu",
               "--disable-background-networking",
               "--disable-component-update",
               "--disable-sync",
               "--disable-dev-shm-usage",
               "--password-store=basic",
               "--user-data-dir=" + profile,
               "--window-size=1000,780",
               "--window-position=0,0",
               address};
    } else {
      std::ofstream{profile + "/user.js"}
          << "user_pref(\"browser.shell.checkDefaultBrowser\", false);\n"
             "user_pref(\"browser.aboutwelcome.enabled\", false);\n"
             "user_pref(\"termsofuse.bypassNotification\", true);\n"
             "user_pref(\"datareporting.policy.dataSubmissionEnabled\", false);\n"
             "user_pref(\"signon.rememberSignons\", false);\n";
    }
    auto const started = on.desktop.start(words);
    INFO(browser);
    REQUIRE(on.wait_for([&] { return on.last.pages.size() == 2 && on.count(screen_part::secret) >= 8; }));
    pause_ms(1500);
    on.read();
    CHECK(on.last.pages[0].origin.view() == first);
    CHECK(on.last.pages[1].origin.view() == second);
    CHECK(overt::clipped(on.last.pages[1].where, on.last.pages[0].where) == on.last.pages[1].where);
    auto const& field = *std::ranges::find_if(
        on.last.elements, [](auto const& one) { return one.role == overt::ui_role::password_field; });
    auto const password = field.where;
    on.click(password);
    on.type(canary);
    pause_ms(500);
    on.read();
    on.check_again((browser + ", typed").c_str());
    auto* show = on.find(screen_part::label, "Show password");
    REQUIRE(show != nullptr);
    on.click(show->where);
    pause_ms(500);
    on.read();
    on.check_again((browser + ", password shown").c_str());
    CHECK(std::ranges::any_of(on.last.elements, [&](auto const& one) {
      return one.what == screen_part::secret && one.where.y == password.y;
    }));
    auto* list = on.find(screen_part::text, "Red");
    REQUIRE(list != nullptr);
    on.click(list->where);
    REQUIRE(on.wait_for([&] { return on.has_popup() && on.find(screen_part::text, "Green") != nullptr; }));
    on.check_again((browser + ", list open").c_str());
  }
}

TEST_CASE("LibreOffice Writer: lines of paragraphs, an open menu") {
  if (!installed({"soffice"})) {
    return;
  }
  reading on;
  auto started =
      on.desktop.start({"soffice", "--norestore", "--nologo", "--nofirststartwizard",
                        "-env:UserInstallation=file://" + on.desktop.folder() + "/office", "--writer"});
  REQUIRE(
      on.wait_for([&] { return on.find(screen_part::label, "Edit") != nullptr; }, std::chrono::seconds{60}));
  pause_ms(3000);
  on.type("Dear Ada, the second of May it is.");
  on.act({"key", "Return"});
  on.type("Next paragraph");
  REQUIRE(on.wait_for([&] { return on.find(screen_part::entry, "Next paragraph") != nullptr; }));
  auto const before = on.find(screen_part::entry, "Dear Ada, the second of May it is.");
  REQUIRE(before != nullptr);
  CHECK(before->where.y < on.find(screen_part::entry, "Next paragraph")->where.y);
  on.check_again("LibreOffice Writer");
  on.act({"key", "alt+e"});
  REQUIRE(
      on.wait_for([&] { return on.has_popup() && on.find(screen_part::label, "Select All") != nullptr; }));
  on.check_again("LibreOffice Writer, menu");
  for (std::size_t i = 0; i < on.asked.size(); ++i) {
    auto const& elements = on.last.reading[i].elements;
    auto const tells = [&](std::string_view text) {
      return std::ranges::any_of(elements, [=](auto const& one) { return one.text.view() == text; });
    };
    CHECK((tells("Select All") || !on.asked[i].popup));
    CHECK(tells("Next paragraph") != on.asked[i].popup); // it lies below the menu, or beside it
  }
  for (auto const& one : on.asked) {
    ::kill(static_cast<pid_t>(one.process), SIGKILL); // soffice is a script around the program
  }
}
