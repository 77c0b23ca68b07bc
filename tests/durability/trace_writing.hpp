#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <overt/event/event.hpp>
#include <overt/sink/mcap.hpp>
#include <overt/sink/storage/file_storage.hpp>
#include <overt/sink/uncompressed.hpp>
#include <overt_test/known_trace.hpp>

/// A program that writes a trace of known events until it is killed, or its disk is.
namespace overt_durability {

namespace sink = overt::sink;

struct settings {
  std::string trace{};
  std::string acknowledged{}; ///< a file of two numbers that is mapped: kept and synced
  std::uint64_t count = 0;    ///< ends after so many events; 0: never
  bool zstd = false;
  bool human = false;       ///< a few hundred events a second, not hundreds of thousands
  bool forgetful = false;   ///< a storage whose journal keeps nothing
  bool never_syncs = false; ///< a system that says of each sync that it was done, and does nothing
  bool tells = false;       ///< what was synced, a line each
  sink::mcap_options options{};
};

/// False: not understood.
[[nodiscard]] inline bool parse(int count, char** arguments, settings& to) {
  for (int i = 1; i < count; ++i) {
    std::string_view const word = arguments[i];
    auto const number = [&] { return i + 1 < count ? std::strtoull(arguments[++i], nullptr, 10) : 0; };
    if (word == "--acknowledged" && i + 1 < count) {
      to.acknowledged = arguments[++i];
    } else if (word == "--count") {
      to.count = number();
    } else if (word == "--chunk-bytes") {
      to.options.chunk_bytes = static_cast<std::size_t>(number());
    } else if (word == "--waiting-bytes") {
      to.options.waiting_bytes = static_cast<std::size_t>(number());
    } else if (word == "--part-bytes") {
      to.options.part_bytes = number();
    } else if (word == "--sync-ms") {
      to.options.sync_every_ns = static_cast<std::int64_t>(number()) * 1'000'000;
    } else if (word == "--zstd") {
      to.zstd = true;
    } else if (word == "--human") {
      to.human = true;
    } else if (word == "--forgetful") {
      to.forgetful = true;
    } else if (word == "--never-sync") {
      to.never_syncs = true;
    } else if (word == "--tell") {
      to.tells = true;
    } else if (to.trace.empty() && !word.starts_with("--")) {
      to.trace = word;
    } else {
      return false;
    }
  }
  return !to.trace.empty();
}

/// Says that a record is kept, and forgets it.
class forgetful_storage : public sink::file_storage<> {
public:
  using file_storage::file_storage;
  [[nodiscard]] overt::result<bool> journal(std::uint64_t, std::string_view) { return true; }
};

struct lying_system : sink::posix_system {
  [[nodiscard]] int sync_data(int) const noexcept { return 0; }
  [[nodiscard]] int sync_folder(int) const noexcept { return 0; }
  [[nodiscard]] int sync_map(void*, std::size_t) const noexcept { return 0; }
};

template <class Storage>
struct files_of {
  [[nodiscard]] Storage operator()(std::string path, sink::trace_id const& trace) const {
    return Storage{std::move(path), {.id = trace}};
  }
};

/// Two numbers in a file, for whoever looks after the process is dead.
class published {
public:
  explicit published(std::string const& path) {
    int const file = path.empty() ? -1 : ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file >= 0 && ::ftruncate(file, 4096) == 0) {
      void* const memory = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
      numbers_ = memory == MAP_FAILED ? nullptr : static_cast<std::uint64_t volatile*>(memory);
    }
  }
  published(published const&) = delete;
  published& operator=(published const&) = delete;

  void tell(sink::trace_progress const& safe) const {
    if (numbers_ != nullptr) {
      numbers_[0] = safe.kept();
      numbers_[1] = safe.synced();
    }
  }

private:
  std::uint64_t volatile* numbers_ = nullptr;
};

inline int refused(overt::failure const& why) {
  std::fprintf(stderr, "%s\n", why.message.c_str());
  return 1;
}

template <class Codec, class Open>
int write(settings const& given, Codec codec, Open open) {
  sink::mcap<overt::event, Codec, Open> out{given.trace, std::move(codec), given.options, std::move(open)};
  auto const safe = out.progress();
  published const numbers{given.acknowledged};
  if (auto opened = out.open(overt_test::known_session()); !opened) {
    return refused(opened.error());
  }
  std::puts("began");
  std::fflush(stdout);
  overt_test::known_source source{out};
  std::uint64_t told = 0;
  auto const flush_every = given.human ? 16u : 200u;
  while (given.count == 0 || source.sequence() < given.count) {
    auto const number = source.push();
    numbers.tell(safe);
    if (number % flush_every == 0) {
      if (auto flushed = out.flush(); !flushed) {
        return refused(flushed.error());
      }
      numbers.tell(safe);
      if (given.tells && safe.synced() != told) {
        told = safe.synced();
        std::printf("synced %llu\n", static_cast<unsigned long long>(told));
        std::fflush(stdout);
      }
    }
    if (given.human) {
      std::this_thread::sleep_for(std::chrono::microseconds{500 + number % 7 * 300});
    }
  }
  source.finish();
  auto const closed = out.close({});
  numbers.tell(safe);
  if (!closed) {
    return refused(closed.error());
  }
  std::printf("lost %llu\n", static_cast<unsigned long long>(safe.lost()));
  return 0;
}

template <class Codec>
int write(settings const& given, Codec codec) {
  if (given.forgetful) {
    return write(given, std::move(codec), files_of<forgetful_storage>{});
  }
  if (given.never_syncs) {
    return write(given, std::move(codec), files_of<sink::file_storage<lying_system>>{});
  }
  return write(given, std::move(codec), sink::plain_files{});
}

} // namespace overt_durability
