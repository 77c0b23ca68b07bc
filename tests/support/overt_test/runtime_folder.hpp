#pragma once

#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

namespace overt_test {

/// A folder of its own that `XDG_RUNTIME_DIR` names meanwhile.
struct runtime_folder {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("overt-run-" + std::to_string(std::random_device{}()));

  runtime_folder() {
    std::filesystem::create_directory(folder);
    ::setenv("XDG_RUNTIME_DIR", folder.c_str(), 1);
  }
  runtime_folder(runtime_folder const&) = delete;
  runtime_folder& operator=(runtime_folder const&) = delete;
  ~runtime_folder() {
    ::unsetenv("XDG_RUNTIME_DIR");
    std::filesystem::remove_all(folder);
  }
};

} // namespace overt_test
