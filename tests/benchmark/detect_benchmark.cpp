// What it costs to look for personal and secret things in a text: all detectors of the library in one pass,
// beside RE2::Set (which patterns occur, then where), Hyperscan (with the beginnings of matches) and
// std::regex, with 21 patterns for the same types. Every way says where things are, not only that there are.
//
//   detect_benchmark [ROUNDS]     11 rounds unless told
//
// Windows of 50 to 2,000 characters, as they are looked at while somebody types, one in four with something
// in it; and some megabytes at once. Each window is timed alone, less what reading the clock costs. Rounds of
// all ways alternate; the smallest of the rounds is told, and how far the largest lay above it. Then texts
// that are made to hold a scanner up: the time for 64 KiB, and how it grows when the text doubles.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/redact/detect/re2/patterns.hpp>
#include <overt/redact/detect/scan.hpp>

#include "detect/peers.hpp"
#include "detect/texts.hpp"

namespace {

namespace detect = overt::detect;
using overt_benchmark::peer_patterns;
using overt_benchmark::texts;

using clock_type = std::chrono::steady_clock;
double ns_between(clock_type::time_point from, clock_type::time_point to) {
  return std::chrono::duration<double, std::nano>(to - from).count();
}

/// A way of looking at a text; returns how many things it found.
struct way {
  std::string_view name{};
  std::function<std::size_t(std::string_view)> look{};
  int every = 1; ///< takes part in every so many rounds, and of windows in every so many: std::regex is slow
};

/// The smallest of the rounds, and the largest.
struct measured {
  double least = 1e300;
  double most = 0;
  void add(double value) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
  [[nodiscard]] double spread_percent() const { return (most / least - 1) * 100; }
};

double quantile(std::vector<double>& values, double share) {
  auto const place =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

/// What two readings of the clock with nothing between them cost.
double clock_cost() {
  std::vector<double> costs;
  for (int i = 0; i < 4096; ++i) {
    auto const from = clock_type::now();
    costs.push_back(ns_between(from, clock_type::now()));
  }
  return quantile(costs, 0.5);
}

std::size_t found_in_all = 0; // so that nothing is optimised away

void measure_windows(std::vector<way>& ways, std::string_view what, std::vector<std::string> const& windows,
                     int rounds) {
  struct result {
    measured p50, p99, mean;
    std::size_t found = 0;
    std::size_t looked = 0;
  };
  std::vector<result> results(ways.size());
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < ways.size(); ++i) {
      auto const which = (i + static_cast<std::size_t>(round)) % ways.size();
      auto& each = ways[which];
      if (round % each.every != 0) {
        continue;
      }
      auto const cost = clock_cost();
      times.clear();
      double sum = 0;
      std::size_t found = 0;
      for (std::size_t at = 0; at < windows.size(); at += static_cast<std::size_t>(each.every)) {
        auto const from = clock_type::now();
        found += each.look(windows[at]);
        auto const to = clock_type::now();
        times.push_back(std::max(1.0, ns_between(from, to) - cost));
        sum += times.back();
      }
      auto& into = results[which];
      into.found = found;
      into.looked = times.size();
      found_in_all += found;
      into.mean.add(sum / static_cast<double>(times.size()));
      into.p50.add(quantile(times, 0.5));
      into.p99.add(quantile(times, 0.99));
    }
  }
  std::printf("%.*s\n", static_cast<int>(what.size()), what.data());
  auto const& ours = results[0];
  for (std::size_t i = 0; i < ways.size(); ++i) {
    auto const& one = results[i];
    std::printf("  %-20.*s p50 %9.1f ns (+%3.0f %%)  p99 %10.1f ns (+%3.0f %%)  mean %9.1f ns",
                static_cast<int>(ways[i].name.size()), ways[i].name.data(), one.p50.least,
                one.p50.spread_percent(), one.p99.least, one.p99.spread_percent(), one.mean.least);
    std::printf("  %5.1f %% with something",
                100.0 * static_cast<double>(one.found) / static_cast<double>(one.looked));
    if (i > 0) {
      std::printf("  p50 x %.1f, p99 x %.1f, mean x %.1f", one.p50.least / ours.p50.least,
                  one.p99.least / ours.p99.least, one.mean.least / ours.mean.least);
    }
    std::printf("\n");
  }
}

