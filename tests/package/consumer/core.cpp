#include <overt/capture/application.hpp>
#include <overt/version.hpp>

int main() {
  overt::capture::application<> app{"com.example.consumer"};
  overt::capture::port<overt::event> port{{.items = 16}};
  if (!app.open(port) || !app.record(overt::focus{})) {
    return 1;
  }
  app.close();
  static_assert(overt::version::major_number >= 0);
  return port.take([](auto&&) {}) ? 0 : 1;
}
