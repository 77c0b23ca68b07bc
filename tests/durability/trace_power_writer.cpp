// trace_writer without compression, for a virtual machine that has nothing but this one program: it is linked
// statically.

#include "trace_writing.hpp"

int main(int count, char** arguments) {
  overt_durability::settings given;
  if (!overt_durability::parse(count, arguments, given)) {
    std::fputs("trace_power_writer TRACE [options]; see trace_writer\n", stderr);
    return 2;
  }
  return overt_durability::write(given, overt::sink::uncompressed{});
}
