#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <overt/event/key_symbol.hpp>
#include <overt/event/modifiers.hpp>

namespace overt::inline v0::dataset {

/// Which key of a keyboard makes a symbol, and with which modifiers.
struct key_place {
  std::uint8_t code = 0; ///< as the system numbers keys
  modifiers with = modifiers::none;

  friend bool operator==(key_place const&, key_place const&) = default;
};

/// How a symbol is pressed: by this key, to which the symbol has to be given first when `give` says so.
struct key_press {
  key_place key{};
  bool give = false;
};

/// The keys of a layout, and those that no layout uses: these are given the symbols that the layout lacks.
/// The one that was given a symbol longest ago is given another when there are no more.
class key_plan {
public:
  /// The first place of a symbol stays.
  void add(key_symbol symbol, key_place where) { places_.try_emplace(symbol.keysym, where); }
  void add_spare(std::uint8_t code) { spares_.push_back({code, 0}); }

  /// Nothing when the layout lacks it, and no key is left over.
  [[nodiscard]] std::optional<key_press> press_of(key_symbol symbol) {
    if (auto const found = places_.find(symbol.keysym); found != places_.end()) {
      return key_press{found->second};
    }
    auto const given = std::ranges::find(spares_, symbol.keysym, &spare::keysym);
    if (given != spares_.end()) {
      return key_press{{given->code, modifiers::none}};
    }
    if (spares_.empty()) {
      return std::nullopt;
    }
    std::rotate(spares_.begin(), spares_.begin() + 1, spares_.end()); // the oldest becomes the newest
    spares_.back().keysym = symbol.keysym;
    return key_press{{spares_.back().code, modifiers::none}, true};
  }

  /// The keys that were given a symbol, to take it from them again.
  [[nodiscard]] std::vector<std::uint8_t> take_given() {
    std::vector<std::uint8_t> codes;
    for (auto& one : spares_) {
      if (std::exchange(one.keysym, 0) != 0) {
        codes.push_back(one.code);
      }
    }
    return codes;
  }

private:
  struct spare {
    std::uint8_t code = 0;
    std::uint32_t keysym = 0; ///< what it was given; 0: nothing
  };

  std::map<std::uint32_t, key_place> places_;
  std::vector<spare> spares_; ///< the one that was given a symbol longest ago comes first
};

/// The keys of the modifiers to hold for a press, in the order in which a person presses them.
[[nodiscard]] inline std::vector<key_symbol> modifier_keys(modifiers held) {
  std::vector<key_symbol> keys;
  for (auto const& [one, keysym] :
       {std::pair{modifiers::control, 0xffe3u}, std::pair{modifiers::alt, 0xffe9u},
        std::pair{modifiers::super, 0xffebu}, std::pair{modifiers::shift, 0xffe1u},
        std::pair{modifiers::alt_graph, 0xfe03u}}) {
    if ((held & one) != modifiers::none) {
      keys.push_back({keysym});
    }
  }
  return keys;
}

} // namespace overt::inline v0::dataset
