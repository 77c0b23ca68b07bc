#include <overt/redact/detect/scan.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

namespace detect = overt::detect;
using detect::entity;

/// What `scan` finds, as "TYPE text", in order.
std::vector<std::string> found_in(std::string_view text, detect::detectors const& which = detect::all(),
                                  std::string_view nearby = {}) {
  detect::findings found;
  detect::scan(which, text, found, nearby);
  std::vector<std::string> result;
  for (auto const& one : found.spans()) {
    result.push_back(std::string{overt::name_of(one.type)} + ' ' +
                     std::string{text.substr(one.begin, one.end - one.begin)});
  }
  if (!found.complete()) {
    result.emplace_back("incomplete");
  }
  return result;
}

using list = std::vector<std::string>;

bool is_boundary(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
}

/// The same generator everywhere: xorshift by G. Marsaglia.
struct random_numbers {
  std::uint64_t state = 0x9e3779b97f4a7c15u;
  std::uint64_t operator()() {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
  }
};

} // namespace

TEST_CASE("scan finds what a text holds, in order", "[detect]") {
  CHECK(found_in("") == list{});
  CHECK(found_in("nothing to see here, move on") == list{});
  CHECK(found_in("write to jane@example.com or call 415-555-0132") ==
        list{"EMAIL jane@example.com", "PHONE 415-555-0132"});
  CHECK(found_in("My card 4111 1111 1111 1111 12/29 123") ==
        list{"CARD 4111 1111 1111 1111", "CVV 12/29", "CVV 123"});
  CHECK(found_in("ssn 536-90-4399, born 12 March 1985, otp 482913") ==
        list{"US_SSN 536-90-4399", "DATE_OF_BIRTH 12 March 1985", "OTP 482913"});
  CHECK(found_in("pay to DE89 3704 0044 0532 0130 00 from 192.168.17.4") ==
        list{"IBAN DE89 3704 0044 0532 0130 00", "IP 192.168.17.4"});
}

TEST_CASE("L8 mistyped digits are found all the same", "[detect]") {
  auto const text = GENERATE(values<std::string>(
      {"CARD 4532-1234-5678-9012", "CARD 4532 1234 5678 9012", "CARD 4532123456789012",
       "CARD 5555 5555 5555 4445", "CARD 3782 822463 10006", "CARD 1234 5678 9012 3456",
       "CARD 4111 1111 1111 111", "CARD 4111 1111 1111 11111", "US_SSN 923-45-6789", "US_SSN 666-12-3456",
       "US_SSN 000-12-3456", "IBAN GB29 NWBK 6016 1331 9268 18", "IBAN DE89370400440532013001",
       "IBAN GB29 NWBK 6016 1331 9268 1", "NATIONAL_ID 123.456.789-00", "NATIONAL_ID 756.1234.5678.90"}));
  INFO(text);
  CHECK(found_in(text.substr(text.find(' ') + 1)) == list{text});
}

TEST_CASE("L8 a mistyped number beside a word for it is found without any separator", "[detect]") {
  CHECK(found_in("my card is 453212345678901") == list{"CARD 453212345678901"});
  CHECK(found_in("card number 1234567890123456") == list{"CARD 1234567890123456"});
  CHECK(found_in("ssn 923456789") == list{"US_SSN 923456789"});
  CHECK(found_in("my bsn is 111222334") == list{"NATIONAL_ID 111222334"});
}

TEST_CASE("what looks like personal data and is none is left alone", "[detect]") {
  auto const text = GENERATE(values<std::string>({
      "Order number 1234567890",
      "order #4729918834 has shipped",
      "Invoice 2023-0045-7781",
      "your order 112-7466229-1234567 arrived",
      "on 2024-01-31 at 12:30:45",
      "between 12/05/2023 and 01/06/2023",
      "31.12.2023 23:59",
      "20240131T123045Z",
      "from 2019-2024 we grew",
      "pages 200-1000",
      "version 10.0.19041.1234",
      "v1.2.3.4 is out",
      "release 2.13.10",
      "550e8400-e29b-41d4-a716-446655440000",
      "id 6ba7b810-9dad-11d1-80b4-00c04fd430c8",
      "commit 4f2d1c0b9a8e7f6d5c4b3a2918070605f4e3d2c1",
      "ISBN 978-3-16-148410-0",
      "isbn 0-306-40615-2",
      "it costs $1,234.56 or 1.234,56",
      "37.7749, -122.4194",
      "lat 52.520008 lon 13.404954",
      "timestamp 1700000000",
      "1700000000123",
      "std::vector and a::b::c",
      "at 12:34:56 sharp",
      "ratio 1:2:3:4",
      "icon@2x.png",
      "@types/node@18.0.0",
      "say hi to @jane on there",
      "meet me at noon",
      "error code 404",
      "zip code 90210",
      "the year 2024",
      "3.14159265358979",
      "SKU 4006381333931",
      "room 12, floor 3",
      "1,000,000 people",
      "127.0.0.1",
      "0.0.0.0",
      "chapter 4.2.1.7",
      "look at example.com and dot the i",
      "width: 1920px; height: 1080px",
      "#ff00aa",
      "0x7fff5fbff8a0",
      "git clone git@github.com:user/project.git",
  }));
  INFO(text);
  CHECK(found_in(text) == list{});
}

