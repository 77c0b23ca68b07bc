#include <overt/sink/tee.hpp>

#include <memory>
#include <string>
#include <utility>

#include <overt/redact/pipeline.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>

namespace {

namespace redact = overt::redact;

/// Notes what is asked of it, and fails where it is told to.
struct notes {
  std::shared_ptr<std::string> said;
  char name;
  std::string fails{};

  template <class Event>
  void write(overt::cleared<Event> const&) {
    *said += std::string{"write "} + name + "; ";
  }
  overt::result<void> open(overt::session_info const&) { return act("open"); }
  overt::result<void> flush() { return act("flush"); }
  overt::result<void> close(overt::session_end const&) { return act("close"); }

private:
  overt::result<void> act(std::string const& what) const {
    *said += what + ' ' + name + "; ";
    if (fails == what) {
      return overt::failure{overt::error_code::output_failed, std::string{name} + " cannot " + what};
    }
    return {};
  }
};

/// Has nothing but what a sink must have.
struct bare {
  template <class Event>
  void write(overt::cleared<Event> const&) {}
};

using small = overt::basic_event<overt::marker, overt::gap, overt::redaction>;
struct releases {
  overt::verdict operator()(overt::marker&, overt::disclosure const& key) const {
    return overt::verdict::release(key);
  }
};

} // namespace

TEST_CASE("a tee hands each event to each sink in order", "[sink][tee]") {
  auto const said = std::make_shared<std::string>();
  overt::sink::tee sink{notes{said, 'a'}, bare{}, notes{said, 'b'}};
  auto chain = redact::only{} | redact::secrets{} | releases{};
  {
    redact::pipeline<small, decltype(chain), decltype(sink)> out{chain, sink, {}};
    out.push(overt_test::happened<small>(1, {}, overt::marker{}));
    out.push(overt_test::happened<small>(1, {}, overt::marker{}));
  }
  CHECK(*said == "write a; write b; write a; write b; ");
}

TEST_CASE("sinks open in order, as far as the first that fails", "[sink][tee]") {
  for (auto const& [fails, expected] : {std::pair{"", "open a; open b; "}, std::pair{"open", "open a; "}}) {
    auto const said = std::make_shared<std::string>();
    overt::sink::tee sink{notes{said, 'a', fails}, notes{said, 'b'}};
    auto const opened = sink.open({});
    CHECK(opened.has_value() == (*fails == 0));
    CHECK(*said == expected);
    if (!opened) {
      CHECK(opened.error().message == "a cannot open");
    }
  }
}

TEST_CASE("all sinks are flushed and closed, and the first error is told", "[sink][tee]") {
  auto const said = std::make_shared<std::string>();
  overt::sink::tee sink{notes{said, 'a'}, notes{said, 'b', "close"}, notes{said, 'c', "flush"},
                        notes{said, 'd', "close"}};
  auto const flushed = sink.flush();
  REQUIRE_FALSE(flushed);
  CHECK(flushed.error().message == "c cannot flush");
  auto const closed = sink.close({});
  REQUIRE_FALSE(closed);
  CHECK(closed.error().message == "b cannot close");
  CHECK(*said == "flush a; flush b; flush c; flush d; close a; close b; close c; close d; ");
}

TEST_CASE("a sink without the optional functions succeeds at them", "[sink]") {
  bare sink;
  CHECK(overt::sink::open(sink, {}));
  CHECK(overt::sink::flush(sink));
  CHECK(overt::sink::close(sink, {}));
}
