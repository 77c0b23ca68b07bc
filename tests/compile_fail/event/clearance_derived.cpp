// Deriving from the key gives a type, but none that can be made into a disclosure.
// expect(g++): cannot derive from 'final' base 'overt::v0::disclosure'
// expect(clang): base 'disclosure' is marked 'final'
#include <overt/event/clearance.hpp>

#if defined(CONTROL)
struct mine {};
#else
struct mine : overt::disclosure {};
#endif
mine* none = nullptr;
