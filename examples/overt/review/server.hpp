#pragma once

#include "session.hpp"

#include <functional>
#include <string>

#include <overt/event/result.hpp>

namespace command {

/// Shows a review to one browser of this computer, until the person ends it there or a signal to end comes
/// (Ctrl+C). `ready` is called with the link, which works once. Errors: `unsupported` in a build without the
/// library that it needs, `output_failed` when no port can be had.
[[nodiscard]] overt::result<void> serve_review(review_session& session,
                                               std::function<void(std::string const& link)> const& ready);

} // namespace command
