#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <xkbcommon/xkbcommon.h>

#include <overt/capture/x11/connection.hpp>
#include <overt/event/modifiers.hpp>

namespace overt::inline v0::capture::x11 {

/// What the eight modifier bits of the server mean. Shift, Lock and Control are fixed; Mod1 to Mod5 mean
/// whatever the keys do that are attached to them.
class modifier_map {
public:
  /// Waits for the server.
  void read(xcb_connection_t* connection, xkb_keymap* keymap) {
    meaning_ = usual;
    reply_ptr<xcb_get_modifier_mapping_reply_t> const reply{
        xcb_get_modifier_mapping_reply(connection, xcb_get_modifier_mapping(connection), nullptr)};
    if (!reply) {
      return;
    }
    auto const* const keycodes = xcb_get_modifier_mapping_keycodes(reply.get());
    std::size_t const each = reply->keycodes_per_modifier;
    for (std::size_t bit = 3; bit < 8; ++bit) {
      auto found = modifiers::none;
      for (std::size_t i = 0; i < each; ++i) {
        if (auto const code = keycodes[bit * each + i]; code != 0) {
          found = found | meaning_of_key(keymap, code);
        }
      }
      meaning_[bit] = strongest(found);
    }
  }

  [[nodiscard]] modifiers held(std::uint32_t bits) const {
    auto set = modifiers::none;
    for (std::size_t bit = 0; bit < 8; ++bit) {
      if ((bits >> bit & 1) != 0) {
        set = set | meaning_[bit];
      }
    }
    return set;
  }

private:
  static constexpr std::array<modifiers, 8> usual{modifiers::shift, modifiers::caps_lock, modifiers::control,
                                                  modifiers::alt,   modifiers::num_lock,  modifiers::none,
                                                  modifiers::super, modifiers::alt_graph};

  [[nodiscard]] static modifiers meaning_of_key(xkb_keymap* keymap, xkb_keycode_t code) {
    auto found = modifiers::none;
    for (xkb_layout_index_t layout = 0; layout < xkb_keymap_num_layouts_for_key(keymap, code); ++layout) {
      for (xkb_level_index_t level = 0; level < xkb_keymap_num_levels_for_key(keymap, code, layout);
           ++level) {
        xkb_keysym_t const* symbols = nullptr;
        int const count = xkb_keymap_key_get_syms_by_level(keymap, code, layout, level, &symbols);
        for (int i = 0; i < count; ++i) {
          found = found | meaning_of_symbol(symbols[i]);
        }
      }
    }
    return found;
  }

  [[nodiscard]] static modifiers meaning_of_symbol(xkb_keysym_t symbol) {
    switch (symbol) {
    case 0xffe9: // Alt_L
    case 0xffea: return modifiers::alt;
    case 0xffeb: // Super_L
    case 0xffec: return modifiers::super;
    case 0xfe03:                              // ISO_Level3_Shift
    case 0xff7e: return modifiers::alt_graph; // Mode_switch
    case 0xff7f: return modifiers::num_lock;
    default: return modifiers::none;
    }
  }

  /// A bit that means several things (Alt_L with Meta_L behind it) counts as the one that makes shortcuts.
  [[nodiscard]] static modifiers strongest(modifiers found) {
    for (auto const one : {modifiers::alt, modifiers::super, modifiers::alt_graph, modifiers::num_lock}) {
      if (has_all(found, one)) {
        return one;
      }
    }
    return modifiers::none;
  }

  std::array<modifiers, 8> meaning_ = usual;
};

} // namespace overt::inline v0::capture::x11
