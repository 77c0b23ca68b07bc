#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <overt/consent/receipt.hpp>
#include <overt/dataset/export/export_options.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/event/screen_picture.hpp>

namespace overt::inline v0::dataset {

/// What stands in the manifest and the datasheet beside the episodes: enough of the receipt, and the options.
/// A line of the file `progress` ("made …"), so that both can be written again without the receipt, which is
/// withdrawn by then, perhaps.
struct export_facts {
  std::string receipt_id{};
  std::string receipt_sha256{}; ///< of its document
  std::string policy_digest{};
  export_options options{};

  [[nodiscard]] static export_facts of(consent::receipt const& agreed, export_options const& options) {
    return {agreed.receipt_id, agreed.document_sha256, agreed.policy_digest, options};
  }
};

namespace detail {

/// Any text as one word.
[[nodiscard]] inline std::string as_word(std::string_view text) {
  return text.empty() ? std::string{"-"}
                      : v0::detail::to_hex({reinterpret_cast<std::uint8_t const*>(text.data()), text.size()});
}

[[nodiscard]] inline std::optional<std::string> from_word(std::string_view word) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  if (word == "-") {
    return text;
  }
  if (word.size() % 2 != 0) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < word.size(); i += 2) {
    auto const high = digits.find(word[i]);
    auto const low = digits.find(word[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) {
      return std::nullopt;
    }
    text += static_cast<char>(high << 4 | low);
  }
  return text;
}

} // namespace detail

[[nodiscard]] inline std::string words_of(export_facts const& facts) {
  auto const& options = facts.options;
  std::string words{"made"};
  auto const put = [&](std::string_view word) { (words += ' ') += word; };
  auto const number = [&](auto value) { put(std::to_string(value)); };
  put(detail::as_word(facts.receipt_id));
  put(detail::as_word(facts.receipt_sha256));
  put(detail::as_word(facts.policy_digest));
  put(name_of(options.purpose));
  put(name_of(options.format));
  put(options.name);
  put(name_of(options.spelling));
  put(name_of(options.triple_click));
  put(name_of(options.dialect));
  put(name_of(options.form));
  number(options.window);
  number(options.display ? options.display->width : 0);
  number(options.display ? options.display->height : 0);
  number(options.px_per_notch.value_or(0));
  number(options.least_pixels);
  number(options.most_pixels);
  number(options.gallery ? 1 : 0);
  return words;
}

/// The inverse of `words_of`; nothing for anything else.
[[nodiscard]] inline std::optional<export_facts> export_facts_from(std::string_view words) {
  bool sound = true;
  auto const next = [&] {
    auto const end = words.find(' ');
    auto const word = words.substr(0, end);
    words = end == std::string_view::npos ? std::string_view{} : words.substr(end + 1);
    sound = sound && !word.empty();
    return word;
  };
  auto const text = [&](std::string& into) {
    auto found = detail::from_word(next());
    sound = sound && found;
    into = found.value_or(std::string{});
  };
  auto const name = [&](auto& into) { sound = value_named(next(), into) && sound; };
  auto const number = [&]<class Number>(Number) {
    Number value{};
    auto const word = next();
    auto const read = std::from_chars(word.data(), word.data() + word.size(), value);
    sound = sound && read.ec == std::errc{} && read.ptr == word.data() + word.size();
    return value;
  };
  export_facts facts;
  auto& options = facts.options;
  sound = next() == "made";
  text(facts.receipt_id);
  text(facts.receipt_sha256);
  text(facts.policy_digest);
  name(options.purpose);
  name(options.format);
  options.name = next();
  name(options.spelling);
  name(options.triple_click);
  name(options.dialect);
  name(options.form);
  options.window = number(std::uint32_t{});
  picture_size display;
  display.width = number(std::int32_t{});
  display.height = number(std::int32_t{});
  if (display.width > 0) {
    options.display = display;
  }
  if (auto const notch = number(std::uint32_t{}); notch > 0) {
    options.px_per_notch = notch;
  }
  options.least_pixels = number(std::int64_t{});
  options.most_pixels = number(std::int64_t{});
  options.gallery = number(std::uint32_t{}) != 0;
  return sound && words.empty() ? std::optional{std::move(facts)} : std::nullopt;
}

} // namespace overt::inline v0::dataset
