// Which signatures are a policy, and which are almost one and refused.
#include <overt/redact/policy.hpp>
#include <overt/redact/presets.hpp>
#include <overt/redact/switched.hpp>
#include <overt/redact/times.hpp>
#include <overt_test/payloads.hpp>

namespace {

namespace redact = overt::redact;
using overt::clearance;
using overt::context;
using overt::disclosure;
using overt::event;
using overt::verdict;

template <class Policy>
inline constexpr bool fits = redact::policy_for<Policy, event>;

// --- what is right
struct looks {
  void operator()(overt::text&, clearance const&) const {}
};
struct discloses {
  verdict operator()(overt::key&, disclosure const& key) const { return verdict::release(key); }
};
struct with_place {
  verdict operator()(overt::key&, context const&, disclosure const& key) const {
    return verdict::release(key);
  }
};
struct of_events {
  template <overt::any_event Event>
  void operator()(Event&, context const&, clearance const&) const {}
};
struct of_places {
  verdict operator()(context&, clearance const&) const { return verdict::pass(); }
};
struct of_payloads {
  template <overt::payload Payload>
  verdict operator()(Payload&, disclosure const& key) const {
    return verdict::release(key);
  }
};
struct side_by_side {
  void operator()(overt::text&, clearance const&) const {}
  verdict operator()(overt::key&, context const&, disclosure const& key) const {
    return verdict::release(key);
  }
  verdict operator()(context&, disclosure const&) const { return verdict::pass(); }
};
struct only_times {
  [[nodiscard]] std::int64_t time_grid_ns() const { return 1; }
};
static_assert(fits<looks> && fits<discloses> && fits<with_place> && fits<of_events> && fits<of_places>);
static_assert(fits<of_payloads> && fits<side_by_side> && fits<only_times>);
static_assert(fits<redact::only> && fits<redact::secrets> && fits<redact::shortcuts> &&
              fits<redact::navigation_keys> && fits<redact::structure> && fits<redact::typed_characters> &&
              fits<redact::pointer_paths> && fits<redact::times>);
static_assert(fits<redact::switched<redact::shortcuts>> && fits<redact::switched<redact::times>> &&
              fits<redact::switched<redact::structure>>);

// --- what is almost right
struct by_value {
  void operator()(overt::key, clearance const&) const {}
};
struct by_rvalue {
  void operator()(overt::key&&, clearance const&) const {}
};
struct by_const_reference {
  void operator()(overt::key const&, clearance const&) const {}
};
struct event_by_const_reference {
  void operator()(event const&, clearance const&) const {}
};
struct place_by_const_reference {
  void operator()(context const&, clearance const&) const {}
};
struct mutable_key {
  void operator()(overt::key&, disclosure&) const {}
};
struct mutable_clearance {
  void operator()(overt::key&, clearance&) const {}
};
struct not_const {
  void operator()(overt::key&, clearance const&) {}
};
struct no_key {
  void operator()(overt::key&) const {}
};
struct mutable_place {
  void operator()(overt::key&, context&, clearance const&) const {}
};
struct wrong_order {
  void operator()(overt::key&, disclosure const&, context const&) const {}
};
struct place_and_no_key {
  void operator()(overt::key&, context const&) const {}
};
static_assert(!fits<by_value> && !fits<by_rvalue> && !fits<by_const_reference> &&
              !fits<event_by_const_reference> && !fits<place_by_const_reference>);
static_assert(!fits<mutable_key> && !fits<mutable_clearance> && !fits<not_const>);
static_assert(!fits<no_key> && !fits<mutable_place> && !fits<wrong_order> && !fits<place_and_no_key>);

// --- one good overload does not excuse a bad one beside it
template <class Bad>
struct beside : looks, Bad {
  using looks::operator();
  using Bad::operator();
};
static_assert(fits<beside<discloses>>);
static_assert(!fits<beside<by_value>> && !fits<beside<by_rvalue>> && !fits<beside<by_const_reference>> &&
              !fits<beside<mutable_key>> && !fits<beside<not_const>> && !fits<beside<no_key>> &&
              !fits<beside<mutable_place>> && !fits<beside<wrong_order>>);

// --- nothing to say about these events
struct about_tickets {
  void operator()(overt_test::ticket_opened&, clearance const&) const {}
};
struct says_nothing {};
static_assert(!fits<about_tickets> && !fits<says_nothing> && !fits<int>);
static_assert(redact::policy_for<about_tickets, overt_test::ticket_event>);

} // namespace
