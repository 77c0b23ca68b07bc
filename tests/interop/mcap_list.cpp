// Prints what is in an MCAP file: Metadata, attachments, messages in the order of the file (see
// mcap_listing.hpp).
//
//   mcap_list FILE [FROM [TOPIC...]]     from this log time on, of these topics
//
// Ends with 1, and says why, when anything is wrong with the file.

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include <overt/sink/zstd/zstd.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/mcap/reader.hpp>

#include "mcap_listing.hpp"

namespace {

int refuse(overt::failure const& why) {
  std::fprintf(stderr, "%s\n", why.message.c_str());
  return 1;
}

} // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: mcap_list FILE [FROM [TOPIC...]]\n");
    return 2;
  }
  auto file = overt::trace::file_source::open(arguments[1]);
  if (!file) {
    return refuse(file.error());
  }
  overt::trace::mcap_reader<overt::trace::file_source, overt::sink::zstd> reader{std::move(*file)};
  if (auto opened = reader.open(); !opened) {
    return refuse(opened.error());
  }
  auto const metadata = reader.metadata();
  auto const attachments = reader.attachments();
  if (!metadata || !attachments) {
    return refuse(metadata ? attachments.error() : metadata.error());
  }
  for (auto const& each : *metadata) {
    overt_interop::print(each);
  }
  for (auto const& each : *attachments) {
    auto const bytes = reader.read(each);
    if (!bytes) {
      return refuse(bytes.error());
    }
    overt_interop::print(each, *bytes);
  }
  if (count > 3) {
    reader.filter(std::vector<std::string>{arguments + 3, arguments + count});
  }
  if (count > 2) {
    reader.seek(std::strtoull(arguments[2], nullptr, 10));
  }
  auto next = reader.next();
  for (; next && *next; next = reader.next()) {
    auto const& message = **next;
    overt_interop::print(reader.schema(message.channel->schema), *message.channel, message);
  }
  return next ? 0 : refuse(next.error());
}
