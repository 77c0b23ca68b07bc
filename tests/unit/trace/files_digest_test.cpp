#include <overt/trace/files_digest.hpp>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include <overt_test/catch.hpp>

namespace fs = std::filesystem;

TEST_CASE("the digest of a trace is that of all its parts", "[trace][files_digest]") {
  auto const folder = fs::temp_directory_path() / ("overt-digest-" + std::to_string(std::random_device{}()));
  fs::create_directory(folder);
  auto const trace = (folder / "t.mcap").string();
  CHECK(overt::trace::files_digest(trace).error().code == overt::error_code::not_found);
  std::ofstream{trace, std::ios::binary} << "a";
  // echo -n a | sha256sum
  CHECK(*overt::trace::files_digest(trace) ==
        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
  std::ofstream{folder / "t.0002.mcap", std::ios::binary} << "bc";
  std::ofstream{folder / "t.0004.mcap", std::ios::binary} << "of another trace";
  // echo -n abc | sha256sum
  CHECK(*overt::trace::files_digest(trace) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  std::ofstream{trace, std::ios::binary} << std::string(200'000, 'x') << '\n';
  fs::remove(folder / "t.0002.mcap");
  CHECK(*overt::trace::files_digest(trace) !=
        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
  fs::remove_all(folder);
}

TEST_CASE("the digest of a trace is also that of its journal and of the pictures beside it",
          "[trace][files_digest]") {
  auto const folder = fs::temp_directory_path() / ("overt-digest-" + std::to_string(std::random_device{}()));
  fs::create_directories(folder / "t.jsonl.pictures");
  auto const trace = (folder / "t.jsonl").string();
  std::ofstream{trace, std::ios::binary} << "a";
  auto const alone = *overt::trace::files_digest(trace);
  std::ofstream{folder / "t.jsonl.pictures" / "7.png", std::ios::binary} << "picture";
  auto const with_one = *overt::trace::files_digest(trace);
  CHECK(with_one != alone);
  std::ofstream{folder / "t.jsonl.pictures" / "7.png", std::ios::binary} << "another";
  CHECK(*overt::trace::files_digest(trace) != with_one);
  fs::rename(folder / "t.jsonl.pictures" / "7.png", folder / "t.jsonl.pictures" / "8.png");
  CHECK(*overt::trace::files_digest(trace) != with_one);
  fs::remove_all(folder / "t.jsonl.pictures");
  CHECK(*overt::trace::files_digest(trace) == alone);
  std::ofstream{trace + ".journal", std::ios::binary} << "what a recorder that was killed left";
  CHECK(*overt::trace::files_digest(trace) != alone);
  fs::remove_all(folder);
}
