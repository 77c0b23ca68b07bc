// expect: cannot convert|no viable conversion|no matching (function|member function) for call to
// expect: string
#include <overt/detail/json_text.hpp>
#include <overt/event/guarded.hpp>

void use(overt::detail::json_text& out, overt::guarded_text const& text) {
#if defined(CONTROL)
  if (auto const* const content = text.disclosed(); content != nullptr) {
    out.string(content->view());
  }
#else
  out.string(text);
#endif
}
