// The reader of JSON traces, with hostile bytes. The first byte says what the rest is: a file, lines of the
// first version, or lines to which right checksums are added, so that these hide nothing. An event that is
// read must come back when it is written again.
// With and without libFuzzer: support/main.cpp.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <overt/detail/json_text.hpp>
#include <overt/sink/jsonl.hpp>
#include <overt/sink/line_crc.hpp>
#include <overt/trace/json/jsonl_reader.hpp>
#include <overt_test/traces.hpp>

#include "support/mutated.hpp"

namespace {

std::string summed(std::string_view line) {
  overt::detail::json_text out;
  out.raw(line);
  if (!line.empty()) {
    overt::sink::line_crc::append(out, 0); // in place of its last character
  }
  return std::string{out.view()} + "\n";
}

std::string session(char const* version) {
  return std::string{R"({"type":"session","schema":"overt.jsonl/)"} + version + "\"}";
}

void read(std::string const& file) {
  std::istringstream stream{file};
  overt::trace::jsonl_reader<> reader{stream};
  std::string again = summed(session("2"));
  std::vector<std::string> lines;
  for (int errors = 0; errors < 8;) {
    auto next = reader.next();
    if (!next) {
      ++errors;
    } else if (!*next) {
      break;
    } else {
      if ((*next)->head().sequence != lines.size() + 1) {
        return; // behind a gap; what was not read cannot be written again
      }
      lines.push_back(overt_test::as_line(**next));
      again += summed(lines.back());
    }
  }
  auto const back = overt_test::read_all<overt::trace::jsonl_reader<>>(again);
  if (back.lines != lines || !back.errors.empty()) {
    overt_fuzz::report("an event that was read does not come back");
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  std::string_view rest{reinterpret_cast<char const*>(data) + 1, size - 1};
  if (data[0] % 4 == 0) {
    read(std::string{rest});
  } else if (data[0] % 4 == 1) {
    read(session("1") + "\n" + std::string{rest});
  } else {
    auto file = summed(session("2"));
    while (!rest.empty()) {
      auto const line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(line.size() < rest.size() ? line.size() + 1 : line.size());
      file += summed(line);
    }
    read(file);
  }
  return 0;
}

overt_fuzz::food overt_fuzz::feed() {
  overt_test::sample_trace const sample;
  std::vector<std::string> seeds;
  seeds.push_back('\0' + overt_test::bytes_written_by<overt::sink::jsonl>(sample));
  for (char const way : {'\1', '\2'}) {
    std::string all{way};
    for (auto line : sample.lines()) {
      all += line + "\n";
      line.replace(line.find(':') + 1, 1, "1");
      seeds.push_back(way + line);
    }
    seeds.push_back(all);
  }
  return {.seeds = std::move(seeds)};
}
