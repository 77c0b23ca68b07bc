#include <overt/redact/page_addresses.hpp>

#include <overt/redact/chain.hpp>
#include <overt/redact/structure.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/left_by.hpp>

TEST_CASE("L26 a page leaves whole only under this policy, which needs key.raw",
          "[redact][page_addresses][L26]") {
  auto const left = [](auto... policies) {
    return overt_test::left_in({.origin = "https://a.example", .page = "/users/jane?q=1#x"}, overt::button{},
                               policies..., overt::redact::structure{});
  };
  CHECK(overt_test::has(left(overt::redact::page_addresses{}), "\"page\":\"/users/jane?q=1#x\""));
  CHECK(overt_test::has(left(), "\"page\":null"));
  using overt::consent::grants;
  CHECK(overt::redact::page_addresses{}.needs() == (grants::window_focus | grants::key_raw));
}
