#include <overt/consent/signature_check.hpp>

#include <overt_test/catch.hpp>

using namespace overt::consent;

namespace {
struct knows_no_result {
  bool operator()(receipt const&) const { return true; }
};
} // namespace

static_assert(signature_check<accept_unsigned>);
static_assert(!signature_check<knows_no_result>);
static_assert(!signature_check<int>);

TEST_CASE("what accepts everything says so in its name") { CHECK(accept_unsigned{}(receipt{})); }
