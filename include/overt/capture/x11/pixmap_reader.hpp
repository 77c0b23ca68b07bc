#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <xcb/composite.h>
#include <xcb/shm.h>
#include <xcb/xfixes.h>

#include <overt/capture/x11/picture_machinery.hpp>
#include <overt/capture/x11/pixel_layout.hpp>
#include <overt/capture/x11/redirect_request.hpp>
#include <overt/capture/x11/shared_pixels.hpp>
#include <overt/detail/secure_memory.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/screen_picture.hpp>

namespace overt::inline v0::capture::x11 {

/// Reads parts of the pixmaps that windows are drawn into. All requests of a picture are sent before the
/// first answer is read.
class pixmap_reader {
public:
  struct request {
    window_id child = 0;
    xcb_visualid_t visual = 0;
    std::uint64_t version = 0; ///< of the child, when the part was chosen
    rectangle part{};          ///< of the pixmap, from the outer corner
    std::size_t at = 0;
    xcb_xfixes_fetch_region_cookie_t shape{};
    xcb_shm_get_image_cookie_t shared{};
    xcb_get_image_cookie_t plain{};
    [[nodiscard]] std::size_t bytes() const {
      return static_cast<std::size_t>(part.width) * static_cast<std::size_t>(part.height) * 4;
    }
  };
  struct answer {
    bool there = false;
    pixel_layout layout{};
    std::vector<rectangle> shape{}; ///< what of the window can be seen at all, from the inner corner
    std::uint32_t sequence = 0;     ///< of the request that read it
    std::byte const* pixels = nullptr;
    reply_ptr<xcb_get_image_reply_t> reply{}; ///< that holds them, without shared memory
  };

  void prepare(picture_machinery const& made, bool shared) {
    made_ = &made;
    handle_ = made.server.get();
    shared_ = shared && made.has_shared_memory;
  }

  /// Before `ask`: memory for all of them.
  void reserve(std::span<request> requests) {
    used_ = 0;
    for (auto& one : requests) {
      one.at = used_;
      used_ += one.bytes();
    }
    shared_ = shared_ && memory_.reserve(handle_, used_);
  }

  void ask(request& one) {
    auto const region = xcb_generate_id(handle_);
    xcb_xfixes_create_region_from_window(handle_, region, one.child, 0);
    one.shape = xcb_xfixes_fetch_region(handle_, region);
    xcb_xfixes_destroy_region(handle_, region);
    auto const pixmap = xcb_generate_id(handle_);
    xcb_composite_name_window_pixmap(handle_, one.child, pixmap);
    auto const x = static_cast<std::int16_t>(one.part.x);
    auto const y = static_cast<std::int16_t>(one.part.y);
    auto const width = static_cast<std::uint16_t>(one.part.width);
    auto const height = static_cast<std::uint16_t>(one.part.height);
    if (shared_) {
      one.shared = xcb_shm_get_image(handle_, pixmap, x, y, width, height, ~0U, XCB_IMAGE_FORMAT_Z_PIXMAP,
                                     memory_.segment(), static_cast<std::uint32_t>(one.at));
    } else {
      one.plain = xcb_get_image(handle_, XCB_IMAGE_FORMAT_Z_PIXMAP, pixmap, x, y, width, height, ~0U);
    }
    xcb_free_pixmap(handle_, pixmap); // the name only
  }

  [[nodiscard]] answer take(request const& one) {
    answer made;
    reply_ptr<xcb_xfixes_fetch_region_reply_t> const shape{
        xcb_xfixes_fetch_region_reply(handle_, one.shape, nullptr)};
    made.shape = rectangles_of(shape.get());
    std::uint8_t depth = 0;
    if (shared_) {
      reply_ptr<xcb_shm_get_image_reply_t> const reply{xcb_shm_get_image_reply(handle_, one.shared, nullptr)};
      made.there = reply && reply->size >= one.bytes();
      depth = reply ? reply->depth : depth;
      made.sequence = one.shared.sequence;
      made.pixels = memory_.data() + one.at;
    } else {
      made.reply.reset(xcb_get_image_reply(handle_, one.plain, nullptr));
      made.there =
          made.reply && static_cast<std::size_t>(xcb_get_image_data_length(made.reply.get())) >= one.bytes();
      depth = made.reply ? made.reply->depth : depth;
      made.sequence = one.plain.sequence;
      made.pixels =
          made.reply ? reinterpret_cast<std::byte const*>(xcb_get_image_data(made.reply.get())) : nullptr;
    }
    auto const layout = layout_of(depth, one.visual);
    made.there = made.there && shape && layout;
    made.layout = layout.value_or(pixel_layout{});
    return made;
  }

  /// Wipes what `take` left behind; for every answer.
  static void wipe(answer& one) noexcept {
    if (one.reply) {
      overt::detail::wipe(xcb_get_image_data(one.reply.get()),
                          static_cast<std::size_t>(xcb_get_image_data_length(one.reply.get())));
    }
  }
  void wipe() noexcept { memory_.wipe(used_); }

private:
  [[nodiscard]] std::optional<pixel_layout> layout_of(std::uint8_t depth, xcb_visualid_t visual) const {
    auto const* const setup = xcb_get_setup(handle_);
    std::uint8_t bits = 0;
    for (auto each = xcb_setup_pixmap_formats_iterator(setup); each.rem > 0; xcb_format_next(&each)) {
      bits = each.data->depth == depth ? each.data->bits_per_pixel : bits;
    }
    for (auto depths = xcb_screen_allowed_depths_iterator(&made_->server.screen()); depths.rem > 0;
         xcb_depth_next(&depths)) {
      for (auto each = xcb_depth_visuals_iterator(depths.data); each.rem > 0; xcb_visualtype_next(&each)) {
        if (each.data->visual_id == visual && depths.data->depth == depth &&
            (each.data->_class == XCB_VISUAL_CLASS_TRUE_COLOR ||
             each.data->_class == XCB_VISUAL_CLASS_DIRECT_COLOR)) {
          return pixel_layout::of(depth, bits, each.data->red_mask, each.data->green_mask,
                                  each.data->blue_mask, setup->image_byte_order == XCB_IMAGE_ORDER_LSB_FIRST);
        }
      }
    }
    return std::nullopt;
  }

  picture_machinery const* made_ = nullptr;
  xcb_connection_t* handle_ = nullptr;
  bool shared_ = false;
  std::size_t used_ = 0;
  shared_pixels memory_;
};

} // namespace overt::inline v0::capture::x11
