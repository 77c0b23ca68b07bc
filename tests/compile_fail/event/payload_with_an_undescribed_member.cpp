// A member that is not described would neither be withheld nor written.
// expect: overt: fields\(\) of a payload must name every member
#include <string_view>

#include <overt/event/basic_event.hpp>

struct ticket_opened {
  int number = 0;
#if !defined(CONTROL)
  overt::guarded_text title{};
#endif
  static constexpr std::string_view name = "ticket_opened";
  static constexpr auto fields() { return overt::fields(overt::field("number", &ticket_opened::number)); }
};

overt::basic_event<ticket_opened> const made{{}, ticket_opened{}};
