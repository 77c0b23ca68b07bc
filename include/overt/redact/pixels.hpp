#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <overt/consent/grants.hpp>
#include <overt/event/frame.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/element_names.hpp>
#include <overt/redact/element_search.hpp>
#include <overt/redact/interface_text.hpp>
#include <overt/redact/parameter_list.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

/// Which texts stay readable in a picture.
enum class readable_text : std::uint8_t {
  none,
  labels,   ///< what controls are called, where every word of it is one of interfaces
  searched, ///< everything in which no detector finds anything, but the line that is being typed
};

constexpr auto enumerators(readable_text) {
  return std::array<std::string_view, 3>{"none", "labels", "searched"};
}

/// Lets pictures out with everything filled in that must not be seen. A picture without it has no pixels.
///
///     policy | redact::pixels{.readable = redact::readable_text::searched, .images = true}
///
/// - What is secret, of another site, or could not be read is filled always; secrets with a margin.
/// - Texts as `readable` says. The names in `labels` stay, exactly these.
/// - The line of a field that has the keyboard is filled, whatever stands in it: half a card number is no
/// card
///   number yet.
/// - Where `images` is off, whatever is drawn without saying what it is.
/// - In mail, chat and calls (`is_conversation`) images never stay, and of texts only what controls are
/// called
///   and what stands in fields: other people's words and faces are not the recorded person's to give.
/// - Where something to be filled has no place on the screen, the picture is dropped, and the frame says so.
///
/// A rule of one's own stands behind it in the chain and fills more (see examples/own_mask.cpp).
struct pixels {
  readable_text readable = readable_text::labels;
  bool images = false; ///< pictures and drawings stay
  std::vector<std::string> labels{};
  detect::detectors look_for = detect::all();
  std::int32_t margin = 8; ///< around a secret, in pixels

  static constexpr std::string_view name = "pixels";
  static constexpr std::uint32_t colour = 0x808080; ///< black is what was not agreed to
  static constexpr std::int32_t bleed = 2;          ///< letters reach over the edge of what is told of them

  [[nodiscard]] std::string describe() const {
    return parameter_list{}
        .add("readable", readable)
        .add("images", images)
        .add("labels", labels)
        .add("look_for", look_for)
        .add("margin", margin)
        .json(name);
  }

  [[nodiscard]] consent::grants needs() const {
    return readable == readable_text::searched || images
               ? consent::grants::screenshot | consent::grants::ui_element
               : consent::grants::screenshot;
  }

  [[nodiscard]] verdict operator()(frame& what, disclosure const& unlock) const {
    auto const& picture = what.picture.look(unlock);
    if (what.state != frame_state::taken || !picture.has_pixels()) {
      drop(what, what.state == frame_state::taken ? frame_state::unreadable : what.state, unlock);
      return verdict::release(unlock);
    }
    auto const& elements = picture.elements();
    auto const personal = element_search{look_for}(elements);
    std::vector<rectangle> parts;
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (!hides(elements[i], personal[i])) {
        continue;
      }
      if (elements[i].what == screen_part::unplaced || is_empty(elements[i].where)) {
        drop(what, frame_state::unplaced, unlock);
        return verdict::release(unlock);
      }
      each_part(elements[i], what.covers, elements[i].what == screen_part::secret ? margin : bleed,
                [&](rectangle const& part) { parts.push_back(part); });
    }
    fill(what, parts, unlock);
    what.picture.disclose(unlock);
    return verdict::release(unlock);
  }

  /// Whether an element has to be filled; `personal`: a detector found something in it.
  [[nodiscard]] bool hides(screen_element const& one, bool personal) const {
    switch (one.what) {
    case screen_part::secret:
    case screen_part::foreign:
    case screen_part::unread: return true;
    case screen_part::image: return !images || one.conversation;
    case screen_part::unplaced: return one.text.view().empty() || !may_be_read(one, personal);
    case screen_part::label:
      return one.text.view().empty() ? readable == readable_text::none : !may_be_read(one, personal);
    case screen_part::entry:
    case screen_part::text: return !one.text.view().empty() && !may_be_read(one, personal);
    }
    return true;
  }

  /// Fills parts of a picture, and tells of them in its frame.
  static void fill(frame& what, std::span<rectangle const> parts, clearance const& key) {
    what.picture.mask(key, parts, colour);
    for (auto const& part : parts) {
      if (std::ranges::find(what.masked, part) == what.masked.end()) {
        what.masked.push_back(part);
      }
    }
  }

  /// Takes the picture out of a frame and leaves why.
  static void drop(frame& what, frame_state why, clearance const& key) {
    what.state = why;
    what.picture.deny(key);
    what.shown.clear();
    what.masked.clear();
    what.cursor.reset();
  }

  /// Calls `use(rectangle)` for the parts of a picture that an element fills, with a margin.
  template <class Use>
  static void each_part(screen_element const& one, rectangle const& covers, std::int32_t around, Use&& use) {
    auto const fill = [&](rectangle const& part) {
      if (auto const seen = clipped(grown(part, around), covers); !is_empty(part) && !is_empty(seen)) {
        use(seen);
      }
    };
    if (one.visible.empty()) {
      return fill(one.where);
    }
    for (auto const& part : one.visible) {
      fill(part);
    }
  }

private:
  [[nodiscard]] bool may_be_read(screen_element const& one, bool personal) const {
    auto const text = one.text.view();
    if (one.what == screen_part::entry && one.focused) {
      return false;
    }
    if (std::ranges::find(labels, text) != labels.end()) {
      return true;
    }
    switch (readable) {
    case readable_text::none: return false;
    case readable_text::labels: return !personal && is_label(one);
    case readable_text::searched:
      return !personal && (!one.conversation || one.what == screen_part::entry || is_label(one));
    }
    return false;
  }

  [[nodiscard]] static bool is_label(screen_element const& one) {
    return one.what == screen_part::label && element_names::tells_names(one.role) &&
           is_interface_text(one.text.view());
  }
};

} // namespace overt::inline v0::redact
