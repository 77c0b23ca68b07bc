#include <overt/redact/typed_text.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>
#include <overt_test/typing.hpp>

namespace {

using overt_test::count_of;
using overt_test::leaks;
using overt_test::place;
using overt_test::seconds;
using overt_test::typist_under_balanced;

constexpr std::string_view card = "4539578763621486";
constexpr std::string_view email = "qzvexil.hubro@mailbox.example";
constexpr std::uint32_t word_key = 0xff08;

bool has(std::string const& bytes, std::string_view part) { return bytes.find(part) != std::string::npos; }

/// The value of the first text, as it stands in the trace.
std::string value_in(std::string const& bytes) {
  auto const at = bytes.find("\"value\":\"");
  return at == std::string::npos ? std::string{} : bytes.substr(at + 9, bytes.find('"', at + 9) - at - 9);
}

} // namespace

TEST_CASE("what was typed becomes one text when Enter commits it", "[redact][typed_text]") {
  auto person = typist_under_balanced();
  auto const& bytes = person.type("Dear all, the room is booked").enter().finish();
  CHECK(value_in(bytes) == "Dear all, the room is booked");
  CHECK(has(bytes, R"("outcome":"cleared","doubt":"none","size":"tens")"));
  CHECK(count_of(bytes, "\"type\":\"key\"") == 1); // Enter
  CHECK(count_of(bytes, "\"type\":\"text\"") == 1);
}

TEST_CASE("a text says after which event it was begun", "[redact][typed_text]") {
  auto person = typist_under_balanced();
  auto const& bytes = person.type("first one").tab().type("second one").enter().finish();
  CHECK(count_of(bytes, "\"type\":\"text\"") == 2);
  auto const tab = bytes.find("\"type\":\"key\"");
  auto const number = bytes.rfind("\"seq\":", tab) + 6;
  auto const sequence = bytes.substr(number, bytes.find(',', number) - number);
  auto const second = bytes.find("\"value\":\"second one\"");
  REQUIRE(second != std::string::npos);
  CHECK(bytes.find("\"follows\":" + sequence + ",", second) != std::string::npos);
  auto const first = bytes.find("\"value\":\"first one\"");
  REQUIRE(first != std::string::npos);
  CHECK(std::stoull(bytes.substr(bytes.find("\"follows\":", first) + 10)) < std::stoull(sequence));
}

TEST_CASE("corrections are not told", "[redact][typed_text]") {
  auto person = typist_under_balanced();
  auto const& bytes =
      person.type("helxo").backspace(2).type("lo").left(5).type("well ").end().type(" then").enter().finish();
  CHECK(value_in(bytes) == "well hello then");
  CHECK(count_of(bytes, "\"type\":\"key\"") == 1);
}

TEST_CASE("an entity is replaced and what is around it stays", "[redact][typed_text]") {
  auto person = typist_under_balanced();
  auto const& bytes = person.type("pay with ").type(card).type(" today please").enter().finish();
  CHECK(value_in(bytes) == "pay with {CARD} today please");
  CHECK(has(bytes, R"("entities":[{"type":"CARD","size":"tens","begin":9,"end":15}])"));
  CHECK(has(
      bytes,
      R"("type":"redaction","from":null,"context":null,"rule":"typed_text","of":"text","entity":"CARD","action":"masked")"));
  CHECK_FALSE(leaks(bytes, card));
}

TEST_CASE("what looked like something else on the way is named as what it is", "[redact][typed_text]") {
  auto person = typist_under_balanced();
  CHECK(value_in(person.type("my card is 4539 5787 6362 1486 ok").enter().finish()) ==
        "my card is {CARD} ok");
}

TEST_CASE("a text that is one entity is told as its type", "[redact][typed_text]") {
  auto person = typist_under_balanced();
  auto const& bytes = person.type(email).enter().finish();
  CHECK(value_in(bytes) == "{EMAIL}");
  CHECK(has(bytes, R"("outcome":"entity")"));
}

TEST_CASE("L1 pauses inside of what is typed release nothing", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  for (auto const letter : card) {
    person.type({&letter, 1}).wait(3 * seconds);
    CHECK(person.bytes().find("\"text\"") == std::string::npos);
  }
  CHECK_FALSE(leaks(person.enter().finish(), card));
}

