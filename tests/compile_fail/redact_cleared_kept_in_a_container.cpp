// A cleared event lives as long as the call. sink::memory keeps copies of what was disclosed.
// expect(g++): use of deleted function .*cleared|must be constructible|construct_at
// expect(clang): deleted (constructor|function)|no matching function for call to 'construct_at'|must be constructible
// expect: cleared
#include <vector>

#include <overt/event/event.hpp>
#include <overt/redact/cleared.hpp>

struct keeps {
  std::vector<overt::cleared<overt::event>> kept;
  void write(overt::cleared<overt::event> const& what) {
#if defined(CONTROL)
    static_cast<void>(what.payload_name());
#else
    kept.push_back(what);
#endif
  }
};
