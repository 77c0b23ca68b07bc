// expect: overt: a function in when<Payload, "name">\(function\) captures nothing
#include <overt/event/event.hpp>
#include <overt/redact/when.hpp>

#if defined(CONTROL)
auto make(int) {
  return overt::redact::when<overt::text, "mine">([](overt::text&, overt::clearance const&) {});
}
#else
auto make(int limit) {
  return overt::redact::when<overt::text, "mine">([limit](overt::text& what, overt::clearance const& key) {
    if (limit > 0) {
      what.value.deny(key);
    }
  });
}
#endif
auto const made = make(1);
