#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <sodium.h>

#include <overt/consent/receipt.hpp>
#include <overt/consent/sodium/private_file.hpp>
#include <overt/consent/sodium/secret_key.hpp>
#include <overt/consent/sodium/session_key.hpp>
#include <overt/consent/sodium/wrapped_key.hpp>
#include <overt/detail/iso8601.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// What a key store knows of a key.
struct stored_key {
  key_id id{};
  bool destroyed = false;
  bool damaged = false;                    ///< the wrapped key cannot be read; then what follows is empty
  std::string receipt{};                   ///< the record it was made for
  std::int64_t until_wall_ns = 0;          ///< nanoseconds since 1970-01-01 UTC
  std::vector<std::string> fingerprints{}; ///< of those who may open it
};

/// A folder with the wrapped session keys of traces, apart from the traces and from their backups. One file a
/// key: `ID.key`; of a key that was destroyed, a tombstone stays: `ID.destroyed`. What has a tombstone is
/// never given or taken again, whatever is copied back into the folder. Tombstones hold no secret:
/// `tombstones` names a second folder for them that may be backed up, for the day when somebody restores the
/// whole store.
///
/// Every change is whole and on the disk when it returns. Threads and processes may use one folder at the
/// same time.
///
///     auto const keys = consent::key_store::make("keys");
///     auto const key = keys->mint(receipt, system_clocks{}.wall_ns());   // seals a recording
///     auto const same = keys->open(key->id(), *mine, system_clocks{}.wall_ns());
///     keys->destroy(key->id());                                          // for good
class key_store {
public:
  /// One that is there. Refused when others may write to the folder.
  [[nodiscard]] static result<key_store> at(std::filesystem::path folder,
                                            std::filesystem::path tombstones = {}) {
    return begin(std::move(folder), std::move(tombstones), false);
  }

  /// The same; folders that are not there are made, for their owner alone.
  [[nodiscard]] static result<key_store> make(std::filesystem::path folder,
                                              std::filesystem::path tombstones = {}) {
    return begin(std::move(folder), std::move(tombstones), true);
  }

  /// A new key, wrapped for the recipients that the receipt names and kept as long as it says.
  [[nodiscard]] result<session_key> mint(receipt const& agreed, std::int64_t now_wall_ns) const {
    return mint(agreed, now_wall_ns, random_bytes_of_system);
  }

  /// The same with ids from elsewhere, for tests. An id that was used or destroyed is not taken.
  [[nodiscard]] result<session_key>
  mint(receipt const& agreed, std::int64_t now_wall_ns,
       std::function<void(std::span<std::uint8_t>)> const& random_id) const {
    if (agreed.recipients.empty()) {
      return failure{
          error_code::consent_mismatch,
          "the receipt names no recipient with a public key, so nobody could open the trace. Make a key "
          "with `overt keys new`, and ask for a receipt that names its public half."};
    }
    if (agreed.retention_days <= 0) {
      return failure{
          error_code::consent_mismatch,
          "the receipt does not say how long a recording is kept. Recordings are not kept for ever."};
    }
    auto const until =
        std::min(overt::detail::add_period(now_wall_ns, {.days = agreed.retention_days}), latest);
    auto const locked = detail::lock_folder(folder_);
    if (!locked) {
      return locked.error();
    }
    return mint_locked(agreed.recipients, agreed.record_id, until - until % overt::detail::iso::second_ns,
                       random_id);
  }

  /// A new key in the place of another one, for a trace that is written anew because something was erased
  /// from it: for the same record, until the same time, and for those of `recipients` who may open the old
  /// one. The old one stays until it is destroyed. Errors: as `open`, and `consent_mismatch` when none of
  /// `recipients` may open the old one.
  [[nodiscard]] result<session_key> mint_instead_of(key_id const& old,
                                                    std::span<recipient const> recipients) const {
    auto const locked = detail::lock_folder(folder_);
    if (!locked) {
      return locked.error();
    }
    if (is_destroyed(old)) {
      return destroyed(old);
    }
    auto const wrapped = read(old);
    if (!wrapped) {
      return wrapped.error();
    }
    std::vector<recipient> kept;
    for (auto const& each : recipients) {
      if (std::any_of(wrapped->boxes.begin(), wrapped->boxes.end(),
                      [&](auto const& box) { return box.fingerprint == fingerprint_of(each.public_key); })) {
        kept.push_back(each);
      }
    }
    if (kept.empty()) {
      return failure{error_code::consent_mismatch, "none of the recipients may open the key " + old.text() +
                                                       ", so there is nobody to make "
                                                       "a new one for."};
    }
    return mint_locked(kept, wrapped->receipt, wrapped->until_wall_ns, random_bytes_of_system);
  }

