#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include <xkbcommon/xkbcommon-compose.h>
#include <xkbcommon/xkbcommon-x11.h>
#include <xkbcommon/xkbcommon.h>

#include <overt/capture/x11/connection.hpp>
#include <overt/capture/x11/key_classes.hpp>
#include <overt/capture/x11/modifier_map.hpp>
#include <overt/capture/x11/xkb_protocol.hpp>
#include <overt/event/key.hpp>

namespace overt::inline v0::capture::x11 {

namespace detail {
struct xkb_release {
  void operator()(xkb_context* held) const noexcept { xkb_context_unref(held); }
  void operator()(xkb_keymap* held) const noexcept { xkb_keymap_unref(held); }
  void operator()(xkb_state* held) const noexcept { xkb_state_unref(held); }
  void operator()(xkb_compose_table* held) const noexcept { xkb_compose_table_unref(held); }
  void operator()(xkb_compose_state* held) const noexcept { xkb_compose_state_unref(held); }
};
} // namespace detail

/// What a key means where it was pressed.
struct key_reading {
  key_symbol symbol{};
  key_class kind = key_class::unknown;
  modifiers held = modifiers::none;
  std::uint8_t layout = 0;
  std::string_view entered{}; ///< UTF-8, valid until the next reading; empty for keys that enter nothing
};

/// The layout of the master keyboard, its state, and dead keys and Compose. It follows the server by its
/// notices and translates in this process, so that nothing the person types is changed by being looked at.
class keyboard {
public:
  /// `locale`: whose Compose table is used; empty means that of the environment. False when the server has no
  /// XKB. Waits for the server.
  [[nodiscard]] bool open(connection const& server, std::string const& locale) {
    handle_ = server.get();
    if (xkb_x11_setup_xkb_extension(handle_, XKB_X11_MIN_MAJOR_XKB_VERSION, XKB_X11_MIN_MINOR_XKB_VERSION,
                                    XKB_X11_SETUP_XKB_EXTENSION_NO_FLAGS, nullptr, nullptr, &first_event_,
                                    nullptr) == 0) {
      return false;
    }
    context_.reset(xkb_context_new(XKB_CONTEXT_NO_FLAGS));
    device_ = xkb_x11_get_core_keyboard_device_id(handle_);
    if (!context_ || device_ < 0) {
      return false;
    }
    // Our own complaints about a broken Compose file go nowhere: they would quote it.
    xkb_context_set_log_level(context_.get(), XKB_LOG_LEVEL_CRITICAL);
    select_notices();
    if (!rebuild()) {
      return false;
    }
    std::unique_ptr<xkb_state, detail::xkb_release> const now{
        xkb_x11_state_new_from_device(keymap_.get(), handle_, device_)};
    if (!now) {
      return false;
    }
    state_parts_ = parts{xkb_state_serialize_mods(now.get(), XKB_STATE_MODS_DEPRESSED),
                         xkb_state_serialize_mods(now.get(), XKB_STATE_MODS_LATCHED),
                         xkb_state_serialize_mods(now.get(), XKB_STATE_MODS_LOCKED),
                         xkb_state_serialize_layout(now.get(), XKB_STATE_LAYOUT_DEPRESSED),
                         xkb_state_serialize_layout(now.get(), XKB_STATE_LAYOUT_LATCHED),
                         xkb_state_serialize_layout(now.get(), XKB_STATE_LAYOUT_LOCKED)};
    apply_parts();
    open_compose(locale);
    return true;
  }

  [[nodiscard]] bool composes() const noexcept { return compose_ != nullptr; }

  /// True when the event was a notice of XKB; then it has been taken into account.
  bool handle(xcb_generic_event_t const& event) {
    if ((event.response_type & 0x7f) != first_event_ || first_event_ == 0) {
      return false;
    }
    switch (event.pad0) { // the kind of notice stands in the second byte
    case XCB_XKB_NEW_KEYBOARD_NOTIFY:
    case XCB_XKB_MAP_NOTIFY:
      // Programs that type by changing the layout send floods of these. The layout is read again when a key
      // needs it.
      outdated_ = true;
      break;
    case XCB_XKB_STATE_NOTIFY: {
      auto const& notice = reinterpret_cast<xcb_xkb_state_notify_event_t const&>(event);
      state_parts_ = parts{notice.baseMods,
                           notice.latchedMods,
                           notice.lockedMods,
                           static_cast<xkb_layout_index_t>(notice.baseGroup),
                           static_cast<xkb_layout_index_t>(notice.latchedGroup),
                           notice.lockedGroup};
      apply_parts();
      break;
    }
    default: break;
    }
    return true;
  }

