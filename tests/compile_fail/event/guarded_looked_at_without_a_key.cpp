// expect: no matching function for call to .*look|too few arguments to function call
#include <cstddef>

#include <overt/event/guarded.hpp>

#if defined(CONTROL)
std::size_t size_of(overt::guarded_text const& field, overt::clearance const& key) {
  return field.look(key).view().size();
}
#else
std::size_t size_of(overt::guarded_text const& field) { return field.look().view().size(); }
#endif
