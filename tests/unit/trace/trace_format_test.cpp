#include <overt/trace/trace_format.hpp>

#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include <overt_test/catch.hpp>

using namespace overt;
using trace::trace_format;

namespace {

result<trace_format> of(std::string const& begin) {
  auto const path = std::filesystem::temp_directory_path() / ("overt-begin-" + std::to_string(::getpid()));
  std::ofstream{path, std::ios::binary} << begin;
  auto const found = trace::trace_format_of(path.string());
  std::filesystem::remove(path);
  return found;
}

} // namespace

TEST_CASE("what a trace is, its first bytes tell", "[trace]") {
  CHECK(*of("\x89MCAP0\r\n and more") == trace_format::mcap);
  CHECK(*of("{\"type\":\"session\"}\n") == trace_format::json_lines);
  CHECK(*of("\x82 and more") == trace_format::cbor);
  CHECK(*of("") == trace_format::other);
  CHECK(*of("\x89MCAP0\r") == trace_format::other);
  CHECK(of("OVERTSEAL").error().code == error_code::unsupported);
  CHECK(trace::trace_format_of("/no such folder/trace.mcap").error().code == error_code::not_found);
}
