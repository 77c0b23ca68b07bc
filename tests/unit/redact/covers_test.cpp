#include <overt/redact/covers.hpp>

#include <string_view>

#include <overt_test/catch.hpp>

using namespace overt;

namespace {

bool covered(std::string_view application, std::string_view origin) {
  context where{.application = guarded_text{arena_string{application}},
                .origin = guarded_text{arena_string{origin}}};
  return redact::covers(redact::only{"editor", "https://tickets.example"}, where);
}

} // namespace

TEST_CASE("the verdict for pictures is that of the scope", "[redact][scope]") {
  CHECK(covered("editor", ""));
  CHECK_FALSE(covered("mailer", ""));
  CHECK(covered("browser", "https://tickets.example"));
  CHECK_FALSE(covered("browser", "https://bank.example"));
  CHECK_FALSE(covered("editor", "https://bank.example")); // a page counts by its origin wherever it is open
  CHECK_FALSE(covered("", ""));
}
