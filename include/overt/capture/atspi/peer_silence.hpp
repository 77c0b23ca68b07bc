#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// Which connections said nothing in time, and how many questions each has still to answer.
///
/// A program that is stopped would otherwise get a question for everything that is done in it, and each would
/// have to be waited for. After one that was not answered it is left alone, first for 200 ms, then for twice
/// as long each time, until it says anything at all: its late answers to what it was asked before do as well.
class peer_silence {
public:
  static constexpr std::int64_t first_pause_ns = 200'000'000;
  static constexpr std::int64_t longest_pause_ns = 2'000'000'000;
  /// Of all calls that may be under way, one program cannot have them all.
  static constexpr std::size_t most_open = 384;
  static constexpr std::size_t most_peers = 1024;

  /// Whether it is to be asked now.
  [[nodiscard]] bool may_ask(std::string const& peer, timestamp now) const {
    auto const found = peers_.find(peer);
    return found == peers_.end() || (now >= found->second.until && found->second.open < most_open);
  }

  void asked(std::string const& peer) {
    if (peers_.size() >= most_peers) {
      std::erase_if(peers_, [](auto const& one) { return one.second.open == 0; });
    }
    ++peers_[peer].open;
  }

  /// A question was answered, or will not be.
  void settled(std::string const& peer) {
    auto const found = peers_.find(peer);
    if (found != peers_.end() && found->second.open > 0) {
      --found->second.open;
    }
  }

  /// A question that was sent at `asked` was not answered in time.
  void timed_out(std::string const& peer, timestamp asked, timestamp now) {
    auto const found = peers_.find(peer);
    if (found == peers_.end() || asked < found->second.since) {
      return; // it was asked along with one that is counted already
    }
    auto& one = found->second;
    one.pause = one.pause == 0 ? first_pause_ns : std::min(2 * one.pause, longest_pause_ns);
    one.since = now;
    one.until = now + one.pause;
  }

  /// It said something.
  void heard(std::string const& peer) {
    auto const found = peers_.find(peer);
    if (found != peers_.end()) {
      found->second.pause = 0;
      found->second.until = {};
    }
  }

private:
  struct peer_state {
    std::size_t open = 0;
    std::int64_t pause = 0;
    timestamp since{}; ///< when the last time-out was counted
    timestamp until{};
  };
  std::unordered_map<std::string, peer_state> peers_;
};

} // namespace overt::inline v0::capture::atspi
