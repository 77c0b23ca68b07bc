#include <overt/redact/hidden_presses.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include <overt/event/event.hpp>
#include <overt/redact/pipeline.hpp>
#include <overt/redact/presets.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>

namespace {

namespace redact = overt::redact;
using overt::field_kind;
using overt_test::happened;
using overt_test::place;

overt::key with_phase(overt::key_phase phase, std::uint16_t usage) {
  return {.phase = phase,
          .kind = overt::key_class::letter,
          .usage = overt::guarded<std::uint16_t>{usage},
          .symbol = overt::guarded<overt::key_symbol>{overt::key_symbol{'a'}}};
}

std::size_t count_of(std::string const& text, std::string const& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

} // namespace

TEST_CASE("a key that went down unseen does not come up in the trace", "[redact][hidden_presses]") {
  overt_test::bytes_sink sink;
  auto policies = redact::research({"editor"});
  redact::pipeline<overt::event, decltype(policies), overt_test::bytes_sink> out{
      std::move(policies), sink, {}};
  auto const secret = place({.field = field_kind::secret});
  auto const plain = place({.field = field_kind::plain});
  using enum overt::key_phase;
  out.push(happened(1, secret, with_phase(press, 4)));
  out.push(happened(2, plain, with_phase(release, 4))); // the field was left in between
  out.push(happened(3, plain, with_phase(press, 5)));
  out.push(happened(4, plain, with_phase(release, 5)));
  out.push(happened(5, plain, with_phase(press, 4)));
  out.push(happened(6, plain, with_phase(release, 4)));
  out.withhold(happened(7, plain, with_phase(press, 6)), overt::withheld_reason::unconfirmed);
  out.push(happened(8, plain, with_phase(release, 6)));
  out.finish();
  CHECK(count_of(sink.text(), "\"phase\":\"press\"") == 2);
  CHECK(count_of(sink.text(), "\"phase\":\"release\"") == 2);
}

TEST_CASE("L12 nor does it repeat there: a held key of a secret field goes on in the next one",
          "[redact][hidden_presses]") {
  overt_test::bytes_sink sink;
  auto policies = redact::research({"editor"});
  redact::pipeline<overt::event, decltype(policies), overt_test::bytes_sink> out{
      std::move(policies), sink, {}};
  auto const secret = place({.field = field_kind::secret});
  auto const plain = place({.field = field_kind::plain});
  using enum overt::key_phase;
  out.push(happened(1, secret, with_phase(press, 4)));
  out.push(happened(2, plain, with_phase(repeat, 4)));
  out.push(happened(3, plain, with_phase(repeat, 4)));
  out.push(happened(4, plain, with_phase(release, 4)));
  out.push(happened(5, plain, with_phase(press, 4)));
  out.push(happened(6, plain, with_phase(repeat, 4)));
  out.finish();
  CHECK(count_of(sink.text(), "\"phase\":\"press\"") == 1);
  CHECK(count_of(sink.text(), "\"phase\":\"repeat\"") == 1);
  CHECK(count_of(sink.text(), "\"phase\":\"release\"") == 0);
}

TEST_CASE("nor does a button", "[redact][hidden_presses]") {
  overt_test::bytes_sink sink;
  auto policies = redact::strict({"editor"});
  redact::pipeline<overt::event, decltype(policies), overt_test::bytes_sink> out{
      std::move(policies), sink, {}};
  auto const there = place({.application = "other"});
  auto const here = place();
  out.push(happened(1, there, overt::button{.number = 1}));
  out.push(happened(2, here, overt::button{.phase = overt::button_phase::release, .number = 1}));
  out.push(happened(3, here, overt::button{.number = 3}));
  out.push(happened(4, here, overt::button{.phase = overt::button_phase::release, .number = 3}));
  out.finish();
  CHECK(count_of(sink.text(), "\"phase\":\"press\"") == 1);
  CHECK(count_of(sink.text(), "\"phase\":\"release\"") == 1);
}

TEST_CASE("what is made out of hidden input makes no second gap", "[redact][pipeline]") {
  overt_test::bytes_sink sink;
  auto policies = redact::strict({"editor"});
  redact::pipeline<overt::event, decltype(policies), overt_test::bytes_sink> out{
      std::move(policies), sink, {}};
  auto const there = place({.application = "other"});
  auto const here = place();
  auto const text = [] { return overt::text{.value = overt_test::guarded_of("abc")}; };
  out.push(happened(1, here, overt::focus{}));
  out.push(happened(2, there, overt_test::typed('a')));
  out.push(happened(3, here, overt::focus{}));
  out.push(happened(4, there, text())); // told when it was left
  out.push(happened(5, here, overt::focus{}));
  out.finish();
  CHECK(count_of(sink.text(), "\"type\":\"gap\"") == 1);
  // By itself it is told, as everything else.
  out.push(happened(9 * overt_test::seconds, there, text()));
  out.finish();
  CHECK(count_of(sink.text(), "\"type\":\"gap\"") == 2);
}
