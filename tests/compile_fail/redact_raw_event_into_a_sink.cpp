// A sink takes what a chain let out, and nothing else.
// expect: cannot convert|no viable conversion
// expect: cleared
#include <overt/event/event.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/sink/memory.hpp>

#if defined(CONTROL)
void use(overt::sink::memory<>& sink, overt::cleared<overt::event> const& what) { sink.write(what); }
#else
void use(overt::sink::memory<>& sink, overt::event const& what) { sink.write(what); }
#endif
