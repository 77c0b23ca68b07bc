// A guard around a pointer would wipe the pointer and leave the content.
// expect: guardable
#include <overt/event/guarded.hpp>

#if defined(CONTROL)
using field = overt::guarded<unsigned>;
#else
using field = overt::guarded<char const*>;
#endif
field const made{};
