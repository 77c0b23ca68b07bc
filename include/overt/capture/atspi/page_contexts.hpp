#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/private_window.hpp>
#include <overt/capture/atspi/web_address.hpp>
#include <overt/capture/port.hpp>
#include <overt/event/context.hpp>
#include <overt/event/context_ptr.hpp>

namespace overt::inline v0::capture::atspi {

/// Makes contexts that say which page and which kind of field, and uses the last one again while they stay
/// the same: two contexts are the same place only if they are the same object. Application and window are
/// named only in contexts that stand for themselves.
class page_contexts {
public:
  /// Null when the element is in a page whose address cannot be told, or there is no room for its text (a
  /// page without an address would count as none), and in a private window, which is never recorded.
  template <class Port>
  [[nodiscard]] context_ptr of(element const& what, field_kind kind, Port& out,
                               std::string_view application = {}, std::string_view title = {}) {
    if (what.process == 0 || names_private_window(what.window_title.view())) {
      return {};
    }
    auto const address = what.document ? parse_address(what.address.view()) : web_address{};
    if (what.document && !address.known) {
      return {};
    }
    if (last_ && process_ == what.process && last_->field == kind && in_page_ == bool{what.document} &&
        origin_.view() == address.origin.view() && page_.view() == address.page.view() &&
        application_.view() == application && title_.view() == title) {
      return last_;
    }
    process_ = what.process;
    in_page_ = bool{what.document};
    origin_ = arena_string{address.origin.view()};
    page_ = arena_string{address.page.view()};
    application_ = arena_string{application};
    title_ = arena_string{title};
    overt::context made{.application = stored(application, out),
                        .title = stored(title, out),
                        .origin = stored(address.origin.view(), out),
                        .page = stored(address.page.view(), out),
                        .field = kind};
    bool const whole = !in_page_ || made.origin.state() != guard_state::denied;
    last_ = whole ? context_ptr{std::move(made), process_} : context_ptr{};
    return last_;
  }

private:
  template <class Port>
  [[nodiscard]] static guarded_text stored(std::string_view text, Port& out) {
    return text.empty() ? guarded_text{} : out.store(text);
  }

  context_ptr last_;
  std::uint32_t process_ = 0;
  bool in_page_ = false;
  arena_string origin_{};
  arena_string page_{};
  arena_string application_{};
  arena_string title_{};
};

} // namespace overt::inline v0::capture::atspi
