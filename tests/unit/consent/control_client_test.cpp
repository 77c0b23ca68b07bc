#include <overt/consent/control_client.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <overt/consent/control_socket.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/runtime_folder.hpp>

namespace {
namespace fs = std::filesystem;
using namespace overt::consent;

} // namespace

TEST_CASE("G15 recorders are found and spoken to", "[consent][control]") {
  overt_test::runtime_folder const here;
  REQUIRE(controlled_sessions());
  CHECK(controlled_sessions()->empty());
  controls const one;
  controls const two;
  auto const first = control_socket::open(one);
  auto const second = control_socket::open(two);
  REQUIRE(second);
  std::ofstream{here.folder / "overt" / "something"} << "else";
  std::ofstream{here.folder / "overt" / "nobody.socket"} << "";
  auto const found = controlled_sessions();
  REQUIRE(found);
  REQUIRE(found->size() == 2);
  CHECK(found->front().process == ::getpid());
  for (auto const& each : *found) {
    auto const said = ask_session(each, "pause 600");
    REQUIRE(said);
    CHECK(said->state == "paused");
  }
  CHECK(one.paused());
  CHECK(two.paused());
  auto const refused = ask_session(found->front(), "hide");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == overt::error_code::misuse);
}

TEST_CASE("what a recorder that died left behind is removed", "[consent][control]") {
  overt_test::runtime_folder const here;
  auto const folder = control_folder();
  REQUIRE(folder);
  auto const path = *folder + "/4194305.socket"; // beyond the numbers that processes have
  auto const address = detail::control_address(path);
  auto const left = ::socket(AF_UNIX, SOCK_STREAM, 0);
  REQUIRE(::bind(left, reinterpret_cast<sockaddr const*>(&*address), sizeof *address) == 0);
  ::close(left);
  auto const found = controlled_sessions();
  REQUIRE(found);
  REQUIRE(found->size() == 1);
  auto const answer = ask_session(found->front(), "status");
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == overt::error_code::source_lost);
  CHECK(controlled_sessions()->empty());
}
