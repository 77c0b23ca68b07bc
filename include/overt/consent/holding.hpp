#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <overt/consent/purpose.hpp>

namespace overt::inline v0::consent {

enum class holding_kind : std::uint8_t { trace, dataset, receipt };

constexpr auto enumerators(holding_kind) {
  return std::array<std::string_view, 3>{"trace", "dataset", "receipt"};
}

enum class holding_state : std::uint8_t {
  held,
  erased, ///< all of it is gone, and on purpose; what the ledger says of it stays
};

constexpr auto enumerators(holding_state) { return std::array<std::string_view, 2>{"held", "erased"}; }

/// One thing that is held about a person: a trace, a dataset made from traces, or a consent record. The id is
/// random (16 bytes), so that the ledger can speak of the thing without saying anything about it. Where it
/// lies stands here and nowhere else.
struct holding {
  std::string id{}; ///< 32 hexadecimal digits
  holding_kind kind = holding_kind::trace;
  holding_state state = holding_state::held;
  std::string path{};                        ///< absolute: the file, or the folder of a dataset
  std::string record_id{};                   ///< of the consent record
  std::vector<std::string> made_from{};      ///< ids of the traces that a dataset has something of
  std::string key_id{};                      ///< of a sealed trace: 32 hexadecimal digits
  std::string key_store{};                   ///< of a sealed trace: the folder with its wrapped key, absolute
  std::optional<consent::purpose> purpose{}; ///< of a dataset
  std::int64_t wall_ns = 0;                  ///< since when it is so, to the second; 0: when it is appended

  friend bool operator==(holding const&, holding const&) = default;
};

} // namespace overt::inline v0::consent
