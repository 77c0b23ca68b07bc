#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/capture/settle.hpp>
#include <overt/redact/element_names.hpp>
#include <overt/redact/pipeline.hpp>
#include <overt/redact/presets.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>
#include <overt_test/typing.hpp>

// Surfaces on which there is more than what the person does: conversations with other people, and dialogs of
// the system. Windows that take the keyboard and cover the screen as lockers do are in
// tests/desktop/x11_contexts.cpp.

namespace {

using overt::ui_act;
using overt::ui_role;
using overt_test::guarded_of;
using overt_test::leaks;
using overt_test::ms;
using overt_test::place;

constexpr std::string_view password = "kJx8Qwz7";

bool has(std::string const& bytes, std::string_view part) { return bytes.find(part) != std::string::npos; }

// --- conversations

/// What other people wrote, and who they are: each in another place of the tree.
struct conversation {
  std::string partner = "Qzvexil Hubro";
  std::string incoming = "zjw plk at the xqv kiosk, bring wyj";
  std::string quoted = "gkz vqx said mjw";
  std::string title = "Qzvexil Hubro, 3 unread";
};

/// A program for messages, as accessibility tells of it. `own`: what the person writes into its composer.
template <class Chain>
std::string used(overt_test::typist<Chain>& person, conversation const& there, std::string_view own) {
  person.where = place({.application = "chat", .title = there.title});
  auto const act = [&](ui_act what, ui_role role, std::string_view label, std::string_view after = {}) {
    overt::ui_action made{.act = what,
                          .role = role,
                          .label = guarded_of(label),
                          .after = guarded_of(after),
                          .selector = guarded_of("#message-from-" + there.partner)};
    made.path.push_back({.role = ui_role::window, .label = guarded_of(there.title)});
    made.path.push_back({.role = ui_role::document, .label = guarded_of(there.partner)});
    made.path.push_back({.role = ui_role::list, .label = guarded_of(there.incoming)});
    made.path.push_back({.role = role, .label = guarded_of(label)});
    person.push(std::move(made));
  };
  act(ui_act::select, ui_role::list_item, there.partner);              // whom to talk to
  act(ui_act::select, ui_role::list_item, there.incoming);             // what they wrote
  act(ui_act::activate, ui_role::link, there.incoming);                // a link in it
  act(ui_act::activate, ui_role::image, there.incoming);               // a picture, by what it is called
  act(ui_act::expand, ui_role::group, there.partner, there.incoming);  // a thread
  act(ui_act::activate, ui_role::button, "Reply to " + there.partner); // names what is answered
  act(ui_act::set_value, ui_role::document, there.partner, there.incoming);
  person.type(own).enter();
  person.told(there.quoted + "\n" + std::string{own}); // the composer holds what is answered, too
  return person.finish();
}

void check_none_of(conversation const& there, std::string const& bytes) {
  for (auto const& one : {there.partner, there.incoming, there.quoted}) {
    INFO(one);
    CHECK_FALSE(leaks(bytes, one));
  }
}

// --- dialogs of the system

using balanced_chain = decltype(overt::redact::balanced({"editor"}));

/// Keys that wait for their context and go through a pipeline, as in a recorder.
class waiting_room {
public:
  void type(std::string_view text, overt::context_ptr const& where, std::int64_t gap_ns = 100 * ms) {
    for (char const one : text) {
      now_ += gap_ns;
      held_.push(overt::event{overt::event_header{.time = {now_}, .context = where, .produced = ++number_},
                              overt_test::typed(one)},
                 out_);
    }
  }
  /// What the source of applications says now; null: nobody knows, or somebody took the keyboard.
  void answer(overt::context_ptr where) {
    now_ += 10 * ms;
    held_.answer({.lane = overt::input_lane::keyboard, .as_of = {now_}, .where = std::move(where)});
  }
  /// What somebody who knows says of the screen.
  void screen(bool locked) {
    held_.answer({.aspect = overt::capture::context_aspect::screen, .as_of = {now_}, .locked = locked});
  }
  void wait(std::int64_t ns) {
    now_ += ns;
    held_.advance({now_}, {now_}, out_);
    out_.advance({now_});
  }
  std::string const& finish() {
    wait(overt_test::seconds);
    out_.finish();
    return sink_.text();
  }

private:
  overt_test::bytes_sink sink_;
  overt::redact::pipeline<overt::event, balanced_chain, overt_test::bytes_sink> out_{
      overt::redact::balanced({"editor"}), sink_, {}};
  overt::capture::settle<overt::event> held_;
  std::int64_t now_ = 0;
  std::uint64_t number_ = 0;
};

/// Somebody works, the screen is locked, they type their password and go on. `as_locked`: what the source
/// says of the keyboard meanwhile.
std::string locked_in_between(overt::context_ptr const& here, overt::context_ptr const& as_locked) {
  waiting_room session;
  session.type("hello there ", here);
  session.answer(here);
  session.wait(overt_test::seconds);
  session.type(password, here); // keys come with the context that was known last
  session.answer(as_locked);
  session.wait(overt_test::seconds);
  session.type("and more ", here);
  session.answer(here);
  return session.finish();
}

} // namespace

