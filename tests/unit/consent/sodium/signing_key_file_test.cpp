#include <overt/consent/sodium/signing_key_file.hpp>

#include <filesystem>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;

TEST_CASE("a signing key survives its file, which is its owner's alone") {
  overt_test::temporary_folder const folder;
  auto const file = folder.path / "person.key";
  auto const key = *signing_key::generate();
  REQUIRE(write_signing_key_file(file, key));
  using std::filesystem::perms;
  CHECK(std::filesystem::status(file).permissions() == (perms::owner_read | perms::owner_write));
  CHECK(read_signing_key_file(file)->id() == key.id());
  CHECK_FALSE(write_signing_key_file(file, key)); // never over a key
  std::filesystem::permissions(file, perms::group_read, std::filesystem::perm_options::add);
  CHECK(read_signing_key_file(file).error().code == overt::error_code::permission_denied);
}

TEST_CASE("what is no key's file is named") {
  overt_test::temporary_folder const folder;
  CHECK(read_signing_key_file(folder.path / "none").error().code == overt::error_code::not_found);
  auto const file = folder.path / "person.key";
  overt_test::write(file, "# a comment\nnothing\n");
  std::filesystem::permissions(file,
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  CHECK(read_signing_key_file(file).error().message.find(file.string()) != std::string::npos);
}
