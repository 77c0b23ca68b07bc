#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/picture_folder.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/plain_files.hpp>

namespace overt::inline v0::trace {

namespace detail {

/// Takes a whole file into a digest.
[[nodiscard]] inline result<void> digest_file(v0::detail::sha256_state& state, std::string const& path) {
  auto file = file_source::open(path);
  if (!file) {
    return file.error();
  }
  std::array<char, 64 * 1024> block;
  for (std::uint64_t at = 0; at < file->size();) {
    auto const got = file->read(at, block);
    if (!got) {
      return got.error();
    }
    if (*got == 0) {
      break;
    }
    state.update({block.data(), *got});
    at += *got;
  }
  return {};
}

/// The names of the files in a folder, in their order; none where there is no folder.
[[nodiscard]] inline result<std::vector<std::string>> files_in(std::string const& folder) {
  std::vector<std::string> names;
  std::error_code said;
  std::filesystem::directory_iterator files{folder, said};
  if (said == std::errc::no_such_file_or_directory) {
    return names;
  }
  for (; !said && files != std::filesystem::directory_iterator{}; files.increment(said)) {
    names.push_back(files->path().filename().string());
  }
  if (said) {
    return failure{error_code::permission_denied, "cannot read the folder " + folder + ": " + said.message()};
  }
  std::sort(names.begin(), names.end());
  return names;
}

} // namespace detail

/// The SHA-256 of all that a trace is, 64 hexadecimal digits: what a dataset names it by, and what an
/// approval is for. Of its parts one after another; of a recorder that was killed, with the journal of each
/// behind it; of a format that keeps its pictures beside it, with each name (and a zero byte) and picture. Of
/// a sealed trace it is that of the sealed bytes. Errors: those of `file_source::open` for its first part.
[[nodiscard]] inline result<std::string> files_digest(std::string path) {
  plain_files const files{path};
  v0::detail::sha256_state state;
  for (std::uint32_t part = 1;; ++part) {
    auto const name = files.name(part);
    auto const read = detail::digest_file(state, name);
    if (!read && part > 1 && read.error().code == error_code::not_found) {
      break;
    }
    if (!read) {
      return read.error();
    }
    auto const journal = detail::digest_file(state, name + ".journal");
    if (!journal && journal.error().code != error_code::not_found) {
      return journal.error();
    }
  }
  auto const folder = sink::picture_folder::path_of(path);
  auto const pictures = detail::files_in(folder);
  if (!pictures) {
    return pictures.error();
  }
  for (auto const& name : *pictures) {
    state.update(name);
    state.update(std::string_view{"", 1});
    if (auto const read = detail::digest_file(state, folder + '/' + name); !read) {
      return read.error();
    }
  }
  return v0::detail::to_hex(state.finish());
}

} // namespace overt::inline v0::trace
