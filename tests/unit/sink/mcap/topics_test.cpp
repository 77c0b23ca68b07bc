#include <overt/sink/mcap/topics.hpp>

#include <set>
#include <string_view>

#include <overt/event/event.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/payloads.hpp>

namespace sink = overt::sink;

TEST_CASE("what viewers group together shares the first word of its topic") {
  CHECK(sink::topic_of("key") == "keyboard");
  CHECK(sink::topic_of("text") == "keyboard/text");
  CHECK(sink::topic_of("button") == "mouse/button");
  CHECK(sink::topic_of("scroll") == "mouse/scroll");
  CHECK(sink::topic_of("ui_action") == "ui");
  CHECK(sink::topic_of("focus") == "window");
  CHECK(sink::topic_of("frame") == "screen");
  CHECK(sink::topic_of("consent_change") == "consent");
}

TEST_CASE("a payload without a topic of its own has its name, one of a program too") {
  CHECK(sink::topic_of("gap") == "gap");
  CHECK(sink::topic_of("display") == "display");
  CHECK(sink::topic_of(overt_test::ticket_opened::name) == "ticket_opened");
}

TEST_CASE("each payload has a topic that no other has, and that is not one of the packed rows") {
  std::set<std::string_view> topics{sink::stream_topic, sink::context_topic};
  for (auto const name : overt::event::names) {
    INFO(name);
    CHECK(topics.insert(sink::topic_of(name)).second);
  }
}