TEST_CASE("L1 going elsewhere in the middle of a number keeps its beginning back",
          "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  auto const here = person.where;
  person.type("the number is 4539 5787");
  person.where = place({.application = "other"});
  person.type("hello there ").enter();
  CHECK(has(person.wait(2 * seconds).bytes(), "the number is {"));
  person.where = here;
  auto const& bytes = person.type("6362 1486 thanks a lot").enter().finish();
  CHECK_FALSE(leaks(bytes, "453957876362"));
  CHECK_FALSE(leaks(bytes, "6362"));
  CHECK_FALSE(leaks(bytes, "1486"));
  INFO(bytes);
  CHECK(has(bytes, "thanks a lot"));
}

TEST_CASE("L2 what was typed and taken back does not show", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  auto const& bytes =
      person.type("call me ").type(email).backspace(int(email.size())).type("later today").enter().finish();
  CHECK(value_in(bytes) == "call me later today");
  CHECK_FALSE(leaks(bytes, "qzvexil"));
}

TEST_CASE("L2 what is left of something that was found stays out", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  auto const& bytes = person.type(card).backspace(8).type(" is all I know").enter().finish();
  CHECK_FALSE(leaks(bytes, card));
  CHECK(has(bytes, "is all I know"));
}

TEST_CASE("L3 a number that is put together by moving the caret is found", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  auto const& bytes = person.type("87636214").home().type("453957").end().type("86").enter().finish();
  CHECK_FALSE(leaks(bytes, card));
}

TEST_CASE("L3 a click into the text is told only if the program says what stands there",
          "[redact][typed_text][leak]") {
  auto alone = typist_under_balanced();
  alone.type("one three").click().type("two ");
  CHECK(has(alone.enter().finish(), R"("outcome":"withheld","doubt":"unresolved")"));

  auto told = typist_under_balanced();
  told.type("one three").click().type("two ").enter().told("one two three");
  CHECK(value_in(told.finish()) == "one two three");
}

TEST_CASE("L3 a click that puts a number together is found", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  person.type("45391486").click().type("57876362").enter().told(card);
  auto const& bytes = person.finish();
  CHECK_FALSE(leaks(bytes, card));
  CHECK(has(bytes, "{CARD}"));
}

TEST_CASE("L3 keys and program that disagree withhold the text", "[redact][typed_text][leak]") {
  for (auto const* const value : {"hello wyrld", "hello worl", "hello worldd", "xhello world", "", "other"}) {
    auto person = typist_under_balanced();
    auto const& bytes = person.type("hello world").enter().told(value).finish();
    CHECK(has(bytes, R"("outcome":"withheld","doubt":"disagreed")"));
    CHECK_FALSE(leaks(bytes, "hello world"));
  }
  auto agreed = typist_under_balanced();
  CHECK(value_in(agreed.type("hello world").enter().told("hello world").finish()) == "hello world");
  auto among = typist_under_balanced();
  CHECK(value_in(among.type("hello world").enter().told("before hello world after").finish()) ==
        "hello world");
}

TEST_CASE("L4 undo is resolved by what the program says", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  auto const& bytes =
      person.type("first ").type(card).control('z').type("words").enter().told("first words").finish();
  CHECK(value_in(bytes) == "first words");
  CHECK_FALSE(leaks(bytes, card));
  auto alone = typist_under_balanced();
  CHECK(has(alone.type("first words").control('z').enter().finish(), R"("doubt":"unresolved")"));
}

TEST_CASE("L4 what a program makes of the keys withholds them", "[redact][typed_text][leak]") {
  auto completed = typist_under_balanced();
  CHECK(has(completed.type("jan").enter().told("january").finish(), R"("doubt":"disagreed")"));
  auto corrected = typist_under_balanced();
  CHECK(has(corrected.type("teh end").enter().told("the end").finish(), R"("doubt":"disagreed")"));
}

TEST_CASE("L4 composed text is what the program says", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  CHECK(value_in(person.type("gksrmf").enter().told("한글", overt::text_source::composed).finish()) ==
        "한글");
  auto secret = typist_under_balanced();
  auto const& bytes = secret.type("nihao ")
                          .type(card)
                          .enter()
                          .told("你好 4539578763621486", overt::text_source::composed)
                          .finish();
  CHECK_FALSE(leaks(bytes, card));
}

