#include "trace_receipt.hpp"
#include "home.hpp"
#include "person.hpp"

#include <utility>

#include <overt/consent/json/receipt_json.hpp>
#include <overt/sink/zstd/zstd.hpp>
#include <overt/trace/mcap/reader.hpp>
#include <overt/trace/plain_files.hpp>
#include <overt/trace/sodium/sealed_files.hpp>
#include <overt/trace/trace_format.hpp>

namespace {

namespace consent = overt::consent;
namespace trace = overt::trace;

template <class Files>
overt::result<std::string> attached(Files const& files) {
  auto source = files.open(1);
  if (!source) {
    return source.error();
  }
  trace::mcap_reader<std::decay_t<decltype(*source)>, overt::sink::zstd> reader{std::move(*source)};
  if (auto const opened = reader.open(); !opened) {
    return opened.error();
  }
  auto const all = reader.attachments();
  if (!all) {
    return all.error();
  }
  for (auto const& each : *all) {
    if (each.name == "receipt.json") {
      return reader.read(each);
    }
  }
  return overt::failure{overt::error_code::not_found, "it carries no receipt."};
}

} // namespace

overt::result<std::string> command::receipt_in(trace_choice const& chosen) {
  if (is_sealed(chosen)) {
    auto key = session_key_of(chosen);
    return key ? attached(trace::sealed_files{chosen.path, std::move(*key)})
               : overt::result<std::string>{key.error()};
  }
  auto const format = trace::trace_format_of(chosen.path);
  if (format && *format == trace::trace_format::mcap) {
    return attached(trace::plain_files{chosen.path});
  }
  return format ? overt::failure{overt::error_code::not_found, "it names its receipt and does not carry it."}
                : format.error();
}

command::signature_told command::signature_in(trace_choice const& chosen) {
  auto const text = receipt_in(chosen);
  auto const terms = text ? consent::parse_receipt(*text) : overt::result<consent::receipt>{text.error()};
  if (!terms) {
    bool const none = terms.error().code == overt::error_code::not_found;
    return {"receipt: " + terms.error().message, none};
  }
  auto const where = home_at(chosen.home);
  auto const key =
      where ? persons_public_key(*where, "") : overt::result<consent::verifying_key>{where.error()};
  auto const by = " with the key " + terms->signature.key_id;
  switch (look_at_signature(*terms, key)) {
  case consent::signature_found::none: return {"receipt: not signed"};
  case consent::signature_found::fits: return {"receipt: signed" + by + ", that of the person here"};
  case consent::signature_found::other: return {"receipt: signed" + by + ", not that of the person here"};
  case consent::signature_found::unknown:
    return {"receipt: signed" + by + "; there is no key of a person here to compare it with"};
  case consent::signature_found::forged: break;
  }
  return {"receipt: NOT SOUND, it was changed after it was signed" + by + ", or forged", false};
}
