#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include <overt/consent/receipt.hpp>
#include <overt/consent/receipt_request.hpp>
#include <overt/event/result.hpp>

namespace command {

/// What a person is asked for, as it was named on the command line. What is empty was not named.
struct consent_choice {
  std::string policy{};
  std::string language{};
  std::vector<std::string> purposes{};
  std::string preset{};
  std::string jurisdiction{};
  std::string controller{};
  std::vector<std::string> readers{};
  std::optional<int> months{};
  std::optional<int> retention_days{};
  std::string impact_assessment{};
  std::string collective_agreement{};
  std::string review_board{};
  std::string publisher_key{};
};

void add_consent_choice(CLI::App& sub, consent_choice& to);

/// What `overt consent new` asks for: what was named, and the rest as `--help` says.
[[nodiscard]] overt::result<overt::consent::receipt_request> request_for(consent_choice const& chosen);

/// What `overt consent renew` asks for: what was named, and the rest as in the consent before.
[[nodiscard]] overt::result<overt::consent::receipt_request>
request_for(consent_choice const& chosen, overt::consent::receipt const& before);

} // namespace command
