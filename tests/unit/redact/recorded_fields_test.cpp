#include <overt/event/event.hpp>

#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <overt/redact/cleared.hpp>
#include <overt_test/catch.hpp>

// What can be in a trace at all, as a list that was agreed on. Whoever adds a field sees this test fail, and
// asks: does it say who somebody is, which machine it is, or what time it was? (privacy.md, L27, L28)

namespace {

/// What kind of value a member is, as far as it matters here.
template <class Value>
std::string kind_of() {
  if constexpr (overt::is_guarded<Value>) {
    return "guarded";
  } else if constexpr (std::is_same_v<Value, overt::timestamp>) {
    return "time";
  } else if constexpr (std::is_same_v<Value, overt::literal>) {
    return "literal";
  } else if constexpr (overt::named_enum<Value> || overt::named_flags<Value> || std::is_same_v<Value, bool>) {
    return "closed";
  } else if constexpr (overt::detail::is_vector<Value> || overt::detail::is_optional<Value>) {
    return kind_of<typename Value::value_type>();
  } else {
    return "number";
  }
}

template <class Record>
void append_fields(std::string& out, std::string const& before) {
  std::apply(
      [&](auto const&... description) {
        auto const one = [&]<class Description>(Description const& what) {
          using member = typename Description::member_type;
          auto const name = before + std::string{what.name};
          if constexpr (overt::detail::is_vector<member> || overt::detail::is_optional<member>) {
            if constexpr (overt::described<typename member::value_type>) {
              return append_fields<typename member::value_type>(out, name + ".");
            }
          }
          if constexpr (overt::described<member>) {
            return append_fields<member>(out, name + ".");
          }
          out += name + " " + kind_of<member>() + "\n";
        };
        (one(description), ...);
      },
      Record::fields());
}

template <class... Payloads>
std::string all_fields(overt::basic_event<Payloads...> const*) {
  std::string out;
  append_fields<overt::context>(out, "context.");
  (append_fields<Payloads>(out, std::string{Payloads::name} + "."), ...);
  return out;
}

std::string recorded() { return all_fields(static_cast<overt::event const*>(nullptr)); }

constexpr std::string_view agreed = R"(context.application guarded
context.title guarded
context.origin guarded
context.page guarded
context.field closed
key.phase closed
key.kind closed
key.held closed
key.layout number
key.injected closed
key.device number
key.usage guarded
key.symbol guarded
key.entered guarded
text.source closed
text.length guarded
text.edits guarded
text.value guarded
text.outcome closed
text.doubt closed
text.size guarded
text.began time
text.follows number
text.entities.type literal
text.entities.size closed
text.entities.begin guarded
text.entities.end guarded
text.made_of number
pointer_move.at.x number
pointer_move.at.y number
pointer_move.at.display number
pointer_move.at.display_epoch number
pointer_move.injected closed
pointer_move.device number
pointer_delta.dx number
pointer_delta.dy number
pointer_delta.injected closed
pointer_delta.device number
button.phase closed
button.which closed
button.number number
button.clicks number
button.held closed
button.at.x number
button.at.y number
button.at.display number
button.at.display_epoch number
button.injected closed
button.device number
scroll.dx_v120 number
scroll.dy_v120 number
scroll.held closed
scroll.at.x number
scroll.at.y number
scroll.at.display number
scroll.at.display_epoch number
scroll.injected closed
scroll.device number
ui_action.act closed
ui_action.role closed
ui_action.label guarded
ui_action.path.role closed
ui_action.path.label guarded
ui_action.before guarded
ui_action.after guarded
ui_action.bounds.x number
ui_action.bounds.y number
ui_action.bounds.width number
ui_action.bounds.height number
ui_action.selector guarded
ui_action.observed time
ui_action.made_of number
clipboard.operation closed
clipboard.made_of number
focus.target closed
display.epoch number
display.monitors.id number
display.monitors.bounds.x number
display.monitors.bounds.y number
display.monitors.bounds.width number
display.monitors.bounds.height number
display.monitors.scale_percent number
display.monitors.primary closed
frame.reason closed
frame.state closed
frame.grabbed time
frame.covers.x number
frame.covers.y number
frame.covers.width number
frame.covers.height number
frame.shown.x number
frame.shown.y number
frame.shown.width number
frame.shown.height number
frame.masked.x number
frame.masked.y number
frame.masked.width number
frame.masked.height number
frame.cursor.x number
frame.cursor.y number
frame.cursor.shape closed
frame.picture guarded
marker.kind closed
marker.instruction guarded
marker.outcome closed
gap.reason closed
gap.of literal
gap.count number
source.backend literal
source.state closed
source.can_see closed
source.cannot_see closed
source.reason literal
consent_change.state closed
redaction.rule literal
redaction.of literal
redaction.entity literal
redaction.action closed
redaction.reason closed
redaction.how_many closed
)";

} // namespace

TEST_CASE("L27 L28 the fields of a trace are those that were agreed on", "[redact][schema][L27][L28]") {
  CHECK(recorded() == agreed);
}

TEST_CASE("L27 no field is made for a machine, a person or their surroundings", "[redact][schema][L27]") {
  auto const fields = recorded();
  for (auto const* const word :
       {"host",        "user",   "login", "serial",  "edid",    "vendor",  "mac",
        "address",     "locale", "zone",  "font",    "process", "pid",     "command",
        "environment", "scan",   "email", "name_of", "path_to", "country", "battery"}) {
    INFO(word);
    CHECK(fields.find(word) == std::string::npos);
  }
}

TEST_CASE("L28 no field is made for the wall clock, and every moment is on the policy's grid",
          "[redact][schema][L28]") {
  auto const fields = recorded();
  for (auto const* const word : {"wall", "date", ".utc", "unix", "year", "hour", "day", "clock", "since"}) {
    INFO(word);
    CHECK(fields.find(word) == std::string::npos);
  }
  // moments beside an event's own; the pipeline puts them on the grid because of their type
  CHECK(fields.find("ui_action.observed time\n") != std::string::npos);
  CHECK(fields.find("text.began time\n") != std::string::npos);
  CHECK(overt::detail::holds_timestamp<overt::ui_action>());
  CHECK(overt::detail::holds_timestamp<overt::text>());
}