  /// The key, for one of those it is wrapped for. Refused: destroyed keys, keys whose time is over, other
  /// people.
  [[nodiscard]] result<session_key> open(key_id const& id, secret_key const& mine,
                                         std::int64_t now_wall_ns) const {
    auto const locked = detail::lock_folder(folder_);
    if (!locked) {
      return locked.error();
    }
    if (is_destroyed(id)) {
      static_cast<void>(detail::shred(key_file(id))); // somebody copied it back
      return destroyed(id);
    }
    auto const wrapped = read(id);
    if (!wrapped) {
      return wrapped.error();
    }
    if (now_wall_ns > wrapped->until_wall_ns) {
      return failure{error_code::consent_missing,
                     "this trace was to be kept until " +
                         overt::detail::format_date_time(wrapped->until_wall_ns) +
                         " and may not be opened any more. Destroy its key: overt keys destroy " + id.text()};
    }
    return unwrap(*wrapped, mine);
  }

  /// Destroys a key for good: a tombstone first, then the wrapped key is overwritten and removed. True when
  /// there was one. An id that is not here gets its tombstone all the same, so that a copy cannot come back.
  [[nodiscard]] result<bool> destroy(key_id const& id) const {
    auto const locked = detail::lock_folder(folder_);
    return locked ? destroy_locked(id) : result<bool>{locked.error()};
  }

  /// Destroys every key that was made for this record: what withdrawing a consent does. Gives their number.
  [[nodiscard]] result<std::size_t> destroy_of_receipt(std::string_view record_id) const {
    return destroy_where(
        [&](stored_key const& key) { return !record_id.empty() && key.receipt == record_id; });
  }

  /// Destroys every key whose time is over. Gives their number.
  [[nodiscard]] result<std::size_t> destroy_expired(std::int64_t now_wall_ns) const {
    return destroy_where(
        [&](stored_key const& key) { return !key.damaged && now_wall_ns > key.until_wall_ns; });
  }

  /// Takes a wrapped key that another store gave out (the content of an `ID.key` file). Never one that was
  /// destroyed.
  [[nodiscard]] result<key_id> accept(std::string_view wrapped_text) const {
    auto const wrapped = read_wrapped_key(wrapped_text);
    if (!wrapped) {
      return wrapped.error();
    }
    auto const locked = detail::lock_folder(folder_);
    if (!locked) {
      return locked.error();
    }
    if (is_destroyed(wrapped->id)) {
      return destroyed(wrapped->id);
    }
    if (detail::exists_or_hidden(key_file(wrapped->id))) {
      return failure{error_code::misuse, "the key " + wrapped->id.text() + " is here already."};
    }
    if (auto const kept = detail::write_whole(key_file(wrapped->id), wrapped_text); !kept) {
      return kept.error();
    }
    return wrapped->id;
  }

  /// Whether there is a tombstone, also one that is empty or cannot be read.
  [[nodiscard]] bool is_destroyed(key_id const& id) const {
    return detail::exists_or_hidden(tombstone(folder_, id)) ||
           (!tombstones_.empty() && detail::exists_or_hidden(tombstone(tombstones_, id)));
  }

  /// All keys and tombstones, sorted by id.
  [[nodiscard]] result<std::vector<stored_key>> list() const {
    auto const locked = detail::lock_folder(folder_);
    return locked ? list_locked() : result<std::vector<stored_key>>{locked.error()};
  }

  [[nodiscard]] std::filesystem::path const& folder() const noexcept { return folder_; }

private:
  using path = std::filesystem::path;
  static constexpr std::int64_t latest = *overt::detail::parse_date_time("2261-01-01T00:00:00Z");

  key_store(path folder, path tombstones) : folder_{std::move(folder)}, tombstones_{std::move(tombstones)} {}

  [[nodiscard]] static result<key_store> begin(path folder, path tombstones, bool make) {
    for (auto const& each : {folder, tombstones}) {
      if (!each.empty()) {
        if (auto const own = detail::own_folder(each, make); !own) {
          return own.error();
        }
      }
    }
    return key_store{std::move(folder), std::move(tombstones)};
  }

  static void random_bytes_of_system(std::span<std::uint8_t> id) { ::randombytes_buf(id.data(), id.size()); }

