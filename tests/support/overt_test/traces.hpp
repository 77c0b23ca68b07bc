#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/detail/json_text.hpp>
#include <overt/event/event.hpp>
#include <overt/event/json/from_json.hpp>
#include <overt/event/recorded.hpp>
#include <overt/sink/event_json.hpp>
#include <overt/sink/session_info.hpp>

/// Small traces of every kind of value, for writers and readers.
namespace overt_test {

/// An event as a JSON trace has it, without a checksum.
inline std::string as_line(overt::recorded<overt::event> const& what) {
  overt::detail::json_text out;
  overt::sink::append_event(out, what);
  return std::string{out.view()};
}

/// Events with texts, lists, records, numbers at their ends, and content that was withheld.
class sample_trace {
public:
  sample_trace() {
    add(R"("type":"source","from":null,"context":null,"backend":"x11","state":"opened","can_see":["keys","title"],"cannot_see":[],"reason":"")");
    add(R"("type":"key","from":0,"context":{"application":"editor","title":null,"origin":"","page":null,"field":"plain"},"phase":"press","kind":"letter","held":["control","num_lock"],"layout":255,"injected":true,"device":65535,"usage":4,"symbol":"s","entered":"é")");
    add(R"("type":"pointer_move","from":1,"context":null,"at":{"x":-2147483648,"y":2147483647,"display":65535,"display_epoch":0},"injected":false,"device":0)");
    add(R"("type":"text","from":65534,"context":{"application":"a \"b\"","title":"\u0001\n\t€😀","origin":null,"page":null,"field":"none"},"source":"pasted","length":9,"edits":null,"value":"{CARD} und {WITHHELD}","outcome":"mixed","doubt":"none","size":"tens","began":-9223372036854775808,"follows":0,"entities":[{"type":"CARD","size":"tens","begin":0,"end":6},{"type":"WITHHELD","size":"under_ten","begin":null,"end":null}],"made_of":[2,18446744073709551615])");
    add(R"("type":"gap","from":null,"context":null,"reason":"no_room","of":"key","count":null)");
    add(R"("type":"gap","from":null,"context":null,"reason":"late","of":"","count":18446744073709551615)");
  }

  [[nodiscard]] std::vector<overt::recorded<overt::event>> const& events() const noexcept { return events_; }
  [[nodiscard]] std::vector<std::string> const& lines() const noexcept { return lines_; }

  [[nodiscard]] static overt::session_info session() {
    return {.receipt_id = "r1",
            .policy = R"({"chain":[]})",
            .policy_digest = "d",
            .indicator = "lamp",
            .time_grid_ns = 5,
            .anchor = overt::clock_anchor{{1}, 2, 3},
            .sources = {{.backend = "x11", .can_see = overt::capability::keys}}};
  }
  [[nodiscard]] static overt::session_end end() { return {.written = {{"key", 1}, {"gap", 2}}}; }

private:
  void add(std::string const& rest) {
    auto const number = lines_.size() + 1;
    lines_.push_back("{\"seq\":" + std::to_string(number) +
                     ",\"t\":" + std::to_string(-5'000'000'000 + 1'000 * static_cast<std::int64_t>(number)) +
                     "," + rest + "}");
    auto read = overt::event_from_json<overt::event>(nlohmann::json::parse(lines_.back()),
                                                     overt::json_origin::trace, *names_);
    if (!read) {
      throw std::runtime_error{lines_.back() + ": " + read.error().message};
    }
    overt::recorded_head head{.sequence = read->sequence,
                              .time = read->time,
                              .source = read->from.value_or(overt::recorder_source)};
    if (read->where) {
      head.where.emplace(std::move(*read->where));
    }
    events_.push_back(overt::detail::recording::make<overt::event>(std::move(head), std::move(read->what)));
  }

  std::unique_ptr<overt::name_pool> names_ = std::make_unique<overt::name_pool>();
  std::vector<overt::recorded<overt::event>> events_;
  std::vector<std::string> lines_;
};

/// What a sink writes for the sample, as bytes.
template <class Sink>
std::string bytes_written_by(sample_trace const& sample) {
  auto const path =
      std::filesystem::temp_directory_path() /
      ("overt-sample-" + std::to_string(std::random_device{}()) + std::to_string(std::random_device{}()));
  Sink out{path.string()};
  bool written = out.open(sample_trace::session()).has_value();
  for (auto const& each : sample.events()) {
    out.write(each);
  }
  written = out.close(sample_trace::end()).has_value() && written;
  std::ifstream file{path, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{file}, {}};
  std::filesystem::remove(path);
  return written ? bytes : std::string{};
}

/// What a reader made of some bytes.
struct reading {
  std::vector<std::string> lines{};
  std::vector<std::string> errors{};
  nlohmann::json session{};
  nlohmann::json end{};
};

/// Reads on behind errors, up to so many of them.
template <class Reader>
reading read_all(std::string const& bytes, std::size_t most_errors = 20) {
  std::istringstream stream{bytes};
  Reader reader{stream};
  reading made;
  while (made.errors.size() < most_errors) {
    auto next = reader.next();
    if (!next) {
      made.errors.push_back(next.error().message);
    } else if (!*next) {
      break;
    } else {
      made.lines.push_back(as_line(**next));
    }
  }
  made.session = reader.session();
  made.end = reader.end();
  return made;
}

/// Whether every event that was read is one that was written: the numbers of events tell which.
inline bool nothing_is_wrong(sample_trace const& sample, reading const& read) {
  std::size_t at = 0;
  for (auto const& line : read.lines) {
    while (at < sample.lines().size() && sample.lines()[at] != line) {
      ++at;
    }
    if (at++ == sample.lines().size()) {
      return false;
    }
  }
  return true;
}

} // namespace overt_test
