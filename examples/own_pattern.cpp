// Patterns of one's own: ticket numbers and code names are found beside everything else that is looked for,
// and typed text leaves without them. Needs RE2 (overt::re2).
#include <cstdio>
#include <string>
#include <string_view>

#include <overt/overt.hpp>
#include <overt/redact/detect/re2/patterns.hpp>
#include <overt/redact/detect/scan.hpp>

int main() {
  namespace detect = overt::detect;
  auto const own = detect::re2::patterns::compile(
      {{"ticket", R"(\bT-\d{4,8}\b)"}, {"code_name", "(?i)project (falcon|heron)"}});
  if (!own) {
    std::fprintf(stderr, "%s\n", own.error().message.c_str());
    return 1;
  }
  auto const look_for = detect::re2::with_patterns(detect::all(), *own);

  // The policy of a recorder: what is typed is looked at with these, too.
  namespace redact = overt::redact;
  auto const policy =
      redact::only({"mousepad"}) | redact::secrets{} | redact::typed_text{.detectors = look_for};
  std::printf("policy %s\n", overt::redact::digest_of(policy).c_str());

  std::string_view const text = "T-10442 is from jane@example.com, about Project Heron";
  detect::findings found;
  detect::scan(look_for, text, found);
  for (auto const& one : found.spans()) {
    auto const what = text.substr(one.begin, one.end - one.begin);
    std::printf("%.*s %.*s\n", static_cast<int>(overt::name_of(one.type).size()),
                overt::name_of(one.type).data(), static_cast<int>(what.size()), what.data());
  }
  return found.complete() && found.spans().size() == 3 ? 0 : 1;
}
