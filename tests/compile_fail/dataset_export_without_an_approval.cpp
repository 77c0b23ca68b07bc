// expect: no matching
// expect: add
#include <overt/dataset/exporter.hpp>

#include <overt_test/episodes.hpp>
#include <overt_test/pictures.hpp>

using exporter = overt::dataset::exporter<overt_test::raw_pictures>;

bool use(exporter& out, overt::dataset::approval const& given) {
  auto const pictures = overt_test::pictures_of_size();
#if defined(CONTROL)
  return out.add(overt_test::some_episode(), overt_test::some_session(), given, pictures).has_value();
#else
  static_cast<void>(given);
  return out.add(overt_test::some_episode(), overt_test::some_session(), pictures).has_value();
#endif
}
