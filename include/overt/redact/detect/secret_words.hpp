#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/redact/detect/secret_text.hpp>

namespace overt::inline v0::detect::detail::secrets {

/// What a word says about the value that stands beside it.
enum class word : std::uint8_t {
  other,
  password,      ///< a password, in the languages people write it in
  phrase,        ///< may be several words long
  pass,          ///< a password, or something that passes
  secret,        ///< a secret of programs
  authorization, ///< the header of HTTP
  key,           ///< says nothing without the word before it
  code,          ///< a secret in an address only
  qualifier,     ///< makes a key a secret
  provider,      ///< a company that gives out keys
  neutral,       ///< may stand between a noun and its value
  behind,        ///< behind a noun: this is about the secret, not the secret
  before,        ///< before a noun: another kind of key or token
  digest,        ///< a name of content
};

/// All words of one kind, in small letters without accents, each followed by a space.
struct word_list {
  word kind = word::other;
  std::string_view words{};
};
inline constexpr auto word_lists = std::to_array<word_list>({
    {word::password,
     "password passwords passwd pwd pswd passw pw psw passcode passwort kennwort contrasena contrase "
     "senha passe wachtwoord parola haslo heslo salasana losenord passord adgangskode kodeord jelszo "
     "sifre lozinka geslo mdp userpassword dbpassword mypassword dbpass userpass rootpassword rootpass "
     "adminpassword adminpass pgpassword mypass userpwd dbpwd sshpass keypass storepass keystorepass "
     "smtppass mailpass ftppass wifipassword mysqlpassword redispassword sandi "},
    {word::phrase, "passphrase "},
    {word::pass, "pass clave "},
    {word::secret,
     "secret secrets token tokens auth apikey accesskey secretkey privatekey authkey authtoken "
     "accesstoken refreshtoken bearertoken idtoken apitoken apisecret clientsecret consumersecret "
     "consumerkey appsecret sharedsecret sharedkey accountkey sharedaccesskey masterkey signingkey "
     "encryptionkey appkey licensekey sessionkey sessiontoken sessionid credential credentials creds "
     "signature sig bearer jwt cookie session sid phpsessid jsessionid csrftoken pat sas usertoken "
     "bottoken deploykey webhooksecret xapikey "},
    {word::authorization, "authorization "},
    {word::key, "key "},
    {word::code, "code ticket otp hash state "},
    {word::qualifier,
     "api access private client app application consumer signing sign encryption encrypt decrypt "
     "decryption master shared account admin service storage ssh deploy deployment webhook license "
     "licence subscription oauth security aes hmac rsa crypto write read ingest ingestion integration "
     "server personal bot registry recovery activation backup root user secure hidden internal "},
    {word::provider,
     "adafruit adobe adyen age airtable aiven algolia alibaba aliyun amazon amplitude anthropic apify "
     "artifactory asaas asana atlassian authress aws azure backblaze beamer bitbucket bitfinex bitly "
     "bittrex braintree brevo browserstack buildkite bugsnag cerebras chargebee checkout checkr circleci "
     "circle cisco clearbit clickhouse clojars cloudant cloudflare cloudinary codacy codecov cohere "
     "coinbase confluent consul contentful coveralls databricks datadog deepgram deepl deepseek "
     "digitalocean discord docker doppler drone droneci dropbox duffel dynatrace easypost elastic "
     "elevenlabs etsy eventbrite facebook fastly figma finicity finnhub firebase flickr flutterwave fly "
     "flyio frameio freemius freshbooks freshdesk gcp gemini gitea github gitlab gitter gocardless "
     "google grafana groq harness hashicorp helpscout heroku hetzner hubspot huggingface ibm infracost "
     "infura instagram intercom intra ipinfo ipstack jenkins jfrog jira kagi klarna klaviyo kraken "
     "kubernetes kucoin langsmith launchdarkly linear linkedin linode lob looker mailchimp mailgun "
     "mailjet mapbox mattermost maxmind meraki messagebird mistral mixpanel mongodb netlify newrelic "
     "relic ngrok notion npm nuget nytimes octopus okta onesignal openai opsgenie oracle pagerduty "
     "paypal paystack perplexity pinecone pinterest plaid planetscale plivo postman posthog postmark "
     "prefect privateai pulumi pusher pypi quay rapidapi razorpay readme reddit replicate rollbar "
     "rubygems salesforce scalingo segment sendbird sendgrid sendinblue sentry settlemint shippo shodan "
     "shopify sidekiq slack snowflake snyk sonar sonarqube sonarcloud sonatype sourcegraph spotify "
     "square squarespace stability strava stripe sumologic sumo supabase surge teams telegram tencent "
     "terraform tiktok travis travisci trello twilio twitch twitter typeform vercel virustotal vultr "
     "wakatime weatherapi wework wordpress yandex yelp zapier zendesk zoho zoom nordvpn mistralai xai "},
    {word::neutral,
     "value val string str text prod production dev development staging stage test testing live sandbox "
     "local default new old current confirm confirmation repeat again verify verification base b hex "
     "plain plaintext raw encoded is was for the my your our his her their its to of on in de le la el "
     "du des d l and with env var variable here be set header data override temporary temp initial wifi "
     "fi wi this that one ones also just char const let final static std nvarchar varchar "},
    {word::behind,
     "mgr handler hasher encoder verifier entry attribute attr length len size count minimum maximum "
     "type types name names id ids field fields label hint "
     "policy file files filename path dir directory url uri urls link endpoint expiry expires expire "
     "expiration expired timeout ttl regex pattern format prompt input placeholder manager provider "
     "store strength generator checker validation validator rotation vocabulary vocab limit limits usage "
     "budget position index idx error errors invalid missing required status algorithm algo digest "
     "fingerprint checksum sha md version schema mode enabled disabled enable disable require requires "
     "allowed attempts attempt changed change last updated created time date at column row table press "
     "pressed down up event icon button page screen form view component class method resource reset "
     "lookup word words map mapping ring board frame binding bindings "},
    {word::before,
     "public max min foreign primary sort partition cache no forgot forgotten num keyboard dict object group "
     "hot "
     "shortcut arrow dictionary unique composite csrf pad eos bos unk mask cls total completion output "
     "next previous song music "},
    {word::digest,
     "commit commits integrity etag revision rev hashes tree parent blob image layer manifest mdsum "
     "shasum uuid guid request trace span correlation transaction build "},
});

/// 14 bits from the first two letters, the last and the number of them: cheap, and the words differ enough in
/// these.
[[nodiscard]] constexpr std::uint32_t hash_of(std::string_view letters_only) noexcept {
  auto const part = [&](std::size_t i, int shift) {
    return (static_cast<unsigned char>(letters_only[i]) & 31u) << shift;
  };
  auto const size = letters_only.size();
  return (part(0, 0) | part(size > 1 ? 1 : 0, 5) | part(size - 1, 10) |
          static_cast<std::uint32_t>(size & 31u) << 15) *
             2654435761u >>
         18;
}

struct known_word {
  std::string_view text{};
  word kind = word::other;
};
inline constexpr std::size_t word_places = 2048;
/// Words by the highest bits of their hash, and a bit for each hash that one has: most words that are not in
/// it are turned away by those.
struct word_table {
  std::array<known_word, word_places> places{};
  std::array<std::uint64_t, (1u << 14) / 64> hashes{};
};
[[nodiscard]] constexpr std::size_t place_of(std::uint32_t hash) noexcept { return hash >> 3; }

/// Puts each word of the list at the first free place from its hash on.
constexpr void add_words(word_table& table, word_list const& list) noexcept {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < list.words.size(); ++i) {
    if (list.words[i] == ' ') {
      std::string_view const one{list.words.data() + begin, i - begin};
      auto const hash = hash_of(one);
      auto place = place_of(hash);
      while (!table.places[place].text.empty()) {
        place = (place + 1) % word_places;
      }
      table.places[place] = {one, list.kind};
      table.hashes[hash / 64] |= std::uint64_t{1} << hash % 64;
      begin = i + 1;
    }
  }
}
[[nodiscard]] constexpr word_table make_words() noexcept {
  word_table table{};
  for (auto const& list : word_lists) {
    add_words(table, list);
  }
  return table;
}
inline constexpr auto known_words = make_words();
inline constexpr std::size_t longest_word = 16;

[[nodiscard]] constexpr word kind_in(word_table const& table, std::string_view text) noexcept {
  if (text.empty() || text.size() > longest_word) {
    return word::other;
  }
  auto const hash = hash_of(text);
  if ((table.hashes[hash / 64] >> hash % 64 & 1) == 0) {
    return word::other;
  }
  for (auto place = place_of(hash); !table.places[place].text.empty(); place = (place + 1) % word_places) {
    auto const& known = table.places[place];
    if (known.text.size() == text.size() && stands_at(text, 0, known.text)) {
      return known.kind;
    }
  }
  return word::other;
}

/// What kind of word this is; letters of either size.
[[nodiscard]] constexpr word kind_of(std::string_view text) noexcept { return kind_in(known_words, text); }

} // namespace overt::inline v0::detect::detail::secrets
