#pragma once

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <overt/detail/hexadecimal.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/mcap/part_path.hpp>
#include <overt/sink/storage/file_storage.hpp>
#include <overt/trace/any_source.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/journal_reader.hpp>
#include <overt/trace/plain_files.hpp>

#include <overt_test/storage_systems.hpp>

/// The files of a trace while they are written, with a say in each system call, and as bytes in memory that a
/// test may change before they are read.
namespace overt_test {

/// For `sink::mcap`: the real disk, watched, with a small journal.
struct watched_files {
  watched_calls* calls = nullptr;
  std::uint32_t half_bytes = 8192;

  [[nodiscard]] overt::sink::file_storage<watched_system>
  operator()(std::string path, overt::sink::trace_id const& trace) const {
    return overt::sink::file_storage<watched_system>{
        std::move(path), {.half_bytes = half_bytes, .id = trace}, watched_system{calls}};
  }
};

/// For `trace::mcap_trace`: a handle to the bytes of each part and its journal.
class memory_files {
public:
  struct part {
    std::string file{};
    std::string journal{}; ///< empty: there is none
  };

  /// Reads the parts from a disk.
  [[nodiscard]] static memory_files of(std::string const& path) {
    memory_files made;
    for (std::uint32_t number = 1;; ++number) {
      auto const name = overt::sink::part_path(path, number);
      if (!std::ifstream{name}.good()) {
        return made;
      }
      (*made.parts_)[number] = {content_of(name), content_of(name + ".journal")};
    }
  }

  [[nodiscard]] std::map<std::uint32_t, part>& parts() const noexcept { return *parts_; }
  [[nodiscard]] part& operator[](std::uint32_t number) const { return (*parts_)[number]; }

  [[nodiscard]] std::string name(std::uint32_t number) const {
    return overt::sink::part_path("t.mcap", number);
  }

  [[nodiscard]] overt::result<overt::trace::any_source> open(std::uint32_t number) const {
    auto const found = parts_->find(number);
    if (found == parts_->end()) {
      return overt::failure{overt::error_code::not_found, "cannot open " + name(number)};
    }
    return overt::trace::any_source{counted{found->second.file, *read_}};
  }

  template <class Use>
  [[nodiscard]] overt::result<overt::trace::journal_found> each_journal_record(std::uint32_t number,
                                                                               Use&& use) const {
    auto const found = parts_->find(number);
    if (found == parts_->end() || found->second.journal.empty()) {
      return overt::trace::journal_found{};
    }
    auto opened = overt::trace::journal_reader::open(found->second.journal);
    if (!opened) {
      return opened.error();
    }
    while (auto const record = opened->next()) {
      use(record->sequence, record->bytes);
    }
    return overt::trace::journal_found{overt::detail::to_hex(opened->id()), opened->sound()};
  }

  /// Bytes that were read from files since the start.
  [[nodiscard]] std::uint64_t read_bytes() const noexcept { return *read_; }

private:
  struct counted {
    overt::trace::memory_source from;
    std::uint64_t* read_bytes;

    counted(std::string_view bytes, std::uint64_t& count) : from{bytes}, read_bytes{&count} {}
    [[nodiscard]] std::uint64_t size() const noexcept { return from.size(); }
    [[nodiscard]] overt::result<std::size_t> read(std::uint64_t offset, std::span<char> to) {
      *read_bytes += to.size();
      return from.read(offset, to);
    }
  };

  std::shared_ptr<std::map<std::uint32_t, part>> parts_ = std::make_shared<std::map<std::uint32_t, part>>();
  std::shared_ptr<std::uint64_t> read_ = std::make_shared<std::uint64_t>(0);
};

} // namespace overt_test
