#include <array>
#include <cstdio>
#include <cstdlib>

#include <sqlite3.h>

#include "peer_row.hpp"

namespace {

using overt_benchmark::peer_row;

class database final : public overt_benchmark::sqlite_peer {
public:
  explicit database(std::string const& path) {
    check(::sqlite3_open(path.c_str(), &file_));
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=NORMAL");
    run("CREATE TABLE IF NOT EXISTS contexts(number INTEGER PRIMARY KEY, json TEXT)");
    run("CREATE TABLE IF NOT EXISTS events(seq INTEGER PRIMARY KEY, t INTEGER, type INTEGER, source INTEGER, "
        "context "
        "INTEGER, phase INTEGER, kind INTEGER, x INTEGER, y INTEGER, wheel INTEGER, device INTEGER)");
    prepare("INSERT INTO events VALUES(?,?,?,?,?,?,?,?,?,?,?)", insert_);
    prepare("INSERT INTO contexts VALUES(?,?)", place_);
    run("BEGIN");
  }
  database(database const&) = delete;
  database& operator=(database const&) = delete;
  ~database() override {
    for (auto* const each : {insert_, place_, between_}) {
      ::sqlite3_finalize(each);
    }
    ::sqlite3_close(file_);
  }

  void context(std::uint32_t number, std::string_view json) override {
    ::sqlite3_bind_int64(place_, 1, number);
    ::sqlite3_bind_text(place_, 2, json.data(), static_cast<int>(json.size()), SQLITE_TRANSIENT);
    step(place_);
  }

  void row(peer_row const& what) override {
    std::array<std::int64_t, 6> const first{static_cast<std::int64_t>(what.sequence),
                                            what.time,
                                            static_cast<std::int64_t>(what.type),
                                            what.source,
                                            what.context,
                                            what.phase};
    for (std::size_t i = 0; i < first.size(); ++i) {
      if (i == 5 && first[i] < 0) {
        ::sqlite3_bind_null(insert_, 6);
      } else {
        ::sqlite3_bind_int64(insert_, static_cast<int>(i) + 1, first[i]);
      }
    }
    bind_if(7, what.kind >= 0, what.kind);
    bind_if(8, what.has_point, what.x);
    bind_if(9, what.has_point, what.y);
    bind_if(10, what.wheel != 0, what.wheel);
    ::sqlite3_bind_int64(insert_, 11, what.device);
    step(insert_);
    if (++rows_ % 1000 == 0) {
      run("COMMIT");
      run("BEGIN");
    }
  }

  void finish() override {
    run("COMMIT");
    run("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  void make_index() override { run("CREATE INDEX by_time ON events(t)"); }

  std::size_t rows_between(std::int64_t from, std::int64_t to) override {
    if (between_ == nullptr) {
      prepare("SELECT * FROM events WHERE t >= ? AND t < ?", between_);
    }
    ::sqlite3_bind_int64(between_, 1, from);
    ::sqlite3_bind_int64(between_, 2, to);
    std::size_t found = 0;
    while (::sqlite3_step(between_) == SQLITE_ROW) {
      std::int64_t sum = 0;
      for (int i = 0; i < 11; ++i) {
        sum += ::sqlite3_column_int64(between_, i);
      }
      found += sum != 0 ? 1 : 0;
    }
    ::sqlite3_reset(between_);
    return found;
  }

private:
  void check(int outcome) {
    if (outcome != SQLITE_OK && outcome != SQLITE_DONE && outcome != SQLITE_ROW) {
      std::fprintf(stderr, "SQLite: %s\n", ::sqlite3_errmsg(file_));
      std::exit(1);
    }
  }
  void run(char const* what) { check(::sqlite3_exec(file_, what, nullptr, nullptr, nullptr)); }
  void prepare(char const* what, ::sqlite3_stmt*& into) {
    check(::sqlite3_prepare_v2(file_, what, -1, &into, nullptr));
  }
  void bind_if(int column, bool there, std::int64_t value) {
    there ? ::sqlite3_bind_int64(insert_, column, value) : ::sqlite3_bind_null(insert_, column);
  }
  void step(::sqlite3_stmt* what) {
    check(::sqlite3_step(what));
    check(::sqlite3_reset(what));
  }

  ::sqlite3* file_ = nullptr;
  ::sqlite3_stmt* insert_ = nullptr;
  ::sqlite3_stmt* place_ = nullptr;
  ::sqlite3_stmt* between_ = nullptr;
  std::size_t rows_ = 0;
};

} // namespace

std::unique_ptr<overt_benchmark::sqlite_peer> overt_benchmark::sqlite_peer::make(std::string const& path) {
  return std::make_unique<database>(path);
}
