#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/event/byte_range.hpp>
#include <overt/redact/folded.hpp>
#include <overt/redact/interface_text.hpp>

namespace overt::inline v0::redact {

namespace detail {

[[nodiscard]] constexpr bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// What may stand in a name of a file that is written without quotes.
[[nodiscard]] constexpr bool is_path_character(char c) noexcept {
  constexpr std::string_view others = "\"'<>|*?;`";
  return static_cast<unsigned char>(c) > 0x20 && c != 0x7f && others.find(c) == std::string_view::npos;
}

[[nodiscard]] constexpr bool is_separator(char c) noexcept { return c == '/' || c == '\\'; }

/// The size of a common extension with its dot, or 0. What kind of file it is says little about whose it is.
[[nodiscard]] constexpr std::size_t extension_size(std::string_view path) noexcept {
  constexpr auto common = std::to_array<std::string_view>(
      {".7z",   ".avi",  ".bmp",  ".c",    ".conf", ".cpp",  ".css", ".csv",  ".db",   ".doc",
       ".docx", ".eml",  ".epub", ".gif",  ".gz",   ".h",    ".hpp", ".htm",  ".html", ".ini",
       ".iso",  ".java", ".jpeg", ".jpg",  ".js",   ".json", ".log", ".md",   ".mkv",  ".mov",
       ".mp3",  ".mp4",  ".msg",  ".odp",  ".ods",  ".odt",  ".pdf", ".png",  ".pptx", ".ppt",
       ".py",   ".rtf",  ".sh",   ".sql",  ".svg",  ".tar",  ".tex", ".tif",  ".tiff", ".toml",
       ".ts",   ".txt",  ".wav",  ".webp", ".xls",  ".xlsx", ".xml", ".yaml", ".yml",  ".zip"});
  auto const dot = path.rfind('.');
  if (dot == std::string_view::npos || path.size() - dot > 5) {
    return 0;
  }
  std::array<char, 5> lower{};
  for (std::size_t i = dot; i < path.size(); ++i) {
    lower[i - dot] = static_cast<char>(path[i] >= 'A' && path[i] <= 'Z' ? path[i] + 0x20 : path[i]);
  }
  std::string_view const ending{lower.data(), path.size() - dot};
  return std::find(common.begin(), common.end(), ending) == common.end() ? 0 : ending.size();
}

/// How many bytes at the beginning of `text` begin a path: "/", "~/", "C:\", "\\", "file://", "../". 0: none.
[[nodiscard]] inline std::size_t path_start(std::string_view text) noexcept {
  constexpr auto starts = std::to_array<std::string_view>(
      {"file:/", "smb:/", "sftp:/",        "ftp:/",     "davs:/", "dav:/",  "nfs:/",
       "afp:/",  "mtp:/", "\\\\",          "~/",        "~\\",    "./",     ".\\",
       "../",    "..\\",  "%USERPROFILE%", "%APPDATA%", "$HOME",  "${HOME}"});
  for (auto const start : starts) {
    if (text.size() >= start.size() &&
        std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) {
          return a == b || (is_letter(a) && is_letter(b) && (a ^ b) == 0x20);
        })) {
      return start.size();
    }
  }
  if (text.size() > 2 && is_letter(text[0]) && text[1] == ':' && is_separator(text[2])) {
    return 3;
  }
  if (text.starts_with('~')) { // "~jane/"
    auto const slash = text.find('/');
    auto const name = text.substr(1, slash == std::string_view::npos ? 0 : slash - 1);
    return !name.empty() && std::all_of(name.begin(), name.end(), is_path_character) ? slash + 1 : 0;
  }
  // A single slash may be a date's or a fraction's; with a second one it is a path, as are the usual roots.
  if (text.size() > 1 && text[0] == '/' && is_path_character(text[1]) && !is_separator(text[1])) {
    constexpr auto roots = std::to_array<std::string_view>(
        {"home", "users", "root",    "tmp",     "var",    "etc", "mnt", "media", "opt", "usr", "srv",
         "run",  "data",  "volumes", "library", "export", "nfs", "net", "boot",  "dev", "proc"});
    auto const end = std::min(
        text.size(), static_cast<std::size_t>(
                         std::find_if_not(text.begin() + 1, text.end(),
                                          [](char c) { return is_path_character(c) && !is_separator(c); }) -
                         text.begin()));
    folded<16> const root{text.substr(1, end - 1)};
    bool const known = std::find(roots.begin(), roots.end(), root.view()) != roots.end();
    return known || (end < text.size() && is_separator(text[end])) ? 1 : 0;
  }
  return 0;
}