void measure_bulk(std::vector<way>& ways, std::string_view what, std::string const& text, int rounds) {
  std::vector<measured> results(ways.size());
  std::vector<std::size_t> found(ways.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < ways.size(); ++i) {
      auto const which = (i + static_cast<std::size_t>(round)) % ways.size();
      auto& each = ways[which];
      if (round % each.every != 0) {
        continue;
      }
      auto const piece =
          std::string_view{text}.substr(0, text.size() / static_cast<std::size_t>(each.every * each.every));
      auto const from = clock_type::now();
      found[which] = each.look(piece);
      results[which].add(ns_between(from, clock_type::now()) / static_cast<double>(piece.size()));
      found_in_all += found[which];
    }
  }
  std::printf("%.*s\n", static_cast<int>(what.size()), what.data());
  for (std::size_t i = 0; i < ways.size(); ++i) {
    std::printf("  %-20.*s %8.2f MB/s (+%3.0f %%)  %zu found", static_cast<int>(ways[i].name.size()),
                ways[i].name.data(), 1e3 / results[i].least, results[i].spread_percent(), found[i]);
    if (i > 0) {
      std::printf("  x %.2f", results[i].least / results[0].least);
    }
    std::printf("\n");
  }
}

/// The least time of a few, for one text.
double least_ns(std::string const& text, int times) {
  std::vector<detect::span> found;
  double least = 1e300;
  for (int i = 0; i < times; ++i) {
    auto const from = clock_type::now();
    static_cast<void>(detect::scan_long(detect::all(), text, found));
    least = std::min(least, ns_between(from, clock_type::now()));
    found_in_all += found.size();
  }
  return least;
}

void measure_hostile() {
  constexpr std::size_t size = 64 * 1024;
  std::printf("hostile texts: time for 64 KiB, and how many times that for twice as much (2 is linear)\n");
  double slowest = 0;
  double steepest = 0;
  for (auto const& one : overt_benchmark::hostile_texts) {
    auto const once = least_ns(overt_benchmark::repeated(one.unit, size), 7);
    auto const twice = least_ns(overt_benchmark::repeated(one.unit, 2 * size), 7);
    slowest = std::max(slowest, once);
    steepest = std::max(steepest, twice / once);
    std::printf("  %-28.*s %8.1f us  x %.2f\n", static_cast<int>(one.name.size()), one.name.data(),
                once / 1e3, twice / once);
  }
  std::printf("  slowest %.1f us, steepest x %.2f\n", slowest / 1e3, steepest);
}

} // namespace

int main(int count, char** words) {
  int const rounds = count > 1 ? std::max(1, std::atoi(words[1])) : 11;

  auto const everything = detect::all();
  detect::findings found;
  std::vector<detect::span> spans;
  overt_benchmark::re2_peer re2;
  overt_benchmark::std_regex_peer std_regex;
  auto const hyperscan = overt_benchmark::hyperscan_peer::make();

  std::vector<way> ways;
  ways.push_back({"overt", [&](std::string_view text) {
                    detect::scan(everything, text, found);
                    return found.spans().size();
                  }});
  ways.push_back({re2.name, [&](std::string_view text) { return re2(text); }});
  if (hyperscan != nullptr) {
    ways.push_back({hyperscan->name, [&](std::string_view text) { return (*hyperscan)(text); }});
  } else {
    std::printf("Hyperscan is not here; the rest is measured without it.\n");
  }
  ways.push_back({std_regex.name, [&](std::string_view text) { return std_regex(text); }, 8});

  std::printf("%d rounds; least of the rounds (and how far the largest lay above it)\n", rounds);
  texts make;
  for (std::size_t const size : {50u, 64u, 200u, 500u, 2000u}) {
    std::vector<std::string> plain;
    std::vector<std::string> prose;
    std::vector<std::string> mixed;
    for (int i = 0; i < 4096; ++i) {
      plain.push_back(make.words(size));
      prose.push_back(make.prose(size));
      mixed.push_back(i % 4 == 0 ? make.with_entities(size, 1 + size / 400) : make.prose(size));
    }
    auto const of = std::to_string(size) + " characters, ";
    measure_windows(ways, of + "words alone", plain, rounds);
    measure_windows(ways, of + "prose with a number in 40 words", prose, rounds);
    measure_windows(ways, of + "the same, one window in four with something in it", mixed, rounds);
  }

  ways[0].look = [&](std::string_view text) {
    static_cast<void>(detect::scan_long(everything, text, spans));
    return spans.size();
  };
  measure_bulk(ways, "4 MB of words alone", make.words(4'000'000), rounds);
  measure_bulk(ways, "4 MB of prose with a number in 40 words", make.prose(4'000'000), rounds);
  measure_bulk(ways, "4 MB of the same, something every 400 characters",
               make.with_entities(4'000'000, 10'000), rounds);

  measure_hostile();
  return found_in_all > 0 ? 0 : 1;
}
