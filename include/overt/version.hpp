#pragma once

// The one place where the version is written; CMake, Conan and the trace writers read it from here.
#define OVERT_VERSION_MAJOR 0
#define OVERT_VERSION_MINOR 1
#define OVERT_VERSION_PATCH 0

namespace overt::inline v0 {

/// The version of the library, as written into every trace.
struct version {
  static constexpr int major_number = OVERT_VERSION_MAJOR;
  static constexpr int minor_number = OVERT_VERSION_MINOR;
  static constexpr int patch_number = OVERT_VERSION_PATCH;
};

} // namespace overt::inline v0