TEST_CASE("only the types that are wanted are reported, from the threshold on", "[detect]") {
  auto const text = "jane@example.com 4532-1234-5678-9012";
  auto which = detect::all();
  which.types = 1u << static_cast<unsigned>(entity::card);
  CHECK(found_in(text, which) == list{"CARD 4532-1234-5678-9012"});
  which = detect::all();
  which.threshold_percent = 51;
  CHECK(found_in(text, which) == list{"EMAIL jane@example.com"});
  which.threshold_percent = 50;
  CHECK(found_in(text, which).size() == 2);
}

TEST_CASE("what stands nearby counts as context", "[detect]") {
  CHECK(found_in("482913") == list{});
  CHECK(found_in("482913", detect::all(), "One-time passcode") == list{"OTP 482913"});
  CHECK(found_in("97 111421", detect::all(), "Téléphone") == list{"PHONE 97 111421"});
  CHECK(found_in("12345678", detect::all(), "Account number") == list{"BANK_ACCOUNT 12345678"});
}

TEST_CASE("L51 what cannot be looked at is incomplete, never nothing", "[detect]") {
  detect::findings found;
  detect::scan(detect::all(), "broken \xff text", found);
  CHECK_FALSE(found.complete());
  detect::scan(detect::all(), "cut \xe2\x82", found);
  CHECK_FALSE(found.complete());
  detect::scan(detect::all(), std::string(4097, 'a'), found);
  CHECK_FALSE(found.complete());
  detect::scan(detect::all(), std::string(4096, 'a'), found);
  CHECK(found.complete());
  std::vector<detect::span> spans;
  CHECK_FALSE(detect::scan_long(detect::all(), "broken \xff text", spans));
}

TEST_CASE("L51 more than there is room for is incomplete", "[detect]") {
  std::string text;
  for (int i = 0; i < 200; ++i) {
    text += "a@b.cd, ";
  }
  detect::findings found;
  detect::scan(detect::all(), text, found);
  CHECK_FALSE(found.complete());
  CHECK(found.spans().size() == detect::findings::capacity);
  std::vector<detect::span> spans;
  CHECK(detect::scan_long(detect::all(), text, spans));
  CHECK(spans.size() == 200);
}

TEST_CASE("L51 a recogniser that fails, or points outside, makes the findings incomplete", "[detect]") {
  auto const with = [](auto find) {
    auto which = detect::all();
    which.recognisers = std::make_shared<std::vector<detect::recogniser> const>(
        std::vector<detect::recogniser>{{"own", std::move(find)}});
    return which;
  };
  CHECK(found_in("a täxt", with([](std::string_view, detect::findings& found) {
                   found.add({2, 4, entity::pattern, 1.0f, "own"}); // ends inside of a character
                   return true;
                 })) == list{"PATTERN tä"});
  CHECK(found_in("text", with([](std::string_view, detect::findings&) { return false; })) ==
        list{"incomplete"});
  CHECK(found_in("text", with([](std::string_view, detect::findings& found) {
                   found.add({2, 9, entity::pattern, 1.0f, "own"});
                   return true;
                 })) == list{"PATTERN xt", "incomplete"});
  CHECK(found_in("text", with(std::function<bool(std::string_view, detect::findings&)>{})) ==
        list{"incomplete"});
}

