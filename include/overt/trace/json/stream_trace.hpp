#pragma once

#include <cstdint>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/trace/selection.hpp>

namespace overt::inline v0::trace {

/// A trace that is read from its begin to its end: JSON lines or CBOR. `Reader` is that of the format.
template <any_event Event, class Reader>
class stream_trace {
public:
  [[nodiscard]] static result<stream_trace> open(std::string path) {
    stream_trace made{std::move(path)};
    auto const opened = made.start_over();
    return opened ? result<stream_trace>{std::move(made)} : result<stream_trace>{opened.error()};
  }

  [[nodiscard]] result<std::optional<recorded<Event>>> next() {
    for (;;) {
      auto event = reader_->next();
      if (!event || !*event || selected_.takes(**event)) {
        return event;
      }
    }
  }

  [[nodiscard]] result<void> seek(timestamp from) {
    selected_.from = from;
    return start_over();
  }
  [[nodiscard]] result<void> only(std::vector<std::string> payloads) {
    selected_.payloads = std::move(payloads);
    return start_over();
  }

  [[nodiscard]] nlohmann::json const& session() const noexcept { return reader_->session(); }
  [[nodiscard]] bool complete() const noexcept { return !reader_->end().is_null(); }
  [[nodiscard]] std::map<std::string, std::uint64_t> counts() const {
    std::map<std::string, std::uint64_t> said;
    auto const written = reader_->end().find("written");
    if (written != reader_->end().end()) {
      for (auto const& [name, count] : written->items()) {
        said[name] = count.is_number_unsigned() ? count.template get<std::uint64_t>() : 0;
      }
    }
    return said;
  }

private:
  explicit stream_trace(std::string path) : path_{std::move(path)} {}

  [[nodiscard]] result<void> start_over() {
    auto file = std::make_unique<std::ifstream>(path_, std::ios::binary);
    if (!*file) {
      return failure{error_code::not_found, "cannot open " + path_ + ". Name a trace that you may read."};
    }
    reader_ = std::make_unique<Reader>(*file);
    file_ = std::move(file);
    return {};
  }

  std::string path_;
  std::unique_ptr<std::ifstream> file_;
  std::unique_ptr<Reader> reader_;
  selection selected_;
};

} // namespace overt::inline v0::trace
