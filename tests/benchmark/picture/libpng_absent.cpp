#include "peers.hpp"

bool overt_benchmark::encode_libpng(std::span<std::uint32_t const>, overt::picture_size, std::string&) {
  return false;
}
