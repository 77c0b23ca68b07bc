#include <overt/redact/verify.hpp>

#include <string>
#include <string_view>

#include <overt/redact/elements.hpp>
#include <overt/redact/pipeline.hpp>
#include <overt/redact/presets.hpp>
#include <overt/redact/second_look.hpp>
#include <overt/redact/structure.hpp>
#include <overt/redact/typed_characters.hpp>
#include <overt/redact/unverified.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>
#include <overt_test/typing.hpp>

namespace {

namespace redact = overt::redact;
using overt_test::count_of;
using overt_test::guarded_of;
using overt_test::happened;
using overt_test::leaks;
using overt_test::place;

constexpr std::string_view email = "qzvexil@mailbox.example";

bool has(std::string const& bytes, std::string_view part) { return bytes.find(part) != std::string::npos; }

template <class Chain, class Payload>
std::string left_by(Chain policies, Payload payload, overt_test::place_of where = {}) {
  overt_test::bytes_sink sink;
  redact::pipeline<overt::event, Chain, overt_test::bytes_sink> out{std::move(policies), sink, {}};
  out.push(happened(1, place(where), std::move(payload)));
  out.finish();
  return sink.text();
}

/// Discloses everything it is shown.
struct careless {
  overt::verdict operator()(overt::text& what, overt::disclosure const& key) const {
    what.value.disclose(key);
    return overt::verdict::release(key);
  }
  overt::verdict operator()(overt::ui_action& what, overt::disclosure const& key) const {
    what.label.disclose(key);
    for (auto& step : what.path) {
      step.label.disclose(key);
    }
    return overt::verdict::release(key);
  }
  void operator()(overt::context& where, overt::disclosure const& key) const {
    where.title.disclose(key);
    where.page.disclose(key);
  }
};

/// Has something against every text that leaves.
struct wary {
  struct memory {};
  static constexpr std::string_view name = "wary";
  overt::verdict operator()(overt::key&, memory&, redact::occasion const&, overt::disclosure const&) const {
    return overt::verdict::pass();
  }
  void recheck(memory&, overt::guarded_text& what, overt::clearance const& look) const { what.deny(look); }
};

auto chain() { return redact::only{"editor"} | redact::secrets{} | careless{}; }

} // namespace

TEST_CASE("L44 verify masks what a careless policy disclosed", "[redact][verify]") {
  auto const bytes = left_by(chain(), overt::text{.value = guarded_of("ask qzvexil@mailbox.example now")});
  CHECK(has(bytes, "ask * now"));
  CHECK(has(bytes, R"("rule":"verify","of":"text","entity":"EMAIL","action":"masked")"));
  CHECK_FALSE(leaks(bytes, "qzvexil"));
}

TEST_CASE("verify looks into lists, and into the place", "[redact][verify]") {
  overt::ui_action act{.label = guarded_of(email)};
  act.path.push_back({.label = guarded_of("for qzvexil@mailbox.example")});
  auto const bytes =
      left_by(chain(), std::move(act),
              {.title = "Mail to qzvexil@mailbox.example", .page = "/u/qzvexil@mailbox.example"});
  CHECK_FALSE(leaks(bytes, "qzvexil"));
  CHECK(has(bytes, "\"title\":\"Mail to *\""));
  CHECK(has(bytes, R"("rule":"verify","of":"context","entity":"EMAIL")"));
}

TEST_CASE("D4 switched off, it lets it out, and the receipt has to name that", "[redact][verify]") {
  auto const bytes = left_by(chain() | redact::unverified{}, overt::text{.value = guarded_of(email)});
  CHECK(leaks(bytes, "qzvexil"));
  CHECK(has_all(redact::needs_of(chain() | redact::unverified{}), overt::consent::grants::key_raw));
  CHECK_FALSE(has_all(redact::needs_of(chain()), overt::consent::grants::key_raw));
}

TEST_CASE("what cannot be looked at is denied", "[redact][verify]") {
  auto const bytes = left_by(chain(), overt::text{.value = guarded_of("\xff kept")});
  CHECK_FALSE(has(bytes, "kept"));
}

TEST_CASE("L25 what was typed in private does not come back as a title or a name", "[redact][verify][leak]") {
  overt_test::typist person{redact::only{"editor"} | redact::secrets{} | redact::typed_text{} | careless{}};
  person.type(email).enter().wait(2 * overt_test::seconds);
  person.where = place({.title = "qzvexil - Editor"});
  person.push(overt::ui_action{.label = guarded_of("Send to Qzvexil")});
  auto const& bytes = person.finish();
  CHECK_FALSE(leaks(bytes, "qzvexil"));
  CHECK_FALSE(leaks(bytes, "Qzvexil"));
  CHECK(has(bytes, "Send to *"));
  CHECK(has(bytes, R"("entity":"REPEATED")"));
}

TEST_CASE("switched off at run time, nothing is looked at again, by no policy either", "[redact][verify]") {
  auto const says = [](auto policies) {
    return has(left_by(std::move(policies), overt::text{.value = guarded_of("hello there")}), "hello there");
  };
  CHECK(says(chain()));
  CHECK_FALSE(says(chain() | wary{}));
  CHECK_FALSE(says(chain() | wary{} | redact::second_look{}));
  CHECK(says(chain() | wary{} | redact::second_look::switched_off()));
  CHECK(says(chain() | wary{} | redact::unverified{}));
}
