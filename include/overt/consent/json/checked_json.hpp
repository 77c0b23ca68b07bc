#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/event/enumerators.hpp>
#include <overt/event/result.hpp>

// Reads JSON strictly for a format that is closed: every member is known, of the right type and in range, or
// the document is refused with the path of the first thing that is wrong and what is allowed there. Messages
// never contain a value from the document: it may be what must not be shown.

namespace overt::inline v0::consent::detail {

/// The first thing that was wrong, if anything was.
struct json_problem {
  std::string message{};

  [[nodiscard]] bool found() const { return !message.empty(); }
};

/// One value in a document, and the way to it. Cheap to copy; must not outlive the document.
class checked_json {
public:
  using json = nlohmann::json;

  checked_json(json const& document, json_problem& problem) : value_{&document}, problem_{&problem} {}

  /// The path as a JSON pointer: "/scope/apps/0".
  [[nodiscard]] std::string path() const {
    if (parent_ == nullptr) {
      return "";
    }
    return parent_->path() + '/' + (key_.empty() ? std::to_string(index_) : std::string{key_});
  }

  /// Notes what is wrong here, unless something was already. `allowed` completes "… must be".
  void refuse(std::string_view allowed) const { refuse_with("must be " + std::string{allowed}); }

  void refuse_with(std::string const& what) const {
    if (!problem_->found()) {
      auto const here = path();
      problem_->message = (here.empty() ? "the whole document" : here) + ' ' + what + '.';
    }
  }

  [[nodiscard]] bool ok() const { return !problem_->found(); }

  /// An object that has all of `required`, and beside them nothing but `optional`.
  void object(std::initializer_list<std::string_view> required,
              std::initializer_list<std::string_view> optional = {}) const {
    if (!value_->is_object()) {
      return refuse("an object");
    }
    for (auto const name : required) {
      if (value_->find(name) == value_->end()) {
        refuse_with("lacks \"" + std::string{name} + "\", which is required");
      }
    }
    for (auto const& member : value_->items()) {
      auto const is = [&](std::string_view name) { return name == member.key(); };
      if (!std::any_of(required.begin(), required.end(), is) &&
          !std::any_of(optional.begin(), optional.end(), is)) {
        refuse_with("has a property " + printable(member.key()) +
                    " that this format does not know. Remove it. Known here: " + listed(required, optional));
      }
    }
  }

  /// A member by name; nothing when it is absent or this is no object.
  [[nodiscard]] std::optional<checked_json> member(std::string_view name) const {
    if (value_->is_object()) {
      if (auto const found = value_->find(name); found != value_->end()) {
        return checked_json{*found, *this, name, 0};
      }
    }
    return std::nullopt;
  }

  /// Calls `visit(checked_json)` with a member that exists.
  template <class Visit>
  void with(std::string_view name, Visit visit) const {
    if (auto const found = member(name)) {
      visit(*found);
    }
  }

  /// Calls `visit(checked_json)` with each element of an array of at least `fewest`.
  template <class Visit>
  void array(std::size_t fewest, Visit visit) const {
    if (!value_->is_array()) {
      return refuse("an array");
    }
    if (value_->size() < fewest) {
      return refuse("an array of at least one element");
    }
    std::size_t index = 0;
    for (auto const& element : *value_) {
      visit(checked_json{element, *this, {}, index++});
    }
  }

  /// A text for which `allowed(text)` holds; empty, and a problem, when it is not one.
  template <class Allowed>
  std::string text(Allowed allowed, std::string_view described) const {
    if (auto const* found = value_->get_ptr<std::string const*>(); found != nullptr && allowed(*found)) {
      return *found;
    }
    refuse(described);
    return {};
  }

  std::string text() const {
    return text([](std::string_view) { return true; }, "a string");
  }

  /// One of these words.
  void one_of(std::initializer_list<std::string_view> words) const {
    text([&](std::string_view found) { return std::find(words.begin(), words.end(), found) != words.end(); },
         "one of " + listed(words, {}));
  }

