#pragma once

#include <cstdint>
#include <limits>
#include <random>
#include <type_traits>
#include <utility>
#include <vector>

#include <overt/event/event.hpp>
#include <overt/sink/packed/leaves.hpp>
#include <overt/sink/packed/row_head.hpp>

/// Events of packed payloads, ordinary and extreme, and whether they came back.
namespace overt_test {

/// An event in front of its row. It moves, as events do.
struct packed_sample {
  overt::sink::packed::row_head head{};
  overt::event what;
};

template <class Payload>
packed_sample sample_of(overt::sink::packed::row_head head, Payload payload) {
  return {head,
          overt::event{overt::event_header{.time = head.time, .source = head.source}, std::move(payload)}};
}

/// Fills every leaf with something it can be, often at the very ends.
template <class Payload>
Payload random_payload(std::mt19937_64& random) {
  Payload made{};
  overt::sink::packed::for_each_leaf(made, [&]<class Leaf>(Leaf& leaf) {
    auto const dice = random() % 8;
    if constexpr (overt::named_enum<Leaf>) {
      leaf = static_cast<Leaf>(random() % enumerators(Leaf{}).size());
    } else if constexpr (overt::named_flags<Leaf>) {
      leaf = static_cast<Leaf>(random() % (std::uint64_t{1} << flags(Leaf{}).size()));
    } else if constexpr (std::is_same_v<Leaf, bool>) {
      leaf = random() % 2 == 0;
    } else if (dice == 0) {
      leaf = std::numeric_limits<Leaf>::min();
    } else if (dice == 1) {
      leaf = std::numeric_limits<Leaf>::max();
    } else if (dice < 6) {
      leaf = static_cast<Leaf>(random() % 100);
    } else {
      leaf = static_cast<Leaf>(random());
    }
  });
  return made;
}

inline packed_sample random_sample(overt::sink::packed::row_head head, std::mt19937_64& random) {
  switch (random() % 4) {
  case 0: return sample_of(head, random_payload<overt::pointer_move>(random));
  case 1: return sample_of(head, random_payload<overt::pointer_delta>(random));
  case 2: return sample_of(head, random_payload<overt::scroll>(random));
  default: return sample_of(head, random_payload<overt::key>(random));
  }
}

/// The leaves of an event's payload, if it is packed.
inline std::vector<std::uint64_t> leaves_of(overt::event const& what) {
  std::vector<std::uint64_t> leaves;
  what.visit([&](auto const& payload) {
    if constexpr (overt::sink::packed::packed_payload<std::remove_cvref_t<decltype(payload)>>) {
      overt::sink::packed::for_each_leaf(
          payload, [&](auto leaf) { leaves.push_back(overt::sink::packed::to_bits(leaf)); });
    }
  });
  return leaves;
}

/// Calls `use(payload)` with the payload, which is packed.
template <class Use>
auto with_packed(overt::event const& what, Use&& use) {
  return what.visit([&](auto const& payload) {
    using payload_type = std::remove_cvref_t<decltype(payload)>;
    if constexpr (overt::sink::packed::packed_payload<payload_type>) {
      return use(payload);
    } else {
      return decltype(use(overt::pointer_move{})){};
    }
  });
}

inline bool same_head(overt::sink::packed::row_head const& a, overt::sink::packed::row_head const& b) {
  return a.sequence == b.sequence && a.time == b.time && a.source == b.source && a.context == b.context;
}

/// Whether an event that was read is the one that was written.
template <class Row>
bool same_event(packed_sample const& written, Row const& read) {
  return same_head(written.head, read.head) && read.what.header.time == read.head.time &&
         read.what.header.source == read.head.source &&
         written.what.payload_index() == read.what.payload_index() &&
         leaves_of(written.what) == leaves_of(read.what);
}

} // namespace overt_test
