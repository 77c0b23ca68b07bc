#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <overt/event/field.hpp>

namespace overt::inline v0::redact {

/// Which sequence numbers the latest input events got, so that an event that names others by their numbers in
/// memory can name them as they stand in the trace. What was withheld has no number there, and is left out:
/// the trace must not say that it existed. Fixed size; what was written too long ago is left out as well.
class written_numbers {
public:
  void add(std::uint64_t produced, std::uint64_t sequence) noexcept {
    newest_ = (newest_ + 1) % entries_.size();
    entries_[newest_] = {produced, sequence};
  }

  /// 0 when it was not written, or too long ago.
  [[nodiscard]] std::uint64_t sequence_of(std::uint64_t produced) const noexcept {
    for (std::size_t i = 0; i < entries_.size() && produced != 0; ++i) {
      auto const& one = entries_[(newest_ + entries_.size() - i) % entries_.size()];
      if (one.produced == produced) {
        return one.sequence;
      }
    }
    return 0;
  }

  /// Replaces the numbers in every field of `payload` that has the unit `event_number`.
  template <described Payload>
  void translate(Payload& payload) const noexcept {
    for_each_field(payload, [this](auto const& description, auto& member) {
      if constexpr (std::same_as<std::remove_reference_t<decltype(member)>, std::vector<std::uint64_t>>) {
        if (description.unit == unit::event_number) {
          std::size_t kept = 0;
          for (auto const number : member) {
            if (auto const sequence = sequence_of(number); sequence != 0) {
              member[kept++] = sequence;
            }
          }
          member.resize(kept);
        }
      }
    });
  }

private:
  struct entry {
    std::uint64_t produced = 0;
    std::uint64_t sequence = 0;
  };

  std::array<entry, 1024> entries_{};
  std::size_t newest_ = 0;
};

} // namespace overt::inline v0::redact
