#include <overt/dataset/export/export_facts.hpp>

#include <string>

#include <overt_test/catch.hpp>

TEST_CASE("what an export was made with is a line of words and back", "[dataset]") {
  namespace dataset = overt::dataset;
  dataset::export_facts facts{.receipt_id = "a receipt\nwith \"anything\"",
                              .receipt_sha256 = std::string(64, 'a'),
                              .policy_digest = {},
                              .options = {.format = dataset::export_format::chat,
                                          .name = "set-1",
                                          .dialect = dataset::action_dialect::openai,
                                          .form = dataset::chat_form::sharegpt,
                                          .window = 7,
                                          .display = overt::picture_size{1280, 720},
                                          .px_per_notch = 53,
                                          .gallery = true}};
  auto const words = dataset::words_of(facts);
  CHECK(words.find('\n') == std::string::npos);
  auto const read = dataset::export_facts_from(words);
  REQUIRE(read);
  CHECK(read->receipt_id == facts.receipt_id);
  CHECK(read->receipt_sha256 == facts.receipt_sha256);
  CHECK(read->policy_digest.empty());
  CHECK(read->options.name == "set-1");
  CHECK(read->options.display->height == 720);
  CHECK(dataset::words_of(*read) == words);
  CHECK_FALSE(dataset::export_facts_from(words + " 1"));
  CHECK_FALSE(dataset::export_facts_from(words.substr(0, words.size() - 2)));
  CHECK_FALSE(dataset::export_facts_from("episode" + words.substr(4)));
}
