// Writes a trace as a recorder would, for a person to look at, with words and colours that a test searches
// for.
//
//   review_sample FILE RECEIPT_ID POLICY_DIGEST [LINES]
//
// FILE ends in .mcap or .jsonl. With LINES, so many clicks and texts, eight of them a second, instead of the
// sample. Called by tests/desktop/review_test.py.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <overt/consent/purpose.hpp>
#include <overt/event/event.hpp>
#include <overt/sink/jsonl.hpp>
#include <overt/sink/mcap.hpp>
#include <overt/sink/png/png.hpp>
#include <overt/sink/with_pictures.hpp>
#include <overt/sink/zstd/zstd.hpp>
#include <overt_test/disclosed.hpp>
#include <overt_test/pictures.hpp>

namespace {

using overt_test::disclosed_text_of;

/// What would run if a page took text for markup.
constexpr std::string_view hostile =
    R"(<img src=x onerror="document.title=1"></script><script>document.title=1</script>)";

struct where {
  std::string_view application{};
  std::string_view title{};
  std::string_view site{};
};

/// Events one after another into a sink.
template <class Sink>
class person {
public:
  explicit person(Sink& to) : to_{to} {}

  void at(double seconds) { now_ = static_cast<std::int64_t>(seconds * 1e9) + begin; }

  template <class Payload>
  void does(where place, Payload payload) {
    ++count_;
    overt::recorded_head head{.sequence = count_, .time = {now_}};
    if (!place.application.empty()) {
      auto const optional = [](std::string_view text) {
        return text.empty() ? overt::guarded_text{} : disclosed_text_of(text);
      };
      head.where.emplace(overt::context{.application = disclosed_text_of(place.application),
                                        .title = optional(place.title),
                                        .origin = optional(place.site),
                                        .field = overt::field_kind::plain});
    }
    to_.write(overt::detail::recording::make<overt::event>(
        std::move(head), overt::event{overt::event_header{}, std::move(payload)}));
    now_ += 120'000'000;
  }

  void clicks(where place, std::int32_t x, std::int32_t y) {
    does(place, overt::button{.which = overt::button_name::left, .number = 1, .at = {.x = x, .y = y}});
    does(place, overt::button{.phase = overt::button_phase::release,
                              .which = overt::button_name::left,
                              .number = 1,
                              .at = {.x = x, .y = y}});
  }
  void writes(where place, std::string_view text,
              overt::text_outcome outcome = overt::text_outcome::cleared) {
    auto const began = now_;
    now_ += 2'000'000'000;
    does(place,
         overt::text{
             .outcome = outcome, .value = disclosed_text_of(text), .began = {began}, .follows = count_});
  }
  /// A window of one colour, with a darker bar and some lines as of text.
  void shows(where place, std::uint32_t colour,
             overt::frame_reason why = overt::frame_reason::before_action) {
    constexpr overt::rectangle screen{0, 0, 640, 400};
    auto picture = *overt::screen_picture::black(screen);
    picture.fill({20, 20, 600, 360}, colour);
    picture.fill({20, 20, 600, 24}, colour / 2 & 0x7f7f7f);
    for (std::int32_t line = 0; line < 9; ++line) {
      picture.fill({40, 70 + line * 30, 140 + line * 67 % 400, 8}, 0x404040);
    }
    auto made = overt_test::frame_of(std::move(picture), overt::guard_state::disclosed);
    made.reason = why;
    made.grabbed = {now_};
    made.shown = {{20, 20, 600, 360}};
    made.masked = {{40, 70, 140, 8}};
    does(place, std::move(made));
  }

  [[nodiscard]] std::uint64_t count() const { return count_; }

private:
  static constexpr std::int64_t begin = 3'000'000'000;

