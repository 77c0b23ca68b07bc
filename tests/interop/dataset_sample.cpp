// Writes datasets out of episodes made by hand, with pictures, for other programs to read, and beside them
// what is in them.
//
//   dataset_sample FOLDER     prints a line of JSON for each action of each episode: what was done, in the
//   words
//                             of the trace and not of any dialect. Called by dataset_read.py.

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/dataset/exporter.hpp>
#include <overt/sink/png/png.hpp>
#include <overt_test/episodes.hpp>

namespace {

using namespace overt::dataset;
using overt::button_name;
using overt::modifiers;
using overt_test::click;
using overt_test::done;
using overt_test::key_named;
using overt_test::typed;

/// On a monitor that is not square, and has another to its left.
constexpr overt::rectangle monitor{0, 0, 1366, 768};
constexpr overt::rectangle other_monitor{-1280, 100, 1280, 1024};

class made_episode {
public:
  explicit made_episode(std::uint64_t first) : sequence_{first} {
    of_.has_start = of_.has_end = true;
    of_.outcome = overt::task_outcome::success;
    of_.instruction = "Write \"it's done\", it costs $5 \u2013 caf\u00e9 <b>&amp;</b>\nand a second line";
    of_.first = first;
    of_.displays = {{.monitors = {{.id = 0, .bounds = monitor, .scale_percent = 150, .primary = true},
                                  {.id = 1, .bounds = other_monitor}}}};
    picture(other_monitor);
    picture(monitor);
  }

  void picture(overt::rectangle covers) {
    at_ms_ += 200;
    of_.frames.push_back(overt_test::frame_of(++sequence_, at_ms_, covers));
  }

  void act(action_kind what) {
    at_ms_ += 1000;
    of_.actions.push_back(done(std::move(what), sequence_ + 1, at_ms_));
    sequence_ += 2;
  }

  [[nodiscard]] action& last() { return of_.actions.back(); }

