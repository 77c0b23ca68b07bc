#include <overt/redact/explain.hpp>

#include <set>
#include <string>
#include <string_view>

#include <overt/redact/explanation_text.hpp>
#include <overt/redact/presets.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/policy_samples.hpp>

namespace {

namespace redact = overt::redact;

/// What is said of one kind of thing.
redact::explained of(redact::explanation const& all, std::string_view kind) {
  for (auto const& one : all.kinds) {
    if (one.kind == kind) {
      return one;
    }
  }
  FAIL("nothing is said of " << kind);
  return {};
}

std::string said(redact::policy_settings const& all) {
  return text_of(redact::explain(redact::chain_from(all), all.preset));
}

/// The same on one line for each point.
std::string unwrapped(std::string text) {
  for (auto at = text.find("\n    "); at != std::string::npos; at = text.find("\n    ")) {
    text.replace(at, 5, " ");
  }
  return text;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

struct hides_tickets {
  void operator()(overt::text& what, overt::clearance const& key) const { what.value.deny(key); }
};

} // namespace

TEST_CASE("each preset is explained as what it is", "[redact][explain]") {
  auto const strict = redact::explain(redact::strict({"editor", "https://a.example"}));
  CHECK(strict.places == std::vector<std::string>{"editor", "https://a.example"});
  CHECK(has(of(strict, "Typed text").leaves, "roughly how much"));
  CHECK(has(of(strict, "Typed text").stays, "what you typed"));
  CHECK(of(strict, "Single keys").leaves.empty());
  CHECK(of(strict, "Titles of windows").leaves.empty());
  CHECK(has(of(strict, "Buttons, menus and fields").stays, "what they are called"));
  CHECK(of(strict, "The pointer").leaves.empty());
  CHECK(strict.changes.empty());
  CHECK(has(strict.looked_at, "in every text"));

  auto const balanced = redact::explain(redact::balanced({"editor"}), redact::policy_preset::balanced);
  CHECK(has(of(balanced, "Typed text").leaves, "{CARD}"));
  CHECK(has(of(balanced, "Addresses of pages").leaves, "{id}"));
  CHECK(has(of(balanced, "Buttons, menus and fields").leaves, "Save As"));
  CHECK(balanced.changes.empty());
  CHECK(balanced.looked_for.size() == overt::detect::entity_count - 2); // no list, no patterns

  auto const research = redact::explain(redact::research({"editor"}), redact::policy_preset::research);
  CHECK(has(of(research, "Single keys").leaves, "every key"));
  CHECK(of(research, "Single keys").stays.empty());
  CHECK(has(of(research, "Secret fields").leaves, "passwords"));
  CHECK(has(of(research, "Times").leaves, "exactly"));
  CHECK(research.looked_at.empty());
  CHECK(research.changes.empty());
  CHECK(has(text_of(research), "Nothing looks for personal things"));
}

TEST_CASE("what stays to be seen in pictures is said", "[redact][explain]") {
  for (auto const wanted : {redact::pictures_detail::layout, redact::pictures_detail::labels,
                            redact::pictures_detail::searched, redact::pictures_detail::everything}) {
    auto settings = redact::settings_of(redact::policy_preset::balanced, {"editor"});
    settings.pictures = wanted;
    auto const all = redact::explain(redact::chain_from(settings), redact::policy_preset::balanced);
    CHECK(has(of(all, "Pictures of the screen").leaves, "the agreed windows"));
    CHECK(has(of(all, "Pictures of the screen").stays, "password fields"));
    REQUIRE(all.changes.size() == 1); // reading the chain gives what it was made of
    CHECK(all.changes.front().member == "pictures");
    CHECK(all.changes.front().to == overt::name_of(wanted));
    CHECK(all.changes.front().looser);
    CHECK(has_all(all.changes.front().needs, overt::consent::grants::screenshot));
  }
}

TEST_CASE("what never leaves is said under every preset", "[redact][explain]") {
  for (auto const preset :
       {redact::policy_preset::strict, redact::policy_preset::balanced, redact::policy_preset::research}) {
    auto const all = redact::explain(redact::chain_from(redact::settings_of(preset, {"editor"})), preset);
    for (auto const* const kind : {"Secret fields", "The clipboard", "Everything else"}) {
      CHECK_FALSE(of(all, kind).stays.empty());
    }
    CHECK(has(of(all, "Pictures of the screen").stays, "what the screen looks like"));
    CHECK(has(of(all, "Everything else").stays, "camera"));
    CHECK(has(of(all, "Everything else").stays, "every other application"));
    for (auto const& kind : all.kinds) { // nothing is passed over in silence
      CHECK((kind.kind == "Paths of files" || !kind.leaves.empty() || !kind.stays.empty()));
    }
  }
}

TEST_CASE("every switch changes the explanation of every preset", "[redact][explain]") {
  for (auto const preset :
       {redact::policy_preset::strict, redact::policy_preset::balanced, redact::policy_preset::research}) {
    auto const base = redact::settings_of(preset, {"editor"});
    auto const changes = [&](auto&& change) {
      auto other = base;
      change(other);
      auto const explained = said(other);
      auto const same = redact::changes_between(base, other).empty();
      CHECK((explained == said(base)) == same);
      return explained;
    };
    using all = redact::policy_settings;
    std::set<std::string> texts;
    for (std::size_t i = 0; i < 4; ++i) {
      texts.insert(changes([&](all& to) { to.text = static_cast<redact::typing_detail>(i); }));
    }
    CHECK(texts.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) {
      texts.insert(changes([&](all& to) {
        to.names = static_cast<redact::names_detail>(i);
        if (to.names == redact::names_detail::pseudonyms) {
          constexpr std::array<std::uint8_t, 32> secret{1, 2, 3};
          to.key = *redact::pseudonym_key::make("tickets", secret);
        }
      }));
    }
    for (std::size_t i = 0; i < 3; ++i) {
      texts.insert(changes([&](all& to) { to.pages = static_cast<redact::pages_detail>(i); }));
      texts.insert(changes([&](all& to) { to.pointer = static_cast<redact::pointer_detail>(i); }));
      texts.insert(changes([&](all& to) { to.titles = static_cast<redact::titles_detail>(i); }));
    }
    for (std::size_t i = 0; i < 5; ++i) {
      texts.insert(changes([&](all& to) { to.times = static_cast<overt::consent::key_timing>(i); }));
    }
    texts.insert(changes([](all& to) { to.shortcuts = false; }));
    texts.insert(changes([](all& to) { to.navigation_keys = false; }));
    texts.insert(changes([](all& to) { to.structure = false; }));
    texts.insert(changes([](all& to) { to.hide_file_paths = true; }));
    texts.insert(changes([](all& to) { to.verify = !to.verify; }));
    texts.insert(changes([](all& to) {
      to.unobserved = to.unobserved == redact::unobserved_fields::accept ? redact::unobserved_fields::withhold
                                                                         : redact::unobserved_fields::accept;
    }));
    // 4 texts; of the other seven groups one is the preset itself each, which is there already
    CHECK(texts.size() == 4 + 3 + 2 + 2 + 2 + 4 + 6);
    if (base.verify) {
      changes([](all& to) { to.detectors.types &= ~1u; });
      changes([](all& to) { to.detectors.threshold_percent = 80; });
      changes(
          [](all& to) { to.detectors = overt::detect::with_my_data(to.detectors, {"Erika Mustermann"}); });
    }
  }
}

TEST_CASE("labels, titles and parts of addresses that leave are named, a list of one's own is only counted",
          "[redact][explain]") {
  auto all = redact::settings_of(redact::policy_preset::balanced, {"editor"});
  all.labels = {"Mark as read"};
  all.titles = redact::titles_detail::templates;
  all.title_templates = {"* - Mousepad"};
  all.page_parts = {"helpcenter"};
  all.detectors = overt::detect::with_my_data(all.detectors, {"Erika Mustermann", "Musterstadt"});
  auto const text = said(all);
  CHECK(has(text, "\"Mark as read\""));
  CHECK(has(text, "\"* - Mousepad\""));
  CHECK(has(text, "\"helpcenter\""));
  CHECK(has(text, "entries: 2"));
  CHECK_FALSE(has(text, "Muster"));
}

TEST_CASE("an explanation says what the receipt has to name, and what is looser", "[redact][explain]") {
  auto all = redact::settings_of(redact::policy_preset::strict, {"editor"});
  all.pointer = redact::pointer_detail::thinned;
  all.times = overt::consent::key_timing::none;
  auto const text = unwrapped(said(all));
  CHECK(has(text, "pointer.path:"));
  CHECK(has(text, "pointer_max_hz: 4 or more; pointer_grid_px: 32 or less"));
  CHECK_FALSE(has(text, "keystroke_timing"));
  CHECK(has(text, "\"pointer\": thinned instead of targets (looser; the receipt has to name pointer.path)"));
  CHECK(has(text, "\"times\": none instead of segment_5s (stricter)"));
  all.times = overt::consent::key_timing::segment_1s;
  CHECK(has(unwrapped(said(all)), "keystroke_timing: segment_1s or finer"));
  CHECK(has(unwrapped(said(all)), "(looser; the receipt has to name it as keystroke_timing)"));
}

TEST_CASE("a policy of a program's own is named and not explained", "[redact][explain]") {
  auto const all = redact::explain(redact::balanced({"editor"}) | hides_tickets{});
  CHECK(all.own == std::vector<std::string>{"hides_tickets"});
  CHECK(has(text_of(all), "hides_tickets"));
}

TEST_CASE("an explanation is short, wrapped and plain", "[redact][explain][property]") {
  overt_test::random random{3};
  for (int i = 0; i < 200; ++i) {
    auto const text = said(overt_test::any_settings(random));
    std::string_view rest = text;
    while (!rest.empty()) {
      auto const end = rest.find('\n');
      REQUIRE(end != std::string_view::npos);
      CHECK(end <= 105);
      CHECK((end == 0 || rest[end - 1] != ' '));
      rest.remove_prefix(end + 1);
    }
    CHECK(text.size() < 8000);
    CHECK_FALSE(has(text, ".."));
    CHECK_FALSE(has(text, ": ;"));
  }
}
