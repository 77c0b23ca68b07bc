#pragma once

#include <cstdio>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <overt/event/result.hpp>

/// What the commands of `overt` share. Each command adds itself to the command line and says how it went.
namespace command {

inline constexpr int done = 0;
inline constexpr int refused = 1; ///< or found wrong
inline constexpr int misused = 2;

/// Says what went wrong, and gives the exit code for it.
inline int fail(overt::failure const& why) {
  fmt::print(stderr, "overt: {}\n", why.message);
  return why.code == overt::error_code::misuse ? misused : refused;
}

void add_record(CLI::App& overt, int& exit_code);
void add_show(CLI::App& overt, int& exit_code);
void add_keys(CLI::App& overt, int& exit_code);
void add_verify(CLI::App& overt, int& exit_code);
void add_recover(CLI::App& overt, int& exit_code);
void add_export(CLI::App& overt, int& exit_code);
void add_erase(CLI::App& overt, int& exit_code);
void add_review(CLI::App& overt, int& exit_code);
void add_pause(CLI::App& overt, int& exit_code); ///< and resume, exempt, status
void add_replay(CLI::App& overt, int& exit_code);
void add_detect(CLI::App& overt, int& exit_code);
void add_redact(CLI::App& overt, int& exit_code);
void add_consent(CLI::App& overt, int& exit_code);
void add_policy(CLI::App& overt, int& exit_code);
void add_ledger(CLI::App& overt, int& exit_code);
void add_access(CLI::App& overt, int& exit_code);

} // namespace command
