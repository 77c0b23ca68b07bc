#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include <xkbcommon/xkbcommon-x11.h>
#include <xkbcommon/xkbcommon.h>

#include <overt/capture/x11/connection.hpp>
#include <overt/capture/x11/keyboard.hpp>
#include <overt/dataset/play/key_plan.hpp>

namespace overt::inline v0::dataset::x11 {

namespace detail {

/// The modifiers that lead to a level of a key, when Shift and AltGr alone do.
[[nodiscard]] inline std::optional<modifiers> modifiers_of_level(xkb_keymap* keymap, xkb_keycode_t code,
                                                                 xkb_layout_index_t layout,
                                                                 xkb_level_index_t level) {
  auto const bit = [keymap](char const* name) {
    auto const index = xkb_keymap_mod_get_index(keymap, name);
    return index == XKB_MOD_INVALID ? xkb_mod_mask_t{0} : xkb_mod_mask_t{1} << index;
  };
  auto const shift = bit(XKB_MOD_NAME_SHIFT);
  auto const third = bit("Mod5");
  xkb_mod_mask_t masks[16];
  auto const count = xkb_keymap_key_get_mods_for_level(keymap, code, layout, level, masks, 16);
  std::optional<modifiers> fewest;
  for (std::size_t i = 0; i < count; ++i) {
    if ((masks[i] & ~(shift | third)) == 0) {
      auto made = modifiers::none;
      made = (masks[i] & shift) != 0 ? made | modifiers::shift : made;
      made = (masks[i] & third) != 0 ? made | modifiers::alt_graph : made;
      fewest = !fewest || made == modifiers::none ? made : *fewest;
    }
  }
  return fewest;
}

} // namespace detail

/// The keys of the layout that is active now, and those that no layout uses; nothing when the server does not
/// tell, or Caps Lock is on, under which letters are others. Waits for the server.
[[nodiscard]] inline std::optional<key_plan> read_layout(capture::x11::connection const& server) {
  using capture::x11::detail::xkb_release;
  auto* const handle = server.get();
  std::unique_ptr<xkb_context, xkb_release> const context{xkb_context_new(XKB_CONTEXT_NO_FLAGS)};
  if (!context || xkb_x11_setup_xkb_extension(
                      handle, XKB_X11_MIN_MAJOR_XKB_VERSION, XKB_X11_MIN_MINOR_XKB_VERSION,
                      XKB_X11_SETUP_XKB_EXTENSION_NO_FLAGS, nullptr, nullptr, nullptr, nullptr) == 0) {
    return std::nullopt;
  }
  auto const device = xkb_x11_get_core_keyboard_device_id(handle);
  std::unique_ptr<xkb_keymap, xkb_release> const keymap{
      device < 0
          ? nullptr
          : xkb_x11_keymap_new_from_device(context.get(), handle, device, XKB_KEYMAP_COMPILE_NO_FLAGS)};
  std::unique_ptr<xkb_state, xkb_release> const state{
      keymap ? xkb_x11_state_new_from_device(keymap.get(), handle, device) : nullptr};
  if (!state || xkb_state_mod_name_is_active(state.get(), XKB_MOD_NAME_CAPS, XKB_STATE_MODS_LOCKED) > 0) {
    return std::nullopt;
  }
  auto const group = xkb_state_serialize_layout(state.get(), XKB_STATE_LAYOUT_EFFECTIVE);
  key_plan plan;
  // By levels, so that of several places of a symbol the one with the fewest modifiers is found.
  for (xkb_level_index_t level = 0; level < 4; ++level) {
    for (auto code = xkb_keymap_min_keycode(keymap.get()); code <= xkb_keymap_max_keycode(keymap.get());
         ++code) {
      auto const layouts = xkb_keymap_num_layouts_for_key(keymap.get(), code);
      if (layouts == 0) {
        continue;
      }
      auto const layout = group < layouts ? group : 0;
      xkb_keysym_t const* symbols = nullptr;
      if (level >= xkb_keymap_num_levels_for_key(keymap.get(), code, layout) ||
          xkb_keymap_key_get_syms_by_level(keymap.get(), code, layout, level, &symbols) != 1) {
        continue;
      }
      if (auto const with = detail::modifiers_of_level(keymap.get(), code, layout, level)) {
        auto const character = xkb_keysym_to_utf32(symbols[0]);
        key_place const where{static_cast<std::uint8_t>(code), *with};
        plan.add({symbols[0]}, where);
        bool const keypad = symbols[0] >= 0xff80 && symbols[0] <= 0xffbd;
        if (character >= 0x20 && !(character >= 0x7f && character < 0xa0) && !keypad) {
          plan.add(symbol_of_character(character), where); // national keysyms from before Unicode
        }
      }
    }
  }
  // From the top: keyboards with more keys than usual have them at the bottom.
  for (auto code = xkb_keymap_max_keycode(keymap.get()); code >= xkb_keymap_min_keycode(keymap.get());
       --code) {
    if (xkb_keymap_num_layouts_for_key(keymap.get(), code) == 0 && code <= 0xff) {
      plan.add_spare(static_cast<std::uint8_t>(code));
    }
  }
  return plan;
}

} // namespace overt::inline v0::dataset::x11
