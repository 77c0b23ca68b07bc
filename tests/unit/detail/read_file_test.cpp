#include <overt/detail/read_file.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using overt::detail::read_error;
using overt::detail::read_file;
using overt::detail::status_of;

TEST_CASE("a file is read whole, or not at all") {
  overt_test::temporary_folder const folder;
  auto const file = folder.path / "file";
  std::string const bytes{"a\0b\r\n", 5};
  overt_test::write(file, bytes);
  auto read = read_file(file, 5);
  REQUIRE(read);
  CHECK(read->content == bytes);
  CHECK(read->status == status_of(file));
  CHECK_FALSE(read->settled); // it was written just now
  CHECK(read_file(file, 4).error() == read_error::too_large);
  CHECK(read_file(folder.path, 100).error() == read_error::unreadable);
  CHECK(read_file(folder.path / "none", 100).error() == read_error::unreadable);
  CHECK_FALSE(status_of(folder.path / "none").regular);
}
