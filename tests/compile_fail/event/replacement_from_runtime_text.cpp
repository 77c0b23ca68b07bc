// expect(g++): constant expression
// expect(clang): constant expression
#include <string_view>

#include <overt/event/replacement.hpp>

#if defined(CONTROL)
void use(std::string_view) { static_cast<void>(overt::replacement{}.put("fixed")); }
#else
void use(std::string_view typed) { static_cast<void>(overt::replacement{}.put(typed)); }
#endif
