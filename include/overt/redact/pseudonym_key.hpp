#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/hmac_sha256.hpp>
#include <overt/detail/secure_memory.hpp>
#include <overt/event/clearance.hpp>
#include <overt/event/literal.hpp>
#include <overt/event/pseudonym.hpp>
#include <overt/event/result.hpp>
#include <overt/redact/folded.hpp>

namespace overt::inline v0::redact {

namespace detail {

/// 32 bytes in memory of their own that is left out of dumps and wiped at the end.
class dataset_secret {
public:
  static constexpr std::size_t size = 32;

  explicit dataset_secret(std::span<std::uint8_t const, size> bytes) noexcept
      : memory_{static_cast<std::uint8_t*>(v0::detail::map_secure(size))} {
    if (memory_ != nullptr) {
      std::memcpy(memory_, bytes.data(), size);
    }
  }
  dataset_secret(dataset_secret const&) = delete;
  dataset_secret& operator=(dataset_secret const&) = delete;
  ~dataset_secret() {
    if (memory_ != nullptr) {
      v0::detail::unmap_secure(memory_, size);
    }
  }

  [[nodiscard]] std::span<std::uint8_t const> bytes() const noexcept {
    return {memory_, memory_ == nullptr ? 0 : size};
  }

private:
  std::uint8_t* memory_;
};

} // namespace detail

/// The secret of one dataset, with which content becomes pseudonyms: whoever has the dataset can tell that
/// two things are the same, and only who has the secret can test a guess of what they are. A plain hash of a
/// phone number is undone in seconds.
///
///     auto key = redact::pseudonym_key::make("tickets-2026", secret);   // 32 random bytes
///     redact::element_names{.key = *key}
///
/// A dataset that must not be linked to another gets a secret of its own; the name of its domain goes into
/// the hash as well, so that one secret under two domains does not link them either. Copies share the secret,
/// which is wiped when the last one ends. A default key makes no pseudonyms.
class pseudonym_key {
public:
  pseudonym_key() = default;

  /// `domain` names the dataset and is public: receipts and the policy's digest show it. The caller wipes its
  /// own copy of the secret. A secret of other than 32 bytes, or of one repeated byte, is refused.
  [[nodiscard]] static result<pseudonym_key> make(std::string domain, std::span<std::uint8_t const> secret) {
    if (domain.empty()) {
      return failure{error_code::invalid_input, "a pseudonym key needs the name of its dataset domain"};
    }
    if (secret.size() != detail::dataset_secret::size) {
      return failure{error_code::invalid_input,
                     "the secret of a pseudonym key has to be 32 bytes, and random"};
    }
    bool same = true;
    for (auto const byte : secret) {
      same = same && byte == secret.front();
    }
    if (same) {
      return failure{error_code::invalid_input,
                     "the secret of a pseudonym key is one byte repeated; it has to be random"};
    }
    pseudonym_key made;
    made.domain_ = std::move(domain);
    made.secret_ =
        std::make_shared<detail::dataset_secret const>(secret.first<detail::dataset_secret::size>());
    if (made.secret_->bytes().empty()) {
      return failure{error_code::unsupported, "there is no memory for the secret of a pseudonym key"};
    }
    v0::detail::hmac_sha256 keyed{made.secret_->bytes()};
    keyed.update("overt key check");
    auto const tag = keyed.finish();
    made.check_ = v0::detail::to_hex(std::span{tag}.first(4));
    return made;
  }

  explicit operator bool() const noexcept { return secret_ != nullptr; }

  /// The pseudonym of `value` among things of one `kind`, from the first 8 bytes of HMAC-SHA-256 over domain,
  /// kind and the folded value (4 bytes for a `brief` one, of which one in 65,000 values or so shares its
  /// pseudonym with another). Only for a policy: otherwise it would be an oracle on content. Not for a
  /// default key.
  [[nodiscard]] pseudonym of(clearance const&, literal kind, std::string_view value,
                             bool brief = false) const noexcept {
    v0::detail::hmac_sha256 keyed{secret_->bytes()};
    add_sized(keyed, domain_);
    add_sized(keyed, kind.view());
    if (!detail::each_folded(value, [&](std::string_view piece) { keyed.update(piece); })) {
      keyed.update(value); // not UTF-8
    }
    auto const tag = keyed.finish();
    return v0::detail::pseudonym_maker::make(std::span{tag}.first(brief ? 4 : 8));
  }

  [[nodiscard]] std::string const& domain() const noexcept { return domain_; }

  /// 8 hexadecimal digits by which two uses of one secret can be told from two secrets: the beginning of
  /// HMAC(secret, "overt key check"). Empty for a default key.
  [[nodiscard]] std::string const& check() const noexcept { return check_; }

private:
  /// Lengths come first, so that no domain and kind together read like another pair.
  static void add_sized(v0::detail::hmac_sha256& to, std::string_view text) noexcept {
    std::array<char, 4> length{};
    for (std::size_t i = 0; i < length.size(); ++i) {
      length[i] = static_cast<char>(text.size() >> (8 * i) & 0xff);
    }
    to.update({length.data(), length.size()});
    to.update(text);
  }

  std::string domain_{};
  std::string check_{};
  std::shared_ptr<detail::dataset_secret const> secret_{};
};

} // namespace overt::inline v0::redact