TEST_CASE("L4 of a composed text that was taken back in parts nothing leaves", "[redact][typed_text][leak]") {
  constexpr auto composed = overt::text_source::composed;
  auto erased = typist_under_balanced();
  erased.type("4539 57").type("kaigi ").backspace(2).type("87 6362 1486").backspace(5);
  auto const& bytes = erased.enter().told("4539 5787 6362", composed).finish();
  CHECK(has(bytes, R"("doubt":"unresolved")"));
  CHECK_FALSE(leaks(bytes, "4539578763621486"));
  CHECK_FALSE(has(bytes, "4539"));
  auto grown = typist_under_balanced(); // it was a card's number before it was longer
  CHECK_FALSE(has(grown.type("ni hao").enter().told("你 453957876362148607", composed).finish(), "4539"));
}

TEST_CASE("L4 what stood in the field before does not leave as composed", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  auto const& bytes =
      person.type("nihao ").enter().told("Roe, Elm Street 你好", overt::text_source::composed).finish();
  CHECK(has(bytes, R"("doubt":"unresolved")"));
  CHECK_FALSE(leaks(bytes, "Roe, Elm Street"));
}

TEST_CASE("L4 once an input method was seen, keys alone tell nothing", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  person.type("nihao ").enter().told("你好", overt::text_source::composed).wait(4 * seconds);
  auto const& bytes = person.type("zaijian ").enter().finish();
  CHECK(has(bytes, "你好"));
  CHECK_FALSE(has(bytes, "zaijian"));
  auto unseen = typist_under_balanced(); // a method that nobody reports of, but the text shows it
  unseen.type("nihao ").enter().told("你好").wait(4 * seconds);
  CHECK_FALSE(has(unseen.type("zaijian ").enter().finish(), "zaijian"));
  auto without = typist_under_balanced();
  without.type("hello").enter().told("hello").wait(4 * seconds);
  CHECK(has(without.type("zaijian ").enter().finish(), "zaijian"));
}

TEST_CASE("L4 dead keys and Compose put in what comes of them", "[redact][typed_text][leak]") {
  using overt::key_class;
  using overt::modifiers;
  auto const accented = [](auto& person) {
    person.type("caf");
    person.push(overt_test::pressed(key_class::dead, 0xfe51));
    person.push(overt_test::pressed(key_class::letter, 'e', modifiers::none, "é"));
    person.type(" ");
    person.push(overt_test::pressed(key_class::dead, 0xff20));
    person.push(overt_test::pressed(key_class::punctuation, '\'')); // it enters nothing yet
    person.push(overt_test::pressed(key_class::letter, 'e', modifiers::none, "é"));
  };
  auto alone = typist_under_balanced();
  accented(alone);
  CHECK(value_in(alone.enter().finish()) == "café é");
  auto told = typist_under_balanced();
  accented(told);
  CHECK(value_in(told.enter().told("café é").finish()) == "café é");
  auto twice = typist_under_balanced(); // a dead key twice is the accent
  twice.type("a");
  twice.push(overt_test::pressed(key_class::dead, 0xfe51));
  twice.push(overt_test::pressed(key_class::dead, 0xfe51, modifiers::none, "´"));
  CHECK(value_in(twice.enter().told("a´").finish()) == "a´");
}

TEST_CASE("L4 a long Compose sequence is part of the text", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  person.type("4539 5787 ");
  person.push(overt_test::pressed(overt::key_class::letter, 'q')); // it has no room for what it enters
  person.push(overt::text{.source = overt::text_source::composed,
                          .length = overt::guarded<std::uint32_t>{9u},
                          .edits = overt::guarded<std::uint32_t>{0u},
                          .value = overt_test::guarded_of("6362 1486")});
  auto const& bytes = person.type(" please").enter().finish();
  CHECK(value_in(bytes) == "{CARD} please");
  CHECK(count_of(bytes, "\"type\":\"text\"") == 1);
}

