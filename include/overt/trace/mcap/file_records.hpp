#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/event/result.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/mcap/header.hpp>
#include <overt/trace/mcap/index.hpp>
#include <overt/trace/mcap/parse.hpp>
#include <overt/trace/mcap/records.hpp>
#include <overt/trace/mcap/window.hpp>

namespace overt::inline v0::trace {

[[nodiscard]] inline result<void> mcap_damaged(std::uint64_t offset, std::string const& why) {
  return failure{error_code::invalid_input,
                 "the trace is damaged at offset " + std::to_string(offset) + ": " + why};
}

/// Calls `use(record, content)` for all Metadata or all Attachment records of a file: where the index has
/// them when it has all, or by stepping from record to record. Ends with the first failure.
template <byte_source Source, class Use>
[[nodiscard]] result<void> visit_file_records(mcap_window<Source>& file, mcap_header const& header,
                                              std::optional<mcap_index> const& index, mcap_opcode what,
                                              Use const& use) {
  auto const at = [&](std::uint64_t offset) -> result<void> {
    auto const record = file.record(offset);
    if (!record) {
      return record.error();
    }
    auto const content = file.content(*record);
    if (!content) {
      return content.error();
    }
    return record->what == what ? use(*record, *content)
                                : mcap_damaged(offset, "the index names another record");
  };
  if (index && index->statistics) {
    bool const metadata = what == mcap_opcode::metadata;
    auto offsets = metadata ? index->metadata : std::vector<std::uint64_t>{};
    for (auto const& each : index->attachments) {
      if (!metadata) {
        offsets.push_back(each.offset);
      }
    }
    if (offsets.size() == (metadata ? index->statistics->metadata : index->statistics->attachments)) {
      for (auto const offset : offsets) {
        if (auto used = at(offset); !used) {
          return used;
        }
      }
      return {};
    }
  }
  auto const end = index ? index->end : file.size();
  for (auto offset = header.end; offset < end;) {
    auto const record = file.record(offset);
    if (!record) {
      return record.error();
    }
    if (record->what == mcap_opcode::data_end) {
      break;
    }
    if (record->what == what) {
      if (auto used = at(offset); !used) {
        return used;
      }
    }
    offset = record->end();
  }
  return {};
}

template <byte_source Source>
[[nodiscard]] result<std::vector<mcap_metadata>> read_mcap_metadata(mcap_window<Source>& file,
                                                                    mcap_header const& header,
                                                                    std::optional<mcap_index> const& index) {
  std::vector<mcap_metadata> found;
  auto const use = [&](mcap_record const& record, std::string_view content) {
    auto read = mcap_parse::metadata(content, header.ours());
    if (!read) {
      return mcap_damaged(record.offset, "a Metadata record is malformed or its CRC is wrong");
    }
    found.push_back(std::move(*read));
    return result<void>{};
  };
  auto const visited = visit_file_records(file, header, index, mcap_opcode::metadata, use);
  if (!visited) {
    return visited.error();
  }
  return found;
}

template <byte_source Source>
[[nodiscard]] result<std::vector<mcap_attachment>>
read_mcap_attachments(mcap_window<Source>& file, mcap_header const& header,
                      std::optional<mcap_index> const& index) {
  std::vector<mcap_attachment> found;
  auto const use = [&](mcap_record const& record, std::string_view content) {
    auto read = mcap_parse::attachment(content, record.offset, header.ours());
    if (!read) {
      return mcap_damaged(record.offset, "an attachment is malformed or its CRC is wrong");
    }
    found.push_back(std::move(read->what));
    return result<void>{};
  };
  auto const visited = visit_file_records(file, header, index, mcap_opcode::attachment, use);
  if (!visited) {
    return visited.error();
  }
  return found;
}

/// The bytes of one attachment.
template <byte_source Source>
[[nodiscard]] result<std::string> read_mcap_attachment(mcap_window<Source>& file, mcap_header const& header,
                                                       mcap_attachment const& which) {
  auto const record = file.record(which.offset);
  if (!record) {
    return record.error();
  }
  auto const content = file.content(*record);
  if (!content) {
    return content.error();
  }
  auto const read = mcap_parse::attachment(*content, which.offset, header.ours());
  if (record->what != mcap_opcode::attachment || !read) {
    return mcap_damaged(which.offset, "the attachment is malformed or its CRC is wrong").error();
  }
  return std::string{read->bytes};
}

} // namespace overt::inline v0::trace
