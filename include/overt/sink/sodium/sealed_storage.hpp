#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <overt/consent/sodium/session_key.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/sodium/block_seal.hpp>
#include <overt/sink/sodium/sealed_format.hpp>
#include <overt/sink/storage/block_kind.hpp>
#include <overt/sink/storage/trace_storage.hpp>

namespace overt::inline v0::sink {

/// A storage in front of another one: seals each block and each journal record alone, before either reaches a
/// file or a mapping. What the inner one is given holds no plain byte; `size()` counts plain bytes, so that
/// whoever makes the blocks need not know. The first block goes with the clear head of the file, in one
/// append.
///
///     auto storage = sink::sealed_storage<sink::file_storage>::make(sink::file_storage{"trace.sealed"},
///     *key);
///
/// One thread at a time, as every storage. The session key itself is not kept: keys for this file are made
/// from it, and wiped at the end.
template <trace_storage Storage>
class sealed_storage {
public:
  /// `session` is the same for all parts of a session, when there are parts. Each file has an id of its own.
  [[nodiscard]] static result<sealed_storage> make(Storage inner, consent::session_key const& key,
                                                   trace_id const& session = new_trace_id()) {
    auto seal = block_seal::make(key, {.session = session, .key = key.id(), .file = new_trace_id()});
    if (!seal) {
      return seal.error();
    }
    return sealed_storage{std::move(inner), *std::move(seal)};
  }

  [[nodiscard]] result<void> create() { return inner_.create(); }
  void discard() {
    if constexpr (requires { inner_.discard(); }) {
      inner_.discard();
    }
  }

  [[nodiscard]] result<void> append(block_kind kind, std::string_view bytes) {
    if (ended_ || bytes.size() > sealed_format::longest_block) {
      return failure{error_code::misuse,
                     "a sealed trace takes no block after its end, and none of more than 256 MiB."};
    }
    sealed_.clear();
    if (index_ == 0) {
      sealed_ = sealed_format::text_of(seal_.head());
    }
    seal_.seal({.index = index_, .offset = plain_size_, .kind = kind}, bytes, sealed_);
    if (auto const appended = inner_.append(kind, sealed_); !appended) {
      return appended; // given again, it gets the same index and another nonce
    }
    ++index_;
    plain_size_ += bytes.size();
    ended_ = kind == block_kind::end;
    return {};
  }

  /// Of the plain bytes.
  [[nodiscard]] std::uint64_t size() const noexcept { return plain_size_; }

  /// After the first block only: without the head of the file nobody could open the record.
  [[nodiscard]] result<bool> journal(std::uint64_t sequence, std::string_view bytes) {
    if (index_ == 0) {
      return failure{error_code::misuse, "the first block of a sealed trace comes before the journal."};
    }
    sealed_.clear();
    seal_.seal_record(records_, sequence, bytes, sealed_);
    auto kept = inner_.journal(sequence, sealed_);
    if (kept && *kept) {
      ++records_;
    }
    return kept;
  }

  [[nodiscard]] result<void> turn_journal() { return inner_.turn_journal(); }
  [[nodiscard]] result<void> sync() { return inner_.sync(); }
  [[nodiscard]] result<void> close() { return inner_.close(); }

  [[nodiscard]] Storage& inner() noexcept { return inner_; }
  [[nodiscard]] sealed_format::head const& head() const noexcept { return seal_.head(); }

private:
  sealed_storage(Storage inner, block_seal seal) : inner_{std::move(inner)}, seal_{std::move(seal)} {}

  Storage inner_;
  block_seal seal_;
  std::string sealed_; // no secret
  std::uint64_t plain_size_ = 0;
  std::uint64_t index_ = 0;
  std::uint64_t records_ = 0;
  bool ended_ = false;
};

} // namespace overt::inline v0::sink
