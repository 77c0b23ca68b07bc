#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <overt/consent/sodium/session_key.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/mcap/part_path.hpp>
#include <overt/trace/any_source.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/journal_reader.hpp>
#include <overt/trace/plain_files.hpp>
#include <overt/trace/sodium/sealed_index.hpp>
#include <overt/trace/sodium/sealed_journal.hpp>
#include <overt/trace/sodium/sealed_source.hpp>

namespace overt::inline v0::trace {

/// Where the files of a sealed trace are, and the key that opens them; as `plain_files`.
///
///     auto key = keys.open(*trace::sealed_files::key_of("trace.sealed"), *mine, system_clocks{}.wall_ns());
///     auto opened = trace::open_files<overt::event, sink::zstd>(trace::sealed_files{"trace.sealed",
///     std::move(*key)});
class sealed_files {
public:
  /// `lost`: what becomes of blocks that cannot be opened; skipped ones are for salvaging.
  sealed_files(std::string path, consent::session_key key, lost_block lost = lost_block::is_an_error)
      : path_{std::move(path)}, key_{std::make_shared<consent::session_key const>(std::move(key))},
        lost_{lost} {}

  /// Which key a sealed trace needs.
  [[nodiscard]] static result<consent::key_id> key_of(std::string const& path) {
    auto file = file_source::open(path);
    if (!file) {
      return file.error();
    }
    auto const head = read_sealed_head(*file);
    return head ? result<consent::key_id>{head->key} : result<consent::key_id>{head.error()};
  }

  [[nodiscard]] std::string name(std::uint32_t part) const { return sink::part_path(path_, part); }

  [[nodiscard]] result<any_source> open(std::uint32_t part) const {
    auto file = file_source::open(name(part));
    if (!file) {
      return file.error();
    }
    if (file->size() == 0) { // made, and nothing was written into it yet
      return any_source{std::move(*file)};
    }
    auto plain = sealed_source<file_source>::open(std::move(*file), *key_, lost_);
    return plain ? result<any_source>{any_source{std::move(*plain)}} : result<any_source>{plain.error()};
  }

  template <class Use>
  [[nodiscard]] result<journal_found> each_journal_record(std::uint32_t part, Use&& use) const {
    auto file = file_source::open(name(part));
    if (!file) {
      return file.error();
    }
    if (file->size() == 0) {
      return journal_found{};
    }
    auto const head = read_sealed_head(*file);
    if (!head) {
      return head.error();
    }
    auto opener = sealed_journal::make(*key_, *head);
    if (!opener) {
      return opener.error();
    }
    result<void> outcome;
    auto const read =
        plain_files{path_}.each_journal_record(part, [&](std::uint64_t sequence, std::string_view record) {
          auto const plain =
              outcome ? opener->open(sequence, record) : result<std::string_view>{outcome.error()};
          if (plain) {
            use(sequence, *plain);
          } else {
            outcome = plain.error();
          }
        });
    return !read || outcome ? read : result<journal_found>{outcome.error()};
  }

private:
  std::string path_;
  std::shared_ptr<consent::session_key const> key_;
  lost_block lost_;
};

} // namespace overt::inline v0::trace