  [[nodiscard]] episode finish() && {
    of_.last = ++sequence_;
    of_.ended = {(at_ms_ + 1000) * overt_test::ms};
    return std::move(of_);
  }
  [[nodiscard]] episode& of() { return of_; }

private:
  episode of_{};
  std::uint64_t sequence_;
  std::int64_t at_ms_ = 0;
};

click_action clicked(std::int32_t x, std::int32_t y, button_name which, std::uint8_t count = 1,
                     modifiers held = modifiers::none) {
  auto made = click(x, y, count);
  made.which = which;
  made.held = held;
  made.at.display = static_cast<std::uint16_t>(x < 0);
  return made;
}

episode acts() {
  made_episode made{1};
  made.of().gaps = {{5, overt::withheld_reason::secret_field, "", {}}};
  for (auto const which : {button_name::left, button_name::middle, button_name::right, button_name::back,
                           button_name::forward, button_name::other}) {
    made.act(clicked(683, 96, which));
  }
  made.act(clicked(1365, 767, button_name::left));
  made.act(clicked(0, 0, button_name::left, 2));
  made.act(clicked(7, 700, button_name::left, 3));
  made.act(clicked(7, 700, button_name::right, 2));
  made.act(clicked(-640, 612, button_name::left)); // the other monitor
  made.act(clicked(1366, 5, button_name::left));   // beside both
  made.act(clicked(10, 10, button_name::left, 1, modifiers::control | modifiers::shift));
  made.picture(monitor);
  made.act(drag_action{.from = {10, 20}, .to = {300, 400}, .path = {{{100, 100}, {}}, {{200, 250}, {}}}});
  made.act(drag_action{.from = {10, 20}, .to = {-300, 400}});
  made.act(scroll_action{.dy_v120 = 360, .at = {400, 300}});
  made.act(scroll_action{.dy_v120 = -120, .at = {400, 300}});
  made.act(scroll_action{.dx_v120 = 240, .at = {400, 300}});
  made.act(scroll_action{.dy_v120 = 30, .at = {400, 300}});
  made.act(move_action{.at = {683, 384}});
  made.act(wait_action{2'500'000'000});
  for (auto const* const text :
       {"costs $5 and $7 total", "it's \"quoted\" \\ and \\n", "two\nlines\ttab\r", "single left click",
        "'); import os; print('", "see <image> and <video>", "", "{CARD} <SECRET:card>", " "}) {
    made.act(typed(text));
  }
  made.act(text_action{});
  made.act(text_action{.value = "card {CARD} of J\u00fcrgen",
                       .placeholders = {{.type = "CARD", .begin = 5, .end = 11}}});
  for (auto const* const name : {"Return", "Tab", "BackSpace", "Page_Down", "F5", "Escape", "Left",
                                 "KP_Enter", "a", "$", "'", "\\", "\u00e9", "space"}) {
    made.act(key_named(name));
    made.act(key_named(name, modifiers::control));
    made.act(key_named(name, modifiers::control | modifiers::shift));
  }
  auto held = key_named("Down");
  held.repeated = 9;
  made.act(held);
  made.act(key_action{});
  made.act(focus_action{});
  made.act(clicked(500, 500, button_name::left));
  made.last().meant = {{.act = overt::ui_act::select,
                        .role = overt::ui_role::combo_box,
                        .label = "Colour",
                        .before = "Red",
                        .after = "Blue"}};
  return std::move(made).finish();
}

/// Every character that there is, 256 in a text.
episode characters() {
  made_episode made{100'001};
  made.of().instruction.reset();
  for (std::uint32_t block = 0; block < 0x110000; block += 0x100) {
    std::string text;
    for (auto character = block; character < block + 0x100; ++character) {
      if (character < 0xd800 || character > 0xdfff) {
        char bytes[4];
        text.append(bytes, overt::detail::encode_utf8(character, bytes));
      }
    }
    if (!text.empty()) {
      made.act(typed(std::move(text)));
    }
  }
  return std::move(made).finish();
}

episode failed() {
  made_episode made{200'001};
  made.of().outcome = overt::task_outcome::failure;
  made.act(clicked(1, 2, button_name::left));
  return std::move(made).finish();
}

nlohmann::json point(overt::screen_point at) { return {at.x, at.y}; }

/// What was done, as the trace has it.
nlohmann::json told(action const& what) {
  nlohmann::json out{{"kind", name_of(what.what)}, {"seq", {what.children.front(), what.children.back()}}};
  if (auto const* const one = what.get_if<click_action>(); one != nullptr) {
    out["at"] = point(one->at);
    out["button"] = overt::name_of(one->which);
    out["count"] = one->count;
    out["held"] = static_cast<int>(one->held);
  } else if (auto const* const drag = what.get_if<drag_action>(); drag != nullptr) {
    out["at"] = point(drag->from);
    out["to"] = point(drag->to);
    out["path"] = nlohmann::json::array();
    for (auto const& each : drag->path) {
      out["path"].push_back(point(each.at));
    }
  } else if (auto const* const scroll = what.get_if<scroll_action>(); scroll != nullptr) {
    out["at"] = point(scroll->at);
    out["v120"] = {scroll->dx_v120, scroll->dy_v120};
  } else if (auto const* const move = what.get_if<move_action>(); move != nullptr) {
    out["at"] = point(move->at);
  } else if (auto const* const text = what.get_if<text_action>(); text != nullptr) {
    out["value"] = text->value ? nlohmann::json(*text->value) : nlohmann::json();
    out["withheld"] = !text->value || !text->placeholders.empty();
  } else if (auto const* const key = what.get_if<key_action>(); key != nullptr) {
    out["symbol"] =
        key->symbol ? nlohmann::json(std::string{overt::name_of(*key->symbol).view()}) : nlohmann::json();
    out["held"] = static_cast<int>(key->held);
    out["repeated"] = key->repeated;
  } else if (auto const* const wait = what.get_if<wait_action>(); wait != nullptr) {
    out["ns"] = wait->ns;
  }
  return out;
}

} // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: dataset_sample FOLDER\n");
    return 2;
  }
  std::vector<episode> const episodes{acts(), characters(), failed()};
  for (auto const& of : episodes) {
    for (auto const& what : of.actions) {
      auto line = told(what);
      line["task_id"] = task_id(overt_test::some_session(), of);
      std::printf("%s\n", line.dump().c_str());
    }
  }
  struct wanted {
    char const* name;
    export_options options;
  };
  auto const chat = export_format::chat;
  wanted const all[] = {
      {"agentnet", {}},
      {"gallery", {.gallery = true}},
      {"corpus", {.spelling = python_spelling::corpus, .triple_click = triple_click_form::clicks}},
      {"anthropic", {.format = chat, .window = 5, .display = overt::picture_size{1280, 720}}},
      {"openai",
       {.format = chat, .dialect = action_dialect::openai, .form = chat_form::sharegpt, .px_per_notch = 53}},
      {"ui_tars", {.format = chat, .dialect = action_dialect::ui_tars, .window = 1}},
      {"pyautogui", {.format = chat, .dialect = action_dialect::pyautogui, .form = chat_form::sharegpt}},
  };
  auto pictures = [&](std::uint64_t sequence) -> overt::result<overt::screen_picture> {
    for (auto const& of : episodes) {
      for (auto const& frame : of.frames) {
        if (frame.sequence == sequence) {
          return overt_test::pictures_of_size(frame.size.width, frame.size.height)(sequence);
        }
      }
    }
    return overt::failure{overt::error_code::not_found, "no such picture"};
  };
  for (auto const& [name, options] : all) {
    auto out = exporter<overt::sink::png>::open(std::string{words[1]} + '/' + name, options,
                                                overt_test::some_receipt());
    if (!out) {
      std::fprintf(stderr, "%s\n", out.error().message.c_str());
      return 1;
    }
    for (auto const& of : episodes) {
      // A page with every character in it is of no use to anybody.
      if (options.gallery && of.first == 100'001) {
        continue;
      }
      if (auto const added = out->add(of, overt_test::some_session(), overt_test::some_approval(), pictures);
          !added) {
        std::fprintf(stderr, "%s\n", added.error().message.c_str());
        return 1;
      }
    }
    if (auto const finished = out->finish(); !finished) {
      std::fprintf(stderr, "%s\n", finished.error().message.c_str());
      return 1;
    }
  }
  return 0;
}
