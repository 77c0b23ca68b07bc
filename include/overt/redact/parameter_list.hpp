#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/redact/description.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/pseudonym_key.hpp>

namespace overt::inline v0::redact {

/// Puts a policy's description together (canonical JSON, RFC 8785) where a parameter is more than a number or
/// a text: detectors and keys, of which only what is public goes into the digest.
///
///     [[nodiscard]] std::string describe() const {
///       return parameter_list{}.add("labels", labels).add("detectors", look_for).add("key", key).json(name);
///     }
class parameter_list {
public:
  template <class Value>
  parameter_list&& add(std::string_view name, Value const& value) && {
    std::string text;
    detail::append_json(text, value);
    return std::move(*this).add_json(name, std::move(text));
  }

  /// The person's own list is told by its length only: a digest over its entries would be a plain hash of
  /// what they are. The names of recognisers stand for what they do.
  parameter_list&& add(std::string_view name, detect::detectors const& which) && {
    std::vector<std::string_view> types;
    for (std::size_t i = 0; i < detect::entity_count; ++i) {
      if (which.looks_for(static_cast<detect::entity>(i))) {
        types.push_back(name_of(static_cast<detect::entity>(i)));
      }
    }
    std::vector<std::string_view> recognisers;
    if (which.recognisers) {
      for (auto const& one : *which.recognisers) {
        recognisers.push_back(one.name);
      }
    }
    return std::move(*this).add_json(name, parameter_list{}
                                               .add("my_data", which.my_data ? which.my_data->size() : 0)
                                               .add("recognisers", recognisers)
                                               .add("threshold_percent", which.threshold_percent)
                                               .add("types", types)
                                               .json({}));
  }

  /// The domain, and the check value that tells one secret from another.
  parameter_list&& add(std::string_view name, pseudonym_key const& key) && {
    return std::move(*this).add_json(
        name, parameter_list{}.add("check", key.check()).add("domain", key.domain()).json({}));
  }

  parameter_list&& add_json(std::string_view name, std::string json) && {
    members_.emplace_back(name, std::move(json));
    return std::move(*this);
  }

  /// The object with its members in order; `policy` is the policy's name, and none makes an object without.
  [[nodiscard]] std::string json(std::string_view policy) && {
    if (!policy.empty()) {
      std::string text;
      detail::append_json_string(text, policy);
      members_.emplace_back("policy", std::move(text));
    }
    std::sort(members_.begin(), members_.end());
    std::string out = "{";
    for (auto const& [name, value] : members_) {
      out += out.size() > 1 ? "," : "";
      detail::append_json_string(out, name);
      out += ':' + value;
    }
    return out + '}';
  }

private:
  std::vector<std::pair<std::string, std::string>> members_{};
};

} // namespace overt::inline v0::redact
