#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

#include <overt/event/context.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/payload.hpp>
#include <overt/redact/detect/scan.hpp>
#include <overt/redact/enumerator_literal.hpp>
#include <overt/redact/guarded_texts.hpp>
#include <overt/redact/parameter_list.hpp>
#include <overt/redact/policy.hpp>
#include <overt/redact/pseudonym_key.hpp>

namespace overt::inline v0::redact {

/// Puts a pseudonym in place of whatever detectors find in any text: "{EMAIL:3f9a1c02d4e5f607}". The same
/// address has the same pseudonym throughout a dataset, so that one can still see that a reply went to who
/// had asked; nobody can tell who that was.
///
///     only({...}) | secrets{} | redact::pseudonyms{.key = key} | elements{} | titles{...}
///
/// It discloses nothing, so it stands before the policies that do. Without a key the type alone stands there.
/// A text that a detector could not look at is denied.
struct pseudonyms {
  pseudonym_key key{};
  detect::detectors look_for = detect::all();

  static constexpr std::string_view name = "pseudonyms";
  [[nodiscard]] std::string describe() const {
    return parameter_list{}.add("key", key).add("look_for", look_for).json(name);
  }

  /// A frame's text is where its picture lies in the trace.
  template <payload Payload>
    requires(!std::same_as<Payload, frame>)
  void operator()(Payload& what, clearance const& look) const {
    bool changed = false;
    each_guarded_text(what, [&](guarded_text& field) { changed = replace(field, look) || changed; });
    if constexpr (std::same_as<Payload, text>) {
      if (changed) {
        mark_as_changed(what, look);
      }
    }
  }

  void operator()(context& where, clearance const& look) const {
    static_cast<void>(replace(where.title, look));
    static_cast<void>(replace(where.page, look));
  }

private:
  bool replace(guarded_text& field, clearance const& look) const {
    auto const content = field.look(look).view();
    if (content.empty()) {
      return false;
    }
    detect::findings found;
    detect::scan(look_for, content, found);
    if (!found.complete()) {
      look.note("UNSEARCHED", redaction_action::withheld, size_of(content));
      field.deny(look);
      return true;
    }
    if (found.empty()) {
      return false;
    }
    replacement made;
    std::size_t kept = 0;
    for (auto const& one : found.spans()) {
      auto const type = literal_of(one.type);
      auto const what = content.substr(one.begin, one.end - one.begin);
      look.note(type, redaction_action::replaced, size_of(what));
      made.keep({kept, one.begin}).put("{").put(type);
      if (key) {
        made.put(":").put(key.of(look, type, what));
      }
      made.put("}");
      kept = one.end;
    }
    made.keep({kept, content.size()});
    field.replace(look, made);
    return true;
  }
};

} // namespace overt::inline v0::redact
