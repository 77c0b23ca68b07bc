#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/personal_list.hpp>
#include <overt/redact/detect/span.hpp>

namespace overt::inline v0::detect {

/// A recogniser of a program's own: another library's patterns, a model. It looks at the text as it is, calls
/// `add` for each thing found, and returns false when it could not look: then the text is withheld. It runs
/// on the recorder's thread, keeps nothing of the text, and must take time in proportion to it.
struct recogniser {
  std::string name{}; ///< part of the policy's digest
  std::function<bool(std::string_view text, findings& found)> find{};
};

/// Which detectors look at a text, and how sure they have to be. A value: copying it is cheap.
struct detectors {
  std::uint32_t types = (1u << entity_count) - 1; ///< a bit for each entity
  std::uint32_t threshold_percent = 50;           ///< what scores less is not reported
  std::shared_ptr<std::vector<std::string> const>
      my_data{}; ///< the person's own list; 3 characters at least each
  std::shared_ptr<std::vector<recogniser> const> recognisers{};
  /// `my_data` made ready; without it a scan makes it each time, which allocates. `with_my_data` sets both.
  std::shared_ptr<personal_list const> my_list{};

  [[nodiscard]] constexpr bool looks_for(entity type) const noexcept {
    return (types >> static_cast<unsigned>(type) & 1u) != 0;
  }
};

/// Everything there is.
[[nodiscard]] inline detectors all() { return {}; }

/// The same detectors, and the person's own list.
[[nodiscard]] inline detectors with_my_data(detectors which, std::vector<std::string> entries) {
  which.my_list = std::make_shared<personal_list const>(entries);
  which.my_data = std::make_shared<std::vector<std::string> const>(std::move(entries));
  return which;
}

} // namespace overt::inline v0::detect
