// expect(g++): is private within this context
// expect(clang): private constructor
#include <utility>

#include <overt/dataset/approval.hpp>

#if defined(CONTROL)
overt::dataset::approval use(overt::dataset::approval const& given) { return given; }
#else
overt::dataset::approval use(overt::dataset::approval_record decided) {
  return overt::dataset::approval{std::move(decided)};
}
#endif