TEST_CASE("L31 of a conversation only what the person writes leaves", "[leaks][leak]") {
  conversation const there;
  overt_test::typist person{overt::redact::balanced({"chat"})};
  auto const bytes = used(person, there, "see you on Monday");
  check_none_of(there, bytes);
  CHECK(has(bytes, "see you on Monday"));
  CHECK(has(bytes, R"("role":"list_item")")); // that something was done is told

  overt_test::typist strictly{overt::redact::strict({"chat"})};
  check_none_of(there, used(strictly, there, "see you on Monday"));
}

TEST_CASE("L31 a message of nothing but words that programs use does not leave either", "[leaks][leak]") {
  // Each would leave as the name of a button.
  for (auto const* const message : {"OK", "Cancel", "Save", "Yes", "Delete", "Send now"}) {
    for (auto const role :
         {ui_role::list, ui_role::list_item, ui_role::link, ui_role::table, ui_role::table_cell,
          ui_role::tree, ui_role::tree_item, ui_role::label, ui_role::heading, ui_role::image, ui_role::group,
          ui_role::document, ui_role::window, ui_role::text_field, ui_role::unknown}) {
      auto const told = [&](ui_role as) {
        overt_test::typist person{overt::redact::balanced({"chat"})};
        person.where = place({.application = "chat", .title = message});
        overt::ui_action made{.act = ui_act::select,
                              .role = as,
                              .label = guarded_of(message),
                              .before = guarded_of(message),
                              .after = guarded_of(message),
                              .selector = guarded_of(std::string{"#"} + message)};
        made.path.push_back({.role = ui_role::window, .label = guarded_of(message)});
        made.path.push_back({.role = role, .label = guarded_of(message)});
        person.push(std::move(made));
        return person.finish();
      };
      INFO(message << ", role " << static_cast<int>(role));
      CHECK_FALSE(has(told(role), '"' + std::string{message} + '"'));
      CHECK(has(told(ui_role::button), '"' + std::string{message} + '"'));
    }
  }
}

TEST_CASE("L31 a policy that tells every name tells those of others, which the receipt has to name",
          "[leaks][leak]") {
  conversation const there;
  overt_test::typist person{overt::redact::research({"chat"})};
  CHECK(leaks(used(person, there, "see you on Monday"), there.incoming));
  CHECK(has_all(overt::redact::elements{}.needs(), overt::consent::grants::ui_element));
}

