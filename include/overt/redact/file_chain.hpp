#pragma once

#include <string>
#include <utility>
#include <vector>

#include <overt/redact/chain.hpp>
#include <overt/redact/element_names.hpp>
#include <overt/redact/elements.hpp>
#include <overt/redact/file_paths.hpp>
#include <overt/redact/navigation_keys.hpp>
#include <overt/redact/only.hpp>
#include <overt/redact/page_addresses.hpp>
#include <overt/redact/page_routes.hpp>
#include <overt/redact/pixels.hpp>
#include <overt/redact/pointer_paths.hpp>
#include <overt/redact/pointer_thinned.hpp>
#include <overt/redact/policy_settings.hpp>
#include <overt/redact/second_look.hpp>
#include <overt/redact/secrets.hpp>
#include <overt/redact/shortcuts.hpp>
#include <overt/redact/structure.hpp>
#include <overt/redact/switched.hpp>
#include <overt/redact/times.hpp>
#include <overt/redact/titles.hpp>
#include <overt/redact/typed_characters.hpp>
#include <overt/redact/typed_text.hpp>
#include <overt/redact/window_titles.hpp>

namespace overt::inline v0::redact {

/// A chain whose policies were chosen at run time. Those that only take away stand before those that
/// disclose, and `typed_text`, which takes keys in, before the policies that speak of keys.
using file_chain =
    chain<only, secrets, switched<typed_text>, switched<file_paths>, switched<shortcuts>,
          switched<navigation_keys>, switched<structure>, switched<element_names>, switched<elements>,
          switched<page_routes>, switched<page_addresses>, switched<titles>, switched<window_titles>,
          switched<typed_characters>, switched<pointer_thinned>, switched<pointer_paths>, switched<pixels>,
          switched<times>, second_look>;

[[nodiscard]] inline pixels pixels_from(policy_settings const& wanted) {
  using enum pictures_detail;
  return {.readable = wanted.pictures >= searched ? readable_text::searched
                      : wanted.pictures == labels ? readable_text::labels
                                                  : readable_text::none,
          .images = wanted.pictures == everything,
          .labels = wanted.pictures == layout ? std::vector<std::string>{} : wanted.labels,
          .look_for = full_detectors(wanted.detectors)};
}

/// The chain that does what the settings say. It has the digest of the same policies joined in this order in
/// code: `chain_from(settings_of(policy_preset::balanced, {...}))` that of `balanced({...})`.
[[nodiscard]] inline file_chain chain_from(policy_settings const& wanted) {
  using enum names_detail;
  bool const told = wanted.text == typing_detail::amount || wanted.text == typing_detail::cleared;
  auto const tell = wanted.text == typing_detail::amount ? typed_value::amount : typed_value::cleared;
  auto const look_for = full_detectors(wanted.detectors);
  auto const names_told = wanted.names == labels || wanted.names == pseudonyms;
  auto const changed = detect::describe(wanted.detectors) != detect::describe(detect::all());
  return {
      {wanted.scope,
       secrets{wanted.unobserved},
       {{wanted.detectors, tell}, told},
       {{}, wanted.hide_file_paths},
       {{}, wanted.shortcuts},
       {{}, wanted.navigation_keys},
       {{}, wanted.structure},
       {{wanted.labels, look_for, wanted.names == pseudonyms ? wanted.key : pseudonym_key{}}, names_told},
       {{}, wanted.names == raw},
       {{wanted.page_parts, look_for}, wanted.pages == pages_detail::routes},
       {{}, wanted.pages == pages_detail::raw},
       {{wanted.title_templates}, wanted.titles == titles_detail::templates},
       {{}, wanted.titles == titles_detail::raw},
       {{}, wanted.text == typing_detail::raw},
       {{wanted.pointer_hz, wanted.pointer_grid_px}, wanted.pointer == pointer_detail::thinned},
       {{}, wanted.pointer == pointer_detail::paths},
       {pixels_from(wanted), wanted.pictures != pictures_detail::withheld},
       {{wanted.times}, wanted.times != consent::key_timing::segment_5s},
       wanted.verify ? second_look{wanted.detectors, true, changed && !told} : second_look::switched_off()}};
}

} // namespace overt::inline v0::redact
