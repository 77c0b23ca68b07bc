#include <overt/sink/memory.hpp>

#include <optional>
#include <string>
#include <utility>

#include <overt/redact/pipeline.hpp>
#include <overt/redact/presets.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>

namespace {

namespace redact = overt::redact;
using overt_test::guarded_of;
using overt_test::happened;
using overt_test::place;

struct discloses_labels {
  overt::verdict operator()(overt::ui_action& what, overt::disclosure const& key) const {
    what.label.disclose(key);
    for (auto& step : what.path) {
      step.label.disclose(key);
    }
    return overt::verdict::release(key);
  }
};

using kept_event =
    overt::basic_event<overt::key, overt::ui_action, overt::button, overt::gap, overt::redaction>;

} // namespace

TEST_CASE("what is kept outlives everything it came from", "[sink][memory]") {
  overt::sink::memory<kept_event> kept;
  {
    auto sink = kept; // a handle: the recorder gets a copy
    auto chain = redact::only{"editor"} | redact::secrets{} | redact::shortcuts{} | discloses_labels{};
    redact::pipeline<kept_event, decltype(chain), decltype(sink)> out{std::move(chain), sink, {}};
    overt::ui_action action{.label = guarded_of("Save"), .before = guarded_of("Kx7v")};
    action.path.push_back({.role = overt::ui_role::menu, .label = guarded_of("File")});
    action.made_of = {1, 2};
    out.push(happened<kept_event>(1, place({.title = "Kx7v"}), std::move(action)));
    out.push(
        happened<kept_event>(2, place({.title = "Kx7v"}), overt_test::typed('s', overt::modifiers::control)));
    out.push(happened<kept_event>(3, place({.application = "other"}), overt::button{}));
    out.finish();
  }
  REQUIRE(kept.events().size() == 3);
  auto const& first = kept.events()[0];
  CHECK(first.head().sequence == 1);
  REQUIRE(first.head().where);
  CHECK(first.head().where->application.disclosed()->view() == "editor");
  CHECK(first.head().where->title.disclosed() == nullptr);
  auto const* const action = first.get_if<overt::ui_action>();
  REQUIRE(action != nullptr);
  CHECK(action->label.disclosed()->view() == "Save");
  CHECK(action->before.state() == overt::guard_state::denied);
  REQUIRE(action->path.size() == 1);
  CHECK(action->path[0].label.disclosed()->view() == "File");
  CHECK(action->made_of.empty()); // of events that are not in the trace

  auto const* const key = kept.events()[1].get_if<overt::key>();
  REQUIRE(key != nullptr);
  CHECK(key->symbol.disclosed()->keysym == 's');
  CHECK(key->usage.state() == overt::guard_state::denied);
  CHECK(key->held == overt::modifiers::control);

  CHECK(kept.events()[2].payload_name() == "gap");
  CHECK_FALSE(kept.events()[2].head().where);
  CHECK(kept.events()[2].get_if<overt::gap>()->count == std::nullopt);
}

TEST_CASE("what is kept is written as what it was", "[sink][memory]") {
  overt::sink::memory<kept_event> kept;
  overt_test::bytes_sink bytes;
  auto const chain = redact::only{"editor"} | redact::secrets{} | redact::shortcuts{} | discloses_labels{};
  redact::pipeline<kept_event, std::remove_const_t<decltype(chain)>, decltype(kept)> out{chain, kept, {}};
  redact::pipeline<kept_event, std::remove_const_t<decltype(chain)>, decltype(bytes)> other{chain, bytes, {}};
  auto const here = place();
  auto const give = [&](auto& to) {
    to.push(happened<kept_event>(1, here, overt_test::typed('s', overt::modifiers::control)));
    to.push(happened<kept_event>(2, here, overt::ui_action{.label = guarded_of("Save")}));
    to.push(happened<kept_event>(3, place({.application = "other"}), overt::button{}));
    to.finish();
  };
  give(out);
  give(other);
  overt::detail::json_text again;
  for (auto const& each : kept.events()) {
    overt::sink::append_event(again, each);
    again.raw('\n');
  }
  CHECK(again.view() == bytes.text());
}
