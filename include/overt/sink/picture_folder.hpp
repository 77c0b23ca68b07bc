#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#if defined(__unix__) || defined(__APPLE__)
#include <cerrno>
#include <sys/stat.h>
#endif

#include <overt/event/result.hpp>
#include <overt/sink/encoded_picture.hpp>
#include <overt/sink/output_file.hpp>

namespace overt::inline v0::sink {

/// The pictures of a trace whose format has no place for them: a folder beside it, `<trace>.pictures`, with a
/// file for each, `<number of the event>.png`. Folder and files are their owner's alone. The folder is made
/// with the first picture; one that is there already is an error, so that traces do not mix. One thread.
class picture_folder {
public:
  explicit picture_folder(std::string_view trace) : path_{path_of(trace)} {}

  [[nodiscard]] static std::string path_of(std::string_view trace) {
    return std::string{trace} + ".pictures";
  }

  /// Errors: `misuse` for a picture that is not whole; `output_failed`.
  [[nodiscard]] result<void> write(std::uint64_t sequence, encoded_picture const& picture) {
    if (picture.kind != picture_kind::key) {
      return failure{error_code::misuse, "a folder of pictures takes whole ones"};
    }
    if (!made_) {
      if (auto const said = make(path_); said) {
        return failure{error_code::output_failed,
                       "cannot make the folder " + path_ + ": " + said.message() +
                           ". Name a new trace in a folder that you may write to."};
      }
      made_ = true;
    }
    auto file =
        output_file::create(path_ + '/' + std::to_string(sequence) + '.' + std::string{picture.format});
    if (!file) {
      return file.error();
    }
    auto written = file->write(picture.image);
    auto closed = file->close();
    return written ? closed : written;
  }

private:
  [[nodiscard]] static std::error_code make(std::string const& path) {
#if defined(__unix__) || defined(__APPLE__)
    return ::mkdir(path.c_str(), 0700) == 0 ? std::error_code{}
                                            : std::error_code{errno, std::generic_category()};
#else
    std::error_code said;
    bool const made = std::filesystem::create_directory(path, said);
    return made || said ? said : std::make_error_code(std::errc::file_exists);
#endif
  }

  std::string path_;
  bool made_ = false;
};

} // namespace overt::inline v0::sink
