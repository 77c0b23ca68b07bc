#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/capture/atspi/ancestry.hpp>
#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/document_address.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/element_placing.hpp>
#include <overt/capture/atspi/element_questions.hpp>
#include <overt/capture/atspi/element_reading.hpp>
#include <overt/capture/atspi/element_value_reader.hpp>
#include <overt/capture/atspi/hit_test.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/capture/atspi/roles.hpp>

namespace overt::inline v0::capture::atspi {

/// Reads accessible objects: about a dozen questions at once, then what stands around the object. Nothing is
/// ever asked for the text in a field, except by `read_text`.
///
/// One thread. Every handler is called once, later, from `bus::work`.
class element_reader {
public:
  /// Null: it is gone, or its program was too slow, or what it said makes no sense. The element lives for
  /// the length of the call.
  using handler = std::function<void(element const*)>;
  /// The same for whoever needs the element for longer.
  using keeping_handler = std::function<void(std::shared_ptr<element const>)>;
  using text_handler = std::function<void(arena_string const*)>;

  static constexpr std::size_t most_at_once = 64;

  element_reader(bus& on, programs& known)
      : bus_{&on}, programs_{&known}, ask_{on, [this](shared_reading const& into) { answered(into); }},
        ancestry_{on}, hits_{on, known}, places_{ask_, known, hits_}, values_{ask_, known} {}
  element_reader(element_reader const&) = delete;
  element_reader& operator=(element_reader const&) = delete;

  void read(object_id const& id, handler done) {
    read_shared(id,
                [done = std::move(done)](std::shared_ptr<element const> const& found) { done(found.get()); });
  }

  void read_shared(object_id const& id, keeping_handler done) {
    if (!id || under_way_ >= most_at_once) {
      bus_->refuse([done = std::move(done)](reply const&) { done(nullptr); });
      return;
    }
    ++under_way_;
    auto const into = std::make_shared<element_reading>();
    into->done = std::move(done);
    ask_object(into, id);
  }

  /// The element at a point of the desktop in a window of a process: where pointer input goes to. Null when
  /// that is not certain.
  void under(std::uint32_t process, rectangle window, std::int32_t x, std::int32_t y, handler done) {
    hits_.find(process, window, x, y, [this, done = std::move(done)](hit_test::outcome const& found) {
      if (!found.at) {
        done(nullptr);
      } else {
        read(found.at, done);
      }
    });
  }

  /// The whole text of a field. Only for fields that are known to be harmless. Null when it cannot be read
  /// or is longer than 4,096 bytes.
  void read_text(object_id const& id, text_handler done) {
    constexpr auto limit = static_cast<std::int32_t>(arguments::longest_text);
    constexpr auto interface = "org.a11y.atspi.Text";
    // Qt gives nothing at all when it is asked for more characters than there are.
    bus_->get(id, interface, "CharacterCount", [this, id, done = std::move(done)](reply const& counted) {
      auto const count = counted.read().enter_variant().number();
      if (!count || *count < 0 || *count > limit) {
        done(nullptr);
        return;
      }
      bus_->call(
          id, interface, "GetText",
          [done](reply const& came) {
            auto const told = came.read().text();
            if (!told) {
              done(nullptr);
              return;
            }
            arena_string const text{*told};
            done(&text);
          },
          std::int32_t{0}, *count);
    });
  }

  /// The address of a document, `use(arena_string)`; empty when it has none or did not say.
  void read_address(object_id const& document, std::function<void(arena_string)> use) {
    atspi::read_address(*bus_, document, std::move(use));
  }

  /// A program left, or shows another page.
  void forget(std::string const& name, std::uint32_t process) {
    ancestry_.forget(name);
    hits_.forget(process);
  }

