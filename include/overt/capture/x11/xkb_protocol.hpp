#pragma once

// The C header names a member with a keyword of C++. The macro ends right below, and this is the only place that
// includes the header.
#define explicit explicit_
#include <xcb/xkb.h>
#undef explicit
