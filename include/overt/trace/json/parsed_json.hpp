#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace overt::inline v0::trace {

/// JSON of a trace as the library's value, so read and destroyed that memory which runs out is an exception
/// and never the end of the process: the destructor of `nlohmann::json` allocates for a list or an object
/// that holds something, and must not throw. Here each is emptied from the inside first; what is empty takes
/// no memory to destroy. Nested deeper than `deepest`: no JSON of a trace.
class parsed_json {
public:
  static constexpr std::size_t deepest = 64;

  parsed_json() = default;
  parsed_json(parsed_json&&) noexcept = default;
  /// What was here is destroyed with `other`.
  parsed_json& operator=(parsed_json&& other) noexcept {
    value_.swap(other.value_);
    return *this;
  }
  ~parsed_json() { take_apart(value_); }

  /// Null for what is not well-formed. Throws nothing but `std::bad_alloc`.
  [[nodiscard]] static parsed_json text(std::string_view json) {
    return parse(json, nlohmann::json::input_format_t::json);
  }
  [[nodiscard]] static parsed_json cbor(std::string_view item) {
    return parse(item, nlohmann::json::input_format_t::cbor);
  }

  [[nodiscard]] nlohmann::json const& value() const noexcept { return value_; }
  operator nlohmann::json const&() const noexcept { return value_; }

  /// Puts another one in place of a member, or adds it. Only for an object.
  void set(char const* member, parsed_json other) { value_[member].swap(other.value_); }
  void erase(char const* member) {
    if (auto const found = value_.find(member); found != value_.end()) {
      take_apart(*found);
      value_.erase(found);
    }
  }

private:
  /// Makes the value out of what the library's parsers tell.
  class builder final : public nlohmann::json_sax<nlohmann::json> {
  public:
    explicit builder(nlohmann::json& root) : root_{root} { open_.reserve(deepest); }

    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return add(value); }
    bool number_unsigned(number_unsigned_t value) override { return add(value); }
    bool number_float(number_float_t value, string_t const&) override { return add(value); }
    bool string(string_t& value) override { return add(std::move(value)); }
    bool binary(binary_t&) override { return false; } // no trace has any
    bool start_object(std::size_t) override { return open(nlohmann::json::value_t::object); }
    bool start_array(std::size_t) override { return open(nlohmann::json::value_t::array); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
      member_ = &(*open_.back())[name];
      return true;
    }
    bool parse_error(std::size_t, std::string const&, nlohmann::detail::exception const&) override {
      return false;
    }

  private:
    template <class Value>
    bool add(Value&& value) {
      place() = nlohmann::json(std::forward<Value>(value)); // holds no other values
      return true;
    }

    bool open(nlohmann::json::value_t kind) {
      if (open_.size() == deepest) {
        return false;
      }
      auto& added = place();
      added = nlohmann::json(kind);
      open_.push_back(&added);
      return true;
    }

    bool close() {
      open_.pop_back();
      return true;
    }

    /// Where the next value belongs; nothing that has to be destroyed is there.
    [[nodiscard]] nlohmann::json& place() {
      if (open_.empty()) {
        return root_;
      }
      if (open_.back()->is_array()) {
        return open_.back()->emplace_back();
      }
      take_apart(*member_); // a member that is there twice: the last one counts
      return *member_;
    }

    nlohmann::json& root_;
    std::vector<nlohmann::json*> open_; ///< the lists and objects around the next value
    nlohmann::json* member_ = nullptr;
  };

  [[nodiscard]] static parsed_json parse(std::string_view bytes, nlohmann::json::input_format_t format) {
    parsed_json made;
    builder into{made.value_};
    return nlohmann::json::sax_parse(bytes.begin(), bytes.end(), &into, format) ? std::move(made)
                                                                                : parsed_json{};
  }

  static void take_apart(nlohmann::json& value) noexcept {
    if (value.is_structured()) {
      for (auto& each : value) {
        take_apart(each);
      }
      value.clear();
    }
  }

  nlohmann::json value_;
};

} // namespace overt::inline v0::trace
