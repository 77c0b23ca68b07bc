#pragma once

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>

#include <overt/sink/storage/posix_system.hpp>

namespace overt_test {

/// A folder of its own, removed with all that is in it.
class own_folder {
public:
  own_folder() {
    auto pattern = (std::filesystem::temp_directory_path() / "overt-storage-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) {
      path_ = pattern;
    }
  }
  own_folder(own_folder const&) = delete;
  own_folder& operator=(own_folder const&) = delete;
  ~own_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string operator/(char const* name) const { return path_ + "/" + name; }
  [[nodiscard]] std::string const& path() const noexcept { return path_; }

private:
  std::string path_;
};

inline std::string content_of(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// What happens to a call that a test has chosen.
struct call_fate {
  int number = 0;           ///< of the error; 0: the call is made
  std::size_t most = ~0ull; ///< how many bytes a write takes
};

/// The real system, with a say in each call before it is made.
struct watched_calls {
  /// Called with the name of the call and how many there were before.
  std::function<call_fate(char const* name, std::size_t index)> decide{};
  std::size_t made = 0;
  bool in_place = true; ///< otherwise nothing is mapped
  bool cuts = true;     ///< otherwise a file that is cut stays as it is
  bool waits = true;    ///< otherwise a sync that is made does nothing, which is faster
};

struct watched_system {
  static constexpr bool available = overt::sink::posix_system::available;

  watched_calls* calls = nullptr;

  int create_new(char const* path) { return ask("create_new").number != 0 ? -1 : real().create_new(path); }
  int open_folder(char const* path) { return ask("open_folder").number != 0 ? -1 : real().open_folder(path); }
  std::int64_t write_at(int file, char const* bytes, std::size_t size, std::uint64_t offset) {
    auto const fate = ask("write_at");
    return fate.number != 0 ? -1 : real().write_at(file, bytes, std::min(size, fate.most), offset);
  }
  int cut(int file, std::uint64_t size) {
    return ask("cut").number != 0 ? -1 : calls->cuts ? real().cut(file, size) : 0;
  }
  int sync_data(int file) {
    return ask("sync_data").number != 0 ? -1 : calls->waits ? real().sync_data(file) : 0;
  }
  int sync_folder(int file) {
    return ask("sync_folder").number != 0 ? -1 : calls->waits ? real().sync_folder(file) : 0;
  }
  int close(int file) { // as the real one: closed, whatever it answers
    static_cast<void>(real().close(file));
    return ask("close").number != 0 ? -1 : 0;
  }
  int remove(char const* path) { return ask("remove").number != 0 ? -1 : real().remove(path); }
  bool writes_in_place(int file) { return calls->in_place && real().writes_in_place(file); }
  void* map(int file, std::size_t size) { return ask("map").number != 0 ? nullptr : real().map(file, size); }
  int sync_map(void* memory, std::size_t size) {
    return ask("sync_map").number != 0 ? -1 : calls->waits ? real().sync_map(memory, size) : 0;
  }
  int unmap(void* memory, std::size_t size) {
    static_cast<void>(real().unmap(memory, size));
    return ask("unmap").number != 0 ? -1 : 0;
  }

private:
  static overt::sink::posix_system real() { return {}; }
  call_fate ask(char const* name) {
    auto const index = calls->made++;
    auto const fate = calls->decide ? calls->decide(name, index) : call_fate{};
    if (fate.number != 0) {
      errno = fate.number;
    }
    return fate;
  }
};

} // namespace overt_test