/// Where the path that begins a `text` ends. Names of files have spaces in them, so it goes on over words as
/// long as one with a separator or a common extension follows on the line: rather too much than half a name.
[[nodiscard]] inline std::size_t path_size(std::string_view text) noexcept {
  auto const word_end = [text](std::size_t at) {
    while (at < text.size() && is_path_character(text[at])) {
      ++at;
    }
    return at;
  };
  auto const trimmed = [text](std::size_t begin, std::size_t end) {
    constexpr std::string_view punctuation = ".,:;!?)]}";
    while (end > begin + 1 && punctuation.find(text[end - 1]) != std::string_view::npos) {
      --end;
    }
    return end;
  };
  constexpr int farthest_words = 6;
  auto end = word_end(0);
  auto seen = end;
  for (int words = 0; words < farthest_words; ++words) {
    if (extension_size(text.substr(0, trimmed(0, end))) != 0 || seen >= text.size() || text[seen] != ' ') {
      break;
    }
    auto const begin = seen + 1;
    auto const next = word_end(begin);
    if (next == begin || path_start(text.substr(begin)) != 0) {
      break; // two spaces, a quote, or another path
    }
    auto const word = text.substr(begin, trimmed(begin, next) - begin);
    if (std::find_if(word.begin(), word.end(), is_separator) != word.end() || extension_size(word) != 0) {
      end = next;
      words = 0;
    }
    seen = next;
  }
  return trimmed(0, end);
}

/// Where a quoted path ends: at the quote that stands before it. 0 when there is none on the line.
[[nodiscard]] constexpr std::size_t quoted_size(std::string_view text, char quote) noexcept {
  auto const end = text.find_first_of(quote == '"' ? "\"\n" : "'\n");
  return end == std::string_view::npos || text[end] == '\n' ? 0 : end;
}

} // namespace detail

/// Calls `use(byte_range)` for each path to a file in a text, in order: `/home/Jane/report.pdf`, `~/notes`,
/// `C:\\Users\\jane`, `\\\\server\\share`, `file:///home/Jane`, and names of files by their extension. A
/// common extension is not part of the range. Addresses of pages are no paths of files.
template <class Use>
void each_file_path(std::string_view text, Use&& use) {
  auto const found = [&](std::size_t begin, std::size_t size) {
    auto const kept = detail::extension_size(text.substr(begin, size));
    if (size > kept) {
      use(byte_range{begin, begin + size - kept});
    }
  };
  for (std::size_t at = 0; at < text.size();) {
    if (!detail::is_path_character(text[at])) {
      ++at;
      continue;
    }
    auto end = at;
    while (end < text.size() && detail::is_path_character(text[end])) {
      ++end;
    }
    auto const token = text.substr(at, end - at);
    bool const address = token.find("://") != std::string_view::npos && detail::path_start(token) == 0;
    std::size_t size = 0;
    auto begin = at;
    for (; begin < end && !address; ++begin) {
      auto const before = begin == at ? ' ' : text[begin - 1];
      bool const inside = detail::is_letter(before) || detail::is_digit(before) ||
                          detail::is_separator(before) || before == '.' || before == '-' || before == '_' ||
                          before == '~' || static_cast<unsigned char>(before) >= 0x80;
      if (!inside && detail::path_start(text.substr(begin)) != 0) {
        auto const quote = begin == 0 ? ' ' : text[begin - 1];
        bool const quoted = quote == '"' || quote == '\'';
        size = quoted ? detail::quoted_size(text.substr(begin), quote) : 0;
        size = size != 0 ? size : detail::path_size(text.substr(begin));
        break;
      }
    }
    if (size == 0 && !address) {
      begin = at;
      auto const path = token.substr(0, detail::path_size(token));
      auto const slash = path.find('\\');
      bool const windows = slash != std::string_view::npos && slash > 0 && slash + 1 < path.size();
      auto const kept = detail::extension_size(path);
      if (windows || (kept != 0 && kept < path.size())) {
        size = windows ? detail::path_size(text.substr(at)) : path.size();
      }
    }
    if (size != 0) {
      found(begin, size);
      at = begin + size;
    } else {
      at = end;
    }
  }
}

/// Whether there is a path to a file in a text.
[[nodiscard]] inline bool has_file_path(std::string_view text) {
  bool any = false;
  each_file_path(text, [&](byte_range) { any = true; });
  return any;
}

} // namespace overt::inline v0::redact
