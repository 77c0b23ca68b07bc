#pragma once

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace overt_test {

/// A disk that can lose its power. Until a file is synced, any of its pages may hold any content that it had
/// since the sync before, each page for itself, and the file may have any of the sizes it had: what is left
/// after a power cut is one choice for each. With `tears`, a page can also be a mixture of two contents at
/// 512 bytes each.
class simulated_disk {
public:
  static constexpr std::size_t page = 4096;
  static constexpr std::size_t sector = 512;

  struct file {
    std::string now{};    ///< as the process sees it
    std::string synced{}; ///< as it is certainly on the disk
    std::string seen{};   ///< `now` when it was last looked at, to notice what was written through a mapping
    std::vector<std::size_t> sizes{};                        ///< since the sync
    std::map<std::size_t, std::vector<std::string>> pages{}; ///< contents since the sync
    bool exists = true;

    [[nodiscard]] std::size_t choices() const {
      auto product = sizes.size() + 1;
      for (auto const& [number, contents] : pages) {
        product *= contents.size() + 1;
        product = std::min<std::size_t>(product, 1'000'000);
      }
      return product;
    }
    /// What is left when the power goes now. `choose(n)` is a number below n.
    template <class Choose>
    [[nodiscard]] std::string left(Choose&& choose) const {
      auto const which = choose(sizes.size() + 1);
      auto content = synced;
      content.resize(which == 0 ? synced.size() : sizes[which - 1], '\0');
      for (auto const& [number, contents] : pages) {
        auto const version = choose(contents.size() + 1);
        auto const begin = number * page;
        if (version != 0 && begin < content.size()) {
          content.replace(begin, std::min(page, content.size() - begin), contents[version - 1], 0,
                          std::min(page, content.size() - begin));
        }
      }
      return content;
    }
  };

  std::map<std::string, file> files{};
  std::map<int, std::string> open{};
  /// Called after each call to the system; the power may go there.
  std::function<void()> moment{};
  bool in_place = true;
  bool tears = false;
  bool lies = false; ///< says of a sync that it was done, and does nothing

  file& of(int number) { return files[open[number]]; }

  /// Takes note of what was written through mappings.
  void look() {
    for (auto& [name, each] : files) {
      notice(each);
    }
  }
  void happened() {
    look();
    if (moment) {
      moment();
    }
  }
  void notice(file& of) {
    if (of.now.size() != of.seen.size()) {
      of.sizes.push_back(of.now.size());
    }
    auto const most = std::max(of.now.size(), of.seen.size());
    for (std::size_t begin = 0; begin < most; begin += page) {
      auto const before = page_of(of.seen, begin);
      auto const after = page_of(of.now, begin);
      if (before != after) {
        auto& contents = of.pages[begin / page];
        if (tears) {
          auto mixed = before;
          for (std::size_t at = 0; at < page; at += sector) {
            if (next_random() % 2 == 0) {
              mixed.replace(at, sector, after, at, sector);
            }
          }
          contents.push_back(std::move(mixed));
        }
        contents.push_back(after);
      }
    }
    of.seen = of.now;
  }
  void sync(file& of) {
    notice(of);
    if (!lies) {
      of.synced = of.now;
      of.sizes.clear();
      of.pages.clear();
    }
  }
  std::uint32_t next_random() {
    random_ = random_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>(random_ >> 33);
  }

private:
  static std::string page_of(std::string const& content, std::size_t begin) {
    auto found = begin < content.size() ? content.substr(begin, page) : std::string{};
    found.resize(page, '\0');
    return found;
  }
  std::uint64_t random_ = 7;
};

/// The system calls of a storage, on such a disk. The names of files are taken to be safe once `create` has
/// returned, and a removed file may be there again after a power cut.
struct simulated_system {
  static constexpr bool available = true;

  simulated_disk* disk = nullptr;

  int create_new(char const* path) {
    if (disk->files.contains(path)) {
      errno = EEXIST;
      return -1;
    }
    disk->files[path] = {};
    auto const number = static_cast<int>(disk->open.size()) + 3;
    disk->open[number] = path;
    return number;
  }
  int open_folder(char const*) { return 1000; }
  std::int64_t write_at(int file, char const* bytes, std::size_t size, std::uint64_t offset) {
    auto& to = disk->of(file).now;
    if (to.size() < offset + size) {
      to.resize(offset + size, '\0');
    }
    to.replace(offset, size, bytes, size);
    disk->happened();
    return static_cast<std::int64_t>(size);
  }
  int cut(int file, std::uint64_t size) {
    disk->of(file).now.resize(size);
    disk->happened();
    return 0;
  }
  int sync_data(int file) {
    disk->happened();
    disk->sync(disk->of(file));
    disk->happened();
    return 0;
  }
  int sync_folder(int) { return 0; }
  int close(int) { return 0; }
  int remove(char const* path) {
    disk->files[path].exists = false;
    disk->happened();
    return 0;
  }
  bool writes_in_place(int) { return disk->in_place; }
  void* map(int file, std::size_t) { return disk->of(file).now.data(); }
  int sync_map(void* memory, std::size_t) {
    disk->happened();
    for (auto& [name, each] : disk->files) {
      if (each.now.data() == memory) {
        disk->sync(each);
      }
    }
    disk->happened();
    return 0;
  }
  int unmap(void*, std::size_t) {
    disk->look();
    return 0;
  }
};

} // namespace overt_test
