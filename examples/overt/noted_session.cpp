#include "noted_session.hpp"
#include "command.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

namespace consent = overt::consent;

command::noted_session::noted_session(home where, places const& named, consent::receipt const& terms)
    : home_{std::move(where)}, named_{named}, record_id_{terms.record_id}, id_{consent::new_holding_id()} {}

command::noted_session::noted_session(noted_session&& other) noexcept
    : home_{std::move(other.home_)}, named_{std::move(other.named_)}, record_id_{std::move(other.record_id_)},
      id_{std::move(other.id_)}, listed_{other.listed_}, open_{std::exchange(other.open_, false)} {}

overt::result<command::noted_session> command::noted_session::begin(places named,
                                                                    consent::receipt const& terms) {
  auto where = home_at(named.home);
  if (!where) {
    return where.error();
  }
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(named.out, error))) {
    return overt::failure{overt::error_code::output_failed,
                          "cannot create the trace " + named.out +
                              ": there is one. Nothing was recorded. Name a new file."};
  }
  auto const refuse = [](overt::failure const& why) {
    return overt::failure{why.code, why.message + " Nothing was recorded."};
  };
  auto const receipt = held_as(
      *where, {.kind = consent::holding_kind::receipt, .path = named.receipt, .record_id = terms.record_id});
  if (!receipt) {
    return refuse(receipt.error());
  }
  noted_session made{*std::move(where), named, terms};
  auto const noted = note(made.home_, {.kind = consent::ledger_kind::session_began,
                                       .record_id = made.record_id_,
                                       .subject = made.id_,
                                       .digest = terms.policy_digest});
  if (!noted) {
    made.open_ = false;
    return refuse(noted.error());
  }
  return made;
}

command::noted_session::~noted_session() {
  if (!open_) {
    return;
  }
  std::error_code error;
  bool const nothing = !std::filesystem::exists(named_.out, error);
  if (listed_ && nothing) {
    static_cast<void>(command::hold(
        home_,
        {.id = id_, .state = consent::holding_state::erased, .path = named_.out, .record_id = record_id_}));
  }
  if (auto const noted = end(0, overt::consent_state::active); !noted) {
    static_cast<void>(fail(noted.error()));
  }
}

overt::result<void> command::noted_session::hold(std::string const& key_id) {
  auto const list = held(home_);
  if (!list) {
    return list.error();
  }
  if (auto const* const before = list->at(whole_path(named_.out))) { // somebody removed that one
    auto gone = *before;
    gone.state = consent::holding_state::erased;
    gone.wall_ns = 0;
    if (auto const noted = command::hold(home_, std::move(gone)); !noted) {
      return noted.error();
    }
  }
  auto const held = command::hold(home_, {.id = id_,
                                          .path = named_.out,
                                          .record_id = record_id_,
                                          .key_id = key_id,
                                          .key_store = key_id.empty() ? std::string{} : named_.key_store});
  listed_ = held.has_value();
  return held ? overt::result<void>{} : overt::result<void>{held.error()};
}

overt::result<void> command::noted_session::end(std::uint64_t written, overt::consent_state how) {
  open_ = false;
  auto const add = [&](consent::ledger_kind kind, std::string subject, std::uint64_t count) {
    return note(home_,
                {.kind = kind, .record_id = record_id_, .subject = std::move(subject), .count = count});
  };
  auto const ended = add(consent::ledger_kind::session_ended, id_, written);
  if (!ended) {
    return {{ended.error().code,
             "the recording is over, and your ledger does not say so: " + ended.error().message}};
  }
  if (how == overt::consent_state::expired) {
    return add(consent::ledger_kind::consent_expired, "", 0);
  }
  if (how == overt::consent_state::invalidated) {
    return add(consent::ledger_kind::consent_invalidated, "", 0);
  }
  return {};
}
