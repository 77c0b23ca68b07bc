// Reads a trace of known events and prints what is in it and what is wrong with it, as JSON.
//
//     trace_reader TRACE
#include <cstdio>
#include <string>

#include <nlohmann/json.hpp>

#include <overt/event/event.hpp>
#include <overt/sink/zstd/zstd.hpp>
#include <overt/trace/json/mcap_trace.hpp>
#include <overt/trace/plain_files.hpp>
#include <overt_test/known_trace.hpp>

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("trace_reader TRACE\n", stderr);
    return 2;
  }
  using trace = overt::trace::mcap_trace<overt::event, overt::trace::plain_files, overt::sink::zstd>;
  auto opened = trace::open(overt::trace::plain_files{arguments[1]});
  overt_test::known_found found;
  nlohmann::json damage = nlohmann::json::array();
  if (opened) {
    found = overt_test::compare_with_known(*opened);
    for (auto const& each : opened->part().damage()) {
      damage.push_back(each.why);
    }
  } else {
    found.failed = true;
    found.error = opened.error();
  }
  nlohmann::json const said{{"events", found.events},
                            {"last", found.last},
                            {"wrong", found.wrong},
                            {"gaps", found.told_gaps},
                            {"lost", found.told_lost},
                            {"complete", found.complete},
                            {"part", opened ? opened->part().name() : std::string{}},
                            {"damage", damage},
                            {"error", found.failed ? found.error.message : std::string{}}};
  std::puts(said.dump().c_str());
  return found.wrong == 0 ? 0 : 1;
}
