#include <overt/redact/chain_settings.hpp>

#include <string>

#include <overt/redact/digest.hpp>
#include <overt/redact/presets.hpp>
#include <overt/redact/times.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/policy_samples.hpp>

namespace redact = overt::redact;

namespace {
struct hides_tickets {
  void operator()(overt::text& what, overt::clearance const& key) const { what.value.deny(key); }
};
} // namespace

TEST_CASE("a chain from a file has the digest of the same chain in code", "[redact][file_chain]") {
  redact::only const scope{"mousepad", "https://a.example", "gedit"};
  auto const same = [](auto const& file, auto const& code) {
    CHECK(describe(file) == describe(code));
    CHECK(digest_of(file) == digest_of(code));
    CHECK(needs_of(file) == needs_of(code));
    CHECK(time_grid_of(file) == time_grid_of(code));
  };
  same(chain_from(settings_of(redact::policy_preset::strict, scope)), redact::strict(scope));
  same(chain_from(settings_of(redact::policy_preset::balanced, scope)), redact::balanced(scope));
  same(chain_from(settings_of(redact::policy_preset::research, scope)), redact::research(scope));

  auto mine = settings_of(redact::policy_preset::balanced, scope);
  mine.detectors = overt::detect::with_my_data(mine.detectors, {"Erika Mustermann"});
  same(chain_from(mine), redact::balanced(scope, {"Erika Mustermann"}));

  auto changed = settings_of(redact::policy_preset::balanced, scope);
  changed.titles = redact::titles_detail::templates;
  changed.title_templates = {"* - Mousepad"};
  changed.times = overt::consent::key_timing::none;
  same(chain_from(changed), redact::balanced(scope) | redact::titles{{"* - Mousepad"}} |
                                redact::times{overt::consent::key_timing::none});
}

TEST_CASE("what was put into a chain is read back from it", "[redact][chain_settings][property]") {
  overt_test::random random{7};
  for (int i = 0; i < 1000; ++i) {
    CAPTURE(i);
    auto const all = overt_test::any_settings(random);
    auto const chain = chain_from(all);
    auto read = redact::read_chain(chain);
    CHECK(read.others.empty());
    CHECK(digest_of(chain_from(read.settings)) == digest_of(chain));
    CHECK(needs_of(chain_from(read.settings)) == needs_of(chain));
  }
}

TEST_CASE("a chain in code is read as well, and what is unknown in it is named", "[redact][chain_settings]") {
  auto const read = redact::read_chain(
      redact::balanced({"editor"}) | hides_tickets{} | redact::times{overt::consent::key_timing::raw} |
      redact::pointer_thinned{.max_hz = 2, .grid_px = 64} | redact::unverified{});
  CHECK(read.others == std::vector<std::string>{"hides_tickets"});
  CHECK(read.settings.text == redact::typing_detail::cleared);
  CHECK(read.settings.names == redact::names_detail::labels);
  CHECK(read.settings.times == overt::consent::key_timing::raw);
  CHECK(read.settings.pointer == redact::pointer_detail::thinned);
  CHECK(read.settings.pointer_hz == 2);
  CHECK(read.settings.pointer_grid_px == 64);
  CHECK_FALSE(read.settings.verify);
  auto const bare = redact::read_chain(redact::only{"editor"} | redact::secrets{});
  CHECK(bare.settings.text == redact::typing_detail::withheld);
  CHECK_FALSE(bare.settings.structure);
  CHECK(bare.settings.scope.applications == std::vector<std::string>{"editor"});
}
