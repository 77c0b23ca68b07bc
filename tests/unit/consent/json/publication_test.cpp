#include <overt/consent/json/publication.hpp>

#include <string>

#include <overt/consent/sodium/signing_key.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;

namespace {
auto read(std::string const& text, std::string const& policy) {
  return read_publication<verifying_key>(text, policy);
}
std::string const policy = R"({"preset": "strict", "apps": ["editor"], "origins": []})";
} // namespace

TEST_CASE("a policy's publisher is who signed exactly these bytes") {
  auto const key = *signing_key::generate();
  auto const text = write_publication(policy, "Acme IT", key);
  REQUIRE(text);
  auto const made = read(*text, policy);
  REQUIRE(made);
  CHECK(*made == publication{.publisher = "Acme IT", .key_id = key.id()});
  CHECK_FALSE(write_publication(policy, "", key));
  CHECK_FALSE(write_publication(policy, "\xff", key));
}

TEST_CASE("a changed policy, name, key or signature is refused, and the message says what to do") {
  auto const key = *signing_key::generate();
  auto const other = *signing_key::generate();
  auto const text = *write_publication(policy, "Acme IT", key);
  auto const refused = [&](auto change, std::string const& of = policy) {
    auto document = nlohmann::json::parse(text);
    change(document);
    auto const made = read(document.dump(), of);
    if (!made) {
      CHECK(made.error().code == overt::error_code::invalid_input);
      CHECK(made.error().message.find("from the publisher again") != std::string::npos);
    }
    return !made.has_value();
  };
  auto const nothing = [](auto&) {};
  CHECK_FALSE(refused(nothing));
  CHECK(refused(nothing, policy + ' '));
  CHECK(refused([](auto& d) { d["publisher"] = "Somebody else"; }));
  CHECK(refused([&](auto& d) { d["key_id"] = other.id(); }));
  CHECK(refused([](auto& d) { d["key_id"] = "ed25519:"; }));
  CHECK(refused([](auto& d) { d["sig"] = ""; }));
  CHECK(refused([&](auto& d) { d["sig"] = other.sign("something"); }));
  CHECK(refused([](auto& d) { d["unknown"] = 1; }));
  CHECK(refused([](auto& d) { d.erase("alg"); }));
  CHECK(refused([](auto& d) { d["overt_policy_signature"] = 2; }));
  CHECK_FALSE(read("{", policy));
}

TEST_CASE("what stands beside a policy: nothing, the publisher's, somebody else's") {
  overt_test::temporary_folder const folder;
  auto const file = folder.path / "policy.json";
  auto const key = *signing_key::generate();
  auto const beside = [&](std::string const& expected) {
    return publication_beside<verifying_key>(file, policy, expected);
  };
  REQUIRE(beside(""));
  CHECK_FALSE(*beside(""));
  CHECK_FALSE(beside(key.id())); // expected, and not there
  overt_test::write(publication_of(file), *write_publication(policy, "Acme IT", key));
  REQUIRE(beside(""));
  CHECK((*beside(""))->publisher == "Acme IT");
  CHECK(beside(key.id()));
  auto const other = beside(signing_key::generate()->id());
  REQUIRE_FALSE(other);
  CHECK(other.error().message.find("another key") != std::string::npos);
  overt_test::write(publication_of(file), "{}");
  CHECK_FALSE(beside("")); // one that is there and not sound is never passed over
}
