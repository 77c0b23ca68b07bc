// A hash of a short secret is the secret.
// expect(g++): use of deleted function 'std::hash<overt::v0::guarded<
// expect(clang): type 'std::hash<overt::guarded_text>'.* does not provide a call operator
#include <cstddef>
#include <functional>

#include <overt/event/guarded.hpp>

std::size_t hash_of(overt::guarded_text const& field) {
#if defined(CONTROL)
  return std::hash<int>{}(static_cast<int>(field.state()));
#else
  return std::hash<overt::guarded_text>{}(field);
#endif
}
