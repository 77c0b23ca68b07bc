#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include <overt/detail/unless_thrown.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/event/screen_picture.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/sink/encoded_picture.hpp>
#include <overt/sink/keeps_pictures.hpp>
#include <overt/sink/picture_encoder.hpp>
#include <overt/sink/session_info.hpp>
#include <overt/sink/sink.hpp>

namespace overt::inline v0::sink {

/// Gives a sink the pictures of frames beside the events; without it a trace has frames and no pixels.
///
///     sink::with_pictures{sink::mcap{"trace.mcap"}, sink::png{}}
///
/// Of a `frame` whose picture was disclosed, the picture is encoded and given to the sink first, then the
/// event. A picture that cannot be encoded or kept (no memory, a full disk) is lost, and its event is written
/// all the same; `trace::pictures` tells that it is missing. Encoding takes tens of milliseconds on the
/// recorder's thread (docs/pictures_measured.md).
template <keeps_pictures Sink, image_codec Codec>
class with_pictures {
public:
  explicit with_pictures(Sink inner, Codec codec = Codec{}, picture_rules rules = {})
      : inner_{std::move(inner)}, encoder_{std::move(codec), rules} {}

  template <any_event Event>
    requires sink_for<Sink, Event>
  void write(cleared<Event> const& what) {
    keep_picture_of(what);
    inner_.write(what);
  }

  /// From a trace or `sink::memory`: the picture is kept where the event has its pixels.
  template <any_event Event>
    requires requires(Sink& to, recorded<Event> const& what) { to.write(what); }
  void write(recorded<Event> const& what) {
    keep_picture_of(what);
    inner_.write(what);
  }

  /// The same with a picture that was read beside the event (`trace::pictures`).
  template <any_event Event>
    requires requires(Sink& to, recorded<Event> const& what) { to.write(what); }
  void write(recorded<Event> const& what, screen_picture const& picture) {
    keep({what.head().sequence, what.head().time}, picture);
    inner_.write(what);
  }

  [[nodiscard]] result<void> open(session_info const& info) {
    encoder_.forget();
    return sink::open(inner_, info);
  }
  [[nodiscard]] result<void> flush() { return sink::flush(inner_); }
  [[nodiscard]] result<void> close(session_end const& end) {
    encoder_.forget();
    return sink::close(inner_, end);
  }

  [[nodiscard]] auto progress() const
    requires requires(Sink const& inner) { inner.progress(); }
  {
    return inner_.progress();
  }

private:
  template <class What>
  void keep_picture_of(What const& what) {
    what.visit([&]<class Payload>(Payload const& payload) {
      if constexpr (std::same_as<Payload, frame>) {
        auto const* const picture = payload.picture.disclosed();
        if (picture != nullptr && picture->has_pixels()) {
          keep({what.head().sequence, what.head().time}, *picture);
        }
      }
    });
  }

  void keep(picture_head const& head, screen_picture const& picture) {
    bool const kept = v0::detail::unless_thrown(
        [&] {
          auto const made = encoder_.encode(head.sequence, picture, wants_whole_picture(inner_));
          return made && inner_.write_picture(head, **made).has_value();
        },
        [] { return false; });
    if (kept) {
      encoder_.done();
    } else {
      encoder_.forget(); // nothing may refer to what is not there
    }
  }

  Sink inner_;
  picture_encoder<Codec> encoder_;
};

} // namespace overt::inline v0::sink
