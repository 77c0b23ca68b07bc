// expect: overt: when<Payload>\(policy\): the policy takes the payload by
#include <overt/event/event.hpp>
#include <overt/redact/when.hpp>

#if defined(CONTROL)
auto const made = overt::redact::when<overt::text, "mine">([](overt::text&, overt::clearance const&) {});
#else
auto const made =
    overt::redact::when<overt::text, "mine">([](overt::text const&, overt::clearance const&) {});
#endif
