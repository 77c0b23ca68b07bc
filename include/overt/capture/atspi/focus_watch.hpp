#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/focus_search.hpp>
#include <overt/capture/atspi/notice.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// Which object each program said has the focus. What was said is a candidate only: it counts while a
/// question that is sent at the moment in doubt still finds it focused.
class focus_watch {
public:
  struct candidate {
    object_id id{};     ///< none: it said nothing, or what it said is over
    object_id before{}; ///< what it said before: where menus give the focus back to, not all say so
    timestamp heard{};  ///< when it said so last
    timestamp searched{};
    bool searching = false;
  };

  static constexpr std::size_t most = 512;
  static constexpr std::int64_t search_pause_ns = 250'000'000;

  focus_watch(programs& known, focus_search& search) : programs_{&known}, search_{&search} {}

  /// Who hears of an object that was found by looking for it.
  void on_found(std::function<void(object_id const&)> hear) { on_found_ = std::move(hear); }

  /// True when the notice may have moved the focus.
  bool handle(notice const& told) {
    switch (told.what) {
    case notice_kind::focused:
      if (told.detail != 0) {
        if (auto* const known = at(told.from.bus)) {
          if (known->id != told.from) {
            known->before = std::exchange(known->id, told.from);
          }
          known->heard = told.heard;
          return true;
        }
      }
      return false;
    case notice_kind::name_vanished: table_.erase(told.from.bus); return false;
    default: return false;
    }
  }

  /// The candidate of a process: the latest that its programs told. Looks for one when there is none.
  [[nodiscard]] candidate const* of(std::uint32_t process) {
    candidate* found = nullptr;
    programs_->each_of(process, [&](std::string const& name, program const&) {
      auto* const known = at(name);
      if (known != nullptr &&
          (found == nullptr || known->heard > found->heard || (!found->id && known->id))) {
        found = known;
      }
    });
    if (found != nullptr && !found->id) {
      search(process, *found);
    }
    return found;
  }

  /// Looks once into every program that has told nothing yet: whoever was working before the recorder came
  /// does not lose the first key.
  void look_ahead() {
    programs_->each([&](std::string const& name, program const& one) {
      auto* const known = one.toolkit.empty() ? nullptr : at(name);
      if (known != nullptr && !known->id && known->searched.ns == 0) {
        search(one.process, *known);
      }
    });
  }

  /// A question found that it does not have the focus.
  void refute(object_id const& id) {
    auto const known = table_.find(id.bus);
    if (known != table_.end() && known->second.id == id) {
      known->second.id = std::exchange(known->second.before, object_id{});
    }
  }

private:
  [[nodiscard]] candidate* at(std::string const& name) {
    auto const found = table_.find(name);
    if (found != table_.end()) {
      return &found->second;
    }
    return table_.size() < most ? &table_[name] : nullptr;
  }

  void search(std::uint32_t process, candidate& from) {
    auto const time = bus::now();
    if (from.searching || time - from.searched < search_pause_ns) {
      return;
    }
    programs_->each_of(process, [&](std::string const& name, program const&) {
      if (auto* const known = at(name)) {
        known->searching = true;
        known->searched = time;
      }
    });
    search_->find(process, [this, process, time](object_id const& id) {
      programs_->each_of(process, [&](std::string const& name, program const&) {
        if (auto* const known = at(name)) {
          known->searching = false;
        }
      });
      auto* const known = id ? at(id.bus) : nullptr;
      // What it told meanwhile is newer.
      if (known != nullptr && known->heard < time) {
        known->id = id;
        if (on_found_) {
          on_found_(id);
        }
      }
    });
  }

  programs* programs_;
  focus_search* search_;
  std::function<void(object_id const&)> on_found_;
  std::map<std::string, candidate> table_;
};

} // namespace overt::inline v0::capture::atspi
