#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <overt/capture/atspi/act_description.hpp>
#include <overt/capture/atspi/signal_log.hpp>
#include <overt/capture/atspi/snapshot.hpp>
#include <overt/capture/input_hint.hpp>

namespace overt::inline v0::capture::atspi {

/// What the parts of an act tracker share: where acts go, how elements are read, what programs told lately.
template <class Reader, class Out>
class act_report {
public:
  act_report(Reader& reader, Out& out, std::function<bool(element const&)> is_secret)
      : reader_{&reader}, out_{&out}, is_secret_{std::move(is_secret)} {}
  act_report(act_report const&) = delete;
  act_report& operator=(act_report const&) = delete;

  [[nodiscard]] bool is_secret(element const& what) const { return !is_secret_ || is_secret_(what); }

  /// An act is certain. `called` stands in for an element that has no name.
  void tell(timestamp when, ui_act act, element const& what, input_numbers const& from,
            std::optional<std::string_view> before = std::nullopt,
            std::optional<std::string_view> after = std::nullopt, std::string_view called = {}) {
    out_->act(when, what,
              is_secret(what) ? describe_secret(act) : describe(act, what, from, before, after, called));
  }

  /// Reads an object; `done(snapshot)` comes later, with null when it is gone. Not after the end of this.
  template <class Done>
  void read(object_id const& id, Done done) {
    reader_->read(id, [this, life = std::weak_ptr<char>{life_}, done](element const* found) {
      if (!life.expired()) {
        auto const now_is = snapshot_of(found);
        if (now_is != nullptr) {
          lately_[next_++ % lately_.size()] = now_is;
        }
        done(now_is);
      }
    });
  }

  /// `what` as it was read last.
  [[nodiscard]] snapshot newest(snapshot what) const {
    for (auto const& one : lately_) {
      if (what != nullptr && one != nullptr && one->id == what->id && one->observed > what->observed) {
        what = one;
      }
    }
    return what;
  }

  template <class Done>
  void under(input_hint const& at, Done done) {
    reader_->under(at.process, at.window, at.x, at.y,
                   [life = std::weak_ptr<char>{life_}, done](element const* found) {
                     if (!life.expired()) {
                       done(snapshot_of(found));
                     }
                   });
  }

  [[nodiscard]] Out& out() noexcept { return *out_; }
  signal_log log{};

private:
  Reader* reader_;
  Out* out_;
  std::function<bool(element const&)> is_secret_;
  std::array<snapshot, 8> lately_{};
  std::size_t next_ = 0;
  std::shared_ptr<char> life_ = std::make_shared<char>('\0');
};

} // namespace overt::inline v0::capture::atspi
