#include <overt/redact/detect/provider_keys.hpp>

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <overt/redact/detect/secrets.hpp>
#include <overt_test/catch.hpp>

namespace {

namespace secrets = overt::detect::detail::secrets;
using overt::detect::entity;

struct hit {
  std::size_t begin = 0;
  std::size_t end = 0;
  float score = 0;
  std::string rule{};
};

std::vector<hit> scan(std::string_view text) {
  std::vector<hit> hits;
  overt::detect::scan_secrets(
      text, [&](std::size_t begin, std::size_t end, entity, float score, overt::literal rule) {
        hits.push_back({begin, end, score, std::string{rule.view()}});
      });
  return hits;
}

/// Random characters of the groups that a key may be made of; a + / or = last would be taken for something
/// else.
std::string random_rest(std::mt19937& dice, secrets::alphabet set, std::size_t size) {
  std::string all;
  for (char c = '!'; c < 127; ++c) {
    if (secrets::is(c, set & secrets::base64url) ||
        ((c == '+' || c == '/') && (set & secrets::base64_marks) != 0)) {
      all += c;
    }
  }
  std::string rest;
  while (rest.size() < size) {
    auto const c = all[dice() % all.size()];
    if (rest.size() > 2 || secrets::is(c, secrets::alnum)) {
      rest += c;
    }
  }
  return rest;
}

constexpr auto carriers = std::to_array<std::string_view>(
    {"@", "export API_TOKEN=@", "\"apiKey\": \"@\",", "token = '@'", "my key is @ ok?",
     "curl -H \"X-Api-Key: @\" https://api.example.com", "{\"auth\":\"@\",\"x\":1}",
     "https://x.example.com/v1?key=@&y=2", "Set FOO to @.", "<value>@</value>", "Authorization: Bearer @",
     "log: using credentials @, retrying", "set(\"@\");", "\\n@\\n"});

} // namespace

TEST_CASE("there are 130 kinds of provider keys and more", "[redact][detect][provider_keys]") {
  std::set<std::string_view> rules;
  for (auto const& key : secrets::provider_keys) {
    rules.insert(key.rule.view());
    CHECK(key.prefix.size() >= 2);
    CHECK(key.least <= key.most);
    CHECK(key.least + key.prefix.size() >= 14);
  }
  CHECK(rules.size() >= 130);
}

TEST_CASE("keys of every kind are found in the lines that carry them", "[redact][detect][provider_keys]") {
  std::mt19937 dice{20240117};
  std::size_t lines = 0;
  std::size_t found = 0;
  std::size_t named = 0;
  std::string missed;
  for (auto const& kind : secrets::provider_keys) {
    for (std::size_t i = 0; i < 4; ++i) {
      auto const longest = std::min<std::size_t>(kind.most, kind.least + 60u);
      auto const size = i == 0 ? kind.least : kind.least + dice() % (longest - kind.least + 1u);
      auto const key = std::string{kind.prefix} + random_rest(dice, kind.rest, size);
      // What only counts beside a word gets one.
      std::string line{
          carriers[kind.prefix_is == secrets::distinct::beside ? 1 + dice() % 3 : dice() % carriers.size()]};
      auto const place = line.find('@');
      line.replace(place, 1, key);
      ++lines;
      auto const hits = scan(line);
      auto const hit = std::find_if(hits.begin(), hits.end(), [&](auto const& one) {
        return one.score >= 0.5F && one.begin <= place && one.end >= place + key.size();
      });
      if (hit != hits.end()) {
        ++found;
        named += hit->rule == kind.rule.view() ? 1u : 0u;
      } else {
        missed += "\n  " + line;
      }
      for (auto const& one : hits) {
        REQUIRE(one.begin < one.end);
        REQUIRE(one.end <= line.size());
      }
    }
  }
  INFO(found << " of " << lines << " lines, " << named << " with the kind's own name; missed:" << missed);
  CHECK(found * 100 >= lines * 98);
  CHECK(named * 100 >= lines * 60);
}

TEST_CASE("the checksum of a GitHub token raises its score and its absence does not veto",
          "[redact][detect][provider_keys]") {
  // CRC-32 of 30 zeros ("000…0") is worked out here the long way.
  std::string const thirty(30, 'a');
  std::uint32_t crc = 0xffffffffu;
  for (auto const c : thirty) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc & 1u) != 0 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
    }
  }
  crc = ~crc;
  std::string check(6, '0');
  for (int i = 5; i >= 0; --i, crc /= 62) {
    check[static_cast<std::size_t>(i)] =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[crc % 62];
  }
  CHECK(secrets::has_crc(thirty + check));
  CHECK_FALSE(secrets::has_crc(thirty + "000000"));
  auto const wrong = secrets::key_at("ghp_16C7e42F292c6912E7710c838347Ae178B4a", 0);
  CHECK(wrong.rule == overt::literal{"github_token"});
  CHECK(wrong.score == Approx(0.95F));
}

TEST_CASE("placeholders and names that begin like keys are not keys", "[redact][detect][provider_keys]") {
  for (std::string_view const text :
       {"ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "npm_config_registry_mirror", "sk-learn-contrib-packages",
        "pk_user_account_identifier_column", "hf_hub_download_with_retries",
        "test_everything_that_there_is_here", "live_view_component_registration",
        "re_compile_the_whole_expression", "SKIP_EVERYTHING_THAT_IS_SLOW",
        "AQUARIUM_CONTROLLER_DEFAULT_TEMPERATURE", "dapi_client_initialisation_vector", "xoxb-not-a-token"}) {
    INFO(text);
    auto const hits = scan(text);
    CHECK(std::none_of(hits.begin(), hits.end(), [](auto const& one) { return one.score >= 0.5F; }));
  }
}

TEST_CASE("kinds with a shape of their own", "[redact][detect][provider_keys]") {
  struct sample {
    std::string_view text{};
    std::string_view rule{};
  };
  for (auto const& [text, rule] : std::to_array<sample>(
           {{"bot 123456789:AAF-zyx123ABCdefGHIjklMNOpqrSTUvwx1", "telegram_bot_token"},
            {"MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs1a2", "discord_bot_token"},
            {"refresh 1//0gAbCdEfGhIjKlMnOpQrStUvWxYz0123456789-abcdefgh", "google_refresh_token"},
            {"aB3~", ""},
            {"Ab38Q~aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456", "azure_client_secret"},
            {"0123456789abcdef0123456789abcdef-us12", "mailchimp_key"},
            {"abcdefghij1234.atlasv1.aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789aBcDeFgHiJkLmNoPqRsTuVwXyZ01",
             "terraform_token"},
            {"0123456789abcdef0123456789abcdef0123NRAL", "new_relic_license_key"},
            {"AAAAabc1234:APA91bHPRgkF3JUikC4ENAHEeMrd41Zxv3hVZjC9KtT8OvPVGJ-"
             "hQMRKRrZuJAEcl7B338qju59zJMjw2DELjzEvxwYv7hH5"
             "Ynpc1ODQ0aT4U4OFEeco8ohsN5PjL1iC2dNtk2BAokeMCg2ZXKqpc8FXKmhX94kIxQ",
             "firebase_server_key"}})) {
    INFO(text);
    auto const hits = scan(text);
    CHECK(std::any_of(hits.begin(), hits.end(), [&](auto const& one) { return one.rule == rule; }) ==
          !rule.empty());
  }
}
