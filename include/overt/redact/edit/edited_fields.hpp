#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include <overt/detail/secure_array.hpp>
#include <overt/redact/composed_texts.hpp>
#include <overt/redact/edit/edit_paths.hpp>
#include <overt/redact/edit/edited_field.hpp>
#include <overt/redact/edit/joined_texts.hpp>
#include <overt/redact/sensitive_memory.hpp>

namespace overt::inline v0::redact {

/// The fields that a person is typing into or has just left: what `typed_text` remembers. Fixed size, in
/// memory that is left out of core dumps; taken when the first key comes. One thread.
class edited_fields {
public:
  /// As many as a form has; when all are in use, the oldest is decided about.
  static constexpr std::size_t most_fields = joined_texts::most_texts;

  /// The field that has the focus in this place, or null.
  [[nodiscard]] edited_field* open_in(context const& where, clearance const& look) noexcept {
    edited_field* found = nullptr;
    each([&](edited_field& one) { found = !one.left && same_place(*one.where, where, look) ? &one : found; });
    return found;
  }

  /// A new field; `make_room(edited_field&)` is called for the oldest when there is no room.
  template <class MakeRoom>
  [[nodiscard]] edited_field& begin(timestamp when, context_ptr const& where, std::uint16_t source,
                                    std::uint64_t number, std::uint64_t written, MakeRoom&& make_room) {
    edited_field* chosen = nullptr;
    for (auto& one : all().fields) {
      if (!one.in_use) {
        chosen = &one;
        break;
      }
      chosen = chosen == nullptr || one.began < chosen->began ? &one : chosen;
    }
    if (chosen->in_use) {
      make_room(*chosen);
    }
    chosen->begin(when, where, source, number, written);
    return *chosen;
  }

  /// Calls `use(edited_field&)` for each that is in use.
  template <class Use>
  void each(Use&& use) {
    if (kept_ != nullptr) {
      for (auto& one : kept_->fields) {
        if (one.in_use) {
          use(one);
        }
      }
    }
  }

  [[nodiscard]] bool any() const noexcept {
    bool found = false;
    for (std::size_t i = 0; kept_ != nullptr && i < most_fields; ++i) {
      found = found || kept_->fields[i].in_use;
    }
    return found;
  }

  [[nodiscard]] edit_paths& paths() { return all().paths; }
  [[nodiscard]] sensitive_memory& seen() { return all().seen; }
  [[nodiscard]] bool has_seen_any() const noexcept { return kept_ != nullptr && !kept_->seen.empty(); }

  /// What was typed in this place before. There is room for four places; the oldest is forgotten.
  [[nodiscard]] joined_texts& before_in(context_ptr const& where, clearance const& look) {
    auto& places = all().before;
    for (auto& one : places) {
      if (one.where && same_place(*one.where, *where, look)) {
        return one.texts;
      }
    }
    auto& fresh = places[all().next_before];
    all().next_before = (all().next_before + 1) % places.size();
    fresh.texts.clear();
    fresh.where = where;
    return fresh.texts;
  }

  composed_texts ready{};           ///< decided, and waiting for the pipeline
  timestamp now{};                  ///< of the latest event
  std::uint64_t decided_number = 0; ///< of the last key of a text that was decided about
  bool missed_input = false;        ///< keys were withheld since the last text
  bool paused = false;              ///< since then no key opened a field
  bool input_method = false;        ///< one made text in this session: keys alone do not tell what they made
  context_ptr pasted_in{};          ///< where something was pasted before a key opened a field

private:
  struct place_before {
    context_ptr where{};
    joined_texts texts{};
  };
  struct kept {
    std::array<edited_field, most_fields> fields{};
    std::array<place_before, 4> before{};
    std::size_t next_before = 0;
    edit_paths paths{};
    sensitive_memory seen{};
  };

  [[nodiscard]] kept& all() {
    if (kept_ == nullptr) {
      kept_ = v0::detail::make_secure<kept>();
    }
    return *kept_;
  }

  v0::detail::secure_ptr<kept> kept_{};
};

} // namespace overt::inline v0::redact
