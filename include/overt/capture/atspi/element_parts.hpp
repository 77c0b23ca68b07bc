#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/capture/atspi/bus_message.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/event/rectangle.hpp>

// What the replies of accessible objects say. What is not as it should be is nothing.
namespace overt::inline v0::capture::atspi {

inline constexpr auto accessible_interface = "org.a11y.atspi.Accessible";
inline constexpr auto component_interface = "org.a11y.atspi.Component";

/// `au`: the lower and the upper 32 states.
[[nodiscard]] inline std::optional<std::uint64_t> read_states(arguments body) {
  auto list = body.enter_array();
  auto const low = list.unsigned_number();
  if (!low) {
    return std::nullopt;
  }
  return *low | std::uint64_t{list.unsigned_number().value_or(0)} << 32;
}

/// `as`, as flags of `element::has`.
[[nodiscard]] inline std::uint32_t read_interfaces(arguments body) {
  constexpr std::array<std::pair<std::string_view, element::has>, 7> known{
      {{"Text", element::text},
       {"EditableText", element::editable_text},
       {"Value", element::has_value},
       {"Selection", element::selection},
       {"Action", element::action},
       {"Document", element::web_document},
       {"Component", element::component}}};
  constexpr std::string_view prefix = "org.a11y.atspi.";
  std::uint32_t found = 0;
  auto list = body.enter_array();
  for (int count = 0; list.more() && count < 64; ++count) {
    auto const name = list.text(255).value_or(std::string_view{});
    for (auto const& [suffix, flag] : known) {
      if (name.starts_with(prefix) && name.substr(prefix.size()) == suffix) {
        found |= flag;
      }
    }
  }
  return found;
}

/// `a{ss}`, the first 64.
[[nodiscard]] inline std::vector<attribute> read_attributes(arguments body) {
  std::vector<attribute> found;
  auto list = body.enter_array();
  while (list.more() && found.size() < 64) {
    auto pair = list.enter(DBUS_TYPE_DICT_ENTRY);
    auto const key = pair.text(64);
    auto const value = pair.text();
    if (key && value) {
      found.push_back({std::string{*key}, arena_string{*value}});
    }
  }
  return found;
}

/// `a(so)`, the first `most`; nothing when it is no such list.
[[nodiscard]] inline std::optional<std::vector<object_id>> read_objects(arguments body, std::size_t most) {
  if (body.type() != DBUS_TYPE_ARRAY) {
    return std::nullopt;
  }
  std::vector<object_id> found;
  auto list = body.enter_array();
  while (list.more() && found.size() < most) {
    if (auto one = list.object(); one && *one) {
      found.push_back(*std::move(one));
    }
  }
  return found;
}

/// `a(ua(so))`: the first object that labels this one; none when nothing does.
[[nodiscard]] inline object_id read_label(arguments body) {
  constexpr std::uint32_t labelled_by = 2;
  auto list = body.enter_array();
  for (int count = 0; list.more() && count < 32; ++count) {
    auto relation = list.enter(DBUS_TYPE_STRUCT);
    if (relation.unsigned_number() == labelled_by) {
      auto const targets = read_objects(relation, 1);
      return targets && !targets->empty() ? targets->front() : object_id{};
    }
  }
  return {};
}

/// `(iiii)` of an object, `iiii` of a text; empty for what is nowhere, which toolkits say in many ways.
[[nodiscard]] inline rectangle read_extents(arguments body) {
  auto box = body.type() == DBUS_TYPE_STRUCT ? body.enter(DBUS_TYPE_STRUCT) : body;
  auto const x = box.number();
  auto const y = box.number();
  auto const width = box.number();
  auto const height = box.number();
  constexpr std::int32_t far = 1 << 20;
  auto const near = [](std::int32_t value) { return value > -far && value < far; };
  if (!x || !y || !width || !height || !near(*x) || !near(*y) || *width <= 0 || *height <= 0 ||
      *width > far || *height > far) {
    return {};
  }
  return {*x, *y, *width, *height};
}

/// A number the way a person writes it.
[[nodiscard]] inline arena_string write_number(double value) {
  std::array<char, 32> text{};
  auto const [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && std::isfinite(value)
             ? arena_string{std::string_view{text.data(), static_cast<std::size_t>(end - text.data())}}
             : arena_string{};
}

} // namespace overt::inline v0::capture::atspi
