#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <re2/re2.h>
#include <re2/set.h>

#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/event/result.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/span.hpp>

namespace overt::inline v0::detect::re2 {

/// One of a program's own patterns, in RE2's syntax (github.com/google/re2/wiki/Syntax).
struct pattern {
  std::string name{};       ///< for messages and the policy's digest: "ticket"
  std::string expression{}; ///< R"(\bT-\d{4,8}\b)"
};

/// How patterns are read, all of them alike.
struct pattern_options {
  bool match_case = true; ///< one pattern alone: begin it with (?i)
  /// What all patterns together may take, compiled and while they look, in bytes. They never take more: they
  /// become slower, or do not compile.
  std::int64_t memory_bytes = std::int64_t{16} << 20;
};

namespace detail {

/// RE2's view of text: a class of its own, absl's, or the standard's, according to its version.
template <class Text, class View>
View view_of(bool (::re2::RE2::*)(Text, std::size_t, std::size_t, ::re2::RE2::Anchor, View*, int) const);
using view = decltype(view_of(&::re2::RE2::Match));

/// What RE2 says about a pattern, without the piece of the pattern that it quotes.
[[nodiscard]] inline std::string reason_of(::re2::RE2 const& compiled) {
  auto said = compiled.error();
  auto const quoted = ": " + compiled.error_arg();
  if (said.size() > quoted.size() && said.compare(said.size() - quoted.size(), quoted.size(), quoted) == 0) {
    said.resize(said.size() - quoted.size());
  }
  return said;
}

[[nodiscard]] inline bool is_utf8(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    auto const size = overt::detail::decode_utf8(text.substr(at, 4)).size;
    if (size == 0) {
      return false;
    }
    at += size;
  }
  return true;
}

} // namespace detail

/// A program's own patterns, compiled once: what they match is found like everything else, as
/// `entity::pattern`, and never leaves. Copying is cheap. Any thread, also several at once.
///
/// RE2 takes time in proportion to the text for one match. More than `findings::capacity` matches of one
/// pattern in one text make the findings incomplete (the text is withheld), so all matches together do too.
/// RE2 keeps states of its automata, not text.
///
/// Example:
///
///     auto const own = detect::re2::patterns::compile({{"ticket", R"(\bT-\d{4,8}\b)"}});
///     if (!own) { … own.error().message … }
///     auto policy = redact::only({"mousepad"}) | redact::secrets{}
///                 | redact::typed_text{.detectors = detect::re2::with_patterns(detect::all(), *own)};
class patterns {
public:
  /// Errors: `invalid_input` for a pattern that RE2 does not take, that matches where nothing is, or that has
  /// no name or the name of another; the message names it and gives RE2's reason. `unsupported` when they
  /// need more memory than they may take.
  [[nodiscard]] static result<patterns> compile(std::vector<pattern> const& all,
                                                pattern_options const& how = {}) {
    // Half for the set that says which occur, half for those that say where.
    auto const of_each =
        how.memory_bytes / 2 / static_cast<std::int64_t>(std::max<std::size_t>(all.size(), 1));
    ::re2::RE2::Options options;
    options.set_case_sensitive(how.match_case);
    options.set_log_errors(false); // they quote the pattern
    options.set_max_mem(of_each);
    auto set_options = options;
    set_options.set_max_mem(how.memory_bytes / 2);
    auto made = std::make_shared<compiled>(::re2::RE2::Set{set_options, ::re2::RE2::UNANCHORED});
    std::string names;
    std::string digested = how.match_case ? "match case" : "any case";
    for (auto const& one : all) {
      auto const quoted = "the pattern \"" + one.name + "\" ";
      if (one.name.empty() || std::any_of(all.begin(), all.end(), [&](pattern const& other) {
            return &other != &one && other.name == one.name;
          })) {
        return failure{error_code::invalid_input,
                       quoted + "needs a name that no other pattern has. Nothing was compiled."};
      }
      auto const& each = made->each.emplace_back(std::make_unique<::re2::RE2>(one.expression, options));
      if (each->error_code() == ::re2::RE2::ErrorPatternTooLarge) {
        return too_large(quoted);
      }
      if (!each->ok()) {
        return failure{error_code::invalid_input,
                       quoted + "is not valid: " + detail::reason_of(*each) + ". Nothing was compiled."};
      }
      if (::re2::RE2::FullMatch("", *each)) {
        return failure{error_code::invalid_input, quoted + "also matches where there is nothing, which would "
                                                           "be everywhere. Nothing was compiled."};
      }
      if (made->set.Add(one.expression, nullptr) < 0) {
        return too_large(quoted);
      }
      names += (names.empty() ? "" : ",") + one.name;
      digested += '\0' + one.name + '\0' + one.expression;
    }
    if (!made->set.Compile()) {
      return too_large("the patterns together ");
    }
    made->name = "re2 " + names + " sha256:" + overt::detail::to_hex(overt::detail::sha256(digested));
    return patterns{std::move(made)};
  }

