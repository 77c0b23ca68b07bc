#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace overt::inline v0::consent {

/// What a recording may be used for: a closed set. Evaluating, ranking or monitoring people is not in it, so
/// neither a program nor a file can ask for that.
enum class purpose : std::uint8_t {
  train_computer_use_model,
  evaluate_computer_use_model, ///< evaluates the model, never the person
  academic_research,
  reproduce_own_workflow, ///< a person records their own work for themselves
};

constexpr auto enumerators(purpose) {
  return std::array<std::string_view, 4>{"overt:TrainComputerUseModel", "overt:EvaluateComputerUseModel",
                                         "dpv:AcademicResearch", "overt:ReproduceOwnWorkflow"};
}

} // namespace overt::inline v0::consent
