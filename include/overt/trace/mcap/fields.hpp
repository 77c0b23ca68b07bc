#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace overt::inline v0::trace {

/// Takes the fields of an MCAP record one after another, and never goes beyond its end: what is not there is
/// zero or empty, and from then on `sound()` is false.
class mcap_fields {
public:
  explicit mcap_fields(std::string_view bytes) noexcept : bytes_{bytes} {}

  template <std::unsigned_integral Number>
  [[nodiscard]] Number number() noexcept {
    auto const bytes = take(sizeof(Number));
    Number value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) {
      if constexpr (sizeof(Number) > 1) {
        value = static_cast<Number>(value << 8);
      }
      value = static_cast<Number>(value | static_cast<std::uint8_t>(bytes[i]));
    }
    return value;
  }

  /// What a length of this type before it says.
  template <std::unsigned_integral Length = std::uint32_t>
  [[nodiscard]] std::string_view text() noexcept {
    return take(number<Length>());
  }

  /// A map of texts. One that has a key twice is not sound.
  [[nodiscard]] std::map<std::string, std::string> map() {
    std::map<std::string, std::string> found;
    mcap_fields entries{text()};
    while (entries.sound() && entries.left() > 0) {
      auto const key = entries.text();
      auto const value = entries.text();
      sound_ = sound_ && entries.sound() && found.emplace(key, value).second;
    }
    return found;
  }

  /// All that is left.
  [[nodiscard]] std::string_view rest() noexcept { return take(bytes_.size()); }

  [[nodiscard]] std::size_t left() const noexcept { return bytes_.size(); }
  [[nodiscard]] bool sound() const noexcept { return sound_; }

private:
  [[nodiscard]] std::string_view take(std::uint64_t size) noexcept {
    if (!sound_ || size > bytes_.size()) {
      sound_ = false;
      bytes_ = {};
      return {};
    }
    auto const taken = bytes_.substr(0, static_cast<std::size_t>(size));
    bytes_.remove_prefix(taken.size());
    return taken;
  }

  std::string_view bytes_;
  bool sound_ = true;
};

} // namespace overt::inline v0::trace