TEST_CASE("L3 text that was dragged within a field is withheld", "[redact][typed_text][leak]") {
  auto const dragged = [](auto& person, std::int32_t by) {
    person.push(overt::button{.at = {.x = 100, .y = 20}});
    person.push(overt::button{.phase = overt::button_phase::release, .at = {.x = 100 + by, .y = 20}});
  };
  auto person = typist_under_balanced();
  person.type("87636214864539 57").left(5);
  person.press(0xff50, overt::modifiers::shift); // all before it is selected
  dragged(person, 80);
  auto const& bytes = person.enter().finish();
  CHECK(has(bytes, R"("doubt":"unresolved")"));
  CHECK_FALSE(has(bytes, "8763"));
  auto clicked = typist_under_balanced(); // nothing was dragged
  clicked.type("hello there").press(0xff50, overt::modifiers::shift);
  dragged(clicked, 2);
  CHECK(value_in(clicked.enter().told("hello there").finish()) == "hello there");
  auto dropped = typist_under_balanced(); // the button went down in another program
  dropped.type("hello there");
  dropped.push(overt::button{.phase = overt::button_phase::release, .at = {.x = 9, .y = 9}});
  CHECK(has(dropped.enter().finish(), R"("doubt":"unresolved")"));
}

TEST_CASE("L5 what the middle button pasted is a placeholder, also before the first key",
          "[redact][typed_text][leak]") {
  auto const middle = [](auto& person) {
    person.push(overt::button{.which = overt::button_name::middle});
    person.push(overt::button{.phase = overt::button_phase::release, .which = overt::button_name::middle});
  };
  auto first = typist_under_balanced();
  middle(first);
  auto const& bytes = first.type("87 6362 1486").enter().told("4539 5787 6362 1486").finish();
  CHECK_FALSE(leaks(bytes, "4539578763621486"));
  CHECK_FALSE(has(bytes, "6362"));
  auto alone = typist_under_balanced();
  middle(alone);
  CHECK(has(alone.type("87 6362 1486 and more").enter().finish(), R"("doubt":"unresolved")"));
  auto menu = typist_under_balanced();
  menu.push(overt::clipboard{.operation = overt::clipboard_operation::paste});
  CHECK(value_in(menu.type(" and more").enter().told("kJx8Qw and more").finish()) == "{PASTED} and more");
  auto elsewhere = typist_under_balanced();
  middle(elsewhere);
  elsewhere.where = place({.application = "other"});
  CHECK(value_in(elsewhere.type("hello there").enter().finish()) == "hello there");
}

TEST_CASE("L5 what was pasted is a placeholder", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  auto const& bytes = person.type("see ")
                          .control('v')
                          .type(" for more")
                          .enter()
                          .told("see kJx8Qw secret words for more")
                          .finish();
  CHECK(value_in(bytes) == "see {PASTED} for more");
  CHECK_FALSE(leaks(bytes, "kJx8Qw secret words"));
  auto by_menu = typist_under_balanced();
  auto const& menu = by_menu.told("kJx8Qw", overt::text_source::pasted).finish();
  CHECK(has(
      menu,
      R"("source":"pasted","length":null,"edits":null,"value":null,"outcome":"withheld","doubt":"not_typed")"));
  CHECK_FALSE(leaks(menu, "kJx8Qw"));
}

TEST_CASE("L20 what a program fills in is withheld", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  auto const& bytes = person.told("Jane Roe, 12 Elm Street", overt::text_source::filled).finish();
  CHECK(has(bytes, R"("doubt":"not_typed")"));
  CHECK_FALSE(leaks(bytes, "Jane Roe"));
}

TEST_CASE("L7 a card in four boxes, a code in six", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  person.type("4539")
      .tab()
      .told("4539")
      .type("5787")
      .tab()
      .told("5787")
      .type("6362")
      .tab()
      .told("6362")
      .type("1486")
      .enter();
  auto const& bytes = person.told("1486").finish();
  for (auto const* const box : {"4539", "5787", "6362", "1486"}) {
    CHECK_FALSE(has(bytes, box));
  }
  auto code = typist_under_balanced();
  for (auto const digit : std::string_view{"739164"}) {
    code.type({&digit, 1}).tab();
  }
  auto const& codes = code.enter().finish();
  for (auto const* const digit : {"\"7\"", "\"3\"", "\"9\"", "\"1\"", "\"6\"", "\"4\""}) {
    CHECK_FALSE(has(codes, digit));
  }
}

TEST_CASE("L7 something in two visits to a form is judged together", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  auto const& bytes = person.type("45395787").tab().type("63621486").enter().finish();
  CHECK_FALSE(leaks(bytes, "45395787"));
  CHECK_FALSE(leaks(bytes, "63621486"));
}

