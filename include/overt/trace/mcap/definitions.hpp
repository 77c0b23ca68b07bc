#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <overt/trace/mcap/parse.hpp>
#include <overt/trace/mcap/records.hpp>

namespace overt::inline v0::trace {

/// The schemas and channels of a file that is read. The standard allows a number to be defined again and
/// again, each time the same; a definition that differs is refused, so that a changed topic shows. Addresses
/// stay.
class mcap_definitions {
public:
  /// `limit`: of the bytes of all definitions together.
  explicit mcap_definitions(std::uint64_t limit) noexcept : left_{limit} {}

  /// The content of a Schema or Channel record. Null, or why it is refused.
  [[nodiscard]] char const* add(mcap_opcode what, std::string_view content) {
    return what == mcap_opcode::schema ? add(schemas_, content, mcap_parse::schema)
                                       : add(channels_, content, mcap_parse::channel);
  }

  /// Null for a number that is not known.
  [[nodiscard]] mcap_schema const* schema(std::uint16_t id) const noexcept { return find(schemas_, id); }
  [[nodiscard]] mcap_channel const* channel(std::uint16_t id) const noexcept { return find(channels_, id); }

  [[nodiscard]] std::size_t schemas() const noexcept { return schemas_.size(); }
  [[nodiscard]] std::size_t channels() const noexcept { return channels_.size(); }

private:
  template <class Definition>
  struct known {
    std::string content{}; ///< as it was read, to recognise it without taking it apart
    Definition value{};
  };
  template <class Definition>
  using all = std::map<std::uint16_t, known<Definition>>;

  template <class Definition>
  [[nodiscard]] static Definition const* find(all<Definition> const& in, std::uint16_t id) noexcept {
    auto const found = in.find(id);
    return found == in.end() ? nullptr : &found->second.value;
  }

  template <class Definition, class Parse>
  [[nodiscard]] char const* add(all<Definition>& to, std::string_view content, Parse const& parse) {
    auto const id = mcap_fields{content}.template number<std::uint16_t>();
    if (std::is_same_v<Definition, mcap_schema> && id == 0) {
      return nullptr; // the standard says that it is to be ignored
    }
    auto const found = to.find(id);
    if (found != to.end() && found->second.content == content) {
      return nullptr;
    }
    auto read = parse(content);
    if (!read) {
      return "a schema or channel is malformed";
    }
    if (found != to.end()) {
      return found->second.value == *read ? nullptr : "a schema or channel is defined twice, differently";
    }
    if (content.size() > left_) {
      return "its schemas and channels are larger than the limit";
    }
    left_ -= content.size();
    to.emplace(id, known<Definition>{std::string{content}, std::move(*read)});
    return nullptr;
  }

  all<mcap_schema> schemas_;
  all<mcap_channel> channels_;
  std::uint64_t left_ = 0;
};

} // namespace overt::inline v0::trace
