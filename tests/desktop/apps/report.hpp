#pragma once

#include <cstdio>
#include <map>
#include <string>

/// What a test program tells its test, a JSON line at a time: where each control is on the screen, so that
/// the test can click without guessing, and what happened to it, so that the test knows what the person did.
/// Nothing of what stands in a field is told.
class report {
public:
  /// A control is shown at this place, in pixels of the screen. Says nothing when the test knows that
  /// already.
  void shown(std::string const& control, int x, int y, int width, int height) {
    auto const place = std::to_string(x) + "," + std::to_string(y) + "," + std::to_string(width) + "," +
                       std::to_string(height);
    seen_[control] = true;
    if (places_[control] == place) {
      return;
    }
    places_[control] = place;
    std::printf("{\"control\":\"%s\",\"x\":%d,\"y\":%d,\"width\":%d,\"height\":%d}\n", control.c_str(), x, y,
                width, height);
    std::fflush(stdout);
  }

  /// After every control that is shown was told: those that were not are gone.
  void round() {
    for (auto each = places_.begin(); each != places_.end();) {
      if (seen_[each->first]) {
        ++each;
        continue;
      }
      std::printf("{\"gone\":\"%s\"}\n", each->first.c_str());
      std::fflush(stdout);
      each = places_.erase(each);
    }
    seen_.clear();
  }

  void did(std::string const& what) {
    std::printf("{\"did\":\"%s\"}\n", what.c_str());
    std::fflush(stdout);
  }

private:
  std::map<std::string, std::string> places_;
  std::map<std::string, bool> seen_;
};
