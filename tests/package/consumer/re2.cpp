#include <overt/redact/detect/re2/patterns.hpp>

int main() {
  namespace detect = overt::detect;
  auto const own = detect::re2::patterns::compile({{"ticket", "T-[0-9]{4}"}, {"badge", "B[0-9]+"}});
  detect::findings found;
  return own && own->find("see T-1000", found) && found.spans().size() == 1 ? 0 : 1;
}
