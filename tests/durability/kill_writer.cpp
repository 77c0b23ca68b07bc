// Writes a trace of known records as fast as it can, until it is killed, and looks at what a killed one left.
//
//     kill_writer write TRACE ACKNOWLEDGED [unmapped|forgetful]
//         A record is acknowledged by its number in the file ACKNOWLEDGED (8 bytes, mapped), once the storage
//         kept it. unmapped: as on a file system that is not mapped. forgetful: one in a thousand is not
//         kept.
//     kill_writer check TRACE ACKNOWLEDGED
//         Prints what was acknowledged, and what of it is missing.
//     kill_writer fill TRACE
//         Does what the lines of standard input say, and answers each.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <overt/sink/storage/file_storage.hpp>
#include <overt/trace/journal_reader.hpp>
#include <overt_test/plain_blocks.hpp>

namespace {

struct unmapped_system : overt::sink::posix_system {
  bool writes_in_place(int) const noexcept { return false; }
};

std::string content_of(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

int refused(overt::failure const& why) {
  std::fprintf(stderr, "%s\n", why.message.c_str());
  return 1;
}

/// Small halves and chunks: a kill has to meet every step of a turn often.
template <class System>
int write(std::string const& trace, char const* acknowledged, bool forgetful) {
  int const file = ::open(acknowledged, O_RDWR | O_CREAT | O_TRUNC, 0600);
  if (file < 0 || ::ftruncate(file, 4096) != 0) {
    std::perror("cannot make the file of acknowledgements");
    return 1;
  }
  void* const memory = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (memory == MAP_FAILED) {
    std::perror("cannot map the file of acknowledgements");
    return 1;
  }
  auto* const last = static_cast<std::uint64_t volatile*>(memory);
  overt::sink::file_storage<System> storage{trace, {.half_bytes = 16 * 1024}};
  if (auto made = storage.create(); !made) {
    return refused(made.error());
  }
  overt_test::plain_recorder recorder{storage, 150};
  std::printf("%s\n", storage.mapped() ? "mapped" : "written");
  std::fflush(stdout);
  for (std::uint64_t sequence = 1;; ++sequence) {
    // A writer that forgets one now and then, to show that the check finds it.
    if (!(forgetful && sequence % 1000 == 0) && !recorder.push(sequence)) {
      return refused(recorder.last_failure());
    }
    *last = sequence;
    if (sequence % 5000 == 0 && !recorder.sync()) {
      return refused(recorder.last_failure());
    }
  }
}

int check(std::string const& trace, char const* acknowledged) {
  auto const numbers = content_of(acknowledged);
  std::uint64_t last = 0;
  if (numbers.size() >= 8) {
    std::memcpy(&last, numbers.data(), 8);
  }
  overt_test::plain_found found;
  auto const blocks = content_of(trace);
  overt_test::scan_blocks(blocks, found);
  auto const in_blocks = found.sequences.size();
  auto const journal = content_of(trace + ".journal");
  overt_test::scan_journal(journal, found);
  std::uint64_t missing = 0;
  for (std::uint64_t sequence = 1; sequence <= last; ++sequence) {
    missing += found.sequences.contains(sequence) ? 0 : 1;
  }
  bool torn = false;
  if (auto opened = overt::trace::journal_reader::open(journal); opened) {
    while (opened->next()) {}
    torn = !opened->sound();
  }
  std::printf(
      "{\"acknowledged\": %llu, \"found\": %zu, \"in_blocks\": %zu, \"missing\": %llu, \"wrong\": %zu, "
      "\"broken_block\": %s, \"torn_record\": %s}\n",
      static_cast<unsigned long long>(last), found.sequences.size(), in_blocks,
      static_cast<unsigned long long>(missing), found.wrong,
      blocks.size() != found.sound_bytes ? "true" : "false", torn ? "true" : "false");
  return missing == 0 && found.wrong == 0 ? 0 : 1;
}

/// Lines: "push N" journals N more records, "sync", "close". Answers with how many were kept, how many
/// failures there were since the last answer, and what the last one said.
int fill(std::string const& trace) {
  overt::sink::file_storage<> storage{trace, {.half_bytes = 16 * 1024}};
  if (auto made = storage.create(); !made) {
    return refused(made.error());
  }
  overt_test::plain_recorder recorder{storage, 150};
  std::uint64_t sequence = 0;
  char line[64];
  while (std::fgets(line, sizeof line, stdin) != nullptr) {
    auto const failures = recorder.failures();
    unsigned long long count = 0;
    unsigned long long kept = 0;
    if (std::sscanf(line, "push %llu", &count) == 1) {
      for (unsigned long long i = 0; i < count; ++i) {
        // A record that was refused is tried again later, by its number.
        bool const pushed = recorder.push(sequence + 1);
        sequence += pushed ? 1 : 0;
        kept += pushed ? 1 : 0;
      }
    } else if (std::string_view{line}.starts_with("sync")) {
      kept = recorder.sync() ? 1 : 0;
    } else {
      kept = recorder.close() ? 1 : 0;
    }
    bool const failed = recorder.failures() != failures;
    std::printf("%llu\t%llu\t%zu\t%llu\t%s\n", kept, static_cast<unsigned long long>(sequence),
                recorder.failures() - failures, static_cast<unsigned long long>(storage.size()),
                failed ? recorder.last_failure().message.c_str() : "");
    std::fflush(stdout);
  }
  return 0;
}

} // namespace

int main(int count, char** arguments) {
  std::string_view const what = count > 1 ? arguments[1] : "";
  if (what == "write" && count >= 4) {
    std::string_view const how = count > 4 ? arguments[4] : "";
    return how == "unmapped"
               ? write<unmapped_system>(arguments[2], arguments[3], false)
               : write<overt::sink::posix_system>(arguments[2], arguments[3], how == "forgetful");
  }
  if (what == "check" && count == 4) {
    return check(arguments[2], arguments[3]);
  }
  if (what == "fill" && count == 3) {
    return fill(arguments[2]);
  }
  std::fputs(
      "kill_writer write TRACE ACKNOWLEDGED [unmapped|forgetful] | check TRACE ACKNOWLEDGED | fill TRACE\n",
      stderr);
  return 2;
}
