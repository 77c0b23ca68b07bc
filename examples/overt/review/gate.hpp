#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/random_bytes.hpp>

namespace command {

/// Who may talk to the review's server: the browser in which its link was opened first, and nobody else on
/// this computer. It knows no HTTP library.
///
///  - The link holds a token that works once: it is exchanged for a cookie that scripts cannot read and that
///    pages of other origins cannot send (`HttpOnly`, `SameSite=Strict`).
///  - Browsers send cookies to every port of a host. The path of this one is a random folder, so that the
///    server of another user on this computer is not sent it.
///  - What changes something needs a second token that stands in the page alone, in a header: no form of
///    another page can send that.
///  - The `Host` has to be ours: a name that somebody made point to 127.0.0.1 is refused (DNS rebinding).
///
/// Any thread.
class review_gate {
public:
  static constexpr std::string_view cookie_name = "overt_review";
  static constexpr std::string_view header_name = "X-Overt-Review";

  explicit review_gate(int port) : authority_{"127.0.0.1:" + std::to_string(port)} {}

  /// Where everything is: "/…/".
  [[nodiscard]] std::string const& folder() const noexcept { return folder_; }
  [[nodiscard]] std::string link() const { return "http://" + authority_ + folder_ + "?token=" + once_; }
  [[nodiscard]] std::string const& page_token() const noexcept { return page_token_; }
  [[nodiscard]] std::string cookie() const {
    return std::string{cookie_name} + '=' + cookie_ + "; Path=" + folder_ + "; HttpOnly; SameSite=Strict";
  }

  [[nodiscard]] bool is_our_host(std::string_view host) const noexcept { return host == authority_; }
  [[nodiscard]] bool is_our_origin(std::string_view origin) const { return origin == "http://" + authority_; }

  /// True once in the life of the server.
  [[nodiscard]] bool exchange(std::string_view token) {
    std::scoped_lock const lock{one_at_a_time_};
    bool const right = !used_ && same(token, once_);
    used_ = used_ || right;
    return right;
  }

  /// `header`: the whole of `Cookie`.
  [[nodiscard]] bool has_cookie(std::string_view header) const noexcept {
    while (!header.empty()) {
      auto const end = header.find(';');
      auto one = header.substr(0, end);
      header.remove_prefix(end == std::string_view::npos ? header.size() : end + 1);
      one.remove_prefix(one.find_first_not_of(' ') == std::string_view::npos ? one.size()
                                                                             : one.find_first_not_of(' '));
      if (one.starts_with(cookie_name) && one.substr(cookie_name.size()).starts_with('=') &&
          same(one.substr(cookie_name.size() + 1), cookie_)) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool has_page_token(std::string_view value) const noexcept {
    return same(value, page_token_);
  }

private:
  /// Takes as long wherever they differ.
  [[nodiscard]] static bool same(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) {
      return false;
    }
    unsigned different = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      different |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    }
    return different == 0;
  }

  [[nodiscard]] static std::string secret() {
    return overt::detail::to_hex(overt::detail::random_bytes<32>());
  }

  std::mutex one_at_a_time_{};
  std::string authority_;
  std::string folder_ = '/' + secret() + '/';
  std::string once_ = secret();
  std::string cookie_ = secret();
  std::string page_token_ = secret();
  bool used_ = false;
};

} // namespace command
