#pragma once

#include <utility>

#include <overt/event/context_ptr.hpp>

namespace overt::inline v0::capture {

/// Puts together what two sources know of one place: application and title from one, page and field from the
/// other. Remembers the last pair, so that a new context is made only when one of the two changes.
class merged_context {
public:
  [[nodiscard]] context_ptr of(context_ptr const& application, context_ptr const& field) {
    if (!merged_ || !(application == application_) || !(field == field_)) {
      using v0::detail::guarded_access;
      merged_ = context_ptr{context{.application = guarded_access::clone(application->application),
                                    .title = guarded_access::clone(application->title),
                                    .origin = guarded_access::clone(field->origin),
                                    .page = guarded_access::clone(field->page),
                                    .field = field->field},
                            application.process()};
      application_ = application;
      field_ = field;
    }
    return merged_;
  }

private:
  context_ptr application_;
  context_ptr field_;
  context_ptr merged_;
};

} // namespace overt::inline v0::capture
