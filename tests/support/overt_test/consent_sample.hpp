#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include <overt/consent/receipt.hpp>
#include <overt/event/timestamp.hpp>

namespace overt_test {

inline constexpr std::int64_t second = 1'000'000'000;
inline constexpr std::int64_t day = 86'400 * second;
inline constexpr std::int64_t some_day = 20'000 * day;

struct manual_clock {
  std::int64_t monotonic = 5 * second;
  std::int64_t wall = some_day;

  [[nodiscard]] overt::timestamp now() const { return {monotonic}; }
  [[nodiscard]] std::int64_t wall_ns() const { return wall; }
  void pass(std::int64_t ns) {
    monotonic += ns;
    wall += ns;
  }
};

/// Terms that hold on `some_day` for 100 days.
inline overt::consent::receipt some_terms() {
  using namespace overt::consent;
  receipt terms;
  terms.principal = "psn1:0123456789abcdef0123456789abcdef";
  terms.purposes = {purpose::train_computer_use_model};
  terms.grants = grants::key_semantic | grants::ui_element;
  terms.apps = {"org.gnome.TextEditor"};
  terms.sites = {"https://tickets.example.org/*"};
  terms.never = never::password_fields;
  terms.policy_digest = std::string(64, 'b');
  terms.latest = consent_event::given;
  terms.granted_wall_ns = some_day - day;
  terms.expires_wall_ns = some_day + 100 * day;
  terms.retention_days = 30;
  return terms;
}

/// A folder that is removed at the end.
struct temporary_folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("overt-consent-" + std::to_string(std::random_device{}()));

  temporary_folder() { std::filesystem::create_directory(path); }
  temporary_folder(temporary_folder const&) = delete;
  temporary_folder& operator=(temporary_folder const&) = delete;
  ~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
};

inline void write(std::filesystem::path const& file, std::string const& text) {
  std::ofstream{file, std::ios::binary | std::ios::trunc} << text;
}

} // namespace overt_test
