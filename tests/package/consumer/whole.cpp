// What most programs of a user begin with.
#include <overt/overt.hpp>

int main() {
  auto const policy = overt::redact::strict({"com.example.consumer"});
  return sizeof(policy) > 0 ? 0 : 1;
}
