#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include <xcb/xinput.h>

#include <overt/capture/x11/raw_event.hpp>
#include <overt/capture/x11/scroll_accumulator.hpp>

namespace overt::inline v0::capture::x11 {

/// What is known of one input device. Its name is looked at and not kept.
struct input_device {
  std::uint16_t number = 0; ///< for this session
  bool injected = false;    ///< the server's XTEST device: what comes from it was made by a program
  bool relative = false;    ///< the first two axes say how far it moved
  struct scroll_axis {
    std::uint16_t axis = 0;
    bool vertical = true;
    scroll_accumulator turned{};
  };
  std::vector<scroll_axis> scroll{};
};

/// The input devices of the server.
class device_list {
public:
  /// Takes a reply to XIQueryDevice for all devices. Devices that stay keep their number.
  void update(xcb_input_xi_query_device_reply_t const& reply) {
    std::map<std::uint16_t, input_device> found;
    for (auto each = xcb_input_xi_query_device_infos_iterator(&reply); each.rem > 0;
         xcb_input_xi_device_info_next(&each)) {
      auto const& info = *each.data;
      auto const known = devices_.find(info.deviceid);
      std::string_view const name{xcb_input_xi_device_info_name(&info),
                                  static_cast<std::size_t>(xcb_input_xi_device_info_name_length(&info))};
      auto& device = found[info.deviceid];
      device = read_classes(info);
      device.injected = name.ends_with("XTEST pointer") || name.ends_with("XTEST keyboard");
      if (known == devices_.end()) {
        device.number = ++last_number_;
        continue;
      }
      device.number = known->second.number;
      for (auto& wheel : device.scroll) {
        for (auto const& before : known->second.scroll) {
          if (wheel.axis == before.axis && wheel.turned.counts_like(before.turned)) {
            wheel.turned = before.turned; // with what is left of its last steps
          }
        }
      }
    }
    devices_ = std::move(found);
  }

  /// The device of an event. One that was plugged in a moment ago, and is not listed yet, gets a number.
  [[nodiscard]] input_device& of(std::uint16_t id) {
    auto const [entry, fresh] = devices_.try_emplace(id);
    if (fresh) {
      entry->second.number = ++last_number_;
    }
    return entry->second;
  }

  [[nodiscard]] bool any_scroll_axis() const {
    for (auto const& [id, device] : devices_) {
      if (!device.scroll.empty()) {
        return true;
      }
    }
    return false;
  }

private:
  [[nodiscard]] static input_device read_classes(xcb_input_xi_device_info_t const& info) {
    input_device device;
    std::uint64_t relative_axes = 0;
    for (auto each = xcb_input_xi_device_info_classes_iterator(&info); each.rem > 0;
         xcb_input_device_class_next(&each)) {
      if (each.data->type == XCB_INPUT_DEVICE_CLASS_TYPE_VALUATOR) {
        auto const& axis = *reinterpret_cast<xcb_input_valuator_class_t const*>(each.data);
        if (axis.mode == XCB_INPUT_VALUATOR_MODE_RELATIVE && axis.number < 64) {
          relative_axes |= std::uint64_t{1} << axis.number;
        }
      } else if (each.data->type == XCB_INPUT_DEVICE_CLASS_TYPE_SCROLL) {
        auto const& wheel = *reinterpret_cast<xcb_input_scroll_class_t const*>(each.data);
        auto const increment =
            static_cast<fixed3232>(wheel.increment.integral) * fixed_one + wheel.increment.frac;
        device.scroll.push_back({.axis = wheel.number,
                                 .vertical = wheel.scroll_type == XCB_INPUT_SCROLL_TYPE_VERTICAL,
                                 .turned = scroll_accumulator{increment, false}});
      }
    }
    for (auto& wheel : device.scroll) {
      if (wheel.axis < 64 && (relative_axes >> wheel.axis & 1) == 0) {
        wheel.turned.set_absolute();
      }
    }
    device.relative = (relative_axes & 3) == 3;
    return device;
  }

  std::map<std::uint16_t, input_device> devices_;
  std::uint16_t last_number_ = 0;
};

} // namespace overt::inline v0::capture::x11
