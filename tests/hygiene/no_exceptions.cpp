// Compiled with -fno-exceptions -fno-rtti: the core must not need either.
#include <overt_test/all_of_core.hpp>

namespace {

struct ticket_opened {
  std::uint32_t number = 0;
  overt::guarded_text title{};

  static constexpr std::string_view name = "ticket_opened";
  static constexpr auto fields() {
    return overt::fields(overt::field("number", &ticket_opened::number),
                         overt::field("title", &ticket_opened::title));
  }
};

using my_event = overt::basic_event<overt::key, overt::pointer_move, overt::ui_action, ticket_opened>;

} // namespace

template class overt::guarded<overt::arena_string>;
template class overt::guarded<std::uint32_t>;
template class overt::basic_event<overt::key, overt::pointer_move, overt::ui_action, ticket_opened>;
template class overt::capture::port<overt::event>;
template class overt::capture::port<my_event>;
template class overt::capture::application<my_event>;
