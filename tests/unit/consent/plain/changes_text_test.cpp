#include <overt/consent/plain/changes_text.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;

namespace {
bool says(std::string const& text, std::string_view words) { return text.find(words) != std::string::npos; }
} // namespace

TEST_CASE("what is looser is said first and named, in each language") {
  auto const from = overt_test::some_terms();
  auto to = from;
  to.retention_days = 7;
  to.apps.push_back("mail");
  auto const text = changes_text(language::english, changes_between(from, to), {});
  CHECK(says(text,
             "  - Applications: in addition mail (looser)\n  - Days that recordings are kept: 7 instead "
             "of 30 (stricter)\n"));
  CHECK(says(text, "SOME OF IT IS LOOSER"));
  auto const german = changes_text(language::german, changes_between(from, to), {});
  CHECK(says(german, "  - Anwendungen: zus\xc3\xa4tzlich mail (lockerer)"));
  CHECK(says(german, "EINIGES IST LOCKERER"));
}

TEST_CASE("altogether") {
  auto const from = overt_test::some_terms();
  auto to = from;
  CHECK(says(changes_text(language::english, {}, {}), "nothing but the time"));
  to.retention_days = 7;
  CHECK(says(changes_text(language::english, changes_between(from, to), {}), "Altogether stricter"));
  to.retention_days = 70;
  CHECK(says(changes_text(language::english, changes_between(from, to), {}), "ALTOGETHER LOOSER"));
}

TEST_CASE("an old policy that is not known cannot be called stricter") {
  auto const from = overt_test::some_terms();
  auto to = from;
  to.policy_digest = std::string(64, 'c');
  to.retention_days = 7;
  auto const changes = changes_between(from, to);
  auto const unknown = changes_text(language::english, changes, {});
  CHECK(says(unknown, "What the old one said is not known here"));
  CHECK_FALSE(says(unknown, "Altogether"));
  auto const known = changes_text(language::english, changes,
                                  {.known = true, .all = {{"text", "withheld", "cleared", true}}});
  CHECK(says(known, "In the policy:\n  - text: cleared instead of withheld (looser)\n"));
  CHECK(says(known, "SOME OF IT IS LOOSER"));
  CHECK_FALSE(says(known, to.policy_digest));
}
