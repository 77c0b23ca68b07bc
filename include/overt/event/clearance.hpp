#pragma once

#include <overt/event/audit_notes.hpp>

namespace overt::inline v0 {

namespace detail {
struct gatekeeper;
} // namespace detail

/// The key that lets a policy look at guarded content, mask it and deny it.
///
/// Only a pipeline makes one, for the length of one call. It cannot be copied, stored by address, or conjured
/// from bytes: the constructors are private and the destructor is user-provided, which rules out
/// `std::bit_cast`.
class clearance {
public:
  clearance(clearance const&) = delete;
  clearance& operator=(clearance const&) = delete;
  clearance const* operator&() const = delete;
  ~clearance() {}

  /// Tells the audit what the policy did to a stretch of content: the class of thing, what became of it and
  /// its length in buckets. It becomes a `redaction` event.
  void note(literal entity, redaction_action action, amount size) const noexcept {
    if (notes_ != nullptr) {
      notes_->add(entity, action, size);
    }
  }

protected:
  explicit clearance(detail::audit_notes* notes) noexcept : notes_{notes} {}

private:
  friend struct detail::gatekeeper;

  detail::audit_notes* notes_;
};

/// The key that may also disclose. A policy that asks for this one instead of `clearance` is a policy that
/// lets content out, which is visible in its signature and in a review.
class disclosure final : public clearance {
public:
  disclosure(disclosure const&) = delete;
  disclosure& operator=(disclosure const&) = delete;
  ~disclosure() {}

private:
  explicit disclosure(detail::audit_notes* notes) noexcept : clearance{notes} {}
  friend struct detail::gatekeeper;
};

namespace detail {

/// Makes the keys. Used by the pipeline, and by nothing else in the library (a hygiene test reads the
/// includes and the uses). Types cannot stop a program from naming `detail::`; SECURITY.md says so.
struct gatekeeper {
  /// Calls `use(disclosure const&, clearance const&)`: the strong key and, for policies that only ask to
  /// look, the weak one. What they note goes to `notes`, if there are any.
  template <class Use>
  static decltype(auto) with_keys(Use&& use, audit_notes* notes = nullptr) {
    disclosure const strong{notes};
    clearance const weak{notes};
    return use(strong, weak);
  }
};

} // namespace detail

} // namespace overt::inline v0
