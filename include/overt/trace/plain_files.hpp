#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include <overt/detail/hexadecimal.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/mcap/part_path.hpp>
#include <overt/trace/any_source.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/journal_reader.hpp>

namespace overt::inline v0::trace {

/// What a journal is, beside its records.
struct journal_found {
  std::string trace{}; ///< to which trace it belongs, hexadecimal digits; empty where there is none
  bool sound = true;   ///< false: it ends in something that is no record, torn or damaged
};

/// Where the files of a plain trace are: its parts, and the journal that a recorder which was killed left
/// beside the last one. Another kind of trace has a type of its own with the same three functions.
class plain_files {
public:
  explicit plain_files(std::string path) : path_{std::move(path)} {}

  [[nodiscard]] std::string name(std::uint32_t part) const { return sink::part_path(path_, part); }

  /// Errors: those of `file_source::open`.
  [[nodiscard]] result<any_source> open(std::uint32_t part) const {
    auto file = file_source::open(name(part));
    return file ? result<any_source>{any_source{std::move(*file)}} : result<any_source>{file.error()};
  }

  /// Calls `use(sequence, bytes)` for each record of the part's journal, in order; nothing where there is
  /// none.
  template <class Use>
  [[nodiscard]] result<journal_found> each_journal_record(std::uint32_t part, Use&& use) const {
    auto const image = journal_image(name(part));
    if (!image) {
      return image.error().code == error_code::not_found ? result<journal_found>{journal_found{}}
                                                         : result<journal_found>{image.error()};
    }
    auto opened = journal_reader::open(*image);
    if (!opened) {
      // A recorder that was killed while it made the file.
      bool const blank = image->find_first_not_of('\0') == std::string::npos;
      return blank ? result<journal_found>{journal_found{}} : result<journal_found>{opened.error()};
    }
    while (auto const record = opened->next()) {
      use(record->sequence, record->bytes);
    }
    return journal_found{v0::detail::to_hex(opened->id()), opened->sound()};
  }

  /// The bytes of the journal beside a trace. Errors: those of `file_source::open`.
  [[nodiscard]] static result<std::string> journal_image(std::string const& trace) {
    auto file = file_source::open(trace + ".journal");
    if (!file) {
      return file.error();
    }
    if (file->size() > largest_journal) {
      return failure{error_code::invalid_input, trace + ".journal is too large to be a journal"};
    }
    std::string image(static_cast<std::size_t>(file->size()), '\0');
    auto const got = file->read(0, std::span{image.data(), image.size()});
    if (!got) {
      return got.error();
    }
    image.resize(*got);
    return image;
  }

private:
  static constexpr std::uint64_t largest_journal = 64 * 1024 * 1024;

  std::string path_;
};

} // namespace overt::inline v0::trace