TEST_CASE("L31 what somebody else writes into a shared document meanwhile does not leave", "[leaks][leak]") {
  for (auto const* const shared : {"zjw plk xqv. see you on Monday", "see you on Monday. zjw plk xqv"}) {
    overt_test::typist person{overt::redact::balanced({"chat"})};
    person.where = place({.application = "chat"});
    auto const bytes = person.type("see you on Monday").enter().told(shared).finish();
    CHECK_FALSE(leaks(bytes, "zjw plk xqv"));
    CHECK(has(bytes, "\"see you on Monday\""));
  }
  overt_test::typist amid{overt::redact::balanced({"chat"})}; // into the middle of what the person writes
  amid.where = place({.application = "chat"});
  auto const bytes = amid.type("see you on Monday").enter().told("see zjw plk xqv you on Monday").finish();
  CHECK_FALSE(leaks(bytes, "zjw plk xqv"));
}

TEST_CASE("L19 a locked screen: what is typed while nobody can say where leaves nothing", "[leaks][leak]") {
  auto const here = place();
  auto const bytes = locked_in_between(here, {});
  CHECK_FALSE(leaks(bytes, password));
  CHECK(has(bytes, "unconfirmed"));
  // A source that goes on naming the editor while a locker has the keyboard would be the leak.
  CHECK(leaks(locked_in_between(here, here), password));
}

TEST_CASE("L19 once a lock is told of nothing leaves, though the editor seems to have the keyboard",
          "[leaks][leak]") {
  for (bool const told : {false, true}) {
    auto const here = place();
    waiting_room session;
    session.type("hello there ", here);
    session.answer(here);
    session.wait(overt_test::seconds);
    session.screen(told);
    session.type(password, here);
    session.answer(here);
    session.wait(overt_test::seconds);
    session.screen(false);
    session.type("and more ", here);
    session.answer(here);
    auto const& bytes = session.finish();
    CHECK(leaks(bytes, password) == !told);
    CHECK(has(bytes, "screen_locked") == told);
  }
}

TEST_CASE("L19 how much was typed while locked does not show", "[leaks][leak]") {
  auto const left = [](std::size_t length) {
    auto const here = place();
    waiting_room session;
    session.type("hello there ", here);
    session.answer(here);
    session.wait(overt_test::seconds);
    session.type(std::string(length, 'q'), here, overt_test::seconds / std::int64_t(length));
    session.answer({});
    session.wait(overt_test::seconds);
    return session.finish();
  };
  CHECK(left(8) == left(20));
}

TEST_CASE("L19 a dialog of the system is no application that was agreed to", "[leaks][leak]") {
  for (auto const* const dialog : {"polkit-gnome-authentication-agent-1", "gcr-prompter", "pinentry-gtk-2",
                                   "ksmserver", "lightdm-gtk-greeter", "gnome-shell", "i3lock"}) {
    overt_test::typist person{overt::redact::balanced({"editor"})};
    person.type("hello there ");
    person.where = place({.application = dialog, .title = "Authentication is required"});
    person.push(overt::focus{});
    person.type(password).enter();
    person.push(
        overt::ui_action{.act = ui_act::activate, .role = ui_role::button, .label = guarded_of("OK")});
    auto const& bytes = person.finish();
    CHECK_FALSE(leaks(bytes, password));
    CHECK_FALSE(has(bytes, dialog));
    CHECK_FALSE(has(bytes, "Authentication"));
    CHECK(overt_test::count_of(bytes, "outside_scope") == 1);
  }
}

TEST_CASE("L19 what was half typed when the screen was locked keeps its end back", "[leaks][leak]") {
  auto const here = place();
  waiting_room session;
  session.type("the number is 4539 5787", here);
  session.answer(here);
  session.wait(overt_test::seconds);
  session.type(password, here);
  session.answer({});
  auto const& bytes = session.finish(); // and it never came back
  CHECK_FALSE(leaks(bytes, "4539578763621486"));
  CHECK_FALSE(has(bytes, "4539"));
  CHECK_FALSE(leaks(bytes, password));
}
