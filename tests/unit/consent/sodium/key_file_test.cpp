#include <overt/consent/sodium/key_file.hpp>

#include <filesystem>
#include <string>

#if defined(__unix__)
#include <sys/stat.h>
#endif

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

#if defined(__unix__)

namespace consent = overt::consent;
using overt_test::write;

TEST_CASE("a key file is its owner's alone, and is read back") {
  overt_test::temporary_folder const folder;
  auto const file = folder.path / "me.key";
  auto const key = consent::secret_key::generate();
  REQUIRE(key);
  REQUIRE(consent::write_key_file(file, *key));
  struct stat found{};
  REQUIRE(::stat(file.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0600);
  auto const read = consent::read_key_file(file);
  REQUIRE(read);
  CHECK(read->public_half() == key->public_half());
  CHECK_FALSE(consent::write_key_file(file, *consent::secret_key::generate())); // never overwrites a key
  CHECK(consent::read_key_file(file)->public_half() == key->public_half());
}

TEST_CASE("a key file that others may read or write is refused") {
  overt_test::temporary_folder const folder;
  auto const file = folder.path / "me.key";
  auto const key = consent::secret_key::generate();
  REQUIRE(consent::write_key_file(file, *key));
  for (::mode_t const mode : {0640u, 0604u, 0620u, 0602u, 0601u, 0644u, 0777u}) {
    REQUIRE(::chmod(file.c_str(), mode) == 0);
    auto const refused = consent::read_key_file(file);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == overt::error_code::permission_denied);
    CHECK(refused.error().message.find("open to others") != std::string::npos);
  }
  REQUIRE(::chmod(file.c_str(), 0400) == 0);
  CHECK(consent::read_key_file(file));
}

TEST_CASE("what is no key file is refused") {
  overt_test::temporary_folder const folder;
  auto const file = folder.path / "x";
  CHECK(consent::read_key_file(file).error().code == overt::error_code::not_found);
  CHECK(consent::read_key_file(folder.path).error().code != overt::error_code::not_found);
  for (auto const& content : {std::string{}, std::string{"# only a comment\n"}, std::string(5000, 'x'),
                              consent::text_of(consent::secret_key::generate()->public_half())}) {
    std::filesystem::remove(file);
    write(file, content);
    REQUIRE(::chmod(file.c_str(), 0600) == 0);
    CHECK_FALSE(consent::read_key_file(file));
  }
}

#endif
