#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <overt/capture/atspi/act_shape.hpp>
#include <overt/capture/atspi/element_label.hpp>
#include <overt/capture/atspi/input_numbers.hpp>
#include <overt/capture/atspi/snapshot.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

enum class act_origin : std::uint8_t { pointer, keyboard };

/// What a person did, as far as input tells: the input, and the element it went to.
struct person_act {
  act_origin origin = act_origin::pointer;
  timestamp began{}; ///< when the button or key went down: what was told earlier is not its doing
  timestamp when{};  ///< the release, or the press of the key
  std::uint32_t process = 0;
  std::int32_t x = 0; ///< the pointer
  std::int32_t y = 0;
  input_numbers from{};
};

/// An act that is still being made out.
struct act_attempt {
  enum class kind : std::uint8_t {
    none,
    toggles, ///< on and off
    expands, ///< shown and hidden: a tree item, an expander, a combo box that opens
    picks,   ///< an item; waits whether a second click makes it an activation
    chooses, ///< from a combo box
    linked,  ///< nothing that takes acts was hit: what does the program say that changed?
  };

  kind what = kind::none;
  std::uint64_t ticket = 0; ///< an answer to an earlier attempt in this place is not for this one
  person_act by{};
  snapshot target{};  ///< before the act; for `chooses` the combo box, if it was known
  snapshot inner{};   ///< what was hit inside it
  snapshot picked{};  ///< for `chooses`: the item, if it was known
  snapshot taken{};   ///< for `chooses`: the item that its program says is selected now
  snapshot dropped{}; ///< and the one that was before
  object_id read{};   ///< the object to read again
  std::optional<bool> was{};
  bool needs_change = false; ///< without a change it was no act
  bool only_tabs = false;    ///< for `linked`
  bool only_menus = false;   ///< the same
  bool held = false;         ///< a second click began
  bool reading = false;
  unsigned reads = 0;
  timestamp next{};
  std::optional<timestamp> until{}; ///< for `linked`: what the person did next began

  /// What the target is called if it has no name of its own.
  [[nodiscard]] std::string_view called() const noexcept {
    return inner == nullptr ? std::string_view{} : inner->name.view();
  }
};

/// It is told, or was no act.
inline void clear(act_attempt& one) { one = act_attempt{}; }

[[nodiscard]] inline std::string_view choice_label(snapshot const& picked) noexcept {
  return picked == nullptr ? std::string_view{} : label_of(*picked);
}

} // namespace overt::inline v0::capture::atspi
