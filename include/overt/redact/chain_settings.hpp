#pragma once

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <overt/redact/file_chain.hpp>
#include <overt/redact/key_times.hpp>
#include <overt/redact/pointer_limits.hpp>
#include <overt/redact/policy_settings.hpp>
#include <overt/redact/unverified.hpp>
#include <overt/redact/verify.hpp>

namespace overt::inline v0::redact {

/// What a chain does, in the words of a policy file, and the policies for which there are none: those of a
/// program's own.
struct chain_reading {
  policy_settings settings{};
  std::vector<std::string> others{}; ///< their names
};

namespace detail {

/// Puts what a policy does into the settings of its chain.
class chain_reader {
public:
  explicit chain_reader(chain_reading& into) : all_{into}, to_{into.settings} {}

  template <class Policy>
  void read(switched<Policy> const& one) {
    if (one.on) {
      read(one.policy);
    }
  }
  void read(only const& one) { to_.scope = one; }
  void read(secrets const& one) { to_.unobserved = one.unobserved; }
  void read(typed_text const& one) {
    to_.text =
        std::max(to_.text, one.tell == typed_value::amount ? typing_detail::amount : typing_detail::cleared);
    to_.detectors = one.detectors;
    heard_of_text_ = true;
  }
  void read(typed_characters const&) { to_.text = typing_detail::raw; }
  void read(file_paths const&) { to_.hide_file_paths = true; }
  void read(shortcuts const&) { to_.shortcuts = true; }
  void read(navigation_keys const&) { to_.navigation_keys = true; }
  void read(structure const&) { to_.structure = true; }
  void read(element_names const& one) {
    to_.names = std::max(to_.names, one.key ? names_detail::pseudonyms : names_detail::labels);
    to_.labels = one.labels;
    to_.key = one.key;
    take_detectors_of_names(one.look_for);
  }
  void read(elements const&) { to_.names = names_detail::raw; }
  void read(page_routes const& one) {
    to_.pages = std::max(to_.pages, pages_detail::routes);
    to_.page_parts = one.segments;
    take_detectors_of_names(one.look_for);
  }
  void read(page_addresses const&) { to_.pages = pages_detail::raw; }
  void read(titles const& one) {
    to_.titles = std::max(to_.titles, titles_detail::templates);
    to_.title_templates = one.templates;
  }
  void read(window_titles const&) { to_.titles = titles_detail::raw; }
  void read(pointer_thinned const&) {} // see `pointer_limits_of`
  void read(pointer_paths const&) {}
  void read(pixels const& one) {
    to_.pictures = one.readable == readable_text::searched
                       ? one.images ? pictures_detail::everything : pictures_detail::searched
                   : one.readable == readable_text::labels ? pictures_detail::labels
                                                           : pictures_detail::layout;
  }
  void read(times const&) {} // see `key_times_of`
  void read(unverified const&) { to_.verify = false; }
  void read(second_look const& one) {
    to_.verify = to_.verify && one.on;
    to_.detectors = one.on ? one.detectors : to_.detectors;
  }
  template <class Policy>
  void read(Policy const&) {
    all_.others.emplace_back(policy_name<Policy>());
  }

private:
  void take_detectors_of_names(detect::detectors const& look_for) {
    if (!heard_of_text_) {
      to_.detectors = look_for;
    }
  }

  chain_reading& all_;
  policy_settings& to_;
  bool heard_of_text_ = false;
};

} // namespace detail

/// Reads a chain, from a file or written in code.
template <class... Policies>
[[nodiscard]] chain_reading read_chain(chain<Policies...> const& policies) {
  chain_reading made;
  auto& to = made.settings;
  to = {.text = typing_detail::withheld, .shortcuts = false, .navigation_keys = false, .structure = false};
  detail::chain_reader reader{made};
  std::apply([&](auto const&... policy) { (reader.read(policy), ...); }, policies.policies);
  to.verify = to.verify && detail::verifies<chain<Policies...>>;
  to.times = key_times_of(policies);
  auto const limits = pointer_limits_of(policies);
  if (limits.max_hz != 0) {
    to.pointer =
        limits.max_hz == pointer_limits::every_move ? pointer_detail::paths : pointer_detail::thinned;
    to.pointer_hz = to.pointer == pointer_detail::thinned ? limits.max_hz : to.pointer_hz;
    to.pointer_grid_px = to.pointer == pointer_detail::thinned ? limits.grid_px : to.pointer_grid_px;
  }
  return made;
}

} // namespace overt::inline v0::redact