  /// Adds every match to `found`, those of one pattern from the left and apart. False when it could not look:
  /// broken UTF-8, or more matches than there is room for.
  [[nodiscard]] bool find(std::string_view text, findings& found) const {
    if (!detail::is_utf8(text)) {
      return false;
    }
    if (compiled_->each.size() == 1) {
      return find_each(*compiled_->each.front(), text, found);
    }
    std::vector<int> which;
    ::re2::RE2::Set::ErrorInfo why{::re2::RE2::Set::kNoError};
    if (!compiled_->set.Match({text.data(), text.size()}, &which, &why)) {
      return why.kind == ::re2::RE2::Set::kNoError; // RE2 tries the set out when it compiles it
    }
    bool complete = true;
    for (auto const index : which) {
      complete = find_each(*compiled_->each[static_cast<std::size_t>(index)], text, found) && complete;
    }
    return complete;
  }

  /// The names of the patterns and a digest of them: it stands for them in the policy's digest.
  [[nodiscard]] std::string const& name() const noexcept { return compiled_->name; }

  [[nodiscard]] recogniser as_recogniser() const {
    return {.name = name(),
            .find = [all = *this](std::string_view text, findings& found) { return all.find(text, found); }};
  }

private:
  struct compiled {
    explicit compiled(::re2::RE2::Set empty) : set{std::move(empty)} {}
    ::re2::RE2::Set set;
    std::vector<std::unique_ptr<::re2::RE2>> each{};
    std::string name{};
  };

  explicit patterns(std::shared_ptr<compiled const> all) noexcept : compiled_{std::move(all)} {}

  [[nodiscard]] static failure too_large(std::string_view what) {
    return {error_code::unsupported,
            std::string{what} + "needs more memory than it may take; raise memory_bytes or make it smaller. "
                                "Nothing was compiled."};
  }

  [[nodiscard]] static bool find_each(::re2::RE2 const& one, std::string_view text, findings& found) {
    detail::view match;
    std::size_t matches = 0;
    for (std::size_t at = 0; at <= text.size() && one.Match({text.data(), text.size()}, at, text.size(),
                                                            ::re2::RE2::UNANCHORED, &match, 1);) {
      // Each match may look at all that follows, so their number has to have a limit.
      if (++matches > findings::capacity) {
        return false;
      }
      auto const begin = static_cast<std::size_t>(match.data() - text.data());
      auto const end = begin + match.size();
      found.add({begin, end, entity::pattern, 1.0F, "re2_pattern"});
      at = end;
      if (begin == end) { // a bare \b, for example: on by one character
        at += end < text.size()
                  ? std::max<std::size_t>(1, overt::detail::decode_utf8(text.substr(end, 4)).size)
                  : std::size_t{1};
      }
    }
    return true;
  }

  std::shared_ptr<compiled const> compiled_;
};

/// The same detectors, and these patterns.
[[nodiscard]] inline detectors with_patterns(detectors which, patterns const& own) {
  auto all = which.recognisers != nullptr ? *which.recognisers : std::vector<recogniser>{};
  all.push_back(own.as_recogniser());
  which.recognisers = std::make_shared<std::vector<recogniser> const>(std::move(all));
  return which;
}

} // namespace overt::inline v0::detect::re2
