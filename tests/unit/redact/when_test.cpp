#include <overt/redact/when.hpp>

#include <string>
#include <string_view>

#include <overt/redact/digest.hpp>
#include <overt/redact/elements.hpp>
#include <overt/redact/file_paths.hpp>
#include <overt/redact/pointer_limits.hpp>
#include <overt/redact/pointer_thinned.hpp>
#include <overt/redact/shortcuts.hpp>
#include <overt/redact/typed_characters.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/left_by.hpp>

namespace {

namespace redact = overt::redact;
using overt_test::guarded_of;
using overt_test::has;

struct of_payloads {
  template <overt::payload Payload>
  overt::verdict operator()(Payload&, overt::disclosure const& key) const {
    return overt::verdict::release(key);
  }
};
struct looks {
  void operator()(overt::text& what, overt::clearance const& key) const { what.value.deny(key); }
};

template <class Policy>
inline constexpr bool fits = redact::policy_for<Policy, overt::event>;
static_assert(fits<decltype(redact::when<overt::text>(looks{}))>);
static_assert(fits<decltype(redact::when<overt::key>(redact::shortcuts{}))>);
static_assert(fits<decltype(redact::when<overt::button>(of_payloads{}))>);
static_assert(fits<decltype(redact::when<overt::pointer_move>(redact::pointer_thinned{}))>);
static_assert(redact::remembers<decltype(redact::when<overt::pointer_move>(redact::pointer_thinned{}))>);
static_assert(!redact::remembers<decltype(redact::when<overt::text>(looks{}))>);

/// With a policy that asks to look, no key that discloses is taken.
template <class Policy, class Key>
concept answers = requires(Policy const& policy, overt::text& what, overt::context const& where,
                           Key const& key) { policy(what, where, key); };
static_assert(answers<decltype(redact::when<overt::text>(looks{})), overt::clearance>);
static_assert(!answers<decltype(redact::when<overt::text>(redact::typed_characters{})), overt::clearance>);
static_assert(answers<decltype(redact::when<overt::text>(redact::typed_characters{})), overt::disclosure>);

} // namespace

TEST_CASE("a policy is asked about one payload only", "[redact][when]") {
  auto const path = [](auto policy) {
    return overt_test::left_of(overt::ui_action{.label = guarded_of("~/jane")}, policy, redact::elements{});
  };
  CHECK(has(path(redact::when<overt::ui_action>(redact::file_paths{})), "\"label\":\"*\""));
  CHECK(has(path(redact::when<overt::text>(redact::file_paths{})), "\"label\":\"~/jane\""));
  CHECK(has(overt_test::left_of(overt::button{}, redact::when<overt::button>(of_payloads{})),
            "\"type\":\"button\""));
  CHECK_FALSE(has(overt_test::left_of(overt::scroll{}, redact::when<overt::button>(of_payloads{})),
                  "\"type\":\"scroll\""));
}

TEST_CASE("a function with a name is a policy", "[redact][when]") {
  auto const hide =
      redact::when<overt::text, "hide_tickets">([](overt::text& what, overt::clearance const& key) {
        auto const at = what.value.look(key).view().find("T-");
        if (at != std::string_view::npos) {
          key.note("TICKET", overt::redaction_action::masked, overt::amount::under_ten);
          what.value.mask(key, {{overt::byte_range{at, at + 6}}});
        }
      });
  auto const bytes = overt_test::left_of(overt::text{.value = guarded_of("see T-1000 please")}, hide,
                                         redact::typed_characters{});
  CHECK(has(bytes, "\"value\":\"see * please\""));
  CHECK(has(bytes, R"("rule":"hide_tickets","of":"text","entity":"TICKET")"));
  CHECK(redact::describe(hide) == R"({"of":"text","policy":"when","then":{"policy":"hide_tickets"}})");

  auto const in_place = redact::when<overt::text, "tell">(
      [](overt::text& what, overt::context const& where, overt::disclosure const& key) {
        if (where.field == overt::field_kind::plain) {
          what.value.disclose(key);
        }
        return overt::verdict::release(key);
      });
  CHECK(has(overt_test::left_of(overt::text{.value = guarded_of("x")}, in_place), "\"value\":\"x\""));
}

TEST_CASE("a policy with a memory keeps it", "[redact][when]") {
  auto chain = redact::only{"editor"} | redact::secrets{} |
               redact::when<overt::pointer_move>(redact::pointer_thinned{.max_hz = 1});
  overt_test::bytes_sink sink;
  redact::pipeline<overt::event, decltype(chain), overt_test::bytes_sink> out{chain, sink, {}};
  for (int i = 0; i < 100; ++i) {
    out.push(overt_test::happened(i * 10 * overt_test::ms, overt_test::place(), overt_test::move(i)));
  }
  out.finish();
  CHECK(overt_test::count_of(sink.text(), "\"type\":\"pointer_move\"") == 1);
}

TEST_CASE("what a wrapped policy needs and has as parameters is told", "[redact][when]") {
  auto const policy = redact::when<overt::pointer_move>(redact::pointer_thinned{.max_hz = 1});
  CHECK(policy.needs() == overt::consent::grants::pointer_path);
  CHECK(
      redact::describe(policy) ==
      R"({"of":"pointer_move","policy":"when","then":{"grid_px":32,"max_hz":1,"policy":"pointer_thinned"}})");
  auto const digest = [](auto one) { return digest_of(redact::only{} | redact::secrets{} | one); };
  CHECK(digest(redact::when<overt::ui_action>(redact::file_paths{})) !=
        digest(redact::when<overt::text>(redact::file_paths{})));
  CHECK(digest(redact::when<overt::text>(redact::file_paths{})) != digest(redact::file_paths{}));
}
