#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <overt/detail/secure_memory.hpp>
#include <overt/event/arena_string.hpp>
#include <overt/event/byte_range.hpp>
#include <overt/event/clearance.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/replacement.hpp>
#include <overt/event/screen_picture.hpp>

namespace overt::inline v0 {

namespace detail {
struct guarded_access;
} // namespace detail

/// What may stand behind a guard: text in an arena, a picture, a number, an enumeration, or a small type that
/// says `using plain_bytes = void;`: all of it is in its own bytes, so that wiping these wipes it. A view or
/// a pointer is not.
template <class Content>
concept guardable = std::same_as<Content, arena_string> || std::same_as<Content, screen_picture> ||
                    std::is_arithmetic_v<Content> || std::is_enum_v<Content> ||
                    (requires { typename Content::plain_bytes; } && std::is_trivially_copyable_v<Content> &&
                     std::is_default_constructible_v<Content> && sizeof(Content) <= 32);

enum class guard_state : std::uint8_t {
  withheld,  ///< the state content arrives in: no serializer can see it
  disclosed, ///< a policy let it out
  denied,    ///< wiped; final
};

/// Content: anything that says what a person typed, saw or worked on. Withheld until a policy discloses it.
///
/// Looking needs a `clearance`, disclosing a `disclosure`; only a pipeline has them. It moves and does not
/// copy; a moved-from guard is denied. Denying wipes and is final. There is no `==`, no hash and no printing:
/// each would tell something about content to code that was never cleared.
template <guardable Content>
class guarded {
public:
  using content_type = Content;

  /// Nothing was observed: denied from the start.
  guarded() noexcept = default;
  explicit guarded(Content content) noexcept : content_{std::move(content)}, state_{guard_state::withheld} {}
  guarded(guarded&& other) noexcept : content_{std::move(other.content_)}, state_{other.state_} {
    other.erase();
  }
  ~guarded() { erase(); }

  guarded(guarded const&) = delete;
  // Assigning could bring a denied field back, so there is no assignment.
  guarded& operator=(guarded const&) = delete;
  guarded& operator=(guarded&&) = delete;

  /// For a policy. Empty after a denial.
  [[nodiscard]] Content const& look(clearance const&) const noexcept { return content_; }

  /// Wipes the content for good.
  void deny(clearance const&) noexcept { erase(); }

  /// Lets the content out, unless it was denied.
  void disclose(disclosure const&) noexcept {
    if (state_ == guard_state::withheld) {
      state_ = guard_state::disclosed;
    }
  }

  /// Replaces each range of a text by one "*", whatever its length. Ranges must be in order and apart; one
  /// that is not denies the whole text. Calls do not change what is disclosed.
  void mask(clearance const&, std::span<byte_range const> ranges) noexcept
    requires std::same_as<Content, arena_string>;

  /// Puts something else in place of a text, which may be longer; see `replacement` for what it can be. The
  /// old bytes are wiped. Kept ranges that are not in order and within the text, and a lack of memory, deny
  /// it. Calls do not change what is disclosed, and what was denied stays so.
  void replace(clearance const&, replacement const& by) noexcept
    requires std::same_as<Content, arena_string>;

  /// Fills parts of a picture with one colour, before or after it is disclosed. Nothing brings them back.
  void mask(clearance const&, std::span<rectangle const> parts, std::uint32_t colour = 0) noexcept
    requires std::same_as<Content, screen_picture>
  {
    for (auto const& part : parts) {
      content_.fill(part, colour);
    }
  }

  [[nodiscard]] guard_state state() const noexcept { return state_; }

  /// What was disclosed, or null. For serializers; on lvalues only, so that nothing dangles.
  [[nodiscard]] Content const* disclosed() const& noexcept {
    return state_ == guard_state::disclosed ? std::addressof(content_) : nullptr;
  }
  Content const* disclosed() const&& = delete;

  friend bool operator==(guarded const&, guarded const&) = delete;
  template <class Other>
  friend bool operator==(guarded const&, Other const&) = delete;
  template <class Stream>
  friend Stream& operator<<(Stream&, guarded const&) = delete;

private:
  friend struct detail::guarded_access;

  void erase() noexcept {
    if constexpr (requires { content_.wipe(); }) {
      content_.wipe();
    } else {
      detail::wipe(std::addressof(content_), sizeof content_);
    }
    state_ = guard_state::denied;
  }

