#pragma once

#include <string_view>
#include <utility>

#include <overt/event/arena_string.hpp>
#include <overt/event/guarded.hpp>

namespace overt_test {

/// Content as it stands in a trace: a policy has let it out.
template <class Content>
overt::guarded<Content> disclosed(Content content) {
  overt::guarded<Content> made;
  overt::detail::guarded_access::put(made, std::move(content), overt::guard_state::disclosed);
  return made;
}
inline overt::guarded_text disclosed_text_of(std::string_view text) {
  return disclosed(overt::arena_string{text});
}

} // namespace overt_test
