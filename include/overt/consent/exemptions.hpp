#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/consent/site.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// Applications and sites that a person took out of what they had agreed to, while it was being recorded. It
/// only grows.
class exemptions {
public:
  /// How many there may be of each. Whoever exempts more had better stop.
  static constexpr std::size_t most = 256;

  [[nodiscard]] bool empty() const noexcept { return applications_.empty() && sites_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return applications_.size() + sites_.size(); }
  [[nodiscard]] std::vector<std::string> const& applications() const noexcept { return applications_; }
  [[nodiscard]] std::vector<std::string> const& sites() const noexcept { return sites_; }

  /// An application as `context::application` names it. What pages it shows is exempt too.
  /// Errors: `invalid_input` (no name, or one that no application has), `misuse` (there are `most` already).
  [[nodiscard]] result<void> add_application(std::string_view name) {
    if (!is_word(name)) {
      return failure{error_code::invalid_input, "An application is exempted by its name, as `overt status` "
                                                "and the receipt have it. Nothing was exempted."};
    }
    return add(applications_, std::string{name});
  }

  /// A site in one of the forms of `consent/site.hpp`. Whatever path it names, all of its origin is exempt: a
  /// page that is left out by mistake is better than one that is recorded by mistake.
  /// Errors: as for an application.
  [[nodiscard]] result<void> add_site(std::string_view address) {
    if (!is_word(address) || !is_site(address)) {
      return failure{error_code::invalid_input,
                     "A site is exempted by its address, like https://example.org. Nothing was exempted."};
    }
    if (address.find("://") == std::string_view::npos) { // however it is reached
      auto const open = add_site("http://" + std::string{address});
      return open ? add_site("https://" + std::string{address}) : open;
    }
    return add(sites_, origin_of(address));
  }

  /// Whether a place is exempt: its application, or the site of its page.
  [[nodiscard]] bool cover(std::string_view application, std::string_view origin) const {
    if (std::ranges::find(applications_, application) != applications_.end()) {
      return true;
    }
    if (origin.empty() || sites_.empty()) {
      return false;
    }
    auto const page = origin_of(origin);
    return std::ranges::any_of(sites_, [&](auto const& site) { return site_covers(site, page); });
  }

private:
  /// Something that may stand in a line of text, and is one.
  [[nodiscard]] static bool is_word(std::string_view text) noexcept {
    return !text.empty() && text.size() <= 256 && std::ranges::all_of(text, [](char letter) {
      return static_cast<unsigned char>(letter) >= 0x20 && letter != 0x7f;
    });
  }

  /// Scheme and host, and the port where it is not the usual one.
  [[nodiscard]] static std::string origin_of(std::string_view address) {
    auto parts = detail::split_address(address);
    auto const usual = parts.scheme == "https" ? std::string_view{":443"} : std::string_view{":80"};
    if ((parts.scheme == "https" || parts.scheme == "http") && parts.host.ends_with(usual)) {
      parts.host.remove_suffix(usual.size());
    }
    std::string origin{parts.scheme};
    origin += "://";
    origin += parts.host;
    return origin;
  }

  [[nodiscard]] static result<void> add(std::vector<std::string>& list, std::string entry) {
    if (std::ranges::find(list, entry) != list.end()) {
      return {};
    }
    if (list.size() == most) {
      return failure{error_code::misuse, "No more can be exempted. Stop the recording instead."};
    }
    list.push_back(std::move(entry));
    return {};
  }

  std::vector<std::string> applications_;
  std::vector<std::string> sites_;
};

} // namespace overt::inline v0::consent
