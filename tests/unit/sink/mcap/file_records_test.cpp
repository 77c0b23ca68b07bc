#include <overt/sink/mcap/file_records.hpp>

#include <string>
#include <utility>
#include <vector>

#include <overt/trace/mcap/parse.hpp>
#include <overt_test/catch.hpp>

namespace format = overt::sink::mcap_format;

TEST_CASE("file records: metadata carries its own CRC, and nothing but itself passes for it") {
  format::file_records made;
  std::vector<std::pair<std::string, std::string>> const entries{{"wall", "17"}, {"mono", ""}};
  made.metadata("clock", entries);
  std::string content{made.bytes().substr(format::record_head_size)};
  auto const read = overt::trace::mcap_parse::metadata(content, true);
  REQUIRE(read);
  CHECK(read->name == "clock");
  CHECK(read->entries == std::map<std::string, std::string>{{"wall", "17"}, {"mono", ""}});
  for (auto& byte : content) {
    byte = static_cast<char>(byte ^ 1);
    CHECK_FALSE(overt::trace::mcap_parse::metadata(content, true));
    byte = static_cast<char>(byte ^ 1);
  }
}

TEST_CASE("file records: index records say where each stands, kind by kind") {
  format::file_records made;
  made.metadata("a", {});
  auto const second = made.bytes().size();
  made.attachment("policy", "application/json", 5, "{}");
  made.metadata("b", {});
  std::string metadata;
  std::string attachments;
  CHECK(made.put_indexes(metadata, format::opcode::metadata_index, 1000) == 2);
  CHECK(made.put_indexes(attachments, format::opcode::attachment_index, 1000) == 1);
  auto const index = overt::trace::mcap_parse::attachment_index(
      std::string_view{attachments}.substr(format::record_head_size));
  REQUIRE(index);
  CHECK(index->offset == 1000 + second);
  CHECK(index->size == 2);
  CHECK(index->name == "policy");
  made.clear();
  CHECK(made.bytes().empty());
  CHECK(made.put_indexes(metadata, format::opcode::metadata_index, 0) == 0);
}
