#include <overt/redact/json/policy_file.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/redact/digest.hpp>
#include <overt/redact/pipeline.hpp>
#include <overt/redact/policy_changes.hpp>
#include <overt/redact/presets.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>
#include <overt_test/events.hpp>
#include <overt_test/policy_samples.hpp>

namespace {

namespace redact = overt::redact;

std::string left_by(std::string_view policy) {
  auto chain = redact::parse_policy(policy);
  REQUIRE(chain);
  overt_test::bytes_sink sink;
  redact::pipeline<overt::event, redact::file_chain, overt_test::bytes_sink> out{*chain, sink, {}};
  auto const here = overt_test::place();
  for (char const letter : std::string_view{"hallo "}) {
    out.push(overt_test::happened(1'234, here, overt_test::typed(letter)));
  }
  out.push(overt_test::happened(1'234, here, overt_test::move()));
  out.push(overt_test::happened(1'234, here, overt::button{}));
  out.push(overt_test::happened(1'234, here, overt_test::typed('s', overt::modifiers::control)));
  out.push(overt_test::happened(1'234, here, overt_test::pressed(overt::key_class::enter, 0xff0d)));
  out.finish();
  return sink.text();
}

/// What is wrong with a policy; nothing when it is accepted.
std::string refusal_of(std::string_view text, std::filesystem::path const& folder = {}) {
  auto const parsed = redact::parse_policy(text, folder);
  if (parsed) {
    return {};
  }
  CHECK(parsed.error().code == overt::error_code::invalid_input);
  CHECK(parsed.error().message.find("Nothing was recorded.") != std::string::npos);
  return parsed.error().message;
}

/// The chain that a policy makes; the test fails if there is none.
redact::file_chain chain_of(std::string_view text, std::filesystem::path const& folder = {}) {
  auto parsed = redact::parse_policy(text, folder);
  CAPTURE(text);
  REQUIRE(parsed);
  return std::move(*parsed);
}

/// Settings as a policy file says them.
std::string json_of(redact::policy_settings const& all) {
  using overt::name_of;
  nlohmann::ordered_json file{{"preset", name_of(all.preset)},
                              {"apps", all.scope.applications},
                              {"origins", all.scope.origins},
                              {"text", name_of(all.text)},
                              {"unobserved_fields", name_of(all.unobserved)},
                              {"names", name_of(all.names)},
                              {"pages", name_of(all.pages)},
                              {"pointer", name_of(all.pointer)},
                              {"times", name_of(all.times)},
                              {"shortcuts", all.shortcuts},
                              {"navigation_keys", all.navigation_keys},
                              {"structure", all.structure},
                              {"hide_file_paths", all.hide_file_paths},
                              {"verify", all.verify}};
  file["titles"] = all.titles == redact::titles_detail::templates
                       ? nlohmann::ordered_json(all.title_templates)
                       : nlohmann::ordered_json(name_of(all.titles));
  if (all.names == redact::names_detail::labels) {
    file["labels"] = all.labels;
  }
  if (all.pages == redact::pages_detail::routes) {
    file["page_parts"] = all.page_parts;
  }
  if (all.pointer == redact::pointer_detail::thinned) {
    file["pointer_hz"] = all.pointer_hz;
    file["pointer_grid_px"] = all.pointer_grid_px;
  }
  if (all.verify || all.text == redact::typing_detail::cleared) {
    auto off = nlohmann::ordered_json::array();
    for (auto const name : enumerators(overt::detect::entity{})) {
      auto type = overt::detect::entity{};
      if (overt::value_named(name, type) && !all.detectors.looks_for(type)) {
        off.push_back(name);
      }
    }
    file["detectors"] = {{"threshold", all.detectors.threshold_percent / 100.0}, {"off", off}};
    if (all.detectors.my_data) {
      file["my_data"] = *all.detectors.my_data;
    }
  }
  return file.dump();
}

} // namespace

TEST_CASE("a policy from a file is the one in code", "[redact][policy_file]") {
  redact::only const scope{"mousepad", "https://a.example", "gedit"};
  auto const in_file = [](std::string_view preset) {
    return chain_of(R"({"preset": ")" + std::string{preset} +
                    R"(", "apps": ["mousepad", "gedit"], "origins": ["https://a.example"]})");
  };
  CHECK(describe(in_file("strict")) == describe(redact::strict(scope)));
  CHECK(describe(in_file("balanced")) == describe(redact::balanced(scope)));
  CHECK(describe(in_file("research")) == describe(redact::research(scope)));
  CHECK(needs_of(in_file("research")) == needs_of(redact::research(scope)));
  CHECK(time_grid_of(in_file("research")) == 0);
  CHECK(digest_of(chain_of("{}")) == digest_of(redact::strict({})));
  CHECK(digest_of(chain_of(R"({"preset": "balanced", "my_data": ["Erika Mustermann"]})")) ==
        digest_of(redact::balanced({}, {"Erika Mustermann"})));
}

TEST_CASE("every policy that can be said reads as it was said", "[redact][policy_file][property]") {
  overt_test::random random{11};
  for (int i = 0; i < 500; ++i) {
    auto all = overt_test::any_settings(random);
    if (!all.verify && all.text != redact::typing_detail::cleared) {
      all.detectors = overt::detect::all(); // elsewhere they would be refused, because they look at nothing
    }
    auto const text = json_of(all);
    CAPTURE(i, text);
    auto const parsed = redact::parse_policy_settings(text);
    REQUIRE(parsed);
    CHECK(parsed->preset == all.preset);
    CHECK(describe(redact::chain_from(*parsed)) == describe(redact::chain_from(all)));
    CHECK(redact::changes_between(all, *parsed).empty());
  }
}

TEST_CASE("each member changes what its preset says", "[redact][policy_file]") {
  auto const differs = [](std::string_view preset, std::string_view member) {
    auto const with = R"({"preset": ")" + std::string{preset} + R"(", )" + std::string{member} + '}';
    return digest_of(chain_of(with)) !=
           digest_of(chain_of(R"({"preset": ")" + std::string{preset} + R"("})"));
  };
  for (auto const* const member : {R"("text": "withheld")",
                                   R"("text": "cleared")",
                                   R"("text": "raw")",
                                   R"("names": "labels")",
                                   R"("names": "raw")",
                                   R"("titles": ["* - Mousepad"])",
                                   R"("titles": "raw")",
                                   R"("pages": "routes")",
                                   R"("pages": "raw")",
                                   R"("pointer": "thinned")",
                                   R"("pointer": "paths")",
                                   R"("times": "none")",
                                   R"("times": "resampled")",
                                   R"("times": "segment_1s")",
                                   R"("times": "raw")",
                                   R"("shortcuts": false)",
                                   R"("navigation_keys": false)",
                                   R"("structure": false)",
                                   R"("hide_file_paths": true)",
                                   R"("unobserved_fields": "accept")",
                                   R"("detectors": {"off": ["PHONE"]})",
                                   R"("detectors": {"threshold": 0.35})",
                                   R"("my_data": ["Erika"])",
                                   R"("verify": false)"}) {
    CAPTURE(member);
    CHECK(differs("strict", member));
    if (std::string_view{member} != R"("text": "cleared")" &&
        std::string_view{member} != R"("names": "labels")" &&
        std::string_view{member} != R"("pages": "routes")") {
      CHECK(differs("balanced", member));
    }
  }
  CHECK(differs("balanced", R"("labels": ["Mark as read"])"));
  CHECK(differs("balanced", R"("page_parts": ["helpcenter"])"));
  CHECK(differs("research", R"("verify": true)"));
  CHECK(differs("research", R"("text": "cleared")"));
  // tightened text is not taken from fields that nothing could judge
  CHECK(std::get<redact::secrets>(chain_of(R"({"preset": "research", "text": "cleared"})").policies)
            .unobserved == redact::unobserved_fields::withhold);
}

TEST_CASE("a chain from a file lets out what the same chain in code does", "[redact][policy_file]") {
  auto const strict = left_by(R"({"apps": ["editor"]})");
  CHECK(overt_test::count_of(strict, "\"symbol\":\"s\"") == 1);
  CHECK(overt_test::count_of(strict, "\"symbol\":\"a\"") == 0);
  CHECK(overt_test::count_of(strict, "\"type\":\"pointer_move\"") == 0);
  CHECK(overt_test::count_of(strict, "\"type\":\"button\"") == 1);
  CHECK(overt_test::count_of(strict, "\"type\":\"text\"") == 1);
  CHECK(overt_test::count_of(strict, "\"outcome\":\"withheld\"") == 1);
  auto const balanced = left_by(R"({"preset": "balanced", "apps": ["editor"]})");
  CHECK(overt_test::count_of(balanced, "\"symbol\":\"a\"") == 0);
  CHECK(overt_test::count_of(balanced, "\"value\":\"hallo \"") == 1);
  auto const research = left_by(R"({"preset": "research", "apps": ["editor"]})");
  CHECK(overt_test::count_of(research, "\"symbol\":\"a\"") == 1);
  CHECK(overt_test::count_of(research, "\"type\":\"pointer_move\"") == 1);
  CHECK(overt_test::count_of(research, "\"t\":1234,") == 10);
  CHECK(overt_test::count_of(left_by("{}"), "\"type\":\"button\"") == 0);
}

TEST_CASE("verify looks, also from a file, and does not where it is switched off", "[redact][policy_file]") {
  auto const named = [](std::string_view policy) {
    overt_test::bytes_sink sink;
    redact::pipeline<overt::event, redact::file_chain, overt_test::bytes_sink> out{
        chain_of(policy), sink, {}};
    out.push(overt_test::happened(
        1, overt_test::place(),
        overt::ui_action{.role = overt::ui_role::button,
                         .label = overt_test::guarded_of("write to jane@example.com or Erika Mustermann")}));
    return sink.text();
  };
  auto const looked = named(R"({"apps": ["editor"], "names": "raw", "my_data": ["erika mustermann"]})");
  CHECK_FALSE(overt_test::leaks(looked, "jane@example"));
  CHECK_FALSE(overt_test::leaks(looked, "Mustermann"));
  CHECK(looked.find("write to") != std::string::npos);
  auto const bare = named(R"({"apps": ["editor"], "names": "raw", "verify": false})");
  CHECK(bare.find("jane@example.com") != std::string::npos);
  auto const without_email =
      named(R"({"apps": ["editor"], "names": "raw", "detectors": {"off": ["EMAIL"]}})");
  CHECK(without_email.find("jane@example.com") != std::string::npos);
}

TEST_CASE("L50 what is not understood is refused, by name", "[redact][policy_file]") {
  struct sample {
    std::string_view text;
    std::string_view says;
  };
  for (auto const& [text, says] : {
           sample{"", "not JSON"},
           sample{"[]", "must be an object"},
           sample{"null", "must be an object"},
           sample{"{", "not JSON"},
           sample{R"({"apps": ["a"])", "not JSON"},
           sample{"{} {}", "not JSON"},
           sample{"{\"apps\": [\"\xff\"]}", "not JSON"},
           sample{std::string_view{"{\0\"\0", 4}, "not JSON"},
           sample{R"({"app": ["a"]})", "\"app\""},
           sample{R"({"Preset": "strict"})", "not repeated here"},
           sample{R"({"secrets": false})", "\"secrets\""},
           sample{R"({"preset": "strict", "exact_times": true})", "\"exact_times\""},
           sample{R"({"text": "raw", "text": "amount"})", "twice"},
           sample{R"({"preset": "Strict"})", "/preset must be one of strict, balanced, research"},
           sample{R"({"preset": ""})", "/preset"},
           sample{R"({"preset": null})", "/preset"},
           sample{R"({"preset": ["strict"]})", "/preset"},
           sample{R"({"apps": "a"})", "/apps must be an array"},
           sample{R"({"apps": [1]})", "/apps/0"},
           sample{R"({"apps": ["ok", ""]})", "/apps/1"},
           sample{R"({"apps": ["*"]})", "wildcards"},
           sample{R"({"apps": ["a*"]})", "wildcards"},
           sample{R"({"apps": ["https://a.example"]})", "origins"},
           sample{R"({"apps": null})", "/apps"},
           sample{R"({"origins": ["a.example"]})", "/origins/0"},
           sample{R"({"origins": ["https://*.example"]})", "wildcards"},
           sample{R"({"origins": {"https://a.example": true}})", "/origins"},
           sample{R"({"text": "cleaned"})", "/text must be one of withheld, amount, cleared, raw"},
           sample{R"({"text": true})", "/text"},
           sample{R"({"names": "pseudonym"})", "/names"},
           sample{R"({"pages": "route"})", "/pages"},
           sample{R"({"pointer": "thin"})", "/pointer"},
           sample{R"({"times": "segment_10s"})", "/times"},
           sample{R"({"unobserved_fields": "yes"})", "/unobserved_fields"},
           sample{R"({"shortcuts": 1})", "/shortcuts must be true or false"},
           sample{R"({"navigation_keys": "true"})", "/navigation_keys"},
           sample{R"({"structure": null})", "/structure"},
           sample{R"({"hide_file_paths": []})", "/hide_file_paths"},
           sample{R"({"verify": 0})", "/verify"},
           sample{R"({"titles": "all"})", "/titles"},
           sample{R"({"titles": []})", "/titles"},
           sample{R"({"titles": [""]})", "/titles/0"},
           sample{R"({"labels": ["Save"]})", "/labels says something only beside"},
           sample{R"({"names": "labels", "labels": ["Mark *"]})", "wildcards"},
           sample{R"({"names": "labels", "labels": "Save"})", "/labels"},
           sample{R"({"page_parts": ["help"]})", "/page_parts says something only beside"},
           sample{R"({"pages": "routes", "page_parts": ["a/b"]})", "/page_parts/0"},
           sample{R"({"pages": "routes", "page_parts": ["*"]})", "wildcards"},
           sample{R"({"pointer_hz": 4})", "/pointer_hz says something only beside"},
           sample{R"({"pointer": "thinned", "pointer_hz": 0})", "/pointer_hz"},
           sample{R"({"pointer": "thinned", "pointer_hz": 1.5})", "/pointer_hz"},
           sample{R"({"pointer": "thinned", "pointer_hz": 1e300})", "/pointer_hz"},
           sample{R"({"pointer": "thinned", "pointer_grid_px": -4})", "/pointer_grid_px"},
           sample{R"({"detectors": ["PHONE"]})", "/detectors"},
           sample{R"({"detectors": {"of": []}})", "\"of\""},
           sample{R"({"detectors": {"off": ["PHONES"]}})", "/detectors/off/0 must be one of EMAIL"},
           sample{R"({"detectors": {"off": ["*"]}})", "/detectors/off/0"},
           sample{R"({"detectors": {"off": "PHONE"}})", "/detectors/off"},
           sample{R"({"detectors": {"threshold": "0.5"}})", "/detectors/threshold"},
           sample{R"({"detectors": {"threshold": 50}})", "/detectors/threshold"},
           sample{R"({"detectors": {"threshold": 0}})", "/detectors/threshold"},
           sample{R"({"detectors": {"threshold": 0.555}})", "/detectors/threshold"},
           sample{R"({"verify": false, "detectors": {"off": ["PHONE"]}})", "/detectors has no effect"},
           sample{R"({"preset": "research", "my_data": ["Erika"]})", "/my_data has no effect"},
           sample{R"({"my_data": "Erika"})", "/my_data"},
           sample{R"({"my_data": []})", "/my_data has no entry"},
           sample{R"({"my_data": ["Erika", " al "]})", "number 2"},
           sample{R"({"my_data_file": "no such file"})", "/my_data_file names a file that cannot be read"},
           sample{R"({"my_data_file": "/dev/zero"})", "/my_data_file"},
           sample{R"({"my_data_file": ""})", "/my_data_file"},
           sample{R"({"names": "pseudonyms"})", "pseudonym_key"},
           sample{R"({"pseudonym_key": {"domain": "a", "file": "b"}})",
                  "/pseudonym_key says something only beside"},
           sample{R"({"names": "pseudonyms", "pseudonym_key": "b"})", "/pseudonym_key"},
           sample{R"({"names": "pseudonyms", "pseudonym_key": {"domain": "a"}})", "\"file\""},
           sample{R"({"names": "pseudonyms", "pseudonym_key": {"domain": "", "file": "b"}})",
                  "/pseudonym_key/domain"},
           sample{R"({"names": "pseudonyms", "pseudonym_key": {"domain": "a", "file": "no such file"}})",
                  "/pseudonym_key/file"},
       }) {
    CAPTURE(text);
    auto const refused = refusal_of(text);
    REQUIRE_FALSE(refused.empty());
    CHECK(refused.find(says) != std::string::npos);
  }
}

TEST_CASE("messages about a policy never repeat what stands in it", "[redact][policy_file][canary]") {
  for (auto const* const text :
       {R"({"my_data": ["qx"], "apps": ["kfqzjxvkfq"]})",
        R"({"kfqzjxvkfqkfqzjxvkfqkfqzjxvkfqkfqzjxvkfq": 1})", R"({"preset": "kfqzjxvkfq"})",
        R"({"my_data": ["kfqzjxvkfq", "x"]})", R"({"labels": ["kfqzjxvkfq"]})",
        R"({"my_data_file": "kfqzjxvkfq"})", R"({"titles": "kfqzjxvkfq"})", R"({"my_data": "kfqzjxvkfq)"}) {
    CAPTURE(text);
    CHECK_FALSE(overt_test::leaks(refusal_of(text), "kfqzjxvkfq"));
  }
}

TEST_CASE("hostile policies are refused, and soon", "[redact][policy_file]") {
  std::string deep(100'000, '[');
  CHECK(refusal_of(R"({"apps": )" + deep).find("nested") != std::string::npos);
  CHECK(refusal_of(R"({"detectors": )" + std::string(50, '{')).find("JSON") != std::string::npos);
  CHECK(refusal_of(std::string(2'000'000, ' ') + "{}").find("1 MiB") != std::string::npos);
  std::string many = R"({"apps": ["a")";
  for (int i = 0; i < 100'000; ++i) {
    many += R"(,"a")";
  }
  CHECK(refusal_of(many + "]}").empty());
  CHECK(refusal_of(R"({"my_data": [")" + std::string(70'000, 'a') + R"("]})").find("longer") !=
        std::string::npos);
  // changed at random: refused or understood, never anything else
  overt_test::random random{5};
  std::string const good = json_of(overt_test::any_settings(random));
  for (int i = 0; i < 20'000; ++i) {
    auto bad = good;
    for (auto changes = 1 + random() % 4; changes > 0; --changes) {
      auto const at = random() % bad.size();
      switch (random() % 3) {
      case 0: bad[at] = static_cast<char>(random()); break;
      case 1: bad.erase(at, 1 + random() % 8); break;
      default: bad.insert(at, 1, good[random() % good.size()]);
      }
      if (bad.empty()) {
        break;
      }
    }
    static_cast<void>(redact::parse_policy(bad));
  }
}

TEST_CASE("files that a policy names are read from its folder", "[redact][policy_file]") {
  overt_test::temporary_folder const folder;
  overt_test::write(folder.path / "mine.txt", "Erika Mustermann\r\n\n  0123 456789  \n");
  auto const chain = chain_of(
      R"({"preset": "balanced", "my_data_file": "mine.txt", "my_data": ["Musterstadt"]})", folder.path);
  auto const& list = std::get<redact::switched<redact::typed_text>>(chain.policies).policy.detectors.my_data;
  REQUIRE(list != nullptr);
  CHECK(*list == std::vector<std::string>{"Musterstadt", "Erika Mustermann", "0123 456789"});
  overt_test::write(folder.path / "mine.txt", "Erika\nab\n");
  CHECK(refusal_of(R"({"my_data_file": "mine.txt"})", folder.path).find("number 2") != std::string::npos);
  overt_test::write(folder.path / "mine.txt", "\n\n");
  CHECK(refusal_of(R"({"my_data_file": "mine.txt"})", folder.path).find("no entry") != std::string::npos);

  constexpr std::string_view policy =
      R"({"preset": "balanced", "names": "pseudonyms", "pseudonym_key": {"domain": "tickets", "file": "key"}})";
  auto const key = folder.path / "key";
  overt_test::write(key, "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n");
  std::filesystem::permissions(key, std::filesystem::perms{0644});
  CHECK(refusal_of(policy, folder.path).find("others may read") != std::string::npos);
  std::filesystem::permissions(key, std::filesystem::perms{0600});
  auto const hashed = chain_of(policy, folder.path);
  CHECK(std::get<redact::switched<redact::element_names>>(hashed.policies).policy.key.domain() == "tickets");
  CHECK(describe(hashed).find("00112233") == std::string::npos);
  for (auto const* const wrong :
       {"", "001122", "0000000000000000000000000000000000000000000000000000000000000000",
        "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff", "not hexadecimal"}) {
    overt_test::write(key, wrong);
    CAPTURE(wrong);
    CHECK(refusal_of(policy, folder.path).find("/pseudonym_key/file") != std::string::npos);
  }
}

TEST_CASE("a policy file that is not there is not found", "[redact][policy_file]") {
  auto const read = redact::read_policy("no such policy.json");
  REQUIRE_FALSE(read);
  CHECK(read.error().code == overt::error_code::not_found);
  overt_test::temporary_folder const folder;
  overt_test::write(folder.path / "policy.json", R"({"preset": "balanced"})");
  auto const found = redact::read_policy(folder.path / "policy.json");
  REQUIRE(found);
  CHECK(found->preset == redact::policy_preset::balanced);
}
