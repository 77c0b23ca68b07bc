#include "command.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/detail/json_text.hpp>
#include <overt/detail/secure_memory.hpp>
#include <overt/redact/detect/scan.hpp>

namespace {

namespace detect = overt::detect;

struct options {
  bool types = false;
  double threshold = 0.5;
  std::vector<std::string> only;
  std::string my_data;
};

int list_types() {
  for (auto const name : enumerators(detect::entity{})) {
    fmt::print("{}\n", name);
  }
  return command::done;
}

/// One entry a line; empty lines are none.
overt::result<std::vector<std::string>> read_list(std::string const& path) {
  std::ifstream file{path};
  if (!file) {
    return overt::failure{overt::error_code::not_found, "cannot read " + path};
  }
  std::vector<std::string> entries;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.back() == '\r') {
      line.pop_back();
    }
    if (!line.empty()) {
      entries.push_back(line);
    }
  }
  return entries;
}

overt::result<detect::detectors> detectors_of(options const& given) {
  auto which = detect::all();
  if (!(given.threshold >= 0 && given.threshold <= 1)) {
    return overt::failure{overt::error_code::misuse, "--threshold is a number from 0 to 1"};
  }
  which.threshold_percent = static_cast<std::uint32_t>(given.threshold * 100 + 0.5);
  if (!given.only.empty()) {
    which.types = 0;
    for (auto const& name : given.only) {
      detect::entity type{};
      if (!overt::value_named(name, type)) {
        return overt::failure{overt::error_code::misuse,
                              "there is no type " + name + "; overt detect --types lists them"};
      }
      which.types |= 1u << static_cast<unsigned>(type);
    }
  }
  if (!given.my_data.empty()) {
    auto entries = read_list(given.my_data);
    if (!entries) {
      return entries.error();
    }
    which = detect::with_my_data(std::move(which), std::move(*entries));
    if (which.my_list->left_out() != 0) {
      fmt::print(
          stderr,
          "overt: {} entries of {} are shorter than 3 characters, or no UTF-8, and are not looked for\n",
          which.my_list->left_out(), given.my_data);
    }
  }
  return which;
}

/// Counts code points from left to right.
class code_points {
public:
  explicit code_points(std::string_view text) : text_{text} {}

  std::size_t before(std::size_t byte) {
    for (; at_ < byte; ++at_) {
      count_ += (static_cast<unsigned char>(text_[at_]) & 0xc0) != 0x80 ? 1 : 0;
    }
    return count_;
  }

private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t count_ = 0;
};

/// The answer to one line. False for a line that is not what it should be.
bool answer(detect::detectors const& which, std::string const& line, overt::detail::json_text& out) {
  auto parsed = nlohmann::json::parse(line, nullptr, false);
  if (!parsed.is_object() || !parsed.contains("text") || !parsed["text"].is_string()) {
    return false;
  }
  auto& text = parsed["text"].get_ref<std::string&>();
  std::vector<detect::span> spans;
  auto const complete = detect::scan_long(which, text, spans);
  out.raw("{\"spans\":[");
  code_points position{text};
  for (auto const& one : spans) {
    out.raw(&one == spans.data() ? "{\"type\":" : ",{\"type\":");
    out.string(overt::name_of(one.type));
    out.raw(",\"start\":");
    out.number(position.before(one.begin));
    out.raw(",\"end\":");
    out.number(position.before(one.end));
    out.raw(",\"score\":");
    out.number(static_cast<double>(static_cast<int>(one.score * 100 + 0.5f)) / 100);
    out.raw(",\"rule\":");
    out.string(one.rule.view());
    out.raw('}');
  }
  out.raw("]}\n");
  overt::detail::wipe(text.data(), text.size());
  return complete;
}

int run(options const& given) {
  if (given.types) {
    return list_types();
  }
  auto const which = detectors_of(given);
  if (!which) {
    return command::fail(which.error());
  }
  int exit_code = command::done;
  overt::detail::json_text out;
  std::size_t number = 0;
  for (std::string line; std::getline(std::cin, line);) {
    ++number;
    out.clear();
    if (!answer(*which, line, out)) {
      // The line itself stays unsaid: it may hold anything.
      fmt::print(stderr, "overt: line {} is not a JSON object with a \"text\"\n", number);
      out.clear();
      out.raw("{\"error\":\"not a JSON object with a text\"}\n");
      exit_code = command::refused;
    }
    overt::detail::wipe(line.data(), line.size());
    if (std::fwrite(out.view().data(), 1, out.size(), stdout) != out.size() || std::fflush(stdout) != 0) {
      return command::refused;
    }
  }
  return exit_code;
}

} // namespace

void command::add_detect(CLI::App& app, int& exit_code) {
  auto* const sub = app.add_subcommand(
      "detect",
      "Find personal data and secrets: texts on standard input, where they hold some on standard output.");
  auto given = std::make_shared<options>();
  sub->add_flag("--types", given->types, "list the names of what is looked for");
  sub->add_option("--threshold", given->threshold, "how sure to be, from 0 to 1 (0.5 unless told)");
  sub->add_option("--only", given->only, "look for these types alone: EMAIL,CARD")->delimiter(',');
  sub->add_option("--my-data", given->my_data, "a file of your own names and numbers, one a line");
  sub->footer("One JSON object a line in, one a line out; places are counted in code points, the end is not "
              "part of it:\n"
              "  {\"text\": \"write to jane@example.com\"}\n"
              "  {\"spans\":[{\"type\":\"EMAIL\",\"start\":9,\"end\":25,\"score\":1,\"rule\":\"email\"}]}");
  sub->callback([given, &exit_code] { exit_code = run(*given); });
}
