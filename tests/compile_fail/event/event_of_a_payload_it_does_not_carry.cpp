// expect: no matching (function for call to|constructor for initialization of)
// expect: carries
#include <overt/event/basic_event.hpp>
#include <overt/event/key.hpp>
#include <overt/event/pointer_move.hpp>

using only_keys = overt::basic_event<overt::key>;
#if defined(CONTROL)
only_keys const made{{}, overt::key{}};
#else
only_keys const made{{}, overt::pointer_move{}};
#endif