  Content content_{};
  guard_state state_ = guard_state::denied;
};

using guarded_text = guarded<arena_string>;
using guarded_picture = guarded<screen_picture>;

template <class Type>
inline constexpr bool is_guarded = false;
template <class Content>
inline constexpr bool is_guarded<guarded<Content>> = true;

namespace detail {

/// Changes a text. Taking ranges out happens in place: no allocation, and no second copy to wipe.
struct text_shrink {
  /// False when the ranges are not in order and within the text.
  static bool replace_with_star(arena_string& text, std::span<byte_range const> ranges) noexcept {
    auto* const block = text.block_;
    std::size_t const size = block == nullptr ? 0 : block->size;
    std::size_t previous = 0;
    for (auto const range : ranges) {
      if (range.begin < previous || range.end <= range.begin || range.end > size) {
        return false;
      }
      previous = range.end;
    }
    if (ranges.empty()) {
      return true;
    }
    char* const bytes = block->bytes();
    std::size_t write = ranges.front().begin;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      auto const next = i + 1 < ranges.size() ? ranges[i + 1].begin : size;
      bytes[write++] = '*';
      for (auto read = ranges[i].end; read < next; ++read) {
        bytes[write++] = bytes[read];
      }
    }
    wipe(bytes + write, size - write);
    block->size = static_cast<std::uint32_t>(write);
    return true;
  }

  /// Puts the pieces of `by` together in a block of their own, and ends the old one. False when a range does
  /// not fit, or there is no memory.
  static bool rebuild(arena_string& text, replacement const& by) noexcept {
    auto const old = text.view();
    std::size_t size = 0;
    std::size_t previous = 0;
    bool fits = true;
    by.each([&]<class Piece>(Piece const& piece) {
      if constexpr (std::same_as<Piece, byte_range>) {
        fits = fits && piece.begin >= previous && piece.end >= piece.begin && piece.end <= old.size();
        previous = piece.end;
        size += fits ? piece.end - piece.begin : 0;
      } else {
        size += piece.size();
      }
    });
    auto* const block = fits && size <= UINT32_MAX ? heap_text_block(size) : nullptr;
    if (block == nullptr) {
      return false;
    }
    auto* write = block->bytes();
    by.each([&]<class Piece>(Piece const& piece) {
      std::string_view from;
      if constexpr (std::same_as<Piece, byte_range>) {
        from = old.substr(piece.begin, piece.end - piece.begin);
      } else {
        from = piece;
      }
      for (char const byte : from) {
        *write++ = byte;
      }
    });
    block->size = static_cast<std::uint32_t>(size);
    text.wipe();
    text.block_ = block;
    return true;
  }
};

/// What the pipeline, the readers and the merging of contexts do that nobody else may.
struct guarded_access {
  template <class Content>
  static void wipe_unless_disclosed(guarded<Content>& field) noexcept {
    if (field.state_ != guard_state::disclosed) {
      field.erase();
    } else if constexpr (std::same_as<Content, screen_picture>) {
      field.content_.elements().clear(); // what a policy judged by; only the pixels were disclosed
    }
  }

  /// Puts content into a field that was made empty: for decoders, which fill a payload member by member.
  template <class Content>
  static void put(guarded<Content>& field, Content content,
                  guard_state state = guard_state::withheld) noexcept {
    field.content_ = std::move(content);
    field.state_ = state;
  }

  /// A second copy, for a context that is shared by several pipelines. The copy keeps the state.
  template <class Content>
  [[nodiscard]] static guarded<Content> clone(guarded<Content> const& field) noexcept {
    guarded<Content> copy;
    if constexpr (std::same_as<Content, arena_string>) {
      copy.content_ =
          field.state_ == guard_state::denied ? arena_string{} : arena_string{field.content_.view()};
    } else if constexpr (std::same_as<Content, screen_picture>) {
      copy.content_ = field.content_.copy();
    } else {
      copy.content_ = field.content_;
    }
    copy.state_ = field.state_;
    return copy;
  }

  /// Whether two texts are the same, for joining what several sources saw.
  [[nodiscard]] static bool same(guarded<arena_string> const& a, guarded<arena_string> const& b) noexcept {
    return a.content_.view() == b.content_.view();
  }

  /// Takes the content out, for putting it into another guard.
  template <class Content>
  [[nodiscard]] static Content take(guarded<Content>& field) noexcept {
    auto content = std::move(field.content_);
    field.erase();
    return content;
  }
};

} // namespace detail

template <guardable Content>
void guarded<Content>::mask(clearance const&, std::span<byte_range const> ranges) noexcept
  requires std::same_as<Content, arena_string>
{
  if (!detail::text_shrink::replace_with_star(content_, ranges)) {
    erase();
  }
}

template <guardable Content>
void guarded<Content>::replace(clearance const&, replacement const& by) noexcept
  requires std::same_as<Content, arena_string>
{
  if (state_ != guard_state::denied && !detail::text_shrink::rebuild(content_, by)) {
    erase();
  }
}

} // namespace overt::inline v0
