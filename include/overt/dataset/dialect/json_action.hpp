#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

#include <overt/dataset/dialect/image_space.hpp>
#include <overt/dataset/dialect/python_text.hpp>
#include <overt/detail/json_text.hpp>

namespace overt::inline v0::dataset::detail {

/// One JSON object of an action, member by member.
class json_action {
public:
  json_action& add(std::string_view name, std::string_view text) {
    next(name);
    out_.string(text);
    return *this;
  }
  json_action& add(std::string_view name, char const* text) { return add(name, std::string_view{text}); }
  template <class Number>
    requires std::integral<Number>
  json_action& add(std::string_view name, Number number) {
    next(name);
    out_.number(number);
    return *this;
  }
  json_action& add(std::string_view name, picture_point at) {
    next(name);
    out_.raw('[');
    out_.number(at.x);
    out_.raw(',');
    out_.number(at.y);
    out_.raw(']');
    return *this;
  }
  /// What is JSON already.
  json_action& raw(std::string_view name, std::string_view json) {
    next(name);
    out_.raw(json);
    return *this;
  }

  /// The object. A media token in it, which can only stand in a text, has its `<` written as `\u003c`: the
  /// same text for who reads JSON, and no picture for a trainer that looks for tokens first.
  [[nodiscard]] std::string finish() {
    out_.raw(members_ == 0 ? "{}" : "}");
    std::string made{out_.view()};
    for (auto const token : media_tokens) {
      for (auto at = made.find(token); at != std::string::npos; at = made.find(token, at)) {
        made.replace(at, 1, "\\u003c");
      }
    }
    return made;
  }

private:
  void next(std::string_view name) {
    out_.raw(members_++ == 0 ? "{\"" : ",\"");
    out_.raw(name);
    out_.raw("\":");
  }

  v0::detail::json_text out_{};
  std::size_t members_ = 0;
};

} // namespace overt::inline v0::dataset::detail
