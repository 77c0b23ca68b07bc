#include <overt/capture/process_identity.hpp>

#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include <overt_test/catch.hpp>

using overt::capture::application_of;
using overt::capture::process_identities;
using overt::capture::start_of;

namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

/// A folder that looks like /proc, with processes in it.
class fake_proc {
public:
  fake_proc() : root_{fs::temp_directory_path() / ("overt-proc-" + std::to_string(::getpid()))} {
    fs::remove_all(root_);
    fs::create_directories(root_ / "home");
  }
  ~fake_proc() { fs::remove_all(root_); }

  void process(int pid, std::string const& exe, std::string const& command = {}, std::string const& cwd = "/",
               std::string const& start = "100") {
    auto const folder = root_ / std::to_string(pid);
    fs::remove_all(folder);
    fs::create_directories(folder / "root");
    fs::create_symlink(exe, folder / "exe");
    fs::create_symlink(cwd, folder / "cwd");
    write(folder / "cmdline", command);
    write(folder / "stat",
          std::to_string(pid) + " (a) b) R 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 " + start + " 20\n");
  }
  static void write(fs::path const& file, std::string const& text) {
    std::ofstream{file, std::ios::binary} << text;
  }

  [[nodiscard]] std::string path() const { return root_.string(); }
  [[nodiscard]] std::string home() const { return (root_ / "home").string(); }
  [[nodiscard]] std::string of(std::uint32_t pid) const { return application_of(pid, path()); }

private:
  fs::path root_;
};

/// An installed program that is no interpreter and no link.
constexpr char const* installed = "/usr/bin/env";

} // namespace

TEST_CASE("an installed program has its name, any other its path") {
  fake_proc proc;
  proc.process(10, installed);
  CHECK(proc.of(10) == "env");
  auto const own = proc.home() + "/mousepad"; // called like an installed one
  proc.write(own, "x");
  proc.process(11, own);
  CHECK(proc.of(11) == own);
}

TEST_CASE("what cannot be told is empty") {
  fake_proc proc;
  CHECK(proc.of(99).empty());
  proc.process(10, "/usr/bin/gone (deleted)");
  CHECK(proc.of(10).empty());
  proc.process(11, "/usr/bin/of-another-file-system");
  CHECK(proc.of(11).empty());
  proc.process(12, "anon_inode:something");
  CHECK(proc.of(12).empty());
}

TEST_CASE("sandboxed programs say who they are through their sandbox") {
  fake_proc proc;
  proc.process(10, installed);
  proc.write(proc.path() + "/10/root/.flatpak-info",
             "[Application]\nname=org.gnome.TextEditor\nruntime=x\n\n[Instance]\nname=other\n");
  CHECK(proc.of(10) == "flatpak:org.gnome.TextEditor");
  proc.write(proc.path() + "/10/root/.flatpak-info", "[Runtime]\nname=org.other\n");
  CHECK(proc.of(10).empty());
  proc.write(proc.path() + "/10/root/.flatpak-info", "[Application]\nruntime=x\n[Instance]\nname=other\n");
  CHECK(proc.of(10).empty());
}

TEST_CASE("a script is named with the program that runs it") {
  fake_proc proc;
  auto const python = proc.home() + "/python3.11";
  auto const script = proc.home() + "/tool.py";
  proc.write(python, "x");
  proc.write(script, "x");
  auto const run = [&](std::string const& command, std::string const& cwd = "/") {
    proc.process(10, python, command, cwd);
    return proc.of(10);
  };
  CHECK(run("python3\0"s + script + "\0--secret=1\0"s) == python + ":" + script);
  CHECK(run("python3\0-u\0-W\0ignore\0"s + script + "\0"s) == python + ":" + script);
  CHECK(run("python3\0tool.py\0"s, proc.home()) == python + ":" + proc.home() + "/tool.py");
  CHECK(run("python3\0tool.py\0"s, "/").empty()); // not there
  CHECK(run("python3\0"s).empty());
  CHECK(run("python3\0-c\0"s + script + "\0"s).empty());
  CHECK(run("python3\0-m\0http.server\0"s).empty());
  CHECK(run("python3\0-\0"s).empty());
  CHECK(run("").empty());
  CHECK(run("python3\0-W"s).empty());
}

TEST_CASE("names of interpreters come with versions") {
  using overt::capture::detail::interpreter_named;
  for (auto const* const name :
       {"python3", "python3.11", "perl5.36.0", "ruby3.1", "node", "java", "bash", "wish8.6", "gjs-console"}) {
    CHECK(interpreter_named(name) != nullptr);
  }
  for (auto const* const name : {"mousepad", "firefox-esr", "pythonista", "", "3.11"}) {
    CHECK(interpreter_named(name) == nullptr);
  }
}

TEST_CASE("which folders belong to the system") {
  using overt::capture::detail::in_system_folder;
  CHECK(in_system_folder("/usr/bin/mousepad"));
  CHECK(in_system_folder("/usr/lib/firefox-esr/firefox-esr"));
  CHECK(in_system_folder("/opt/x/y/z"));
  CHECK(in_system_folder("/snap/a/1/bin/a"));
  CHECK_FALSE(in_system_folder("/usr/bin/below/mousepad"));
  CHECK_FALSE(in_system_folder("/home/me/usr/bin/mousepad"));
  CHECK_FALSE(in_system_folder("/usr/share/x"));
  CHECK_FALSE(in_system_folder("/tmp/mousepad"));
}

TEST_CASE("a number that is used again is another process") {
  fake_proc proc;
  process_identities known{proc.path()};
  proc.process(10, installed);
  CHECK(start_of(10, proc.path()) == 100);
  CHECK(known.of(10) == "env");
  auto const own = proc.home() + "/other";
  proc.write(own, "x");
  proc.process(10, own, {}, "/", "101");
  CHECK(known.of(10) == own);
  CHECK(known.of(77).empty());
  CHECK(start_of(77, proc.path()) == 0);
}

TEST_CASE("this test is itself") {
  CHECK(application_of(static_cast<std::uint32_t>(::getpid())) ==
        fs::read_symlink("/proc/self/exe").string());
  CHECK(start_of(static_cast<std::uint32_t>(::getpid())) != 0);
}
