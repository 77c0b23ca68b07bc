#include <overt/dataset/export/private_files.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

namespace {

namespace detail = overt::dataset::detail;
namespace files = std::filesystem;

std::string content_of(files::path const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

} // namespace

TEST_CASE("a file of a dataset is written whole, in the place of another, and grows") {
  overt_test::temporary_folder folder;
  auto const path = (folder.path / "file").string();
  REQUIRE(detail::write_file(path, "one, and longer"));
  REQUIRE(detail::write_file(path, "two"));
  CHECK(content_of(path) == "two");
  auto file = detail::growing_file::open(path);
  REQUIRE(file);
  REQUIRE(file->write("+"));
  REQUIRE(file->close());
  CHECK(content_of(path) == "two+");
  CHECK_FALSE(detail::growing_file::open(path, true));
  CHECK_FALSE(detail::write_file((folder.path / "none" / "file").string(), "x"));
}

TEST_CASE("a folder is made once, and is not a file") {
  overt_test::temporary_folder folder;
  auto const path = (folder.path / "folder").string();
  CHECK(detail::make_folder(path));
  CHECK(detail::make_folder(path));
  REQUIRE(detail::write_file(path + "/file", ""));
  CHECK_FALSE(detail::make_folder(path + "/file"));
  CHECK_FALSE(detail::make_folder(path + "/none/folder"));
}

#if defined(__unix__)
TEST_CASE("nothing is written through a symbolic link") {
  overt_test::temporary_folder folder;
  overt_test::write(folder.path / "other", "mine");
  files::create_symlink(folder.path / "other", folder.path / "link");
  CHECK_FALSE(detail::growing_file::open((folder.path / "link").string()));
  REQUIRE(detail::write_file((folder.path / "link").string(), "new")); // instead of the link
  CHECK(content_of(folder.path / "other") == "mine");
  files::create_directory(folder.path / "folder");
  files::create_directory_symlink(folder.path / "folder", folder.path / "to");
  CHECK_FALSE(detail::make_folder((folder.path / "to").string()));
}
#endif