TEST_CASE("fields of a form are told when it is submitted", "[redact][typed_text]") {
  auto person = typist_under_balanced();
  person.type("blue").tab().type("large").tab();
  CHECK_FALSE(has(person.wait(20 * seconds).bytes(), "\"type\":\"text\""));
  auto const& bytes = person.type("cotton").enter().finish();
  CHECK(has(bytes, "\"blue\""));
  CHECK(has(bytes, "\"large\""));
  CHECK(has(bytes, "\"cotton\""));
}

TEST_CASE("a button of the window submits, too", "[redact][typed_text]") {
  auto person = typist_under_balanced();
  person.type("blue").click().told("blue");
  person.push(overt::ui_action{.act = overt::ui_act::activate, .role = overt::ui_role::button});
  CHECK(has(person.wait(2 * seconds).bytes(), "\"blue\""));
}

TEST_CASE("L10 what was found once is recognised elsewhere", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  person.type("mail ").type(email).enter().wait(2 * seconds);
  auto const& bytes = person.type("so qzvexil hubro said").enter().finish();
  CHECK_FALSE(leaks(bytes, "qzvexil"));
  INFO(bytes);
  CHECK(has(bytes, "so {WITHHELD} said"));
}

TEST_CASE("L12 how much was typed in private does not show in keys", "[redact][typed_text][leak]") {
  auto const left = [](std::string_view secret) {
    auto person = typist_under_balanced();
    person.type("it is ").type(secret).backspace(3).type(secret.substr(secret.size() - 3)).enter();
    return std::string{person.finish()};
  };
  CHECK(left("qzvexil@mailbox.example") == left("qzvexilhubro@mailbox.example"));
}

TEST_CASE("L14 no layout, device, scan code or shift leaves with a text", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  person.push(overt_test::pressed(overt::key_class::modifier, 0xffe1));
  person.type("Hello");
  auto const& bytes = person.enter().finish();
  CHECK_FALSE(has(bytes, "Shift_L"));
  CHECK(count_of(bytes, "\"usage\":4") == 0);
}

TEST_CASE("L15 a character that is entered by its number makes the text unknown",
          "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  person.type("caf");
  person.push(overt_test::typed('u', overt::modifiers::control | overt::modifiers::shift));
  person.push(overt_test::typed('e', overt::modifiers::control | overt::modifiers::shift));
  auto const& bytes = person.enter().finish();
  CHECK_FALSE(has(bytes, "\"symbol\":\"e\""));
  CHECK_FALSE(has(bytes, "\"caf\""));
}

TEST_CASE("word deletion that toolkits do differently needs the program's word", "[redact][typed_text]") {
  auto same = typist_under_balanced();
  CHECK(value_in(
            same.type("one two").press(word_key, overt::modifiers::control).type("three").enter().finish()) ==
        "one three");
  auto differs = typist_under_balanced();
  differs.type("one two...").press(word_key, overt::modifiers::control).type("x");
  CHECK(has(differs.enter().finish(), R"("doubt":"unresolved")"));
  auto told = typist_under_balanced();
  told.type("one two...").press(word_key, overt::modifiers::control).type("x").enter();
  CHECK(value_in(told.told("one twox").finish()) == "one twox");
}

TEST_CASE("L49 a text that is too long or takes too long is withheld", "[redact][typed_text][leak]") {
  auto longer = typist_under_balanced();
  for (int i = 0; i < 500; ++i) {
    longer.type("lorem ips ");
  }
  CHECK(has(longer.enter().finish(), R"("doubt":"too_long")"));
  auto slow = typist_under_balanced();
  slow.type("one ").wait(700 * seconds).type("two");
  CHECK(has(slow.enter().finish(), R"("doubt":"too_slow")"));
}

TEST_CASE("input that was missed needs the program's word", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  person.type("hel");
  person.out().withhold(overt_test::happened(person.now(), person.where, overt_test::typed('l')),
                        overt::withheld_reason::unconfirmed);
  person.type("o");
  CHECK(has(person.enter().finish(), R"("doubt":"unresolved")"));
}

TEST_CASE("a field that turns out secret leaves nothing of what was typed into it",
          "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  person.type("kJx8Qw");
  person.where = place({.field = overt::field_kind::secret});
  person.type("2");
  auto const& bytes = person.finish();
  CHECK_FALSE(leaks(bytes, "kJx8Qw"));
  CHECK(has(bytes, R"("doubt":"interrupted")"));
}

