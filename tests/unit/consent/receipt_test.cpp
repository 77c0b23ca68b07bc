#include <overt/consent/receipt.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;

TEST_CASE("a receipt covers the applications it names and no others") {
  auto terms = overt_test::some_terms();
  CHECK(terms.covers_application("org.gnome.TextEditor"));
  for (auto const* other :
       {"", "*", "org.gnome", "org.gnome.TextEditor2", "ORG.GNOME.TEXTEDITOR", "org.gnome.TextEditor "}) {
    CHECK_FALSE(terms.covers_application(other));
  }
  terms.apps = {"", "*"}; // what no record holds, filled in by hand
  CHECK_FALSE(terms.covers_application(""));
  CHECK_FALSE(terms.covers_application("org.gnome.TextEditor"));
  CHECK_FALSE(receipt{}.covers_application("org.gnome.TextEditor"));
}

TEST_CASE("a receipt covers the sites it names") {
  auto const terms = overt_test::some_terms();
  CHECK(terms.covers_site("https://tickets.example.org"));
  CHECK_FALSE(terms.covers_site("https://mail.example.org"));
}

TEST_CASE("finer recording is for research and for one's own work") {
  auto terms = overt_test::some_terms();
  CHECK_FALSE(terms.may_be_fine());
  terms.preset = jurisdiction_preset::research_irb;
  CHECK(terms.may_be_fine());
  terms.preset = jurisdiction_preset::strict;
  terms.purposes.push_back(purpose::reproduce_own_workflow);
  CHECK(terms.may_be_fine());
}
