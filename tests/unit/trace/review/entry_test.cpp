#include <overt/trace/review/entry.hpp>

#include <overt_test/catch.hpp>

TEST_CASE("every payload is of some kind for a person who looks", "[trace][review]") {
  using overt::trace::review_kind;
  using overt::trace::review_kind_of;
  CHECK(review_kind_of("text") == review_kind::text);
  CHECK(review_kind_of("frame") == review_kind::picture);
  CHECK(review_kind_of("gap") == review_kind::withheld);
  CHECK(review_kind_of("redaction") == review_kind::withheld);
  CHECK(review_kind_of("marker") == review_kind::task);
  CHECK(review_kind_of("consent_change") == review_kind::recorder);
  CHECK(review_kind_of("button") == review_kind::act);
  CHECK(review_kind_of("somebody's own") == review_kind::act); // never hidden among the recorder's own
}