  [[nodiscard]] result<session_key>
  mint_locked(std::span<recipient const> recipients, std::string const& record_id, std::int64_t until,
              std::function<void(std::span<std::uint8_t>)> const& random_id) const {
    for (int attempt = 0; attempt < 16; ++attempt) {
      key_id id;
      random_id(id.bytes);
      if (is_destroyed(id) || detail::exists_or_hidden(key_file(id))) {
        continue;
      }
      auto key = session_key::generate(id);
      if (!key) {
        return key;
      }
      auto const wrapped = wrap(*key, recipients, record_id, until);
      if (!wrapped) {
        return wrapped.error();
      }
      if (auto const kept = detail::write_whole(key_file(id), write_wrapped_key(*wrapped)); !kept) {
        return kept.error();
      }
      return key;
    }
    return failure{error_code::unsupported,
                   "no new key id was found: the system's randomness repeats itself."};
  }

  [[nodiscard]] path key_file(key_id const& id) const { return folder_ / (id.text() + ".key"); }
  [[nodiscard]] static path tombstone(path const& folder, key_id const& id) {
    return folder / (id.text() + ".destroyed");
  }

  [[nodiscard]] static failure destroyed(key_id const& id) {
    return {error_code::consent_missing,
            "the key " + id.text() +
                " was destroyed, because the consent was withdrawn or its time was "
                "over. What it sealed cannot be opened any more."};
  }

  [[nodiscard]] result<wrapped_key> read(key_id const& id) const {
    std::string text(detail::wrapped_limit, '\0');
    auto const size = detail::read_private(
        key_file(id), {reinterpret_cast<std::uint8_t*>(text.data()), text.size()}, false);
    if (!size) {
      return size.error().code != error_code::not_found
                 ? size.error()
                 : failure{error_code::not_found, "the key store " + folder_.string() + " has no key " +
                                                      id.text() +
                                                      ". Name the store that was used for the recording."};
    }
    auto wrapped = read_wrapped_key(std::string_view{text}.substr(0, *size));
    if (wrapped && wrapped->id != id) {
      return failure{error_code::invalid_input, "the file of the key " + id.text() +
                                                    " holds another one. Somebody changed the key store."};
    }
    return wrapped;
  }

  [[nodiscard]] result<bool> destroy_locked(key_id const& id) const {
    for (auto const* each : {&folder_, &tombstones_}) {
      if (each->empty() || detail::exists_or_hidden(tombstone(*each, id))) {
        continue;
      }
      if (auto const set = detail::write_whole(tombstone(*each, id), "overt destroyed key 1\n"); !set) {
        return set.error();
      }
    }
    auto unfinished = key_file(id);
    unfinished += ".new";
    static_cast<void>(detail::shred(unfinished));
    return detail::shred(key_file(id));
  }

  template <class Condition>
  [[nodiscard]] result<std::size_t> destroy_where(Condition condition) const {
    auto const locked = detail::lock_folder(folder_);
    if (!locked) {
      return locked.error();
    }
    auto const all = list_locked();
    if (!all) {
      return all.error();
    }
    std::size_t count = 0;
    for (auto const& each : *all) {
      if (!each.destroyed && condition(each)) {
        if (auto const gone = destroy_locked(each.id); !gone) {
          return gone.error();
        }
        ++count;
      }
    }
    return count;
  }

  [[nodiscard]] result<std::vector<stored_key>> list_locked() const {
    std::vector<stored_key> found;
    std::error_code error;
    auto const note = [&](path const& folder, std::string_view ending) {
      for (std::filesystem::directory_iterator each{folder, error}, end; !error && each != end;
           each.increment(error)) {
        auto const name = each->path().filename().string();
        auto const id = name.ends_with(ending)
                            ? key_id::parse(std::string_view{name}.substr(0, name.size() - ending.size()))
                            : key_id::parse("");
        if (id &&
            std::none_of(found.begin(), found.end(), [&](auto const& other) { return other.id == *id; })) {
          found.push_back({.id = *id});
        }
      }
    };
    note(folder_, ".key");
    note(folder_, ".destroyed");
    if (!tombstones_.empty()) {
      note(tombstones_, ".destroyed");
    }
    if (error) {
      return failure{error_code::permission_denied, "cannot list " + folder_.string() + ": " +
                                                        error.message() + ". Name a folder of your own."};
    }
    std::sort(found.begin(), found.end(), [](auto const& a, auto const& b) { return a.id < b.id; });
    for (auto& each : found) {
      each.destroyed = is_destroyed(each.id);
      auto const wrapped = each.destroyed ? result<wrapped_key>{destroyed(each.id)} : read(each.id);
      each.damaged = !each.destroyed && !wrapped;
      if (wrapped) {
        each.receipt = wrapped->receipt;
        each.until_wall_ns = wrapped->until_wall_ns;
        for (auto const& box : wrapped->boxes) {
          each.fingerprints.push_back(box.fingerprint);
        }
      }
    }
    return found;
  }

  path folder_;
  path tombstones_;
};

} // namespace overt::inline v0::consent
