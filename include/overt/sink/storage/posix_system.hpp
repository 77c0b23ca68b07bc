#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#endif
#if defined(__linux__)
#include <sys/vfs.h>
#endif

namespace overt::inline v0::sink {

/// The system calls that a storage makes, each once, so that a test can stand in their place. They answer as
/// the calls do: -1 (or null) and a number in `errno`. Whoever stands in for them is copied, so it holds no
/// state but a reference to it.
struct posix_system {
#if defined(__unix__) || defined(__APPLE__)
  /// False where there are no such calls; then a storage cannot be created, and says so.
  static constexpr bool available = true;

  /// A new file, readable by its owner alone; fails when there is something of this name already.
  [[nodiscard]] int create_new(char const* path) const noexcept {
    return ::open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  }
  /// Holds a file for as long as it is open in this process, without waiting; `trace::being_recorded` asks
  /// for it. Not every file system has such locks.
  [[nodiscard]] int lock(int file) const noexcept { return ::flock(file, LOCK_EX | LOCK_NB); }
  [[nodiscard]] int open_folder(char const* path) const noexcept {
    return ::open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  }
  [[nodiscard]] std::int64_t write_at(int file, char const* bytes, std::size_t size,
                                      std::uint64_t offset) const noexcept {
    return ::pwrite(file, bytes, size, static_cast<off_t>(offset));
  }
  [[nodiscard]] int cut(int file, std::uint64_t size) const noexcept {
    return ::ftruncate(file, static_cast<off_t>(size));
  }
  /// Waits until the content of a file, and what is needed to find it, is on the disk.
  [[nodiscard]] int sync_data(int file) const noexcept {
#if defined(__APPLE__)
    // Here fsync leaves the bytes in the cache of the disk (fsync(2)); not every file system has better.
    return ::fcntl(file, F_FULLFSYNC) == 0 ? 0 : ::fsync(file);
#else
    return ::fdatasync(file);
#endif
  }
  /// Waits until the names in a folder are on the disk.
  [[nodiscard]] int sync_folder(int folder) const noexcept { return ::fsync(folder); }
  [[nodiscard]] int close(int file) const noexcept { return ::close(file); }
  [[nodiscard]] int remove(char const* path) const noexcept { return ::unlink(path); }

  /// Whether a page of this file that was written once can always be written again in memory. A file system
  /// that copies on write (btrfs, ZFS) needs new space for it, and on a full disk ends the process with
  /// SIGBUS; what a network or user space file system does is not known. So only those known to write in
  /// place are mapped: ext2 to ext4, XFS, tmpfs (statfs(2) has the numbers).
  [[nodiscard]] bool writes_in_place(int file) const noexcept {
#if defined(__linux__)
    struct statfs found{};
    if (::fstatfs(file, &found) != 0) {
      return false;
    }
    auto const kind = static_cast<std::uint32_t>(found.f_type);
    return kind == 0xef53u || kind == 0x58465342u || kind == 0x01021994u;
#else
    static_cast<void>(file);
    return false;
#endif
  }
  [[nodiscard]] void* map(int file, std::size_t size) const noexcept {
    void* const memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    return memory == MAP_FAILED ? nullptr : memory;
  }
  [[nodiscard]] int sync_map(void* memory, std::size_t size) const noexcept {
    return ::msync(memory, size, MS_SYNC);
  }
  [[nodiscard]] int unmap(void* memory, std::size_t size) const noexcept { return ::munmap(memory, size); }
#else
  static constexpr bool available = false;

  [[nodiscard]] int create_new(char const*) const noexcept { return absent(); }
  [[nodiscard]] int lock(int) const noexcept { return absent(); }
  [[nodiscard]] int open_folder(char const*) const noexcept { return absent(); }
  [[nodiscard]] std::int64_t write_at(int, char const*, std::size_t, std::uint64_t) const noexcept {
    return absent();
  }
  [[nodiscard]] int cut(int, std::uint64_t) const noexcept { return absent(); }
  [[nodiscard]] int sync_data(int) const noexcept { return absent(); }
  [[nodiscard]] int sync_folder(int) const noexcept { return absent(); }
  [[nodiscard]] int close(int) const noexcept { return absent(); }
  [[nodiscard]] int remove(char const*) const noexcept { return absent(); }
  [[nodiscard]] bool writes_in_place(int) const noexcept { return false; }
  [[nodiscard]] void* map(int, std::size_t) const noexcept { return nullptr; }
  [[nodiscard]] int sync_map(void*, std::size_t) const noexcept { return absent(); }
  [[nodiscard]] int unmap(void*, std::size_t) const noexcept { return absent(); }

private:
  static int absent() noexcept {
    errno = ENOSYS;
    return -1;
  }
#endif
};

} // namespace overt::inline v0::sink
