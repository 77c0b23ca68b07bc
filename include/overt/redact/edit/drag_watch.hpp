#pragma once

#include <overt/redact/edit/edit_op.hpp>

namespace overt::inline v0::redact {

/// Whether text may have been dragged from one place of a field to another: the pointer went down where
/// something may have been selected, and came up elsewhere. Then nobody can tell in which order the text
/// stood, nor in which states.
class drag_watch {
public:
  /// A step of editing. Those after which nothing is selected are known; of a press it is not known yet.
  void follow(edit_op op) noexcept {
    if (op.kind == edit_kind::place) {
      could_drag_ = may_be_selected_;
    }
    bool const may = op.kind == edit_kind::select || op.kind == edit_kind::select_all ||
                     op.kind == edit_kind::undo || op.kind == edit_kind::unknown;
    may_be_selected_ = may || op.extend || (op.kind == edit_kind::nothing && may_be_selected_);
  }

  /// The pointer came up elsewhere than it went down.
  void drag() noexcept { rearranged_ = rearranged_ || could_drag_; }

  [[nodiscard]] bool rearranged() const noexcept { return rearranged_; }

private:
  bool may_be_selected_ = false;
  bool could_drag_ = false; ///< something may have been selected when the pointer went down
  bool rearranged_ = false;
};

} // namespace overt::inline v0::redact
