// The policies beside the presets' are policies, of events that carry what they look at and of places.
#include <type_traits>

#include <overt/event/event.hpp>
#include <overt/redact/element_names.hpp>
#include <overt/redact/file_paths.hpp>
#include <overt/redact/page_addresses.hpp>
#include <overt/redact/page_routes.hpp>
#include <overt/redact/pointer_thinned.hpp>
#include <overt/redact/policy.hpp>
#include <overt/redact/pseudonyms.hpp>
#include <overt/redact/times.hpp>
#include <overt/redact/titles.hpp>
#include <overt/redact/when.hpp>
#include <overt_test/payloads.hpp>

namespace {

namespace redact = overt::redact;

template <class... Policy>
inline constexpr bool fit = (redact::policy_for<Policy, overt::event> && ...);
static_assert(fit<redact::element_names, redact::file_paths, redact::page_addresses, redact::page_routes,
                  redact::pointer_thinned, redact::pseudonyms, redact::times, redact::titles>);
static_assert(fit<redact::when_policy<overt::text, redact::file_paths>>);
static_assert(redact::policy_for<redact::file_paths, overt_test::ticket_event> &&
              redact::policy_for<redact::pseudonyms, overt_test::ticket_event>);

// What only looks and masks asks for the weaker key, and can be seen to disclose nothing.
template <class Policy, class What>
inline constexpr bool only_looks = std::is_invocable_v<Policy const&, What&, overt::clearance const&>;
static_assert(only_looks<redact::file_paths, overt::text> && only_looks<redact::file_paths, overt::context> &&
              only_looks<redact::pseudonyms, overt::text> && only_looks<redact::pseudonyms, overt::context>);
static_assert(!only_looks<redact::element_names, overt::ui_action> &&
              !only_looks<redact::titles, overt::context> &&
              !only_looks<redact::page_routes, overt::context>);

// Aggregates, so that parameters are set by name.
static_assert(std::is_aggregate_v<redact::element_names> && std::is_aggregate_v<redact::page_routes> &&
              std::is_aggregate_v<redact::titles> && std::is_aggregate_v<redact::pseudonyms> &&
              std::is_aggregate_v<redact::times> && std::is_aggregate_v<redact::pointer_thinned>);

} // namespace
