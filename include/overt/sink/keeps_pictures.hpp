#pragma once

#include <concepts>
#include <cstdint>

#include <overt/event/result.hpp>
#include <overt/event/timestamp.hpp>
#include <overt/sink/encoded_picture.hpp>

namespace overt::inline v0::sink {

/// Which event a picture belongs to.
struct picture_head {
  std::uint64_t sequence = 0; ///< of the event
  timestamp time{};           ///< of the event
};

/// A sink that can keep pictures beside its events: `mcap` (and so `sealed`), `jsonl`, `cbor`, and one of
/// your own with
///
///     result<void> write_picture(picture_head const& head, encoded_picture const& picture);
///
/// It is called on the thread of `write`, before the event that the picture belongs to, and must not throw.
/// After a failure that picture is lost and the next one comes whole. A sink may also say when the next one
/// has to be whole, because it has no key picture that others could refer to:
///
///     bool wants_whole_picture() const;
template <class Sink>
concept keeps_pictures = requires(Sink& out, picture_head const& head, encoded_picture const& picture) {
  { out.write_picture(head, picture) } -> std::same_as<result<void>>;
};

/// Whether the next picture for this sink has to be a key picture.
template <keeps_pictures Sink>
[[nodiscard]] bool wants_whole_picture(Sink const& out) {
  if constexpr (requires {
                  { out.wants_whole_picture() } -> std::same_as<bool>;
                }) {
    return out.wants_whole_picture();
  } else {
    return false;
  }
}

} // namespace overt::inline v0::sink
