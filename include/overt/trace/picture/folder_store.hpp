#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <overt/detail/secure_memory.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/picture_folder.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/picture/stored_picture.hpp>

namespace overt::inline v0::trace {

/// The pictures in the folder beside a trace of JSON lines or CBOR (`sink::picture_folder`): the store for
/// `trace::pictures`. Files of other names are left alone. One thread.
class folder_store {
public:
  static constexpr std::uint64_t largest_file = 256 * 1024 * 1024;

  /// No folder, no pictures. `format`: what the names of the files end in. Errors: `permission_denied` for
  /// one that cannot be listed.
  [[nodiscard]] static result<folder_store> open(std::string const& trace, std::string_view format) {
    folder_store made;
    made.path_ = sink::picture_folder::path_of(trace);
    made.format_ = format;
    auto const ending = '.' + made.format_;
    std::error_code said;
    std::filesystem::directory_iterator files{made.path_, said};
    if (said == std::errc::no_such_file_or_directory) {
      return made;
    }
    for (; !said && files != std::filesystem::directory_iterator{}; files.increment(said)) {
      auto const name = files->path().filename().string();
      if (!name.ends_with(ending)) {
        continue;
      }
      auto const digits = std::string_view{name}.substr(0, name.size() - ending.size());
      std::uint64_t number = 0;
      auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
      if (read.ec == std::errc{} && std::to_string(number) == digits) {
        made.numbers_.push_back(number);
      }
    }
    if (said) {
      return failure{error_code::permission_denied,
                     "cannot read the folder " + made.path_ + ": " + said.message()};
    }
    std::sort(made.numbers_.begin(), made.numbers_.end());
    return made;
  }

  folder_store(folder_store&&) noexcept = default;
  folder_store& operator=(folder_store&&) noexcept = default;
  ~folder_store() { forget(); }

  [[nodiscard]] std::vector<std::uint64_t> const& numbers() const noexcept { return numbers_; }
  [[nodiscard]] std::vector<std::string> const& problems() const noexcept { return problems_; }

  /// Errors: `not_found`, and those of the file.
  [[nodiscard]] result<stored_picture> read(std::uint64_t sequence) {
    forget();
    auto const name = path_ + '/' + std::to_string(sequence) + '.' + format_;
    auto file = file_source::open(name);
    if (!file) {
      return file.error();
    }
    if (file->size() > largest_file) {
      return failure{error_code::invalid_input, name + " is too large to be a picture of a trace"};
    }
    bytes_.resize(static_cast<std::size_t>(file->size()));
    auto const got = file->read(0, std::span{bytes_.data(), bytes_.size()});
    if (!got) {
      return got.error();
    }
    bytes_.resize(*got);
    return stored_picture{.sequence = sequence, .key_sequence = sequence, .format = format_, .image = bytes_};
  }

private:
  folder_store() = default;

  void forget() noexcept {
    v0::detail::wipe(bytes_.data(), bytes_.size());
    bytes_.clear();
  }

  std::string path_;
  std::string format_;
  std::vector<std::uint64_t> numbers_;
  std::vector<std::string> problems_;
  std::string bytes_;
};

} // namespace overt::inline v0::trace