  /// A key went down or repeated. The notice of its own effect comes later, so that this is before it.
  [[nodiscard]] key_reading press(std::uint32_t keycode) {
    refresh();
    auto const raw = xkb_state_key_get_one_sym(state_.get(), keycode);
    auto reading = read(keycode, raw);
    reading.entered = enter(keycode, raw, reading);
    if (keycode < remembered_.size()) {
      remembered_[keycode] = {reading.symbol, reading.kind, true};
    }
    return reading;
  }

  /// A key came up: what it meant when it went down, because the layout may have changed since.
  [[nodiscard]] key_reading release(std::uint32_t keycode) {
    refresh();
    auto reading = read(keycode, xkb_state_key_get_one_sym(state_.get(), keycode));
    if (keycode < remembered_.size() && remembered_[keycode].down) {
      reading.symbol = remembered_[keycode].symbol;
      reading.kind = remembered_[keycode].kind;
      remembered_[keycode].down = false;
    }
    return reading;
  }

  [[nodiscard]] bool is_down(std::uint32_t keycode) const {
    return keycode < remembered_.size() && remembered_[keycode].down;
  }

  [[nodiscard]] modifiers held() const {
    return modifiers_.held(xkb_state_serialize_mods(state_.get(), XKB_STATE_MODS_EFFECTIVE));
  }

  /// The symbol of the key without any modifier, which is how people name shortcuts.
  [[nodiscard]] key_symbol plain_symbol(std::uint32_t keycode) const {
    xkb_keysym_t const* symbols = nullptr;
    auto const layout = xkb_state_key_get_layout(state_.get(), keycode);
    return xkb_keymap_key_get_syms_by_level(keymap_.get(), keycode, layout, 0, &symbols) == 1
               ? symbol_of(symbols[0])
               : key_symbol{};
  }

  /// A program keeps what was begun with a dead key for each window; another window starts afresh.
  void forget_composition() {
    if (compose_) {
      xkb_compose_state_reset(compose_.get());
    }
  }

private:
  struct parts {
    xkb_mod_mask_t base = 0;
    xkb_mod_mask_t latched = 0;
    xkb_mod_mask_t locked = 0;
    xkb_layout_index_t base_group = 0;
    xkb_layout_index_t latched_group = 0;
    xkb_layout_index_t locked_group = 0;
  };
  struct memory {
    key_symbol symbol{};
    key_class kind = key_class::unknown;
    bool down = false;
  };

  void select_notices() {
    constexpr std::uint16_t all_parts = XCB_XKB_MAP_PART_KEY_TYPES | XCB_XKB_MAP_PART_KEY_SYMS |
                                        XCB_XKB_MAP_PART_MODIFIER_MAP | XCB_XKB_MAP_PART_EXPLICIT_COMPONENTS |
                                        XCB_XKB_MAP_PART_KEY_ACTIONS | XCB_XKB_MAP_PART_VIRTUAL_MODS |
                                        XCB_XKB_MAP_PART_VIRTUAL_MOD_MAP;
    constexpr std::uint16_t state_details = 0x3fff;
    xcb_xkb_select_events_details_t details{};
    details.affectNewKeyboard = XCB_XKB_NKN_DETAIL_KEYCODES;
    details.newKeyboardDetails = XCB_XKB_NKN_DETAIL_KEYCODES;
    details.affectState = state_details;
    details.stateDetails = state_details;
    constexpr std::uint16_t wanted = XCB_XKB_EVENT_TYPE_NEW_KEYBOARD_NOTIFY | XCB_XKB_EVENT_TYPE_MAP_NOTIFY |
                                     XCB_XKB_EVENT_TYPE_STATE_NOTIFY;
    xcb_xkb_select_events_aux(handle_, static_cast<xcb_xkb_device_spec_t>(device_), wanted, 0, 0, all_parts,
                              all_parts, &details);
  }

  /// Waits for the server, a few milliseconds. What is typed meanwhile waits in the stream and loses nothing.
  bool rebuild() {
    std::unique_ptr<xkb_keymap, detail::xkb_release> keymap{
        xkb_x11_keymap_new_from_device(context_.get(), handle_, device_, XKB_KEYMAP_COMPILE_NO_FLAGS)};
    std::unique_ptr<xkb_state, detail::xkb_release> state{keymap ? xkb_state_new(keymap.get()) : nullptr};
    if (!state) {
      return false;
    }
    modifiers_.read(handle_, keymap.get());
    state_ = std::move(state);
    keymap_ = std::move(keymap);
    return true;
  }

