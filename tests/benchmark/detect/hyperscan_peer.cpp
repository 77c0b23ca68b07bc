#include <cstdio>
#include <vector>

#include <hs.h>

#include "peers.hpp"

namespace overt_benchmark {

namespace {

class hyperscan final : public hyperscan_peer {
public:
  hyperscan(hs_database_t* database, hs_scratch_t* scratch) : database_{database}, scratch_{scratch} {}
  hyperscan(hyperscan const&) = delete;
  hyperscan& operator=(hyperscan const&) = delete;
  ~hyperscan() override {
    hs_free_scratch(scratch_);
    hs_free_database(database_);
  }

  std::size_t operator()(std::string_view text) override {
    matches_.clear();
    hs_scan(database_, text.data(), static_cast<unsigned>(text.size()), 0, scratch_, &on_match, &matches_);
    return matches_.size();
  }

private:
  struct match {
    unsigned pattern = 0;
    unsigned long long begin = 0;
    unsigned long long end = 0;
  };

  /// It reports every place where a match may end; the longest of those with one beginning is the span.
  static int on_match(unsigned pattern, unsigned long long begin, unsigned long long end, unsigned,
                      void* to) {
    auto& matches = *static_cast<std::vector<match>*>(to);
    for (auto i = matches.size(); i > 0 && i + 8 > matches.size(); --i) {
      auto& known = matches[i - 1];
      if (known.pattern == pattern && begin < known.end) {
        known.end = end > known.end ? end : known.end;
        return 0;
      }
    }
    matches.push_back({pattern, begin, end});
    return 0;
  }

  hs_database_t* database_;
  hs_scratch_t* scratch_;
  std::vector<match> matches_;
};

} // namespace

std::unique_ptr<hyperscan_peer> hyperscan_peer::make() {
  std::vector<char const*> expressions;
  std::vector<unsigned> flags;
  std::vector<unsigned> ids;
  for (auto const& one : peer_patterns) {
    ids.push_back(static_cast<unsigned>(ids.size()));
    expressions.push_back(one.expression);
    flags.push_back(HS_FLAG_SOM_LEFTMOST | (one.ignore_case ? unsigned{HS_FLAG_CASELESS} : 0u));
  }
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_multi(expressions.data(), flags.data(), ids.data(), static_cast<unsigned>(ids.size()),
                       HS_MODE_BLOCK, nullptr, &database, &error) != HS_SUCCESS) {
    std::printf("Hyperscan: %s (pattern %d)\n", error->message, error->expression);
    hs_free_compile_error(error);
    return nullptr;
  }
  hs_scratch_t* scratch = nullptr;
  if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) {
    std::printf("Hyperscan: no scratch memory; does this processor have SSSE3?\n");
    hs_free_database(database);
    return nullptr;
  }
  return std::make_unique<hyperscan>(database, scratch);
}

} // namespace overt_benchmark
