// The reader of CBOR traces, with hostile bytes. The first byte says what the rest is: a file, or an item
// that is put into a right frame of a right trace, so that the checksum hides nothing. An event that is read
// must come back when it is written again.
// With and without libFuzzer: support/main.cpp.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <overt/detail/cbor_text.hpp>
#include <overt/detail/crc32c.hpp>
#include <overt/sink/cbor.hpp>
#include <overt/sink/event_cbor.hpp>
#include <overt/trace/json/cbor_reader.hpp>
#include <overt_test/traces.hpp>

#include "support/mutated.hpp"

namespace {

std::string framed(std::string_view item) {
  overt::detail::cbor_text out;
  out.head(overt::detail::cbor_major::array, 2);
  out.head(overt::detail::cbor_major::tag, 24);
  out.bytes(item);
  auto const sum = overt::detail::crc32c_of(out.view());
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes += static_cast<char>(sum >> shift & 0xff);
  }
  out.bytes(bytes);
  return std::string{out.view()};
}

std::string session() {
  overt::detail::cbor_text out;
  out.open_record(2);
  out.member(0, "type");
  out.string("session");
  out.member(1, "schema");
  out.string("overt.cbor/1");
  return framed(out.view());
}

/// Every event that the trace gives, as lines and as CBOR. Reads on behind the first errors.
void read(std::string const& file) {
  std::istringstream stream{file};
  overt::trace::cbor_reader<> reader{stream};
  std::string again = session();
  std::vector<std::string> lines;
  for (int errors = 0; errors < 4;) {
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
      overt::detail::cbor_text out;
      overt::sink::append_event(out, **next);
      again += framed(out.view());
    }
  }
  auto const back = overt_test::read_all<overt::trace::cbor_reader<>>(again);
  if (back.lines != lines || !back.errors.empty()) {
    overt_fuzz::report("an event that was read does not come back");
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size > 0) {
    std::string_view const rest{reinterpret_cast<char const*>(data) + 1, size - 1};
    read(data[0] % 4 == 0 ? std::string{rest} : session() + framed(rest));
  }
  return 0;
}

overt_fuzz::food overt_fuzz::feed() {
  overt_test::sample_trace const sample;
  std::vector<std::string> seeds;
  seeds.push_back('\0' + overt_test::bytes_written_by<overt::sink::cbor>(sample));
  for (auto const& line : sample.lines()) {
    auto json = nlohmann::json::parse(line);
    json["seq"] = 1;
    std::string item{'\1'};
    nlohmann::json::to_cbor(json, item);
    seeds.push_back(item);
  }
  return {.seeds = std::move(seeds)};
}
