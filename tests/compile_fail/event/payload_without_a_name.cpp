// expect: overt: a payload is an aggregate with a static `name` and `fields\(\)`
#include <string_view>

#include <overt/event/basic_event.hpp>

struct ticket_opened {
  int number = 0;
#if defined(CONTROL)
  static constexpr std::string_view name = "ticket_opened";
#endif
  static constexpr auto fields() { return overt::fields(overt::field("number", &ticket_opened::number)); }
};

overt::basic_event<ticket_opened> const made{{}, ticket_opened{}};
