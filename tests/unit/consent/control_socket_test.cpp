#include <overt/consent/control_socket.hpp>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <overt_test/catch.hpp>
#include <overt_test/runtime_folder.hpp>

namespace {
namespace fs = std::filesystem;
using overt::consent::control_socket;
using overt::consent::controls;

/// A caller that sends bytes as they are.
struct caller {
  int connection = ::socket(AF_UNIX, SOCK_STREAM, 0);

  explicit caller(std::string const& path) {
    auto const address = overt::consent::detail::control_address(path);
    if (::connect(connection, reinterpret_cast<sockaddr const*>(&*address), sizeof *address) != 0) {
      ::close(connection);
      connection = -1;
    }
  }
  caller(caller const&) = delete;
  caller& operator=(caller const&) = delete;
  ~caller() {
    if (connection >= 0) {
      ::close(connection);
    }
  }
  void send(std::string_view bytes) const {
    [[maybe_unused]] auto const sent = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  /// All that is answered until the other side hangs up.
  [[nodiscard]] std::string rest() const {
    std::string all;
    char part[256];
    for (ssize_t got = 0; (got = ::read(connection, part, sizeof part)) > 0;) {
      all.append(part, static_cast<std::size_t>(got));
    }
    return all;
  }
};
} // namespace

TEST_CASE("G15 one line there, one line back", "[consent][control]") {
  overt_test::runtime_folder const here;
  controls const hand;
  auto const open = control_socket::open(hand);
  REQUIRE(open);
  CHECK(fs::path{open->path()}.parent_path() == here.folder / "overt");
  CHECK((fs::status(open->path()).permissions() & fs::perms::others_all) == fs::perms::none);
  caller const one{open->path()};
  one.send("pau");
  one.send("se\nresume\n"); // one line is heard
  CHECK(one.rest() == "ok\tpaused\t\n");
  CHECK(hand.paused());
  caller const two{open->path()};
  two.send("resume\n");
  CHECK(two.rest() == "ok\trecording\t\n");
  CHECK_FALSE(hand.paused());
}

TEST_CASE("a caller that says too much, nothing or half a line is hung up on", "[consent][control]") {
  overt_test::runtime_folder const here;
  controls const hand;
  auto const open = control_socket::open(hand);
  REQUIRE(open);
  caller const much{open->path()};
  much.send("pause" + std::string(10'000, ' '));
  CHECK(much.rest().empty());
  caller const half{open->path()};
  half.send("pause");
  auto const began = std::chrono::steady_clock::now();
  CHECK(half.rest().empty());
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds{10});
  CHECK_FALSE(hand.paused());
  { caller const gone{open->path()}; }
  caller const next{open->path()};
  next.send("pause\n");
  CHECK(next.rest() == "ok\tpaused\t\n");
}

TEST_CASE("two recorders of a process have a socket each, and both go away", "[consent][control]") {
  overt_test::runtime_folder const here;
  controls const one;
  controls const two;
  std::string path;
  {
    auto const first = control_socket::open(one);
    auto const second = control_socket::open(two);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->path() != second->path());
    path = second->path();
    caller const call{path};
    call.send("pause\n");
    CHECK(call.rest() == "ok\tpaused\t\n");
    CHECK_FALSE(one.paused());
    CHECK(two.paused());
  }
  CHECK(fs::is_empty(here.folder / "overt"));
  CHECK(caller{path}.connection < 0);
}

TEST_CASE("another user is hung up on", "[consent][control]") {
  if (::geteuid() != 0) {
    WARN("skipped: only root can become another user");
    return;
  }
  overt_test::runtime_folder const here;
  controls const hand;
  auto const open = control_socket::open(hand);
  REQUIRE(open);
  // The folder keeps others out; this is what stands behind it.
  fs::permissions(here.folder, fs::perms::all);
  fs::permissions(here.folder / "overt", fs::perms::all);
  fs::permissions(open->path(), fs::perms::all);
  auto const child = ::fork();
  if (child == 0) {
    if (::setgid(65534) != 0 || ::setuid(65534) != 0) {
      ::_exit(2);
    }
    caller const stranger{open->path()};
    stranger.send("pause\n");
    ::_exit(stranger.connection < 0 ? 3 : stranger.rest().empty() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK_FALSE(hand.paused());
}
