#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string_view>
#include <vector>

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/field_sensitivity.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/event/context.hpp>

namespace overt::inline v0::capture::atspi {

/// Which fields were secret once. A button that shows the password changes the role, the type and often the
/// whole object; the field stays secret for as long as it, or what replaced it, is there.
///
/// It is found again by its object; in a page by the document and its id or name; and by its place and size
/// among the children of its parent. Nothing of this is kept but 64 bits of a digest with a key of this
/// object, because ids carry content. When it is full, every field is secret until a program or a document
/// leaves: a field that it could not remember must not come back as a plain one.
///
/// One thread. Its memory is fixed: about 400 KiB.
class sticky_secrets {
public:
  static constexpr std::size_t default_capacity = 4096;

  /// For so many fields.
  explicit sticky_secrets(std::size_t capacity = default_capacity) : capacity_{capacity * traces_per_field} {
    entries_.reserve(capacity_);
    std::random_device device;
    for (auto& part : key_) {
      part = static_cast<char>(device());
    }
  }

  /// What kind of field this is, as `field_kind_of` says, but what was secret once stays secret, and a field
  /// found secret is remembered. The one to call.
  [[nodiscard]] field_kind judge(element const* what, neighbours around = {},
                                 input_lane lane = input_lane::keyboard) noexcept {
    auto const kind = field_kind_of(what, around, lane);
    if (kind == field_kind::secret) {
      remember(*what);
    }
    return kind == field_kind::plain && was_secret(*what) ? field_kind::secret : kind;
  }

  /// Whether the field, or the one whose place it took, was secret before. True for all when full.
  [[nodiscard]] bool was_secret(element const& what) const noexcept {
    return full() || std::ranges::any_of(traces_of(what), [this](std::uint64_t trace) {
             return trace != 0 && std::ranges::binary_search(entries_, trace, {}, &entry::trace);
           });
  }

  void remember(element const& what) noexcept {
    auto const program = digest("program", what.id.bus);
    auto const document = what.document ? of_object("document", what.document) : 0;
    for (auto const trace : traces_of(what)) {
      auto const place = std::ranges::lower_bound(entries_, trace, {}, &entry::trace);
      bool const known = place != entries_.end() && place->trace == trace;
      if (trace != 0 && !known && !full()) {
        entries_.insert(place, {trace, program, document});
      }
    }
  }

  /// The program left the bus: the name will never be used again.
  void forget_program(std::string_view bus) noexcept {
    std::erase_if(entries_,
                  [gone = digest("program", bus)](entry const& one) { return one.program == gone; });
  }

  /// The document is gone, with all its elements. Not for a document that only changed its address.
  void forget_document(object_id const& document) noexcept {
    std::erase_if(entries_, [gone = of_object("document", document)](entry const& one) {
      return one.document == gone;
    });
  }

  /// Whether it may have failed to remember a field.
  [[nodiscard]] bool full() const noexcept { return entries_.size() >= capacity_; }

private:
  static constexpr std::size_t traces_per_field = 4;

  struct entry {
    std::uint64_t trace = 0;
    std::uint64_t program = 0;
    std::uint64_t document = 0; ///< 0: none
  };

  /// By what a field is known again; 0 for what it does not have.
  [[nodiscard]] std::array<std::uint64_t, traces_per_field> traces_of(element const& what) const noexcept {
    std::array<std::uint64_t, traces_per_field> traces{of_object("object", what.id)};
    if (what.document) {
      auto const named = [&](std::string_view kind, std::string_view value) {
        return value.empty() ? 0 : digest(kind, what.document.bus, what.document.path, value);
      };
      traces[1] = named("id", what.attribute_named("id"));
      auto const input = what.attribute_named("html-input-name");
      traces[2] = named("name", input.empty() ? what.attribute_named("name") : input);
    }
    if (!what.path.empty() && what.index_in_parent >= 0) {
      // Without the position: the page may have scrolled meanwhile.
      auto const& parent = what.path.back().id;
      std::array const place{what.index_in_parent, what.bounds.width, what.bounds.height};
      traces[3] = digest("place", parent.bus, parent.path, bytes_of(place));
    }
    return traces;
  }

  [[nodiscard]] static std::string_view bytes_of(std::array<std::int32_t, 3> const& numbers) noexcept {
    return {reinterpret_cast<char const*>(numbers.data()), sizeof numbers};
  }

  [[nodiscard]] std::uint64_t of_object(std::string_view kind, object_id const& object) const noexcept {
    return digest(kind, object.bus, object.path);
  }

  /// Each part with its length before it, so that no two lists of parts are the same bytes.
  template <class... Parts>
  [[nodiscard]] std::uint64_t digest(Parts const&... parts) const noexcept {
    overt::detail::sha256_state state;
    state.update({key_.data(), key_.size()});
    auto const add = [&state](std::string_view part) {
      auto const size = part.size();
      state.update({reinterpret_cast<char const*>(&size), sizeof size});
      state.update(part);
    };
    (add(parts), ...);
    auto const bytes = state.finish();
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) {
      value = value << 8 | bytes[i];
    }
    return value | 1; // never 0
  }

  std::size_t capacity_;
  std::vector<entry> entries_{}; ///< in the order of the traces; never more than reserved
  std::array<char, 32> key_{};
};

} // namespace overt::inline v0::capture::atspi
