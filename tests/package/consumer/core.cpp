#include <overt/capture/port.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/event.hpp>
#include <overt/version.hpp>

int main() {
  static_assert(overt::version::major_number >= 0);
  overt::capture::port<overt::event> port{{.items = 16}};
  overt::context_ptr const where{overt::context{.application = port.store("com.example.consumer")}};
  port.push_confirmed(overt::system_clocks{}.now(), where, overt::focus{});
  return port.take([](auto&&) {}) ? 0 : 1;
}
