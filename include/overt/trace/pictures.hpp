#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/event/result.hpp>
#include <overt/event/screen_picture.hpp>
#include <overt/sink/chunk_codec.hpp>
#include <overt/sink/encoded_picture.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/mcap/picture_store.hpp>
#include <overt/trace/picture/folder_store.hpp>
#include <overt/trace/picture/stored_picture.hpp>
#include <overt/trace/picture/tiles.hpp>
#include <overt/trace/plain_files.hpp>
#include <overt/trace/trace_format.hpp>

namespace overt::inline v0::trace {

/// Where the pictures of a trace are kept: `mcap_picture_store` and `folder_store`.
template <class Store>
concept picture_store = requires(Store& store, Store const& same, std::uint64_t sequence) {
  { same.numbers() } -> std::same_as<std::vector<std::uint64_t> const&>;
  { same.problems() } -> std::same_as<std::vector<std::string> const&>;
  { store.read(sequence) } -> std::same_as<result<stored_picture>>;
};

/// The pictures of the frames of a trace, whole, whatever way they are kept. Beside a `trace::reader` of the
/// same trace; made by `trace::open_pictures`.
///
///     auto pictures = trace::open_pictures<sink::png, sink::zstd>("trace.mcap");
///     auto picture = pictures->picture_of(event.head().sequence);    // result<screen_picture>
///
/// Holds the last key picture and what is given, however long the trace is. The pictures begin at 0, 0; where
/// on the desktop they belong says `frame::covers`. One thread.
template <sink::image_codec Codec>
class pictures {
public:
  template <picture_store Store>
  explicit pictures(Store store, Codec codec = Codec{})
      : held_{std::make_unique<holding<Store>>(std::move(store))}, codec_{std::move(codec)} {}

  /// The picture of this event. Errors: `not_found` when it, or the key picture that it refers to, is not
  /// there: it was not kept, or is lost. `invalid_input` for what is damaged or no picture, `unsupported` for
  /// another format.
  [[nodiscard]] result<screen_picture> picture_of(std::uint64_t sequence) {
    auto found = held_->read(sequence);
    if (!found) {
      return found.error();
    }
    if (found->kind == sink::picture_kind::key) {
      if (auto const decoded = keep_key(*found); !decoded) {
        return decoded.error();
      }
      return copy_of_key();
    }
    screen_picture column;
    if (found->kind == sink::picture_kind::tiles) { // before the store is asked for the key picture
      if (auto const decoded = decode(*found, column); !decoded) {
        return decoded.error();
      }
    }
    if (auto const had = find_key(found->key_sequence); !had) {
      return failure{had.error().code, "the picture of event " + std::to_string(sequence) +
                                           " needs another one: " + had.error().message};
    }
    auto const size = key_.size();
    auto made = copy_of_key();
    if (!made) {
      return made;
    }
    bool const fits = found->kind == sink::picture_kind::same
                          ? size.width == found->size.width && size.height == found->size.height
                          : put_tiles(*made, *found, column);
    if (!fits) {
      return failure{error_code::invalid_input, "the picture of event " + std::to_string(sequence) +
                                                    " does not fit the one that it refers to"};
    }
    return made;
  }

  /// Calls `use(sequence, screen_picture const&)` for each in the order of the events. Ends with the first
  /// error; whoever wants the others asks for each of `numbers()`.
  template <class Use>
  [[nodiscard]] result<void> each_picture(Use&& use) {
    for (auto const sequence : numbers()) {
      auto const picture = picture_of(sequence);
      if (!picture) {
        return picture.error();
      }
      use(sequence, *picture);
    }
    return {};
  }

  /// The events that have one, in order.
  [[nodiscard]] std::vector<std::uint64_t> const& numbers() const noexcept { return held_->numbers(); }

  /// Sentences on what is there and is not sound.
  [[nodiscard]] std::vector<std::string> const& problems() const noexcept { return held_->problems(); }

private:
  struct any_store {
    virtual ~any_store() = default;
    [[nodiscard]] virtual std::vector<std::uint64_t> const& numbers() const noexcept = 0;
    [[nodiscard]] virtual std::vector<std::string> const& problems() const noexcept = 0;
    [[nodiscard]] virtual result<stored_picture> read(std::uint64_t sequence) = 0;
  };
  template <class Store>
  struct holding final : any_store {
    explicit holding(Store&& made) : value{std::move(made)} {}
    [[nodiscard]] std::vector<std::uint64_t> const& numbers() const noexcept override {
      return value.numbers();
    }
    [[nodiscard]] std::vector<std::string> const& problems() const noexcept override {
      return value.problems();
    }
    [[nodiscard]] result<stored_picture> read(std::uint64_t sequence) override {
      return value.read(sequence);
    }
    Store value;
  };

  [[nodiscard]] result<void> decode(stored_picture const& from, screen_picture& into) {
    if (from.format != Codec::name) {
      return failure{error_code::unsupported, "the picture of event " + std::to_string(from.sequence) +
                                                  " is of a format that this program does not read"};
    }
    auto decoded = codec_.decode(from.image, into);
    return decoded ? decoded
                   : failure{decoded.error().code, "the picture of event " + std::to_string(from.sequence) +
                                                       ": " + decoded.error().message};
  }

  [[nodiscard]] result<void> keep_key(stored_picture const& from) {
    key_sequence_.reset();
    auto decoded = decode(from, key_);
    if (decoded) {
      key_sequence_ = from.sequence;
    }
    return decoded;
  }

  [[nodiscard]] result<void> find_key(std::uint64_t sequence) {
    if (key_sequence_ == sequence) {
      return {};
    }
    auto const found = held_->read(sequence);
    if (!found) {
      return found.error();
    }
    return found->kind == sink::picture_kind::key
               ? keep_key(*found)
               : failure{error_code::invalid_input,
                         "that of event " + std::to_string(sequence) + " is not a whole picture"};
  }

  [[nodiscard]] result<screen_picture> copy_of_key() const {
    auto made = key_.copy();
    return made.has_pixels() ? result<screen_picture>{std::move(made)}
                             : failure{error_code::output_failed, "there is no memory for a picture"};
  }

  std::unique_ptr<any_store> held_;
  Codec codec_;
  screen_picture key_{}; ///< the key picture that was needed last
  std::optional<std::uint64_t> key_sequence_{};
};

/// Opens the pictures of an MCAP trace whose files are somewhere special, such as a sealed one. `Codecs`: how
/// its chunks may be compressed.
template <sink::image_codec Image, sink::chunk_codec... Codecs, class Files>
[[nodiscard]] result<pictures<Image>> open_pictures_in(Files files) {
  auto store = mcap_picture_store<Files, Codecs...>::open(std::move(files));
  return store ? result<pictures<Image>>{pictures<Image>{std::move(*store)}}
               : result<pictures<Image>>{store.error()};
}

/// Opens the pictures of a trace by its path, whatever its format. Errors: as `trace::open`.
template <sink::image_codec Image, sink::chunk_codec... Codecs>
[[nodiscard]] result<pictures<Image>> open_pictures(std::string path) {
  auto const format = trace_format_of(path);
  if (!format) {
    return format.error();
  }
  if (*format == trace_format::mcap) {
    return open_pictures_in<Image, Codecs...>(plain_files{std::move(path)});
  }
  auto store = folder_store::open(path, Image::name);
  return store ? result<pictures<Image>>{pictures<Image>{std::move(*store)}}
               : result<pictures<Image>>{store.error()};
}

} // namespace overt::inline v0::trace
