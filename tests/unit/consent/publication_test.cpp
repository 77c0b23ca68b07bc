#include <overt/consent/publication.hpp>

#include <overt_test/catch.hpp>

TEST_CASE("who published a policy is a name and a key") {
  using overt::consent::publication;
  CHECK(publication{} == publication{});
  CHECK_FALSE(publication{.publisher = "Acme"} == publication{.publisher = "Acme", .key_id = "ed25519:"});
}