  [[nodiscard]] hit_test& hits() noexcept { return hits_; }

private:
  void ask_object(shared_reading const& into, object_id const& id) {
    auto& what = into->what;
    what.id = id;
    what.observed = bus::now();
    programs_->meet(id.bus);
    auto* const program = programs_->find(id.bus);
    what.process = program != nullptr ? program->process : 0;
    bool const relative = program != nullptr && program->knows_only_its_windows();
    rectangle const window = relative ? program->window : rectangle{};
    constexpr auto accessible = accessible_interface;

    // Whether it is a password is asked first, and nothing that is asked here says what was typed into it.
    ask_.call(into, id, accessible, "GetRole", [](element_reading& to, reply const& came) {
      auto const role = came.read().unsigned_number();
      to.what.role = role.value_or(0);
      to.good = to.good && role;
    });
    ask_.call(into, id, accessible, "GetState", [](element_reading& to, reply const& came) {
      auto const states = read_states(came.read());
      to.what.states = states.value_or(0);
      to.good = to.good && states;
    });
    ask_.call(into, id, accessible, "GetInterfaces", [](element_reading& to, reply const& came) {
      to.what.interfaces = read_interfaces(came.read());
    });
    ask_.get(into, id, "Parent", [](element_reading& to, reply const& came) {
      auto const parent = came.read().enter_variant().object();
      to.parent = parent.value_or(object_id{});
      to.good = to.good && parent;
    });
    ask_.get(into, id, "Name",
             [](element_reading& to, reply const& came) { to.what.name = to.words_of(came); });
    ask_.get(into, id, "Description",
             [](element_reading& to, reply const& came) { to.what.description = to.words_of(came); });
    ask_.get(into, id, "ChildCount", [](element_reading& to, reply const& came) {
      to.what.children = came.read().enter_variant().number().value_or(0);
    });
    ask_.call(into, id, accessible, "GetIndexInParent", [](element_reading& to, reply const& came) {
      to.what.index_in_parent = came.read().number().value_or(-1);
    });
    ask_.call(into, id, accessible, "GetAttributes", [](element_reading& to, reply const& came) {
      to.what.attributes = read_attributes(came.read());
    });
    ask_.call(into, id, accessible, "GetRelationSet",
              [](element_reading& to, reply const& came) { to.label = read_label(came.read()); });
    ask_.call(
        into, id, component_interface, "GetExtents",
        [relative, window](element_reading& to, reply const& came) {
          auto box = read_extents(came.read());
          if (relative) {
            box = window.width > 0 && box.width > 0
                      ? rectangle{box.x + window.x, box.y + window.y, box.width, box.height}
                      : rectangle{};
          }
          to.what.bounds = box;
        },
        relative ? std::uint32_t{1} : std::uint32_t{0});
  }

  /// The second round, once it is known what the object is.
  void ask_around(shared_reading const& into) {
    into->open = 2; // until all is asked, and for what stands around
    ancestry_.above(into->parent, [this, into](ancestry::chain const* chain) {
      if (chain == nullptr) {
        into->good = false;
      } else {
        places_.place(into, *chain);
      }
      ask_.close(into);
    });
    if (into->label) {
      ask_.get(into, into->label, "Name",
               [](element_reading& to, reply const& came) { to.what.label = to.words_of(came); });
    }
    values_.ask_row(into);
    values_.ask_value(into);
    ask_.close(into);
  }

  /// After the first round of questions comes the second, and then it is done.
  void answered(shared_reading const& into) {
    if (into->good && !std::exchange(into->around_asked, true)) {
      ask_around(into);
      return;
    }
    --under_way_;
    // What a field is called tells whether it is secret.
    auto const nature = nature_of(into->what.role);
    into->good = into->good &&
                 !(into->wordless && (nature == role_nature::text_field || nature == role_nature::password));
    auto const done = std::move(into->done); // or the reading would hold itself
    done(into->good ? std::shared_ptr<element const>{into, &into->what} : nullptr);
  }

  bus* bus_;
  programs* programs_;
  element_questions ask_;
  ancestry ancestry_;
  hit_test hits_;
  element_placing places_;
  element_value_reader values_;
  std::size_t under_way_ = 0;
};

} // namespace overt::inline v0::capture::atspi
