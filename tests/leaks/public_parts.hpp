#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "canaries.hpp"
#include "carriers.hpp"
#include "provider_keys.hpp"

namespace leaks {

/// What everybody knows of a canary and may stand in a trace beside its placeholder: the words before it and
/// what is around its secret stretches ("amqp://", ".com"), alone and behind each carrier word. As values of
/// strings, so that they are looked at as whatever stands in a trace.
///
/// A piece of the secret may be the same by chance: ":PQm", backwards and in small letters, is "mqp:". Such a
/// canary is not planted, so that nothing has to be overlooked later.
[[nodiscard]] inline std::string public_parts(canary const& what) {
  std::string made;
  auto const add = [&made](std::string const& part) {
    if (!is_telling(part)) {
      return; // nothing of it is searched for
    }
    made += "{\"word\":\"" + part + "\"}\n";
    for (auto const word : carriers) {
      made += "{\"word\":\"" + std::string{word} + " " + part + "\"}\n";
    }
  };
  auto part = what.before;
  std::size_t from = 0;
  for (auto const& secret : what.secret) {
    auto const at = what.text.find(secret, from);
    if (at == std::string::npos) {
      break;
    }
    add(part + what.text.substr(from, at - from));
    part.clear();
    from = at + secret.size();
  }
  add(part + what.text.substr(from));
  return made;
}

} // namespace leaks
