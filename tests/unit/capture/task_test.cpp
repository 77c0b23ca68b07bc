#include <overt/capture/task.hpp>

#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/keys.hpp>

namespace {

using overt::marker_kind;
using overt::task_outcome;
using port = overt::capture::port<overt::event>;
using task = overt::capture::task<>;

struct said {
  marker_kind kind{};
  std::string text{};
  task_outcome outcome{};
  bool confirmed = false;
  bool has_place = true;
};

std::vector<said> all_of(port& from) {
  std::vector<said> found;
  while (from.take([&](auto&& item) {
    auto& event = std::get<0>(item);
    auto& what = *event.template get_if<overt::marker>();
    said one{.kind = what.kind, .outcome = what.outcome, .confirmed = event.header.confirmed};
    one.has_place = static_cast<bool>(event.header.context);
    overt_test::with_clearance(
        [&](overt::clearance const& key) { one.text = what.instruction.look(key).view(); });
    found.push_back(one);
  })) {}
  return found;
}

/// Says `last` as soon as the session is open, and ends it.
template <class Last>
void run(task& of, port& out, Last&& last) {
  std::jthread session{[&](std::stop_token stop) { static_cast<void>(of.run(out, stop)); }};
  while (!last()) {
    std::this_thread::yield();
  }
}

static_assert(overt::capture::backend_for<task, overt::event>);
static_assert(overt::capture::backend_like<task>);

} // namespace

TEST_CASE("a task begins with the session and ends with how it went", "[capture][task]") {
  task person{"Rename the file"};
  auto backend = person;
  port out{{.items = 16}};
  auto const opened = backend.open(out);
  REQUIRE(opened);
  CHECK(opened->backend.view() == "task");
  CHECK_FALSE(person.end(task_outcome::success)); // nothing runs yet
  run(backend, out, [&] { return person.end(task_outcome::success); });
  auto const found = all_of(out);
  REQUIRE(found.size() == 2);
  CHECK(found[0].kind == marker_kind::task_start);
  CHECK(found[0].text == "Rename the file");
  CHECK(found[1].kind == marker_kind::task_end);
  CHECK(found[1].outcome == task_outcome::success);
  for (auto const& each : found) {
    CHECK(each.confirmed);
    CHECK_FALSE(each.has_place);
  }
  CHECK_FALSE(person.note("too late"));
}

TEST_CASE("without an instruction nothing is said until somebody says it", "[capture][task]") {
  task person;
  port out{{.items = 16}};
  REQUIRE(person.open(out));
  run(person, out, [&] { return person.start("one") && person.note("hm") && person.start("two"); });
  auto const found = all_of(out);
  REQUIRE(found.size() == 3);
  CHECK(found[0].text == "one");
  CHECK(found[1].kind == marker_kind::note);
  CHECK(found[2].text == "two");
}
