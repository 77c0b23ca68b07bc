#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace overt_benchmark {

/// An event as a row of a table, with what the events of the day have. What a row does not have is null.
struct peer_row {
  std::uint64_t sequence = 0;
  std::int64_t time = 0;
  std::size_t type = 0;
  std::uint16_t source = 0;
  std::uint32_t context = 0;
  int phase = -1;
  int kind = -1;
  bool has_point = false;
  std::int32_t x = 0;
  std::int32_t y = 0;
  std::int32_t wheel = 0;
  std::uint16_t device = 0;
};

/// SQLite with a write-ahead log, synchronous = NORMAL, 1,000 rows in a transaction; contexts in a table of
/// their own. Nothing where it was not found when this was configured (sqlite_peer.cpp or sqlite_absent.cpp
/// is linked).
class sqlite_peer {
public:
  virtual ~sqlite_peer() = default;
  virtual void context(std::uint32_t number, std::string_view json) = 0;
  virtual void row(peer_row const& what) = 0;
  /// The last transaction, and all of the log into the database.
  virtual void finish() = 0;

  /// For seeks; not part of the size and the cost of writing that are told.
  virtual void make_index() = 0;
  /// Reads the rows of these times, every column; how many there are.
  virtual std::size_t rows_between(std::int64_t from, std::int64_t to) = 0;

  static std::unique_ptr<sqlite_peer> make(std::string const& path);
};

} // namespace overt_benchmark
