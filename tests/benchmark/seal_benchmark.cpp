// What it costs to seal and to open blocks of 64 KiB and journal records, in memory and with the file system,
// beside libsodium's secretstream on the same bytes.
//
//   seal_benchmark [MIB [ROUNDS]]     256 MiB and 5 rounds unless told
//
// In memory the processor time of this thread counts, with files the time on the clock. The slowest and the
// fastest of the rounds are told; the ways alternate.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sodium.h>
#include <time.h>

#include <overt/consent/sodium/session_key.hpp>
#include <overt/sink/sodium/sealed_storage.hpp>
#include <overt/sink/storage/file_storage.hpp>
#include <overt/trace/sodium/sealed_source.hpp>

#include <overt_test/sealed.hpp>

namespace {

namespace sink = overt::sink;
namespace trace = overt::trace;
using clock_type = std::chrono::steady_clock;

constexpr std::size_t block_bytes = 64 * 1024;

struct rates {
  std::string_view name{};
  std::vector<double> values{};

  void print(std::string_view unit) const {
    auto const [least, most] = std::minmax_element(values.begin(), values.end());
    std::printf("%-44.*s %9.1f to %9.1f %.*s\n", static_cast<int>(name.size()), name.data(), *least, *most,
                static_cast<int>(unit.size()), unit.data());
  }
};

template <class Work>
double wall_seconds(Work work) {
  auto const before = clock_type::now();
  work();
  return std::chrono::duration<double>(clock_type::now() - before).count();
}

double processor_now() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

template <class Work>
double seconds(Work work) {
  auto const before = processor_now();
  work();
  return processor_now() - before;
}

/// Takes everything and keeps nothing.
struct no_storage {
  overt::result<void> create() { return {}; }
  overt::result<void> append(sink::block_kind, std::string_view) { return {}; }
  std::uint64_t size() { return 0; }
  overt::result<bool> journal(std::uint64_t, std::string_view) { return true; }
  overt::result<void> turn_journal() { return {}; }
  overt::result<void> sync() { return {}; }
  overt::result<void> close() { return {}; }
};

[[noreturn]] void fail(char const* what) {
  std::fprintf(stderr, "%s failed\n", what);
  std::exit(1);
}

template <class Storage>
void write_all(sink::sealed_storage<Storage>& storage, std::string const& block, std::size_t count) {
  if (!storage.create() || !storage.append(sink::block_kind::head, "head")) {
    fail("creating");
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (!storage.append(sink::block_kind::chunk, block)) {
      fail("appending");
    }
  }
  if (!storage.append(sink::block_kind::end, "end") || !storage.close()) {
    fail("closing");
  }
}

/// The same blocks with secretstream, one message each.
double stream_seconds(std::string const& block, std::size_t count, std::string& out) {
  std::array<std::uint8_t, crypto_secretstream_xchacha20poly1305_KEYBYTES> key{};
  std::array<std::uint8_t, crypto_secretstream_xchacha20poly1305_HEADERBYTES> header{};
  ::crypto_secretstream_xchacha20poly1305_state state{};
  ::crypto_secretstream_xchacha20poly1305_init_push(&state, header.data(), key.data());
  out.resize(block.size() + crypto_secretstream_xchacha20poly1305_ABYTES);
  return seconds([&] {
    for (std::size_t i = 0; i < count; ++i) {
      ::crypto_secretstream_xchacha20poly1305_push(
          &state, reinterpret_cast<std::uint8_t*>(out.data()), nullptr,
          reinterpret_cast<std::uint8_t const*>(block.data()), block.size(), nullptr, 0, 0);
    }
  });
}

} // namespace

int main(int argument_count, char** arguments) {
  auto const mib = argument_count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 256;
  auto const rounds = argument_count > 2 ? std::strtoul(arguments[2], nullptr, 10) : 5;
  auto const count = std::max<std::size_t>(1, mib * 1024 * 1024 / block_bytes);
  auto const megabytes = static_cast<double>(count * block_bytes) / 1e6;
  auto const key = overt_test::some_session_key();
  std::string block(block_bytes, '\0');
  ::randombytes_buf(block.data(), block.size());
  auto const file = (std::filesystem::temp_directory_path() /
                     ("seal_benchmark-" + overt::detail::to_hex(sink::new_trace_id())))
                        .string();

  rates seal{"sealed_storage, blocks of 64 KiB"};
  rates open{"sealed_source, from memory, every block"};
  rates write{"sealed_storage, to a file, with the last sync"};
  rates read{"sealed_source, from that file"};
  rates stream{"secretstream push, in memory, to compare"};
  rates record{"journal record of 20 bytes, sealed"};
  rates seek{"one block of 64 KiB at random, from memory"};
  for (std::size_t round = 0; round < std::max<std::size_t>(rounds, 1); ++round) {
    overt_test::kept_bytes kept;
    kept.file.reserve(count * (block_bytes + 100) + 1000);
    auto nowhere = *sink::sealed_storage<no_storage>::make({}, key);
    seal.values.push_back(megabytes / seconds([&] { write_all(nowhere, block, count); }));
    auto memory =
        *sink::sealed_storage<overt_test::memory_storage>::make(overt_test::memory_storage{kept}, key);
    write_all(memory, block, count);

    auto opened = *trace::sealed_source<trace::memory_source>::open(trace::memory_source{kept.file}, key);
    open.values.push_back(megabytes / seconds([&] {
                            if (!opened.verify() || !opened.complete()) {
                              fail("opening");
                            }
                          }));
    constexpr int seeks = 1000;
    std::array<char, 100> some{};
    seek.values.push_back(
        seconds([&] {
          for (int i = 0; i < seeks; ++i) {
            if (!opened.read(::randombytes_uniform(static_cast<std::uint32_t>(opened.size())), some)) {
              fail("reading");
            }
          }
        }) /
        seeks * 1e6);

    std::string scratch;
    stream.values.push_back(megabytes / stream_seconds(block, count, scratch));

    {
      auto on_disk = *sink::sealed_storage<sink::file_storage<>>::make(sink::file_storage<>{file}, key);
      write.values.push_back(megabytes / wall_seconds([&] { write_all(on_disk, block, count); }));
    }
    auto source = trace::file_source::open(file);
    read.values.push_back(megabytes / wall_seconds([&] {
                            auto from_disk =
                                *trace::sealed_source<trace::file_source>::open(*std::move(source), key);
                            if (!from_disk.verify() || !from_disk.complete()) {
                              fail("reading");
                            }
                          }));
    std::filesystem::remove(file);

    auto const one = *sink::block_seal::make(key, opened.head());
    constexpr std::uint64_t records = 200'000;
    record.values.push_back(seconds([&] {
                              for (std::uint64_t i = 0; i < records; ++i) {
                                scratch.clear();
                                one.seal_record(i, i, "twenty bytes of that", scratch);
                              }
                            }) /
                            static_cast<double>(records) * 1e9);
  }
  std::printf("%zu blocks of 64 KiB, %zu rounds\n", count, static_cast<std::size_t>(rounds));
  for (auto const* each : {&seal, &open, &write, &read, &stream}) {
    each->print("MB/s");
  }
  record.print("ns");
  seek.print("us");
  return 0;
}
