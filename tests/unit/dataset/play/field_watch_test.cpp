#include <overt/dataset/play/field_watch.hpp>

#include <optional>
#include <string>

#include "fake_desktop.hpp"
#include <overt_test/catch.hpp>

using namespace overt_test::replayed;

namespace {

struct watch_at_work {
  desktop on{};
  replay_options options = semantic();
  replay_timing<fake_clock> timing = timing_on(on, options);
  fake_elements there{&on};
  field_watch<fake_elements, fake_clock> watch{there, timing};
  action what = at(0, text_action{.value = "new"});
  played_action now = playing(what);

  void says(bool editable, std::optional<std::string> text) {
    on.field = [editable, text](desktop const&) { return std::optional{seen_field{editable, text}}; };
  }
};

} // namespace

TEST_CASE("a field is waited for, and what stands in it is told if it is no secret") {
  watch_at_work it;
  it.on.field = [](desktop const& on) {
    return std::optional{seen_field{on.now >= timestamp{300 * ms}, "old"}};
  };
  CHECK(it.watch.wait_for(it.now) == "old");
  CHECK(it.on.now >= timestamp{300 * ms});
  it.says(true, std::nullopt);
  CHECK_FALSE(it.watch.wait_for(it.now));
}

TEST_CASE("where there is no field, none is waited for long") {
  watch_at_work it;
  it.says(false, "7");
  CHECK_FALSE(it.watch.wait_for(it.now)); // a calculator shows what cannot be written into
  CHECK(it.on.now >= timestamp{2000 * ms});
  CHECK(it.on.now < timestamp{2100 * ms});
  no_elements none;
  field_watch watch{none, it.timing};
  auto const before = it.on.now;
  CHECK_FALSE(watch.wait_for(it.now));
  CHECK(it.on.now == before);
}

TEST_CASE("a field in which nothing changes is a difference, as long as it has the focus and tells") {
  watch_at_work it;
  it.now.number = 4;
  it.says(true, "old");
  auto const found = it.watch.wait_for_change(it.now, "old", "new");
  REQUIRE(found);
  CHECK(found->action == 4);
  CHECK(found->what == difference::value);
  CHECK(found->expected == "new");
  CHECK(found->found == "old");
  CHECK_FALSE(it.watch.wait_for_change(it.now, "old", "")); // nothing was written
  CHECK_FALSE(it.watch.wait_for_change(it.now, "older", "new"));
  it.says(true, std::nullopt);
  CHECK_FALSE(it.watch.wait_for_change(it.now, "old", "new"));
  it.says(false, "old");
  CHECK_FALSE(it.watch.wait_for_change(it.now, "old", "new"));
}

TEST_CASE("a replay that was stopped has not waited for the change to the end") {
  watch_at_work it;
  it.says(true, "old");
  it.options.stop = [&] { return it.on.now >= timestamp{100 * ms}; };
  CHECK_FALSE(it.watch.wait_for_change(it.now, "old", "new"));
  CHECK(it.timing.was_stopped());
}
