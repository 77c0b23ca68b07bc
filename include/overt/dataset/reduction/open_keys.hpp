#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include <overt/dataset/reduction/action_drafts.hpp>
#include <overt/dataset/reduction/key_facts.hpp>

namespace overt::inline v0::dataset {

/// Which action a key that is down belongs to. Most policies write no releases, so that many presses stay
/// here; a key that goes down again has come up in between.
class open_keys {
public:
  void press(key_facts what, action_drafts::number action) {
    what.entered.reset();
    if (what.usage || what.symbol) {
      std::erase_if(open_, [&](open_key const& each) {
        return (each.facts.usage || each.facts.symbol) && same_key(each.facts, what);
      });
    }
    if (open_.size() == most) {
      open_.erase(open_.begin());
    }
    open_.push_back({what, action});
  }

  /// The action of the press that this is a repetition of.
  [[nodiscard]] action_drafts::number find(key_facts const& what) const {
    auto const found = search(what);
    return found == open_.size() ? action_drafts::none : open_[found].action;
  }

  /// The action of the press that this is the release of.
  [[nodiscard]] action_drafts::number release(key_facts const& what) {
    auto const found = search(what);
    if (found == open_.size()) {
      return action_drafts::none;
    }
    auto const action = open_[found].action;
    open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(found));
    return action;
  }

private:
  struct open_key {
    key_facts facts{};
    action_drafts::number action = action_drafts::none;
  };

  static constexpr std::size_t most = 128;

  /// The latest; the number of keys for none.
  [[nodiscard]] std::size_t search(key_facts const& what) const {
    for (auto i = open_.size(); i-- > 0;) {
      if (same_key(open_[i].facts, what)) {
        return i;
      }
    }
    return open_.size();
  }

  std::vector<open_key> open_{};
};

} // namespace overt::inline v0::dataset
