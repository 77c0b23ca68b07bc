#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/event/event.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/only.hpp>
#include <overt/redact/pipeline.hpp>
#include <overt/redact/secrets.hpp>

#include <overt_test/events.hpp>

/// What policies leave of one event, and a detector that finds what a test planted.
namespace overt_test {

/// The bytes of one event in a place after `scope | secrets | policies…`, with what tells of it.
template <class Payload, class... Policies>
std::string left_in(place_of where, Payload payload, Policies... policies) {
  auto chain = overt::redact::chain<overt::redact::only, overt::redact::secrets, Policies...>{
      {overt::redact::only{"editor", "https://a.example", "file://"}, overt::redact::secrets{},
       std::move(policies)...}};
  bytes_sink sink;
  overt::redact::pipeline<overt::event, decltype(chain), bytes_sink> out{std::move(chain), sink, {}};
  out.push(happened(1, place(where), std::move(payload)));
  out.finish();
  return sink.text();
}

template <class Payload, class... Policies>
std::string left_of(Payload payload, Policies... policies) {
  return left_in({}, std::move(payload), std::move(policies)...);
}

inline bool has(std::string const& bytes, std::string_view part) {
  return bytes.find(part) != std::string::npos;
}

/// Finds each place where `planted` stands.
inline overt::detect::detectors finds(std::string planted) {
  overt::detect::detectors made;
  auto const find = [planted = std::move(planted)](std::string_view text, overt::detect::findings& found) {
    for (auto at = text.find(planted); at != std::string_view::npos; at = text.find(planted, at + 1)) {
      found.add({.begin = at,
                 .end = at + planted.size(),
                 .type = overt::detect::entity::pattern,
                 .score = 1,
                 .rule = "planted"});
    }
    return true;
  };
  made.recognisers = std::make_shared<std::vector<overt::detect::recogniser> const>(
      std::vector<overt::detect::recogniser>{{.name = "planted", .find = find}});
  return made;
}

/// A detector that cannot look.
inline overt::detect::detectors fails() {
  overt::detect::detectors made;
  made.recognisers =
      std::make_shared<std::vector<overt::detect::recogniser> const>(std::vector<overt::detect::recogniser>{
          {.name = "broken", .find = [](std::string_view, overt::detect::findings&) { return false; }}});
  return made;
}

} // namespace overt_test
