// expect: overt: a payload may hold guarded content, numbers and closed vocabularies; plain text has to be guarded_text
#include <string>
#include <string_view>

#include <overt/event/basic_event.hpp>

struct ticket_opened {
#if defined(CONTROL)
  overt::guarded_text title{};
#else
  std::string title{};
#endif
  static constexpr std::string_view name = "ticket_opened";
  static constexpr auto fields() { return overt::fields(overt::field("title", &ticket_opened::title)); }
};

overt::basic_event<ticket_opened> const made{{}, ticket_opened{}};
