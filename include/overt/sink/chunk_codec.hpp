#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

#include <overt/event/result.hpp>

namespace overt::inline v0::sink {

/// How the chunks of a trace are compressed. Both functions replace `out`, which keeps its memory from one
/// call to the next. `name` as MCAP's registry writes it: "", "zstd". One thread.
///
/// `decompress` gives exactly `plain_size` bytes or a failure: also for hostile input it writes, and takes
/// memory for, no more than that. It need not notice changed bytes; the CRC of the chunk does.
template <class Codec>
concept chunk_codec = requires(Codec& codec, std::string_view in, std::size_t plain_size, std::string& out) {
  { Codec::name } -> std::convertible_to<std::string_view>;
  { codec.compress(in, out) } -> std::same_as<result<void>>;
  { codec.decompress(in, plain_size, out) } -> std::same_as<result<void>>;
};

} // namespace overt::inline v0::sink