  void refresh() {
    // Not the state that the server has by now: notices that explain the keys in between are still on their
    // way.
    if (outdated_ && rebuild()) {
      apply_parts();
    }
    outdated_ = false;
  }

  void apply_parts() {
    xkb_state_update_mask(state_.get(), state_parts_.base, state_parts_.latched, state_parts_.locked,
                          state_parts_.base_group, state_parts_.latched_group, state_parts_.locked_group);
  }

  void open_compose(std::string const& locale) {
    std::string name = locale;
    for (char const* const variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
      char const* const value = name.empty() ? std::getenv(variable) : nullptr;
      name = value != nullptr ? value : name;
    }
    for (auto const& one : {name, std::string{"en_US.UTF-8"}}) {
      if (one.empty() || one == "C" || one == "POSIX" || one.starts_with("C.")) {
        continue; // these have no dead keys, although every toolkit composes there too
      }
      std::unique_ptr<xkb_compose_table, detail::xkb_release> const table{
          xkb_compose_table_new_from_locale(context_.get(), one.c_str(), XKB_COMPOSE_COMPILE_NO_FLAGS)};
      if (table) {
        compose_.reset(xkb_compose_state_new(table.get(), XKB_COMPOSE_STATE_NO_FLAGS));
        return;
      }
    }
  }

  /// National keysyms from before Unicode become those of their character.
  [[nodiscard]] static key_symbol symbol_of(xkb_keysym_t symbol) {
    bool const national =
        (symbol >= 0x100 && symbol < 0xfe00) || (symbol >= 0x0100'0000 && symbol <= 0x0110'ffff);
    auto const character = national ? xkb_keysym_to_utf32(symbol) : 0;
    return is_text(character) ? symbol_of_character(character) : key_symbol{symbol};
  }

  [[nodiscard]] key_reading read(std::uint32_t keycode, xkb_keysym_t raw) const {
    auto const character = xkb_keysym_to_utf32(raw);
    return {.symbol = symbol_of(raw),
            .kind = class_of_key(raw, is_text(character) ? character : 0),
            .held = held(),
            .layout = static_cast<std::uint8_t>(xkb_state_key_get_layout(state_.get(), keycode) & 0xff)};
  }

  [[nodiscard]] std::string_view enter(std::uint32_t keycode, xkb_keysym_t raw, key_reading const& reading) {
    auto const shortcut = modifiers::control | modifiers::alt | modifiers::super;
    if ((reading.held & shortcut) != modifiers::none) {
      return {};
    }
    int size = 0;
    if (compose_ && xkb_compose_state_feed(compose_.get(), raw) == XKB_COMPOSE_FEED_ACCEPTED) {
      switch (xkb_compose_state_get_status(compose_.get())) {
      case XKB_COMPOSE_COMPOSED:
        size = xkb_compose_state_get_utf8(compose_.get(), text_.data(), text_.size());
        xkb_compose_state_reset(compose_.get());
        return checked(size);
      case XKB_COMPOSE_COMPOSING: return {};
      case XKB_COMPOSE_CANCELLED: xkb_compose_state_reset(compose_.get()); return {};
      case XKB_COMPOSE_NOTHING: break;
      }
    }
    if (reading.kind == key_class::modifier) {
      return {};
    }
    size = xkb_state_key_get_utf8(state_.get(), keycode, text_.data(), text_.size());
    return checked(size);
  }

  [[nodiscard]] std::string_view checked(int size) const {
    if (size <= 0 || static_cast<std::size_t>(size) >= text_.size()) {
      return {};
    }
    std::string_view const text{text_.data(), static_cast<std::size_t>(size)};
    bool const control = static_cast<unsigned char>(text[0]) < 0x20 || text[0] == 0x7f;
    return control ? std::string_view{} : text;
  }

  xcb_connection_t* handle_ = nullptr;
  std::uint8_t first_event_ = 0;
  std::int32_t device_ = -1;
  bool outdated_ = false;
  std::unique_ptr<xkb_context, detail::xkb_release> context_;
  std::unique_ptr<xkb_keymap, detail::xkb_release> keymap_;
  std::unique_ptr<xkb_state, detail::xkb_release> state_;
  std::unique_ptr<xkb_compose_state, detail::xkb_release> compose_;
  modifier_map modifiers_;
  parts state_parts_{};
  std::array<memory, 256> remembered_{};
  std::array<char, 256> text_{};
};

} // namespace overt::inline v0::capture::x11
