#include <overt/detail/shred_file.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

namespace {

namespace files = std::filesystem;

std::string content_of(files::path const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

} // namespace

TEST_CASE("a file is overwritten where it lies, and then removed", "[detail]") {
  overt_test::temporary_folder folder;
  auto const path = folder.path / "a";
  std::string content;
  for (int i = 0; i < 2000; ++i) {
    content += "canary ";
  }
  overt_test::write(path, content);
  files::create_hard_link(path, folder.path / "spy");
  CHECK(overt::detail::shred_file(path.string()) == 0);
  CHECK_FALSE(files::exists(path));
  auto const left = content_of(folder.path / "spy");
  CHECK(left.size() == content.size());
  CHECK(left.find("canary") == std::string::npos);
  CHECK(overt::detail::shred_file(path.string()) == 0); // there is none
}

TEST_CASE("a folder goes with all that is in it, and a link without what it points to", "[detail]") {
  overt_test::temporary_folder folder;
  files::create_directories(folder.path / "f/g");
  overt_test::write(folder.path / "f/g/a", "canary");
  overt_test::write(folder.path / "elsewhere", "stays");
  files::create_symlink(folder.path / "elsewhere", folder.path / "f/link");
  files::create_hard_link(folder.path / "f/g/a", folder.path / "spy");
  CHECK(overt::detail::overwrite_file((folder.path / "f/link").string()) != 0);
  CHECK(overt::detail::shred_file((folder.path / "f").string()) == 0);
  CHECK_FALSE(files::exists(folder.path / "f"));
  CHECK(content_of(folder.path / "elsewhere") == "stays");
  CHECK(content_of(folder.path / "spy").find("canary") == std::string::npos);
}
