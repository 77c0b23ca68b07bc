#pragma once

#include <algorithm>
#include <array>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace overt::inline v0::capture {

namespace detail {

/// The first 64 KiB of a file; empty when it cannot be read. Files of /proc have no size to ask for.
[[nodiscard]] inline std::string proc_file(std::string const& path) {
  std::string text;
  int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file < 0) {
    return text;
  }
  text.resize(65536);
  std::size_t size = 0;
  while (size < text.size()) {
    auto const count = ::read(file, text.data() + size, text.size() - size);
    if (count <= 0) {
      break;
    }
    size += static_cast<std::size_t>(count);
  }
  ::close(file);
  text.resize(size);
  return text;
}

[[nodiscard]] inline std::string link_target(std::string const& path) {
  std::string target(PATH_MAX, '\0');
  auto const size = ::readlink(path.c_str(), target.data(), target.size());
  target.resize(size > 0 && static_cast<std::size_t>(size) < target.size() ? static_cast<std::size_t>(size)
                                                                           : 0);
  return target;
}

[[nodiscard]] inline bool in_system_folder(std::string_view path) {
  constexpr auto folders = std::to_array<std::string_view>(
      {"/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/", "/usr/local/bin/", "/usr/games/"});
  constexpr auto trees =
      std::to_array<std::string_view>({"/usr/lib/", "/usr/lib64/", "/usr/libexec/", "/opt/", "/snap/"});
  auto const slash = path.rfind('/');
  auto const folder = path.substr(0, slash == std::string_view::npos ? 0 : slash + 1);
  return std::ranges::find(folders, folder) != folders.end() ||
         std::ranges::any_of(trees, [path](auto tree) { return path.starts_with(tree); });
}

/// What is known of a program that runs other programs, and how its command line has to be read.
struct interpreter {
  std::string_view name;      ///< of the file, without a version behind it
  std::string_view no_script; ///< options after which there is no script to name, each with a space behind it
  std::string_view with_value; ///< options whose value is the next word
};

inline constexpr auto interpreters = std::to_array<interpreter>({
    {"python", "-c -m ", "-W -X "},
    {"pypy", "-c -m ", "-W -X "},
    {"perl", "-e -E ", "-I "},
    {"ruby", "-e ", "-I -r "},
    {"node", "-e -p --eval --print ", "-r --require --import "},
    {"nodejs", "-e -p --eval --print ", "-r --require --import "},
    {"java", "-m --module ", "-cp -classpath --class-path -p --module-path --add-modules "},
    {"bash", "-c -s ", "-o --rcfile --init-file "},
    {"dash", "-c -s ", "-o "},
    {"sh", "-c -s ", "-o "},
    {"zsh", "-c -s ", "-o "},
    {"busybox", "-c -s ", ""},
    {"wish", "", "-display -name -geometry -colormap -visual -use "},
    {"tclsh", "", "-encoding "},
    {"gjs", "-c -m ", "-I -C "},
    {"gjs-console", "-c -m ", "-I -C "},
    {"mono", "", ""},
    {"lua", "-e ", "-l "},
});

/// "python3.11" is python, version 3.11.
[[nodiscard]] inline interpreter const* interpreter_named(std::string_view file) {
  auto const bare = file.substr(0, file.find_last_not_of("0123456789.-") + 1);
  auto const found = std::ranges::find(interpreters, bare, &interpreter::name);
  return found == interpreters.end() ? nullptr : &*found;
}

/// The script an interpreter runs, as its command line names it; empty when it names none.
[[nodiscard]] inline std::string script_in(std::string_view command_line, interpreter const& program) {
  auto const listed = [](std::string_view list, std::string_view option) {
    for (std::size_t at = 0; at < list.size();) {
      auto const end = list.find(' ', at);
      if (list.substr(at, end - at) == option) {
        return true;
      }
      at = end + 1;
    }
    return false;
  };
  bool first = true;
  bool skip = false;
  while (!command_line.empty()) {
    auto const end = std::min(command_line.find('\0'), command_line.size());
    auto const word = command_line.substr(0, end);
    command_line.remove_prefix(std::min(end + 1, command_line.size()));
    if (std::exchange(first, false) || std::exchange(skip, false)) {
      continue;
    }
    if (word.size() < 2 || word.front() != '-') {
      return word == "-" ? std::string{} : std::string{word};
    }
    if (listed(program.no_script, word)) {
      return {};
    }
    skip = listed(program.with_value, word);
  }
  return {};
}

} // namespace detail