  /// The value of a closed vocabulary that has this name.
  template <named_enum Enum>
  Enum enumerator() const {
    auto value = Enum{};
    std::string names;
    for (auto const name : enumerators(Enum{})) {
      names += (names.empty() ? "" : ", ") + std::string{name};
    }
    text([&](std::string_view found) { return value_named(found, value); }, "one of " + names);
    return value;
  }

  /// The flag of a closed vocabulary that has this name, of its first `count`.
  template <named_flags Enum>
  Enum flag(std::size_t count = flags(Enum{}).size()) const {
    auto value = Enum{};
    std::string names;
    for (std::size_t i = 0; i < count; ++i) {
      names += (names.empty() ? "" : ", ") + std::string{flags(Enum{})[i]};
    }
    text(
        [&](std::string_view found) {
          for (std::size_t i = 0; i < count; ++i) {
            if (flags(Enum{})[i] == found) {
              value = static_cast<Enum>(1u << i);
              return true;
            }
          }
          return false;
        },
        "one of " + names);
    return value;
  }

  /// Exactly true or false.
  bool boolean() const {
    if (auto const* found = value_->get_ptr<json::boolean_t const*>()) {
      return *found;
    }
    refuse("true or false");
    return false;
  }

  /// A whole number of at most `most`, and none below `least`. "4.0" is a whole number in JSON Schema.
  double whole_number(double least, double most, std::string_view described) const {
    auto const number =
        value_->is_number() ? value_->get<double>() : std::numeric_limits<double>::quiet_NaN();
    if (number >= least && number <= most && std::floor(number) == number) {
      return number;
    }
    refuse(described);
    return least;
  }

private:
  checked_json(json const& value, checked_json const& parent, std::string_view key, std::size_t index)
      : value_{&value}, problem_{parent.problem_}, parent_{&parent}, key_{key}, index_{index} {}

  /// A property name, if it looks like one and not like somebody's data.
  static std::string printable(std::string_view name) {
    auto const plain = !name.empty() && name.size() <= 32 &&
                       name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
    return plain ? '"' + std::string{name} + '"' : "(whose name is not repeated here)";
  }

  static std::string listed(std::initializer_list<std::string_view> a,
                            std::initializer_list<std::string_view> b) {
    std::string list;
    for (auto const& part : {a, b}) {
      for (auto const name : part) {
        list += (list.empty() ? "" : ", ") + std::string{name};
      }
    }
    return list;
  }

  json const* value_;
  json_problem* problem_;
  checked_json const* parent_ = nullptr;
  std::string_view key_{};
  std::size_t index_ = 0;
};

/// What the parser alone accepts and a record must not have: a property twice (of which a reader would see
/// one), or nesting without end.
class json_shape {
public:
  using json = nlohmann::json;

  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(json::number_integer_t) { return true; }
  bool number_unsigned(json::number_unsigned_t) { return true; }
  bool number_float(json::number_float_t, json::string_t const&) { return true; }
  bool string(json::string_t&) { return true; }
  bool binary(json::binary_t&) { return true; }
  bool start_object(std::size_t) { return open(); }
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open(); }
  bool end_array() { return close(); }
  bool key(json::string_t& name) {
    auto& seen = names_.back();
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
      message = "an object names a property twice. Keep one of them.";
      return false;
    }
    seen.push_back(name);
    return true;
  }
  template <class Error>
  bool parse_error(std::size_t position, std::string const&, Error const&) {
    message = "it is not JSON: there is an error near byte " + std::to_string(position) + '.';
    return false;
  }

  std::string message{};

private:
  bool open() {
    names_.emplace_back();
    if (names_.size() > 16) {
      message = "it is nested more deeply than any record.";
      return false;
    }
    return true;
  }
  bool close() {
    names_.pop_back();
    return true;
  }

  std::vector<std::vector<std::string>> names_;
};

} // namespace overt::inline v0::consent::detail