TEST_CASE("places are those of the source, whole characters with what follows them unseen", "[detect]") {
  CHECK(found_in("é jane@example.com é") == list{"EMAIL jane@example.com"});
  CHECK(found_in("x\u200bjane@example.com\u200b x") == list{"EMAIL x\u200bjane@example.com\u200b"});
  CHECK(found_in("４１１１ １１１１ １１１１ １１１１。") ==
        list{"CARD ４１１１ １１１１ １１１１ １１１１"});
  CHECK(found_in("𝟒𝟏𝟏𝟏-𝟏𝟏𝟏𝟏-𝟏𝟏𝟏𝟏-𝟏𝟏𝟏𝟏") == list{"CARD 𝟒𝟏𝟏𝟏-𝟏𝟏𝟏𝟏-𝟏𝟏𝟏𝟏-𝟏𝟏𝟏𝟏"});
  CHECK(found_in("पता jane@उदाहरण.भारत है") == list{"EMAIL jane@उदाहरण.भारत"});
}

TEST_CASE("a long text is scanned like a short one", "[detect]") {
  std::string text;
  for (int i = 0; i < 500; ++i) {
    text += i % 2 == 0 ? "write to jane@example.com. " : "schön: 4111 1111 1111 1111; ";
  }
  std::vector<detect::span> spans;
  REQUIRE(detect::scan_long(detect::all(), text, spans));
  REQUIRE(spans.size() == 500);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    CHECK(text.substr(spans[i].begin, spans[i].end - spans[i].begin) ==
          (i % 2 == 0 ? "jane@example.com" : "4111 1111 1111 1111"));
  }
}

TEST_CASE("L52 hostile text of 64 KiB is scanned", "[detect]") {
  auto const unit = GENERATE(values<std::string>(
      {"@",      "1",        "1-",         "a@a.", "1 ",          "12 ",  "4-",    "111-111-",
       "1-222-", "1234 ",    "4111 1111 ", "12.",  "1.1.1.1.",    ":",    "a:",    "::",
       "1:",     "(at)",     "(",          "dot ", "a at b dot ", "GB29", "GB29 ", "aa-",
       "aa.",    "otp 1 ",   "cc 1 ",      "+1 ",  "1/1/",        "é",    "４",    "\u200b",
       "eyJ",    "abandon ", "password=",  "a:b@", "-----BEGIN "}));
  std::string text;
  while (text.size() < 65536) {
    text += unit;
  }
  INFO(unit);
  std::vector<detect::span> spans;
  CHECK(detect::scan_long(detect::all(), text, spans));
}

TEST_CASE("L52 any bytes: spans are in the text, in order, apart and of whole characters", "[detect]") {
  constexpr std::string_view pieces[] = {
      "@",      ".",      "-",     " ",       "4111",  "1111", "a",   "example", "com", "+44",
      "(",      ")",      "12",    "555",     "0132",  "GB29", ":",   "ff",      "é",   "４",
      "\u200b", "\n",     "card ", "phone ",  "/",     "x12",  "at",  " dot ",   "１",  "\u0301",
      "ssn ",   "\u00a0", "😀",    "e\u0301", "born ", "1985", "Mar", "::",      "0",   "9"};
  random_numbers random;
  std::size_t with_spans = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    auto const size = random() % 24;
    for (std::uint64_t i = 0; i < size; ++i) {
      text += pieces[random() % std::size(pieces)];
    }
    if (round % 8 == 0 && !text.empty()) {
      text[random() % text.size()] = static_cast<char>(random());
    }
    detect::findings found;
    detect::scan(detect::all(), text, found);
    std::vector<detect::span> spans;
    auto const whole = detect::scan_long(detect::all(), text, spans);
    INFO(text);
    REQUIRE(whole == found.complete());
    std::size_t last = 0;
    for (auto const& one : found.spans()) {
      REQUIRE(one.begin >= last);
      REQUIRE(one.begin < one.end);
      REQUIRE(one.end <= text.size());
      REQUIRE(is_boundary(text, one.begin));
      REQUIRE(is_boundary(text, one.end));
      REQUIRE(one.score >= 0.495f);
      REQUIRE(one.score <= 1.0f);
      REQUIRE_FALSE(one.rule.view().empty());
      last = one.end;
    }
    with_spans += found.empty() ? 0 : 1;
  }
  CHECK(with_spans > 300);
}

TEST_CASE("L52 random bytes do no harm", "[detect]") {
  random_numbers random;
  for (int round = 0; round < 3000; ++round) {
    std::string text(random() % 300, '\0');
    for (auto& byte : text) {
      byte = static_cast<char>(random());
    }
    detect::findings found;
    detect::scan(detect::all(), text, found, text);
    std::vector<detect::span> spans;
    REQUIRE(detect::scan_long(detect::all(), text, spans) == found.complete());
  }
}
