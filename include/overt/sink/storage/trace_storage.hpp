#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>

#include <overt/event/result.hpp>
#include <overt/sink/storage/block_kind.hpp>

namespace overt::inline v0::sink {

/// Where the blocks of one trace go, and the journal of what is in no block yet. Called from one thread. The
/// calls may wait for the disk; `size` does not, and `journal` only while the system is writing out the very
/// page.
///
/// - `create()`: makes both files, new and readable by their owner alone. Never overwrites. A failure leaves
///   nothing behind.
/// - `append(kind, bytes)`: all of the block, or none of it. After success it survives the death of the
///   process, and not yet a power cut. After a failure the trace is what it was before; appending the same
///   block later may succeed (`disk_full`: when there is room again).
/// - `size()`: how many plain bytes were appended, which is the offset of the next block.
/// - `journal(sequence, bytes)`: true: the record is kept and survives the death of the process from now on,
///   not yet a power cut. False: no room; append a chunk with it, and turn. A failure: it is not kept.
/// - `turn_journal()`: the caller says that everything journalled so far is in an appended chunk. Its records
///   are kept until that chunk is synced, so that a power cut finds them in one of the two.
/// - `sync()`: everything that was appended and journalled before survives a power cut from now on, on a
///   device that keeps what it says it has written. A failure is final: what the file holds on the disk is no
///   longer known, so every later `sync` fails too, and the recording has to go on in a new trace.
/// - `close()`: syncs, closes and removes the journal. When something is in the journal alone, the journal is
///   kept and this is a failure that says so.
///
/// At every moment each record that `journal` took is in the journal or in a chunk; after a `sync` on the
/// disk.
template <class Storage>
concept trace_storage =
    requires(Storage& storage, std::string_view bytes, block_kind kind, std::uint64_t sequence) {
      { storage.create() } -> std::same_as<result<void>>;
      { storage.append(kind, bytes) } -> std::same_as<result<void>>;
      { storage.size() } -> std::same_as<std::uint64_t>;
      { storage.journal(sequence, bytes) } -> std::same_as<result<bool>>;
      { storage.turn_journal() } -> std::same_as<result<void>>;
      { storage.sync() } -> std::same_as<result<void>>;
      { storage.close() } -> std::same_as<result<void>>;
    };

} // namespace overt::inline v0::sink
