// The same as damage_test.cpp with chunks that are compressed.
#include <overt/trace/mcap/scan.hpp>

#include <overt/sink/zstd/zstd.hpp>
#include <overt_test/catch.hpp>

#include "damage_checks.hpp"
#include "sample_file.hpp"

using overt::sink::zstd;
using overt_test::make_sample;

TEST_CASE("A flip of any bit of an MCAP file with zstd is found and costs at most one chunk") {
  overt_test::flip_every_bit<zstd>(make_sample(3, zstd{}));
}

TEST_CASE("An MCAP file with zstd that is cut anywhere gives all whole chunks") {
  overt_test::cut_everywhere<zstd>(make_sample(3, zstd{}));
}
