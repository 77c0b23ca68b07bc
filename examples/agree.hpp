#pragma once

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/consent/json/new_receipt.hpp>
#include <overt/overt.hpp>

// What the examples share: an answer to the question whether a policy may be used, and something to see while
// it is.

/// Stands for the person who runs the example: asks for what the policy needs, and agrees. A real program
/// shows `consent::notice_text`, waits for the answer, and keeps the receipt (`overt consent new` does).
/// `readers`: who may open sealed recordings.
template <class Chain>
overt::consent::active_consent agree_to(Chain const& policy, std::string_view indicator,
                                        std::vector<overt::consent::key_holder> readers = {}) {
  namespace consent = overt::consent;
  auto const pictures = has_all(needs_of(policy), consent::grants::screenshot);
  consent::receipt_request const asked{.apps = std::get<overt::redact::only>(policy.policies).applications,
                                       .grants = needs_of(policy),
                                       .purposes = {consent::purpose::reproduce_own_workflow},
                                       .preset = consent::jurisdiction_preset::us_other,
                                       .jurisdiction = "US",
                                       .policy_digest = overt::redact::digest_of(policy, indicator),
                                       .responsible = {.id = "self", .name = "the reader of this example"},
                                       .readers = std::move(readers),
                                       .screenshots =
                                           pictures ? consent::screenshot_mode::allowlisted_window_masked
                                                    : consent::screenshot_mode::none};
  auto const answer = consent::write_receipt(asked, overt::system_clocks{}, consent::system_randomness{});
  auto agreed = answer ? consent::activate(*consent::parse_receipt(*answer), overt::system_clocks{},
                                           consent::accept_unsigned{})
                       : overt::result<consent::active_consent>{answer.error()};
  if (!agreed) {
    std::fprintf(stderr, "%s\n", agreed.error().message.c_str());
    std::exit(1);
  }
  return *std::move(agreed);
}

/// An indicator of one's own, as a program with a status bar has: it is part of the policy's digest, because
/// the person agreed to be shown this one.
struct status_bar {
  static constexpr std::string_view name = "status_bar";

  overt::result<void> show() {
    std::puts("[status bar] recording");
    return {};
  }
  std::optional<overt::timestamp> confirmed() {
    return overt::system_clocks{}.now();
  } // it has just been drawn
  void hide() { std::puts("[status bar] not recording"); }
};
