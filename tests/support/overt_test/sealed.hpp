#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/consent/receipt.hpp>
#include <overt/consent/sodium/session_key.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/sodium/sealed_storage.hpp>
#include <overt/sink/storage/block_kind.hpp>

#include <overt_test/consent_sample.hpp>

/// Sealed traces in memory, and looking for what was planted.
namespace overt_test {

/// A storage in memory: what the file holds, and the records of the journal.
struct kept_bytes {
  std::string file{};
  std::vector<std::pair<std::uint64_t, std::string>> records{};
};

class memory_storage {
public:
  explicit memory_storage(kept_bytes& to) : to_{&to} {}

  [[nodiscard]] overt::result<void> create() { return {}; }
  [[nodiscard]] overt::result<void> append(overt::sink::block_kind, std::string_view bytes) {
    if (fails > 0) {
      --fails;
      return overt::failure{overt::error_code::output_failed, "full"};
    }
    to_->file += bytes;
    return {};
  }
  [[nodiscard]] std::uint64_t size() const { return to_->file.size(); }
  [[nodiscard]] overt::result<bool> journal(std::uint64_t sequence, std::string_view bytes) {
    if (no_room > 0) {
      --no_room;
      return false;
    }
    to_->records.emplace_back(sequence, bytes);
    return true;
  }
  [[nodiscard]] overt::result<void> turn_journal() { return {}; }
  [[nodiscard]] overt::result<void> sync() { return {}; }
  [[nodiscard]] overt::result<void> close() { return {}; }

  int fails = 0;
  int no_room = 0;

private:
  kept_bytes* to_;
};

inline overt::consent::session_key some_session_key(std::uint8_t number = 1) {
  overt::consent::key_id id;
  id.bytes.fill(number);
  return *overt::consent::session_key::generate(id);
}

/// The plain blocks of `sealed_sample`: a head, chunks, an end.
inline std::vector<std::string> const& sample_blocks() {
  static std::vector<std::string> const blocks{"the head: XKWQ-canary", "first chunk, some bytes", "second",
                                               "third chunk, a little longer than the others", "end"};
  return blocks;
}

inline std::string joined(std::vector<std::string> const& blocks) {
  std::string all;
  for (auto const& each : blocks) {
    all += each;
  }
  return all;
}

inline overt::sink::block_kind kind_at(std::size_t index, std::size_t count) {
  using enum overt::sink::block_kind;
  return index == 0 ? head : index + 1 == count ? end : chunk;
}

inline std::string sealed_sample(overt::consent::session_key const& key,
                                 std::vector<std::string> const& blocks = sample_blocks(),
                                 overt::sink::trace_id const& session = overt::sink::new_trace_id()) {
  kept_bytes kept;
  auto storage = *overt::sink::sealed_storage<memory_storage>::make(memory_storage{kept}, key, session);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    static_cast<void>(storage.append(kind_at(i, blocks.size()), blocks[i]));
  }
  return kept.file;
}

/// Where the blocks of a sealed file with these plain blocks begin, and its end.
inline std::vector<std::size_t> sealed_places(std::vector<std::string> const& blocks = sample_blocks()) {
  std::vector<std::size_t> places{overt::sink::sealed_format::heads_size};
  for (auto const& each : blocks) {
    places.push_back(places.back() + overt::sink::sealed_format::header_size + each.size() +
                     overt::sink::sealed_format::tag_size);
  }
  return places;
}

/// Terms that name these keys, for `some_day` and 30 days after.
inline overt::consent::receipt terms_for(std::vector<overt::consent::recipient> recipients,
                                         std::string record_id = "3f2f6d0e-0000-4000-8000-000000000001") {
  auto terms = some_terms();
  terms.record_id = std::move(record_id);
  terms.retention_days = 30;
  terms.recipients = std::move(recipients);
  return terms;
}

} // namespace overt_test
