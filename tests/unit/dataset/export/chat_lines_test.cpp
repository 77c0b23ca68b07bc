#include <overt/dataset/export/chat_lines.hpp>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/episodes.hpp>

namespace {

using nlohmann::json;
using overt::dataset::chat_form;
using overt::dataset::chat_lines;
using overt::dataset::export_format;
using overt::dataset::export_options;

std::vector<json> lines_of(overt::dataset::episode const& of, export_options options) {
  options.format = export_format::chat;
  auto const made =
      overt::dataset::steps_of(of, options, true, [](overt::dataset::episode_frame const&) { return true; });
  std::vector<std::string> images(made.steps.size(), "img/a.png");
  overt::detail::json_text out;
  auto const count = chat_lines{{"task", "receipt", "policy"}, options}.append(out, of, made, images);
  std::vector<json> lines;
  std::string_view text = out.view();
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    lines.push_back(json::parse(text.substr(0, end)));
    text.remove_prefix(end + 1);
  }
  REQUIRE(text.empty());
  REQUIRE(lines.size() == count);
  return lines;
}

std::size_t tokens_in(json const& sample, char const* list, char const* text) {
  std::size_t count = 0;
  for (auto const& message : sample.at(list)) {
    auto const content = message.at(text).get<std::string>();
    for (auto at = content.find("<image>"); at != std::string::npos; at = content.find("<image>", at + 1)) {
      ++count;
    }
  }
  return count;
}

} // namespace

TEST_CASE("chat: a sample of messages, one picture for each answer") {
  auto const lines = lines_of(overt_test::some_episode(), {});
  REQUIRE(lines.size() == 1);
  auto const& messages = lines[0].at("messages");
  REQUIRE(messages.size() == 9);
  CHECK(messages[0].at("role") == "system");
  CHECK(messages[1].at("content") == "<image>\nTask: Set the display scale to 100 %");
  CHECK(messages[2].at("content") == R"({"action":"left_click","coordinate":[96,27]})");
  CHECK(messages[3].at("content") == "<image>");
  CHECK(messages[8].at("content") == "The task is done.");
  CHECK(lines[0].at("overt").at("display_px") == json::array({192, 108}));
  CHECK(tokens_in(lines[0], "messages", "content") == lines[0].at("images").size());
}

TEST_CASE("chat: windows of steps, and ShareGPT") {
  auto const lines = lines_of(overt_test::some_episode(), {.form = chat_form::sharegpt, .window = 3});
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].at("images").size() == 3);
  CHECK(lines[1].at("images").size() == 1);
  CHECK(lines[1].at("overt").at("window") == json::array({3, 4}));
  CHECK(lines[1].at("overt").at("skipped").empty()); // told once
  CHECK(lines[0].at("overt").at("skipped").size() == 1);
  CHECK(lines[1].at("conversations")[0].at("from") == "human");
  CHECK(lines[1].at("system").is_string());
  for (auto const& line : lines) {
    CHECK(tokens_in(line, "conversations", "value") == line.at("images").size());
  }
}

TEST_CASE("chat: the text <image> in what somebody wrote is no picture") {
  auto of = overt_test::some_episode();
  of.actions[1].what = overt_test::typed("a <image> and <image>");
  auto const line = lines_of(of, {})[0];
  CHECK(tokens_in(line, "messages", "content") == line.at("images").size());
  auto const said = json::parse(line.at("messages")[4].at("content").get<std::string>());
  CHECK(said.at("text") == "a <image> and <image>");
  CHECK(chat_lines::takes_instruction(of));
  of.instruction = "Put an <image> there";
  CHECK_FALSE(chat_lines::takes_instruction(of));
}

TEST_CASE("chat: dataset_info.json names what is in the lines") {
  auto const info = json::parse(overt::dataset::dataset_info({.name = "mine"}, "train.jsonl"));
  CHECK(info.at("mine").at("columns").at("messages") == "messages");
  CHECK(info.at("mine").at("tags").at("role_tag") == "role");
  auto const other = json::parse(overt::dataset::dataset_info({.form = chat_form::sharegpt}, "train.jsonl"));
  CHECK(other.at("overt").at("columns").at("messages") == "conversations");
  CHECK(other.at("overt").at("tags").at("user_tag") == "human");
}
