#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include <unistd.h>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// One connection to the accessibility bus.
struct program {
  std::uint32_t process = 0; ///< 0: not known
  std::string toolkit{};     ///< as it calls itself: gtk, GTK, Qt, Gecko, Chromium …; empty: not known yet
  std::string version{};
  timestamp asked{};        ///< when its toolkit was asked for last
  bool shows_pages = false; ///< a document of the web was seen in it, or its toolkit is a browser's
  bool page_seen = false;
  int attempts = 0;           ///< to have it show its pages
  int questions = 0;          ///< how often its toolkit was asked for
  bool windows_asked = false; ///< they were asked for ahead
  rectangle window{};         ///< of its window that had input last, in pixels of the desktop

  /// GTK 4 cannot say where on the desktop its elements are: only where in their window.
  [[nodiscard]] bool knows_only_its_windows() const noexcept { return toolkit == "GTK"; }
};

/// Which process is behind which name on the bus. One thread; bounded, and what finds no room stays unknown.
class programs {
public:
  static constexpr std::size_t most = 512;
  static constexpr auto root_path = "/org/a11y/atspi/accessible/root";

  explicit programs(bus& on) : bus_{&on} {}

  /// Asks for everybody who is there already.
  void start() {
    bus_->call(driver(), DBUS_INTERFACE_DBUS, "ListNames", [this](reply const& came) {
      auto names = came.read();
      auto list = names.enter_array();
      while (list.more()) {
        if (auto const name = list.text(255); name && name->starts_with(':')) {
          meet(std::string{*name});
        }
      }
    });
  }

  /// Somebody new on the bus, or anybody who told something.
  void meet(std::string const& name) {
    if (table_.size() >= most || !table_.try_emplace(name).second) {
      return;
    }
    bus_->call(
        driver(), DBUS_INTERFACE_DBUS, "GetConnectionUnixProcessID",
        [this, name](reply const& came) {
          auto const found = table_.find(name);
          if (found == table_.end()) {
            return;
          }
          found->second.process = came.read().unsigned_number().value_or(0);
          // Nothing is asked of this very program: it may be what waits for the answer.
          if (found->second.process != static_cast<std::uint32_t>(::getpid())) {
            ask_toolkit(name, found->second);
          }
        },
        name.c_str());
  }

  void forget(std::string const& name) { table_.erase(name); }

  /// A program that came only now had not told its toolkit when it was asked: often at first, then seldom.
  void ask_again() {
    for (auto& [name, known] : table_) {
      std::int64_t const pause = known.questions < 20   ? 100'000'000
                                 : known.questions < 60 ? 2'000'000'000
                                                        : 60'000'000'000;
      if (known.toolkit.empty() && known.process != 0 && bus::now() - known.asked > pause &&
          known.process != static_cast<std::uint32_t>(::getpid())) {
        ask_toolkit(name, known);
      }
    }
  }

  /// Null when it is not known.
  [[nodiscard]] program* find(std::string const& name) {
    auto const found = table_.find(name);
    return found == table_.end() ? nullptr : &found->second;
  }

  [[nodiscard]] std::uint32_t process_of(std::string const& name) const {
    auto const found = table_.find(name);
    return found == table_.end() ? 0 : found->second.process;
  }

  /// `use(name, program&)` for all.
  template <class Use>
  void each(Use&& use) {
    for (auto& [name, known] : table_) {
      use(name, known);
    }
  }

  /// `use(name, program&)` for every connection of a process; 0 has none.
  template <class Use>
  void each_of(std::uint32_t process, Use&& use) {
    for (auto& [name, known] : table_) {
      if (process != 0 && known.process == process) {
        use(name, known);
      }
    }
  }

  [[nodiscard]] static object_id root_of(std::string const& name) { return {name, root_path}; }

private:
  [[nodiscard]] static object_id driver() { return {DBUS_SERVICE_DBUS, DBUS_PATH_DBUS}; }

  void ask_toolkit(std::string const& name, program& known) {
    known.asked = bus::now();
    ++known.questions;
    ask(name, "ToolkitName", &program::toolkit);
    ask(name, "Version", &program::version);
  }

  void ask(std::string const& name, char const* property, std::string program::* member) {
    bus_->get(root_of(name), "org.a11y.atspi.Application", property, [this, name, member](reply const& came) {
      auto const found = table_.find(name);
      auto const told = came.read().enter_variant().text(64);
      if (found == table_.end() || !told) {
        return;
      }
      found->second.*member = *told;
      if (member == &program::toolkit) {
        found->second.shows_pages |= *told == "Chromium" || *told == "Gecko" || told->starts_with("WebKit");
      }
    });
  }

  bus* bus_;
  std::map<std::string, program> table_;
};

} // namespace overt::inline v0::capture::atspi
