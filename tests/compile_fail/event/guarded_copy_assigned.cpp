// expect: use of deleted function .*operator=|overload resolution selected deleted operator '='
#include <utility>

#include <overt/event/guarded.hpp>

void replace(overt::guarded_text& to, overt::guarded_text& from) {
#if defined(CONTROL)
  overt::guarded_text const taken{std::move(from)};
  static_cast<void>(taken);
  static_cast<void>(to);
#else
  to = from;
#endif
}
