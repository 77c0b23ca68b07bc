#include "command.hpp"
#include "consent_answer.hpp"

#include <cstdint>
#include <limits>
#include <string>

#include <nlohmann/json.hpp>

#include <overt/consent/grants.hpp>
#include <overt/consent/preset.hpp>

namespace {

namespace consent = overt::consent;

nlohmann::ordered_json as_data(consent::jurisdiction_preset preset, consent::preset_rules const& rules) {
  nlohmann::ordered_json made{{"preset", overt::name_of(preset)}};
  auto denied = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < flags(rules.denied).size(); ++i) {
    if ((static_cast<unsigned>(rules.denied) >> i & 1u) != 0) {
      denied.push_back(flags(rules.denied)[i]);
    }
  }
  made["denied"] = std::move(denied);
  made["retention_days"] = rules.retention_days == std::numeric_limits<std::int32_t>::max()
                               ? nlohmann::ordered_json{}
                               : nlohmann::ordered_json(rules.retention_days);
  made["needs_impact_assessment"] = rules.needs_impact_assessment;
  made["needs_collective_agreement"] = rules.needs_collective_agreement;
  made["needs_review_board"] = rules.needs_review_board;
  made["needs_acknowledgement"] = rules.needs_acknowledgement;
  made["only_local_storage"] = rules.only_local_storage;
  made["needs_review"] = rules.needs_review;
  made["no_person_aggregates"] = rules.no_person_aggregates;
  made["not_legal_advice"] = rules.advice;
  return made;
}

void print(consent::jurisdiction_preset preset, consent::preset_rules const& rules) {
  fmt::print("{}\n", overt::name_of(preset));
  auto const line = [](bool applies, std::string const& words) {
    if (applies) {
      fmt::print("  - {}\n", words);
    }
  };
  line(rules == consent::preset_rules{}, "nothing beyond what holds everywhere");
  line(rules.denied != consent::grants::none, "never records: " + list_of(rules.denied));
  line(rules.retention_days != std::numeric_limits<std::int32_t>::max(),
       "keeps recordings for " + std::to_string(rules.retention_days) + " days at most");
  line(rules.needs_impact_assessment, "needs the reference of an impact assessment (--dpia)");
  line(rules.needs_collective_agreement,
       "needs the reference of a works agreement or of a consultation (--agreement)");
  line(rules.needs_review_board, "needs the reference of an ethics board's approval (--irb)");
  line(rules.needs_acknowledgement, "needs the person's signature under the written notice");
  line(rules.only_local_storage, "stores on the person's own computer alone");
  line(rules.needs_review, "the person looks through a recording before anybody else does");
  line(rules.no_person_aggregates, "nobody is shown totals or rates of one person");
}

} // namespace

int command::print_presets(bool as_json) {
  auto list = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < enumerators(consent::jurisdiction_preset{}).size(); ++i) {
    auto const preset = static_cast<consent::jurisdiction_preset>(i);
    as_json ? list.push_back(as_data(preset, rules_of(preset))) : print(preset, rules_of(preset));
  }
  if (as_json) {
    fmt::print("{}\n", list.dump(1));
  } else {
    fmt::print("\n{} A preset only ever takes away from what was agreed.\n", consent::not_legal_advice);
  }
  return done;
}
