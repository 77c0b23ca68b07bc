#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <overt/sink/cbor.hpp>
#include <overt/sink/jsonl.hpp>
#include <overt/sink/mcap.hpp>
#include <overt/sink/png/png.hpp>
#include <overt/sink/sink.hpp>
#include <overt/sink/sodium/sealed.hpp>
#include <overt/sink/with_pictures.hpp>
#include <overt/sink/zstd/zstd.hpp>

namespace command {

template <class Sink>
using with_png = overt::sink::with_pictures<Sink, overt::sink::png>;

using mcap_file = overt::sink::mcap<overt::event, overt::sink::zstd>;

using sealed_file = overt::sink::mcap<overt::event, overt::sink::zstd, overt::sink::sealed_files>;

/// The sink that a file's name asks for: .mcap, .sealed, .jsonl or .cbor. Each keeps the pictures of frames.
class trace_file {
public:
  /// A sealed one is made by `sealed`.
  [[nodiscard]] static overt::result<trace_file> named(std::string const& path,
                                                       overt::sink::mcap_options const& options = {}) {
    std::string_view const name{path};
    if (name.ends_with(".mcap")) {
      return trace_file{with_png<mcap_file>{mcap_file{path, overt::sink::zstd{}, options}}};
    }
    if (name.ends_with(".jsonl")) {
      return trace_file{with_png<overt::sink::jsonl>{overt::sink::jsonl{path}}};
    }
    if (name.ends_with(".cbor")) {
      return trace_file{with_png<overt::sink::cbor>{overt::sink::cbor{path}}};
    }
    return overt::failure{overt::error_code::misuse, "--out names a .mcap file (for keeping), a .sealed one "
                                                     "(the same, for those that the receipt names alone), "
                                                     "a .jsonl file (for looking at) or a .cbor file."};
  }

  [[nodiscard]] static trace_file sealed(std::string const& path, overt::consent::session_key key,
                                         overt::sink::mcap_options const& options = {}) {
    return trace_file{
        with_png<sealed_file>{overt::sink::sealed(path, std::move(key), overt::sink::zstd{}, options)}};
  }

  [[nodiscard]] overt::result<void> open(overt::session_info const& info) {
    return std::visit([&](auto& file) { return overt::sink::open(file, info); }, to_);
  }
  void write(overt::cleared<overt::event> const& what) {
    std::visit([&](auto& file) { file.write(what); }, to_);
  }
  void write(overt::recorded<overt::event> const& what) {
    std::visit([&](auto& file) { file.write(what); }, to_);
  }
  void write(overt::recorded<overt::event> const& what, overt::screen_picture const& picture) {
    std::visit([&](auto& file) { file.write(what, picture); }, to_);
  }
  [[nodiscard]] overt::result<void> flush() {
    return std::visit([](auto& file) { return overt::sink::flush(file); }, to_);
  }
  [[nodiscard]] overt::result<void> close(overt::session_end const& end) {
    return std::visit([&](auto& file) { return overt::sink::close(file, end); }, to_);
  }

  /// How many events a full disk cost so far; they are told as gaps.
  [[nodiscard]] overt::sink::trace_progress progress() const {
    return std::visit(
        [](auto const& file) {
          if constexpr (requires { file.progress(); }) {
            return file.progress();
          } else {
            return overt::sink::trace_progress{};
          }
        },
        to_);
  }

private:
  using formats = std::variant<with_png<mcap_file>, with_png<sealed_file>, with_png<overt::sink::jsonl>,
                               with_png<overt::sink::cbor>>;

  explicit trace_file(formats to) : to_{std::move(to)} {}

  formats to_;
};

} // namespace command
