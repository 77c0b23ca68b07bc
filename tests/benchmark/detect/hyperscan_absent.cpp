#include "peers.hpp"

std::unique_ptr<overt_benchmark::hyperscan_peer> overt_benchmark::hyperscan_peer::make() { return nullptr; }
