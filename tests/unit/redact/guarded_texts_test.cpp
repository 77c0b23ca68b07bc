#include <overt/redact/guarded_texts.hpp>

#include <string>
#include <vector>

#include <overt/event/context.hpp>
#include <overt/event/key.hpp>
#include <overt/event/ui_action.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/keys.hpp>
#include <overt_test/payloads.hpp>

using overt_test::guarded_of;

namespace {

template <class Payload>
std::string all_of(Payload what) {
  std::string all;
  overt_test::with_clearance([&](overt::clearance const& key) {
    overt::redact::each_guarded_text(
        what, [&](overt::guarded_text& field) { all.append(field.look(key).view()).append(";"); });
  });
  return all;
}

} // namespace

TEST_CASE("every text is visited, however deep it stands", "[redact][guarded_texts]") {
  overt::ui_action act{.label = guarded_of("a"),
                       .before = guarded_of("d"),
                       .after = guarded_of("e"),
                       .selector = guarded_of("f")};
  act.path.push_back({overt::ui_role::window, guarded_of("b")});
  act.path.push_back({overt::ui_role::menu, guarded_of("c")});
  CHECK(all_of(std::move(act)) == "a;b;c;d;e;f;");
  CHECK(all_of(overt::context{.application = guarded_of("a"),
                              .title = guarded_of("b"),
                              .origin = guarded_of("c"),
                              .page = guarded_of("d")}) == "a;b;c;d;");
  CHECK(all_of(overt_test::ticket_opened{.title = guarded_of("a")}) == "a;");
  CHECK(all_of(overt::key{}).empty());
}

TEST_CASE("a text that was changed says so", "[redact][guarded_texts]") {
  auto const changed = [](overt::text_outcome outcome) {
    overt::text what{
        .length = overt::guarded{std::uint32_t{3}}, .outcome = outcome, .value = guarded_of("abc")};
    what.entities.push_back(
        {.begin = overt::guarded{std::uint32_t{1}}, .end = overt::guarded{std::uint32_t{2}}});
    overt_test::with_clearance(
        [&](overt::clearance const& key) { overt::redact::mark_as_changed(what, key); });
    CHECK(what.length.state() == overt::guard_state::denied);
    CHECK(what.entities[0].begin.state() == overt::guard_state::denied);
    CHECK(what.entities[0].end.state() == overt::guard_state::denied);
    CHECK(what.value.state() == overt::guard_state::withheld);
    return what.outcome;
  };
  CHECK(changed(overt::text_outcome::cleared) == overt::text_outcome::mixed);
  CHECK(changed(overt::text_outcome::unjudged) == overt::text_outcome::mixed);
  CHECK(changed(overt::text_outcome::entity) == overt::text_outcome::entity);
}

TEST_CASE("the size of a text is in characters, in buckets", "[redact][guarded_texts]") {
  using overt::amount;
  CHECK(overt::redact::size_of("äöüäöüäöü") == amount::under_ten);
  CHECK(overt::redact::size_of("0123456789") == amount::tens);
  CHECK(overt::redact::size_of("") == amount::under_ten);
}
