#include <overt/sink/storage/posix_system.hpp>

#include <cerrno>
#include <cstddef>
#include <string>

#include <overt_test/catch.hpp>
#include <overt_test/storage_systems.hpp>

TEST_CASE("posix system: each call does what it says", "[sink][storage]") {
  overt_test::own_folder const folder;
  auto const path = folder / "a";
  overt::sink::posix_system const system;
  REQUIRE(overt::sink::posix_system::available);
  int const file = system.create_new(path.c_str());
  REQUIRE(file >= 0);
  CHECK(system.create_new(path.c_str()) == -1);
  CHECK(errno == EEXIST);
  CHECK(system.write_at(file, "abcdef", 6, 2) == 6);
  CHECK(system.cut(file, 5) == 0);
  CHECK(overt_test::content_of(path) == std::string("\0\0abc", 5));
  CHECK(system.sync_data(file) == 0);
  void* const memory = system.map(file, 5);
  REQUIRE(memory != nullptr);
  static_cast<char*>(memory)[0] = 'x';
  CHECK(system.sync_map(memory, 5) == 0);
  CHECK(system.unmap(memory, 5) == 0);
  CHECK(overt_test::content_of(path) == std::string("x\0abc", 5));
  static_cast<void>(system.writes_in_place(file)); // depends on the folder
  CHECK_FALSE(system.writes_in_place(-1));
  CHECK(system.close(file) == 0);
  int const opened = system.open_folder(folder.path().c_str());
  REQUIRE(opened >= 0);
  CHECK(system.sync_folder(opened) == 0);
  CHECK(system.close(opened) == 0);
  CHECK(system.open_folder(path.c_str()) == -1);
  CHECK(system.remove(path.c_str()) == 0);
  CHECK(system.remove(path.c_str()) == -1);
  CHECK(system.map(-1, 5) == nullptr);
}