  Sink& to_;
  std::int64_t now_ = begin;
  std::uint64_t count_ = 0;
};

template <class Person>
void sample(Person& who) {
  where const editor{"mousepad", "letter.txt"};
  where const mail{"thunderbird", "Inbox"};
  where const shop{"chromium", "Basket", "https://shop.example"};
  who.does({}, overt::consent_change{});
  who.does({},
           overt::source{.backend = "x11", .can_see = overt::capability::keys | overt::capability::buttons});
  who.does({}, overt::display{.monitors = {{.bounds = {0, 0, 640, 400}, .primary = true}}});
  who.does({}, overt::marker{.kind = overt::marker_kind::task_start,
                             .instruction = disclosed_text_of("Write to Ada and order paper")});
  who.at(5);
  who.does(editor, overt::focus{});
  who.shows(editor, 0xf4f1e8);
  who.clicks(editor, 200, 150);
  who.writes(editor, "Dear Ada, the paper is here on Tuesday.\nSee you then");
  who.writes(editor, "call me at {PHONE}, card {CARD}", overt::text_outcome::mixed);
  who.does({}, overt::redaction{.rule = "typed_text",
                                .of = "text",
                                .entity = "CARD",
                                .action = overt::redaction_action::replaced,
                                .how_many = overt::amount::tens});
  who.does(editor,
           overt::text{.outcome = overt::text_outcome::withheld, .doubt = overt::text_doubt::disagreed});
  who.shows(editor, 0xf4f1e8, overt::frame_reason::after_action);
  who.does(editor,
           overt::ui_action{.role = overt::ui_role::menu_item, .label = disclosed_text_of("Save As\u2026")});
  who.at(40);
  who.does({}, overt::gap{.reason = overt::withheld_reason::outside_scope});
  who.at(65);
  who.does(mail, overt::focus{});
  who.shows(mail, 0x5ac3b7); // the colour that goes with the stretch
  who.clicks(mail, 300, 200);
  who.writes(mail, "zqxjvkwqbrimqua is the canary");
  who.writes(mail, "and wzvkqjxqvumgolz another");
  who.does({}, overt::gap{.reason = overt::withheld_reason::secret_field});
  who.shows(mail, 0x5ac3b7, overt::frame_reason::after_action);
  who.at(130);
  who.does(shop, overt::focus{.target = overt::focus_target::page});
  who.shows(shop, 0xd9e4f5);
  who.clicks(shop, 120, 100);
  who.writes(shop, "paper, ruled, A4 vexolquimper");
  who.shows(shop, 0xd9e4f5, overt::frame_reason::after_action);
  who.at(185);
  who.does(editor, overt::focus{});
  who.clicks(editor, 50, 60);
  who.writes(editor, hostile);
  who.does({}, overt::marker{.kind = overt::marker_kind::task_end, .outcome = overt::task_outcome::success});
}

template <class Person>
void at_length(Person& who, std::uint64_t lines) {
  where const places[] = {{"mousepad", "letter.txt"}, {"thunderbird", "Inbox"}, {"galculator", ""}};
  who.does({}, overt::consent_change{});
  for (std::uint64_t i = 0; i < lines; ++i) {
    who.at(static_cast<double>(i) / 8);
    auto const& place = places[i / 240 % 3];
    if (i % 16 == 7) {
      who.does(place, overt::text{.outcome = overt::text_outcome::cleared,
                                  .value = disclosed_text_of("line " + std::to_string(i))});
    } else {
      auto const x = static_cast<std::int32_t>(i % 640);
      who.does(place, overt::button{.which = overt::button_name::left, .number = 1, .at = {.x = x, .y = 9}});
    }
  }
}

template <class Sink>
int write(Sink to, char** words, std::optional<std::uint64_t> lines) {
  overt::session_info info;
  info.receipt_id = words[2];
  info.policy_digest = words[3];
  info.policy = "{}";
  info.purposes = {overt::consent::purpose::academic_research};
  if (!overt::sink::open(to, info)) {
    std::fprintf(stderr, "cannot open %s\n", words[1]);
    return 1;
  }
  person who{to};
  if (lines) {
    at_length(who, *lines);
  } else {
    sample(who);
  }
  auto const closed = overt::sink::close(to, {});
  if (!closed) {
    std::fprintf(stderr, "%s\n", closed.error().message.c_str());
    return 1;
  }
  std::printf("%llu\n", static_cast<unsigned long long>(who.count()));
  return 0;
}

} // namespace

int main(int count, char** words) {
  if (count != 4 && count != 5) {
    std::fprintf(stderr, "usage: review_sample FILE RECEIPT_ID POLICY_DIGEST [LINES]\n");
    return 2;
  }
  std::string const path{words[1]};
  auto const lines = count == 5 ? std::optional{std::strtoull(words[4], nullptr, 10)} : std::nullopt;
  if (path.ends_with(".jsonl")) {
    return write(overt::sink::with_pictures{overt::sink::jsonl{path}, overt::sink::png{}}, words, lines);
  }
  return write(overt::sink::with_pictures{overt::sink::mcap{path, overt::sink::zstd{}}, overt::sink::png{}},
               words, lines);
}
