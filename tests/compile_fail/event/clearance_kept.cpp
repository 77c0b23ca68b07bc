// A key is for the length of one call: it has no address to keep.
// expect: use of deleted function .*operator&|overload resolution selected deleted operator '&'
#include <overt/event/clearance.hpp>

struct keeps {
  overt::clearance const* kept = nullptr;
  void operator()(overt::clearance const& key) {
#if defined(CONTROL)
    static_cast<void>(key);
#else
    kept = &key;
#endif
  }
};
