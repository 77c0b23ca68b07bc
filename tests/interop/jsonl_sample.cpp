// A JSON trace for other programs to read, made of every kind of event that is known by its number.
//
//   jsonl_sample TRACE EVENTS     prints how many events of each payload are in it, as JSON

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include <overt/sink/jsonl.hpp>
#include <overt_test/known_trace.hpp>

namespace {

struct counting {
  overt::sink::jsonl& to;
  std::map<std::string, std::uint64_t> counts{};

  template <overt::any_event Event>
  void write(overt::cleared<Event> const& what) {
    to.write(what);
    ++counts[std::string{what.payload_name()}];
  }
};

} // namespace

int main(int count, char** words) {
  if (count != 3) {
    return 2;
  }
  std::filesystem::remove(words[1]);
  overt::sink::jsonl out{words[1]};
  if (!out.open(overt_test::known_session())) {
    return 1;
  }
  counting both{out};
  overt_test::known_source source{both};
  for (auto const events = std::strtoull(words[2], nullptr, 10); source.sequence() < events;) {
    source.push();
  }
  if (!out.close({})) {
    return 1;
  }
  std::string all;
  for (auto const& [name, events] : both.counts) {
    all += (all.empty() ? "\"" : ",\"") + std::string{name} + "\":" + std::to_string(events);
  }
  std::printf("{%s}\n", all.c_str());
  return 0;
}