/// What a process is, by facts it cannot choose freely (docs/guide.md, "Applications"):
///
///  - "flatpak:org.gnome.TextEditor" for a sandboxed one;
///  - "mousepad" for a program that the system installed: in a folder of the system, owned by root and
///  writable by nobody else;
///  - "python3.11:/usr/share/tool/main.py" for a script, named after the file that runs it;
///  - the whole path for anything else.
///
/// Empty when it is not known: deleted or replaced while it runs, in another file system, not readable, an
/// interpreter without a script. Class names and titles of windows are never asked, because a program writes
/// there what it likes. `proc` is where /proc is.
[[nodiscard]] inline std::string application_of(std::uint32_t pid, std::string const& proc = "/proc") {
  auto const folder = proc + "/" + std::to_string(pid);
  if (auto const info = detail::proc_file(folder + "/root/.flatpak-info"); !info.empty()) {
    auto const section = info.find("[Application]\n");
    auto const name = section == std::string::npos ? section : info.find("\nname=", section);
    if (name == std::string::npos || info.find("\n[", section) < name) {
      return {};
    }
    auto const begin = name + 6;
    return "flatpak:" + info.substr(begin, info.find('\n', begin) - begin);
  }
  auto const path = detail::link_target(folder + "/exe");
  struct stat running{};
  struct stat named{};
  // The link leads to the very file that runs, its text to a name. They differ when the file was replaced,
  // and in a container, whose names mean something else.
  if (path.empty() || path.front() != '/' || path.ends_with(" (deleted)") ||
      ::stat((folder + "/exe").c_str(), &running) != 0 || ::stat(path.c_str(), &named) != 0 ||
      running.st_ino != named.st_ino || running.st_dev != named.st_dev) {
    return {};
  }
  auto const file = std::string_view{path}.substr(path.rfind('/') + 1);
  bool const installed =
      detail::in_system_folder(path) && running.st_uid == 0 && (running.st_mode & (S_IWGRP | S_IWOTH)) == 0;
  auto const id = installed ? std::string{file} : path;
  auto const* const runs_scripts = detail::interpreter_named(file);
  if (runs_scripts == nullptr) {
    return id;
  }
  auto script = detail::script_in(detail::proc_file(folder + "/cmdline"), *runs_scripts);
  if (!script.empty() && script.front() != '/') {
    auto const where = detail::link_target(folder + "/cwd");
    script = where.empty() ? std::string{} : where + "/" + script;
  }
  struct stat found{};
  if (script.empty() || ::stat(script.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) {
    return {};
  }
  return id + ":" + script;
}

/// When a process started, in the system's ticks, which tells it from a later one with the same number; 0
/// when it is gone.
[[nodiscard]] inline std::uint64_t start_of(std::uint32_t pid, std::string const& proc = "/proc") {
  auto const text = detail::proc_file(proc + "/" + std::to_string(pid) + "/stat");
  auto at = text.rfind(')'); // the name before it may hold anything
  for (int field = 2; at != std::string::npos && field < 22; ++field) {
    at = text.find(' ', at + 1);
  }
  if (at == std::string::npos) {
    return 0;
  }
  std::uint64_t start = 0;
  for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    start = start * 10 + static_cast<std::uint64_t>(text[at] - '0');
  }
  return start;
}

/// Remembers what processes are, by number and start.
class process_identities {
public:
  explicit process_identities(std::string proc = "/proc") : proc_{std::move(proc)} {}

  [[nodiscard]] std::string const& of(std::uint32_t pid) {
    if (known_.size() > 256) {
      known_.clear(); // processes come and go for weeks
    }
    auto const start = start_of(pid, proc_);
    auto& entry = known_[pid];
    if (start == 0 || entry.start != start) {
      entry = {start, start == 0 ? std::string{} : application_of(pid, proc_)};
    }
    return entry.application;
  }

private:
  struct identity {
    std::uint64_t start = 0;
    std::string application{};
  };
  std::string proc_;
  std::unordered_map<std::uint32_t, identity> known_;
};

} // namespace overt::inline v0::capture
