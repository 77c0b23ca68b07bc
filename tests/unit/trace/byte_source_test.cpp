#include <overt/trace/byte_source.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <random>
#include <span>
#include <string>
#include <utility>

#include <overt_test/catch.hpp>

namespace trace = overt::trace;

static_assert(trace::byte_source<trace::memory_source>);
static_assert(trace::byte_source<trace::file_source>);
static_assert(!trace::byte_source<std::string>);

namespace {
void check_reads(auto& source) {
  std::array<char, 4> part{};
  CHECK(source.size() == 10);
  auto got = source.read(2, part);
  REQUIRE(got);
  CHECK(*got == 4);
  CHECK(std::string(part.data(), 4) == "2345");
  got = source.read(8, part);
  REQUIRE(got);
  CHECK(*got == 2);
  CHECK(std::string(part.data(), 2) == "89");
  got = source.read(10, part);
  REQUIRE(got);
  CHECK(*got == 0);
  got = source.read(1'000'000, part);
  REQUIRE(got);
  CHECK(*got == 0);
}
} // namespace

TEST_CASE("Bytes in memory are read, and what is beyond is not") {
  trace::memory_source source{"0123456789"};
  check_reads(source);
}

TEST_CASE("A file is read, and what is beyond is not") {
  auto const folder =
      std::filesystem::temp_directory_path() / ("overt-source-" + std::to_string(std::random_device{}()));
  std::filesystem::create_directory(folder);
  auto const path = (folder / "file").string();
  std::ofstream{path, std::ios::binary} << "0123456789";
  {
    auto opened = trace::file_source::open(path);
    REQUIRE(opened);
    trace::file_source source{std::move(*opened)};
    check_reads(source);
  }
  auto const missing = trace::file_source::open((folder / "missing").string());
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == overt::error_code::not_found);
  CHECK_FALSE(trace::file_source::open(folder.string()));
  std::filesystem::remove_all(folder);
}
