// Writes a trace of known events through a pipeline, until it is killed.
//
//     trace_writer TRACE [--acknowledged FILE] [--count N] [--human] [--zstd] [--chunk-bytes N] [--part-bytes
//     N]
//                  [--waiting-bytes N] [--sync-ms N] [--tell] [--forgetful | --never-sync]

#include "trace_writing.hpp"

#include <overt/sink/zstd/zstd.hpp>

int main(int count, char** arguments) {
  overt_durability::settings given;
  if (!overt_durability::parse(count, arguments, given)) {
    std::fputs("trace_writer TRACE [options]; its source has them\n", stderr);
    return 2;
  }
  return given.zstd ? overt_durability::write(given, overt::sink::zstd{})
                    : overt_durability::write(given, overt::sink::uncompressed{});
}
