#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// What is around an element, up to its window.
///
/// Objects above an element change seldom, so each is remembered for a moment; which page an element is in
/// is safe all the same, because another page is another document object.
class ancestry {
public:
  /// One object above another.
  struct link {
    object_id id{};
    object_id parent{};
    std::uint32_t role = 0;
    arena_string name{};
    bool document = false; ///< has the interface of documents
    timestamp read{};
  };

  /// From the parent up to the window. Null: it could not be read up to the window.
  using chain = std::vector<std::shared_ptr<link const>>;
  using handler = std::function<void(chain const*)>;

  static constexpr std::size_t most_levels = 128; ///< a page may nest its boxes deeply
  static constexpr std::size_t most_links = 2048;
  static constexpr std::int64_t fresh_ns = 2'000'000'000;

  explicit ancestry(bus& on) : bus_{&on} {}

  void above(object_id const& parent, handler done) {
    climb(std::make_shared<climbing>(climbing{{}, std::move(done)}), parent);
  }

  /// A program left, or shows another page.
  void forget(std::string const& name) {
    std::erase_if(links_, [&](auto const& one) { return one.first.bus == name; });
  }

private:
  struct climbing {
    chain found{};
    handler done{};
  };

  struct reading {
    link what{};
    int open = 4;
    bool good = true;
  };

  /// Up one level. Ends at the application, at nothing, or at what is deeper than any window.
  void climb(std::shared_ptr<climbing> const& way, object_id const& next) {
    if (!next || next.path == programs::root_path) {
      way->done(&way->found);
      return;
    }
    if (way->found.size() >= most_levels) {
      way->done(nullptr);
      return;
    }
    auto const known = links_.find(next);
    if (known != links_.end() && bus::now() - known->second->read < fresh_ns) {
      step(way, known->second);
      return;
    }
    read(next, [this, way](std::shared_ptr<link const> const& came) {
      if (!came) {
        way->done(nullptr);
      } else {
        step(way, came);
      }
    });
  }

  void step(std::shared_ptr<climbing> const& way, std::shared_ptr<link const> const& at) {
    if (is_role(at->role, accessible_role::application)) {
      way->done(&way->found);
      return;
    }
    way->found.push_back(at);
    climb(way, at->parent);
  }

  void read(object_id const& id, std::function<void(std::shared_ptr<link const> const&)> done) {
    auto const into = std::make_shared<reading>();
    into->what.id = id;
    into->what.read = bus::now();
    auto const finished = [this, into, done = std::move(done)](bool good) {
      into->good = into->good && good;
      if (--into->open > 0) {
        return;
      }
      if (!into->good) {
        done(nullptr);
        return;
      }
      if (links_.size() >= most_links) {
        links_.clear();
      }
      auto const kept = std::make_shared<link const>(std::move(into->what));
      links_.insert_or_assign(kept->id, kept);
      done(kept);
    };
    constexpr auto accessible = "org.a11y.atspi.Accessible";
    bus_->call(id, accessible, "GetRole", [into, finished](reply const& came) {
      auto const role = came.read().unsigned_number();
      into->what.role = role.value_or(0);
      finished(role.has_value());
    });
    bus_->call(id, accessible, "GetInterfaces", [into, finished](reply const& came) {
      auto list = came.read().enter_array();
      while (list.more()) {
        into->what.document |= list.text() == std::string_view{"org.a11y.atspi.Document"};
      }
      finished(static_cast<bool>(came));
    });
    bus_->get(id, accessible, "Name", [into, finished](reply const& came) {
      into->what.name = arena_string{came.read().enter_variant().text().value_or(std::string_view{})};
      finished(!came.timed_out);
    });
    bus_->get(id, accessible, "Parent", [into, finished](reply const& came) {
      auto const parent = came.read().enter_variant().object();
      into->what.parent = parent.value_or(object_id{});
      finished(parent.has_value());
    });
  }

  bus* bus_;
  std::map<object_id, std::shared_ptr<link const>> links_;
};

} // namespace overt::inline v0::capture::atspi