TEST_CASE("nothing that is undecided leaves when consent ends", "[redact][typed_text][leak]") {
  auto person = typist_under_balanced();
  person.type("hello world").tab();
  auto const& bytes = person.finish(true);
  CHECK_FALSE(leaks(bytes, "hello world"));
  CHECK(has(bytes, R"("doubt":"interrupted")"));
}

TEST_CASE("strict tells how much was typed, and no more", "[redact][typed_text]") {
  overt_test::typist person{overt::redact::strict({"editor"})};
  auto const& bytes = person.type("hello world, a card ").type(card).enter().finish();
  CHECK(has(bytes, R"("value":null,"outcome":"withheld","doubt":"by_policy","size":"tens")"));
  CHECK_FALSE(leaks(bytes, "hello world"));
  CHECK_FALSE(has(bytes, "CARD"));
}

TEST_CASE("policies behind are asked about the text", "[redact][typed_text]") {
  struct shout {
    void operator()(overt::text& what, overt::clearance const& key) const {
      auto const at = what.value.look(key).view().find("T-1000");
      if (at != std::string_view::npos) {
        what.value.mask(key, {{overt::byte_range{at, at + 6}}});
      }
    }
  };
  overt_test::typist person{overt::redact::balanced({"editor"}) | shout{}};
  CHECK(value_in(person.type("see T-1000 now").enter().finish()) == "see * now");
}

TEST_CASE("a program that tells its own texts is judged by what it tells", "[redact][typed_text]") {
  auto person = typist_under_balanced();
  auto const& bytes = person.told("write to qzvexil.hubro@mailbox.example soon").finish();
  CHECK(value_in(bytes) == "write to {EMAIL} soon");
}

TEST_CASE("every key is folded, written or withheld", "[redact][typed_text]") {
  auto person = typist_under_balanced();
  person.type("hello").tab().type("world").enter().told("world");
  person.finish();
  auto const& keys = person.out().counts()[overt::event::index<overt::key>];
  CHECK(keys.folded == 10);
  CHECK(keys.written == 2);
  CHECK(keys.withheld == 0);
  auto const& texts = person.out().counts()[overt::event::index<overt::text>];
  CHECK(texts.folded == 1);
  CHECK(texts.notices == 2);
}

TEST_CASE("D4 L51 a detector that cannot look withholds the text", "[redact][typed_text][leak]") {
  auto detectors = overt::detect::all();
  detectors.recognisers = std::make_shared<std::vector<overt::detect::recogniser> const>(std::vector{
      overt::detect::recogniser{"broken", [](std::string_view, overt::detect::findings&) { return false; }}});
  overt_test::typist person{overt::redact::only{"editor"} | overt::redact::secrets{} |
                            overt::redact::typed_text{.detectors = detectors}};
  auto const& bytes = person.type("hello world").enter().finish();
  CHECK(has(bytes, R"("doubt":"unsearched")"));
  CHECK_FALSE(leaks(bytes, "hello world"));
}

TEST_CASE("L1: no part of a key leaves because another part looks like an address", "[redact][typed_text]") {
  for (std::string_view const words : {"stone two slow send ", "my token ", "the bot "}) {
    auto person = typist_under_balanced();
    auto const& bytes = person.type(words)
                            .type("883839")
                            .type("x")
                            .backspace(1)
                            .type("3679:AAxBeLZtpGzxnB6fvT9vLT8Tk45731GAV2u")
                            .type(" green please")
                            .enter()
                            .finish();
    CHECK(value_in(bytes) == std::string{words} + "{SECRET} green please");
    CHECK_FALSE(has(bytes, "8838"));
  }
}

TEST_CASE("G15 a pause drops what is being typed, and what goes on from it", "[redact][typed_text]") {
  auto hand = overt_test::typist_under_balanced();
  hand.type("some quiet words");
  hand.out().pause({hand.now()});
  hand.type("in between").enter().told("some quiet words in between");
  hand.wait(4 * overt_test::seconds);
  hand.type("and aloud").enter().told("and aloud");
  auto const& text = hand.wait(4 * overt_test::seconds).finish();
  CAPTURE(text);
  CHECK_FALSE(overt_test::leaks(text, "some quiet words"));
  CHECK_FALSE(overt_test::leaks(text, "in between"));
  CHECK(text.find("\"value\":\"and aloud\"") != std::string::npos);
  CHECK(overt_test::count_of(text, "\"reason\":\"paused\"") == 1);
}
