#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture::x11 {

using window_id = std::uint32_t;

/// The children of the root window as the server's notices tell them, from the lowest to the highest.
///
/// A picture that is kept from notices can be wrong; every reply to a question checks it (see `session`), and
/// nothing leaves on the word of this model alone. Windows with a shape of their own are taken for
/// rectangles; where that makes a difference, the check fails and the input is withheld.
class window_stack {
public:
  struct entry {
    window_id id = 0;
    rectangle outside{}; ///< with the border
    bool mapped = false;
    bool override_redirect = false;
    bool measured = true; ///< false while its size is being asked for
  };

  void create(entry const& made) {
    ++version_;
    if (auto* const known = find(made.id)) {
      *known = made; // it was listed and announced
    } else {
      entries_.push_back(made);
    }
  }

  void remove(window_id id) {
    ++version_;
    std::erase_if(entries_, [id](entry const& one) { return one.id == id; });
  }

  void set_mapped(window_id id, bool mapped) {
    ++version_;
    if (auto* const known = find(id)) {
      known->mapped = mapped;
    }
  }

  void place(window_id id, rectangle outside) {
    ++version_;
    if (auto* const known = find(id)) {
      known->outside = outside;
      known->measured = true;
    }
  }

  void set_override_redirect(window_id id, bool value) {
    if (auto* const known = find(id)) {
      known->override_redirect = value;
    }
  }

  /// Puts a window right above another, or at the bottom when `below` is 0.
  void restack(window_id id, window_id below) {
    auto const at = position(id);
    if (at == entries_.size() || id == below) {
      return;
    }
    ++version_;
    auto const moved = entries_[at];
    entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(at));
    auto const under = position(below);
    auto const target = below == 0 ? 0 : under == entries_.size() ? under : under + 1;
    entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(target), moved);
  }

  void raise(window_id id) {
    if (!entries_.empty() && entries_.back().id != id) {
      restack(id, entries_.back().id);
    }
  }

  struct hit_result {
    window_id window = 0; ///< 0: the root itself
    bool certain = true;  ///< false when a window whose size is not known yet may cover the point
  };

  /// The highest mapped window that holds the point.
  [[nodiscard]] hit_result hit(std::int32_t x, std::int32_t y) const {
    for (auto i = entries_.size(); i-- > 0;) {
      auto const& one = entries_[i];
      if (one.mapped && !one.measured) {
        return {one.id, false};
      }
      if (one.mapped && one.outside.contains(x, y)) {
        return {one.id, true};
      }
    }
    return {};
  }

  [[nodiscard]] entry* find(window_id id) {
    auto const at = position(id);
    return at == entries_.size() ? nullptr : &entries_[at];
  }
  [[nodiscard]] std::vector<entry> const& entries() const noexcept { return entries_; }
  void clear() {
    ++version_;
    entries_.clear();
  }

  /// Changes whenever a hit could come out differently than before.
  [[nodiscard]] std::uint64_t version() const noexcept { return version_; }

private:
  [[nodiscard]] std::size_t position(window_id id) const {
    auto const found =
        std::find_if(entries_.begin(), entries_.end(), [id](entry const& one) { return one.id == id; });
    return static_cast<std::size_t>(found - entries_.begin());
  }

  std::vector<entry> entries_;
  std::uint64_t version_ = 0;
};

} // namespace overt::inline v0::capture::x11
