#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>

#include <overt/event/result.hpp>
#include <overt/trace/byte_source.hpp>

namespace overt::inline v0::trace {

/// Any byte source, so that a reader need not know whether a trace is plain or sealed.
class any_source {
public:
  template <class Source>
    requires(!std::same_as<Source, any_source> && byte_source<Source>)
  explicit any_source(Source source) : held_{std::make_unique<holding<Source>>(std::move(source))} {}

  [[nodiscard]] std::uint64_t size() const noexcept { return held_->size(); }
  [[nodiscard]] result<std::size_t> read(std::uint64_t offset, std::span<char> to) {
    return held_->read(offset, to);
  }

private:
  struct anything {
    virtual ~anything() = default;
    [[nodiscard]] virtual std::uint64_t size() const noexcept = 0;
    [[nodiscard]] virtual result<std::size_t> read(std::uint64_t offset, std::span<char> to) = 0;
  };

  template <class Source>
  struct holding final : anything {
    explicit holding(Source&& source) : source_{std::move(source)} {}
    [[nodiscard]] std::uint64_t size() const noexcept override { return source_.size(); }
    [[nodiscard]] result<std::size_t> read(std::uint64_t offset, std::span<char> to) override {
      return source_.read(offset, to);
    }
    Source source_;
  };

  std::unique_ptr<anything> held_;
};

} // namespace overt::inline v0::trace
