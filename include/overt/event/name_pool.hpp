#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>

#include <overt/event/literal.hpp>

namespace overt::inline v0 {

/// Keeps the names that were read from a trace, each once, so that literals can point to them. It must
/// outlive what was read.
class name_pool {
public:
  [[nodiscard]] literal keep(std::string_view name) {
    auto found = names_.find(name);
    if (found == names_.end()) {
      found = names_.emplace(name).first;
    }
    return detail::trace_text::as_literal(*found);
  }

private:
  std::set<std::string, std::less<>> names_;
};

} // namespace overt::inline v0
