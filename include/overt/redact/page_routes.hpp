#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <overt/consent/grants.hpp>
#include <overt/event/context.hpp>
#include <overt/redact/detect/scan.hpp>
#include <overt/redact/guarded_texts.hpp>
#include <overt/redact/interface_words.hpp>
#include <overt/redact/parameter_list.hpp>
#include <overt/redact/policy.hpp>
#include <overt/redact/route_words.hpp>

namespace overt::inline v0::redact {

/// Tells which kind of page something happened on, not which page: `/users/4711/orders?key=…` becomes
/// `/users/{id}/orders`. For traces that others see; `page_addresses` tells the whole address.
///
///     redact::page_routes{.segments = {"helpcenter"}}
///
/// Query and fragment go. A part of the path stays when it is in small letters and hyphens, 24 at most, and
/// its one to three words are of interfaces or of routes; or `v1`; or such a word with a page's extension
/// (`index.html`); or one of `segments`, exactly. What follows a word such as "users" or "reset" is a name or
/// a token however it reads, and stays only when it says what is done (`/users/new`). Everything else is
/// `{id}`: numbers, capitals, percent signs, other scripts, dots, what a detector finds. More than twelve
/// parts end in `{rest}`. Parameters behind a semicolon go too. The page of a
/// file is `{file}`, and what is no path at all is `{page}`.
///
/// What it cannot tell: a tenant, a shop or a product that is called by such words.
struct page_routes {
  std::vector<std::string> segments{};        ///< parts of paths that leave as they are
  detect::detectors look_for = detect::all(); ///< what a part must not be

  static constexpr std::string_view name = "page_routes";
  [[nodiscard]] std::string describe() const {
    return parameter_list{}.add("look_for", look_for).add("segments", segments).json(name);
  }

  [[nodiscard]] consent::grants needs() const { return consent::grants::window_focus; }

  void operator()(context& where, disclosure const& unlock) const {
    auto const page = where.page.look(unlock).view();
    if (page.empty()) {
      return;
    }
    bool changed = true;
    auto const made = template_of(page, where.origin.look(unlock).view(), changed);
    if (changed) {
      unlock.note("URL", redaction_action::replaced, size_of(page));
      where.page.replace(unlock, made);
    }
    where.page.disclose(unlock);
  }

private:
  static constexpr std::size_t most_segments = 12;

  enum class follows : unsigned char { anything, name, token };

  [[nodiscard]] replacement template_of(std::string_view page, std::string_view origin, bool& changed) const {
    auto const path = page.substr(0, page.find_first_of("?#"));
    if (origin == "file://") {
      return replacement{}.put("{file}");
    }
    if (path.empty()) {
      return replacement{}.put("/");
    }
    detect::findings found;
    detect::scan(look_for, path, found);
    if (path.front() != '/' || path.find('\\') != std::string_view::npos || !found.complete()) {
      return replacement{}.put("{page}");
    }
    changed = path.size() != page.size();
    replacement made;
    std::size_t count = 0;
    auto next = follows::anything;
    for (std::size_t begin = 0; begin < path.size();) {
      made.keep({begin, begin + 1}); // the slash
      ++begin;
      auto const end = std::min(path.find('/', begin), path.size());
      if (++count > most_segments) {
        changed = true;
        return std::move(made.put("{rest}"));
      }
      // "orders;id=4711": what stands behind a semicolon is a parameter of the part.
      auto const segment = path.substr(begin, std::min(path.find(';', begin), end) - begin);
      bool const hit = std::ranges::any_of(found.spans(), [&](auto const& one) {
        return one.begin < begin + segment.size() && one.end > begin;
      });
      bool const may_stand = next == follows::anything ||
                             (next == follows::name && is_in_word_list(words_beside_names, segment));
      bool const told = std::ranges::find(segments, segment) != segments.end() ||
                        (!hit && may_stand && is_route_segment(segment));
      if (segment.empty() || told) {
        made.keep({begin, begin + segment.size()});
        changed = changed || begin + segment.size() != end;
      } else {
        made.put("{id}");
        changed = true;
      }
      // Behind a token there may be a second one.
      next = told ? what_follows(segment) : next == follows::token ? follows::name : follows::anything;
      begin = end;
    }
    return made;
  }

  /// The last word tells, and the first: "user-profiles", "reset-password".
  [[nodiscard]] static follows what_follows(std::string_view segment) {
    auto const first = segment.substr(0, segment.find_first_of("-_"));
    auto const last = segment.substr(segment.find_last_of("-_") + 1);
    if (is_in_word_list(words_before_tokens, first) || is_in_word_list(words_before_tokens, last)) {
      return follows::token;
    }
    return is_in_word_list(words_before_names, first) || is_in_word_list(words_before_names, last)
               ? follows::name
               : follows::anything;
  }

  [[nodiscard]] static bool is_route_word(std::string_view word) {
    return is_in_word_list(route_words, word) || is_in_word_list(words_before_names, word) ||
           is_in_word_list(words_before_tokens, word) || (word.size() > 1 && is_interface_word(word));
  }

  [[nodiscard]] static bool is_route_segment(std::string_view segment) {
    constexpr std::size_t longest = 24;
    constexpr std::size_t most_words = 3;
    if (segment.empty() || segment.size() > longest) {
      return false;
    }
    if (segment.front() == 'v' && segment.size() >= 2 && segment.size() <= 3 &&
        segment.find_first_not_of("0123456789", 1) == std::string_view::npos) {
      return true; // a version
    }
    if (auto const dot = segment.find('.'); dot != std::string_view::npos) {
      constexpr std::string_view extensions = "action asp aspx cgi do htm html jsf json jsp php xhtml xml";
      return dot > 1 && is_in_word_list(extensions, segment.substr(dot + 1)) &&
             is_route_segment(segment.substr(0, dot));
    }
    std::size_t words = 0;
    while (true) {
      auto const end = segment.find_first_of("-_");
      auto const word = segment.substr(0, end);
      if (++words > most_words || !is_route_word(word) ||
          word.find_first_not_of("abcdefghijklmnopqrstuvwxyz2") != std::string_view::npos) {
        return false;
      }
      if (end == std::string_view::npos) {
        return true;
      }
      segment.remove_prefix(end + 1);
    }
  }
};

} // namespace overt::inline v0::redact
