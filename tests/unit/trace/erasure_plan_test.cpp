#include <overt/trace/erasure_plan.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <overt/detail/json_text.hpp>
#include <overt/sink/event_json.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/erasable.hpp>

namespace {

using overt::trace::erasure;
using overt_test::erasable_session;
using plan = overt::trace::erasure_plan<overt::event>;
using recorded = overt::recorded<overt::event>;

plan plan_for(erasure const& what, std::vector<overt_test::planted> const& events, std::int64_t grid_ns) {
  plan made{what};
  for (auto const& each : events) {
    made.survey(each.event);
  }
  made.use_session({.time_grid_ns = grid_ns});
  for (auto const& each : events) {
    made.judge(each.event);
  }
  return made;
}

std::string line_of(recorded const& what) {
  overt::detail::json_text out;
  overt::sink::append_event(out, what);
  return std::string{out.view()};
}

/// The same rules once more, as slowly and plainly as possible.
std::set<std::uint64_t> expected_to_go(erasure const& what, erasable_session const& of) {
  std::set<std::uint64_t> gone;
  auto const cell_end = [&](std::int64_t t) { return of.grid_ns() > 0 ? t + of.grid_ns() - 1 : t; };
  bool const in_time = what.from || what.to;
  auto const between = [&](std::int64_t first, std::int64_t last) {
    return in_time && (!what.from || cell_end(last) >= what.from->ns) && (!what.to || first <= what.to->ns);
  };
  auto const named = [](auto const& list, std::string const& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  bool const site_was_shown = std::any_of(of.events().begin(), of.events().end(), [&](auto const& each) {
    auto const& where = each.event.head().where;
    return where && named(what.sites, std::string{where->origin.disclosed()->view()});
  });
  for (auto const& [event, canary, colour] : of.events()) {
    auto const t = event.head().time.ns;
    bool goes = what.everything || between(t, t);
    std::string application;
    if (auto const& where = event.head().where) {
      application = where->application.disclosed()->view();
      goes = goes || named(what.applications, application) ||
             named(what.sites, std::string{where->origin.disclosed()->view()});
    }
    if (auto const* const text = event.get_if<overt::text>()) {
      goes = goes || between(text->began.ns, t) || gone.count(text->follows) > 0;
      for (auto const number : text->made_of) {
        goes = goes || gone.count(number) > 0;
      }
    }
    if (auto const* const act = event.get_if<overt::ui_action>()) {
      goes = goes || between(act->observed.ns, act->observed.ns) || gone.count(act->made_of.front()) > 0;
    }
    if (auto const* const clip = event.get_if<overt::clipboard>()) {
      goes = goes || gone.count(clip->made_of.front()) > 0;
    }
    if (auto const* const frame = event.get_if<overt::frame>()) {
      bool const places = !what.applications.empty() || !what.sites.empty();
      bool const sure = frame->shown.empty() || (frame->shown.size() == 1 && !of.several_monitors() &&
                                                 !(application == "browser" && site_was_shown));
      goes = goes || between(frame->grabbed.ns, frame->grabbed.ns) || (places && !sure);
    }
    if (goes) {
      gone.insert(event.head().sequence);
    }
  }
  return gone;
}

} // namespace

TEST_CASE("G10: no event under an erasure stays, and every other one does, with its fields",
          "[trace][erase]") {
  std::uint64_t erased = 0;
  std::uint64_t kept = 0;
  for (std::uint32_t seed = 1; seed <= 400; ++seed) {
    erasable_session session{seed, seed % 3 == 0 ? std::int64_t{5'000'000'000} : 0};
    auto const what = overt_test::some_erasure<erasure>(session);
    auto const made = plan_for(what, session.events(), session.grid_ns());
    auto const gone = expected_to_go(what, session);
    std::vector<recorded> copy;
    std::map<std::uint64_t, std::uint64_t> number_now; // by the old one
    for (auto const& [event, canary, colour] : session.events()) {
      auto const number = event.head().sequence;
      REQUIRE(made.takes(number) == (gone.count(number) > 0));
      if (!made.takes(number)) {
        copy.push_back(made.renumbered(event));
        number_now[number] = copy.back().head().sequence;
        ++kept;
      } else if (auto told = made.gap_at(number)) {
        copy.push_back(std::move(*told));
      }
      erased += made.takes(number) ? 1 : 0;
    }
    // Sound numbers, and one gap for each run, which says nothing but that.
    overt::trace::sequence_check numbers;
    bool after_gap = false;
    std::int64_t last_time = 0;
    for (auto const& event : copy) {
      REQUIRE(numbers.follows(event));
      auto const* const told = event.get_if<overt::gap>();
      bool const is_gap = told != nullptr && told->reason == overt::withheld_reason::erased;
      if (is_gap) {
        CHECK_FALSE(after_gap);
        CHECK_FALSE(told->count);
        CHECK(told->of.view().empty());
        CHECK_FALSE(event.head().where);
        CHECK((event.head().time.ns == last_time || last_time == 0)); // not that of what went
      }
      after_gap = is_gap;
      last_time = event.head().time.ns;
    }
    // What stays is what it was, but for numbers.
    for (auto const& [event, canary, colour] : session.events()) {
      if (gone.count(event.head().sequence) > 0) {
        continue;
      }
      auto before = line_of(event);
      auto const now = std::find_if(copy.begin(), copy.end(), [&](recorded const& each) {
        return each.head().sequence == number_now.at(event.head().sequence);
      });
      auto after = line_of(*now);
      if (auto const* const text = event.get_if<overt::text>()) {
        auto const* const moved = now->get_if<overt::text>();
        REQUIRE(moved->made_of.size() == text->made_of.size());
        for (std::size_t i = 0; i < moved->made_of.size(); ++i) {
          CHECK(moved->made_of[i] == number_now.at(text->made_of[i]));
        }
        CHECK(moved->follows == (text->follows == 0 ? 0 : number_now.at(text->follows)));
      }
      auto const cut = [](std::string& line) { // its own number, and those it names
        for (auto const* const member : {"\"seq\":", "\"follows\":", "\"made_of\":["}) {
          if (auto const at = line.find(member); at != std::string::npos) {
            auto const begin = at + std::string_view{member}.size();
            line.erase(begin,
                       line.find_first_of(member == std::string_view{"\"made_of\":["} ? "]" : ",}", begin) -
                           begin);
          }
        }
      };
      cut(before);
      cut(after);
      CHECK(before == after);
    }
    CHECK(made.changes() == !gone.empty());
  }
  CHECK(erased > 10'000);
  CHECK(kept > 5'000);
}

TEST_CASE("G10: everything is one gap", "[trace][erase]") {
  erasable_session session{7};
  auto const made = plan_for({.everything = true}, session.events(), 0);
  int gaps = 0;
  for (auto const& each : session.events()) {
    CHECK(made.takes(each.event.head().sequence));
    gaps += made.gap_at(each.event.head().sequence) ? 1 : 0;
  }
  CHECK(gaps == 1);
  CHECK(made.gap_at(1)->head().sequence == 1);
}

TEST_CASE("G10: erasing again changes nothing, and gaps side by side become one", "[trace][erase]") {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    erasable_session session{seed};
    auto const what = overt_test::some_erasure<erasure>(session);
    auto const once = plan_for(what, session.events(), 0);
    std::vector<overt_test::planted> copy;
    for (auto const& each : session.events()) {
      auto const number = each.event.head().sequence;
      if (!once.takes(number)) {
        copy.push_back({once.renumbered(each.event)});
      } else if (auto told = once.gap_at(number)) {
        copy.push_back({std::move(*told)});
      }
    }
    auto twice = plan_for(what, copy, 0);
    CHECK_FALSE(twice.changes());
    auto const all = plan_for({.from = overt::timestamp{0}}, copy, 0);
    CHECK(all.gap_at(1).has_value());
    CHECK(std::none_of(copy.begin() + 1, copy.end(),
                       [&](auto const& each) { return all.gap_at(each.event.head().sequence).has_value(); }));
  }
}
