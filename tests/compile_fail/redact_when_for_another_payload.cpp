// expect: overt: when<Payload>\(policy\): the policy has nothing to say about this payload
#include <overt/event/event.hpp>
#include <overt/redact/shortcuts.hpp>
#include <overt/redact/when.hpp>

#if defined(CONTROL)
auto const made = overt::redact::when<overt::key>(overt::redact::shortcuts{});
#else
auto const made = overt::redact::when<overt::text>(overt::redact::shortcuts{});
#endif
