#include <overt/dataset/export/export_options.hpp>

#include <string>

#include <nlohmann/json.hpp>

#include <overt_test/catch.hpp>

using overt::dataset::action_dialect;
using overt::dataset::check;
using overt::dataset::export_format;
using overt::dataset::export_options;

TEST_CASE("options that make no sense together are refused") {
  auto const chat = export_format::chat;
  CHECK(check({}));
  CHECK(check({.format = chat, .dialect = action_dialect::openai, .px_per_notch = 100}));
  CHECK_FALSE(check({.format = chat, .dialect = action_dialect::openai}));
  CHECK_FALSE(check({.format = chat, .dialect = action_dialect::openai, .px_per_notch = 0}));
  CHECK_FALSE(check({.format = chat, .px_per_notch = 100}));
  CHECK_FALSE(check({.dialect = action_dialect::openai, .px_per_notch = 100})); // AgentNet has another
  CHECK_FALSE(check({.display = overt::picture_size{1280, 720}}));
  CHECK_FALSE(check({.format = chat, .display = overt::picture_size{1280, 0}}));
  CHECK_FALSE(check({.window = 3}));
  for (auto const* const name : {"", "a/b", "a b", "..", "\u00e9"}) {
    CHECK_FALSE(check({.name = name}));
  }
  CHECK_FALSE(
      check({.format = chat, .dialect = action_dialect::ui_tars, .least_pixels = 10, .most_pixels = 9}));
}

TEST_CASE("the options in a manifest are those that have a meaning") {
  auto const written = [](export_options const& options) {
    overt::detail::json_text out;
    append_options(out, options);
    return nlohmann::json::parse(out.view());
  };
  auto const agentnet = written({});
  CHECK(agentnet.at("spelling") == "executable");
  CHECK_FALSE(agentnet.contains("window"));
  auto const chat =
      written({.format = export_format::chat, .window = 4, .display = overt::picture_size{3, 2}});
  CHECK(chat.at("dialect") == "anthropic/computer_20250124");
  CHECK(chat.at("display") == nlohmann::json::array({3, 2}));
  CHECK(chat.at("window") == 4);
  CHECK_FALSE(chat.contains("spelling"));
}
