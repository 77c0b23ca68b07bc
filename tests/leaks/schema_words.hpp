#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>

#include <overt/event/basic_event.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/event/event.hpp>
#include <overt/event/field.hpp>
#include <overt/event/guarded.hpp>
#include <overt/event/payload.hpp>
#include <overt/redact/detect/entity.hpp>

namespace leaks {

/// What any trace may have without anybody having done anything: the names of payloads, members, enumerators,
/// policies and entities. They stand as values of strings, so that they are looked at as whatever stands in a
/// trace: as they are, normalised, and backwards.
class schema_words {
public:
  template <class... Payloads>
  void add_events(std::type_identity<overt::basic_event<Payloads...>>) {
    (add_payload<Payloads>(), ...);
  }

  template <class... Policies>
  void add_policies(std::tuple<Policies...> const&) {
    (add_policy<Policies>(), ...);
  }

  void add(std::string_view word) { text_ += "{\"word\":\"" + std::string{word} + "\"}\n"; }

  /// The enumerators of an enumeration, as they are and as placeholders.
  template <class Enumeration>
  void add_names(Enumeration value) {
    for (auto const name : enumerators(value)) {
      add(name);
      add("{" + std::string{name} + "}");
    }
  }

  [[nodiscard]] std::string const& text() const noexcept { return text_; }

private:
  template <class Payload>
  void add_payload() {
    add(Payload::name);
    add_members<Payload>();
  }

  template <class Policy>
  void add_policy() {
    if constexpr (requires { std::string_view{Policy::name}; }) {
      add(Policy::name);
    }
  }

  template <class Type>
  void add_members() {
    if constexpr (requires(Type value) { enumerators(value); }) {
      add_names(Type{});
    } else if constexpr (overt::detail::is_vector<Type> || overt::detail::is_optional<Type>) {
      add_members<typename Type::value_type>();
    } else if constexpr (overt::described<Type> && !overt::is_guarded<Type>) {
      std::apply(
          [this](auto const&... description) {
            (..., (add(description.name),
                   add_members<typename std::remove_cvref_t<decltype(description)>::member_type>()));
          },
          Type::fields());
    }
  }

  std::string text_{};
};

} // namespace leaks
