#include "session.hpp"

#include "../erase_trace.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include <overt/dataset/json/approval_file.hpp>
#include <overt/event/name_pool.hpp>
#include <overt/trace/being_recorded.hpp>
#include <overt/trace/each_event.hpp>
#include <overt/trace/erasure.hpp>
#include <overt/trace/files_digest.hpp>
#include <overt/trace/json/session_of.hpp>
#include <overt/trace/sodium/sealed_files.hpp>

namespace {

using nlohmann::json;
using overt::consent::ledger_kind;

/// Text of a file's name may be anything.
std::string dumped(json const& what) { return what.dump(-1, ' ', false, json::error_handler_t::replace); }

/// A request of the page: an object of so few words that anything else in it is a mistake.
overt::result<json> parsed(std::string_view request) {
  auto made = json::parse(request, nullptr, false);
  auto const revision = made.is_object() ? made.find("revision") : made.end();
  return made.is_object() && revision != made.end() && revision->is_number_unsigned()
             ? overt::result<json>{std::move(made)}
             : overt::failure{overt::error_code::invalid_input, "the page asked for something unknown"};
}

/// An entry of the ledger about this trace; one that is not in the list of what is held yet is added to it.
overt::result<void> noted(command::home const& where, command::trace_choice const& trace, ledger_kind what) {
  auto const key = overt::trace::sealed_files::key_of(trace.path);
  auto const id = command::held_as(where, {.path = trace.path,
                                           .key_id = key ? key->text() : std::string{},
                                           .key_store = key ? trace.key_store : std::string{}});
  auto const list = id ? command::held(where) : overt::result<overt::consent::holdings>{id.error()};
  if (!list) {
    return list.error();
  }
  auto const* const held = list->find(*id);
  return command::note(
      where, {.kind = what, .record_id = held == nullptr ? std::string{} : held->record_id, .subject = *id});
}

} // namespace

overt::result<void> command::approve(home const& where, trace_choice const& trace,
                                     overt::dataset::approval_record const& decided) {
  if (auto const entry = noted(where, trace, ledger_kind::review_approved); !entry) {
    return entry;
  }
  return overt::dataset::write_approval(trace.path, decided);
}

overt::result<void> command::take_back(home const& where, trace_choice const& trace) {
  if (auto const entry = noted(where, trace, ledger_kind::review_rejected); !entry) {
    return entry;
  }
  std::error_code said;
  std::filesystem::remove(overt::dataset::approval_path(trace.path), said);
  return said ? overt::result<void>{overt::failure{overt::error_code::output_failed,
                                                   "cannot remove " +
                                                       overt::dataset::approval_path(trace.path) + ": " +
                                                       said.message() + ". Remove it yourself."}}
              : overt::result<void>{};
}

namespace command {

overt::result<std::unique_ptr<review_session>> review_session::open(trace_choice trace, home where) {
  if (overt::trace::being_recorded(trace.path)) {
    return overt::failure{overt::error_code::unsupported,
                          trace.path + " is being recorded. Look at it when the recording has ended."};
  }
  trace.home = where.folder;
  std::unique_ptr<review_session> made{new review_session{std::move(trace), std::move(where)}};
  if (auto const loaded = made->load(); !loaded) {
    return loaded.error();
  }
  if (!is_sealed(made->trace_)) { // for a sealed one the key is not given without an entry
    if (auto const entry = noted(made->home_, made->trace_, ledger_kind::accessed); !entry) {
      return entry.error();
    }
  }
  return made;
}

overt::result<void> review_session::load() {
  pictures_.reset();
  list_ = {};
  ++revision_;
  auto digest = overt::trace::files_digest(trace_.path); // before it is read: of what is shown
  if (!digest) {
    return digest.error();
  }
  decided_.trace_sha256 = *std::move(digest);
  auto reader = open_trace(trace_);
  if (!reader) {
    return reader.error();
  }
  auto const read = overt::trace::each_event(*reader, [&](auto const& event) { list_.push(event); });
  list_.finish();
  if (!read) {
    return read.error();
  }
  overt::name_pool names;
  auto const session = overt::trace::session_of(reader->session(), names);
  decided_.receipt_id = session.receipt_id;
  grid_ns_ = session.time_grid_ns;
  purposes_ = session.purposes;
  complete_ = reader->complete();
  return {};
}

overt::result<void> review_session::is_current(std::uint64_t revision) const {
  if (gone_) {
    return overt::failure{overt::error_code::not_found, "The recording is deleted; nothing of it is left."};
  }
  return revision == revision_
             ? overt::result<void>{}
             : overt::failure{overt::error_code::consent_mismatch,
                              "The recording changed after this page showed it. Nothing was done. Look at it "
                              "again, then decide."};
}

std::string review_session::summary() {
  std::scoped_lock const lock{one_at_a_time_};
  overt::detail::json_text what;
  append_review_summary(what, list_);
  auto made = json::parse(what.view());
  made["trace"] = std::filesystem::path{trace_.path}.filename().string();
  made["revision"] = revision_;
  made["gone"] = gone_;
  made["complete"] = complete_;
  made["grid_ns"] = grid_ns_;
  made["purposes"] = json::array();
  for (auto const each : purposes_) {
    made["purposes"].push_back(overt::name_of(each));
  }
  made["can_approve"] = !decided_.receipt_id.empty();
  made["approved"] = !gone_ && overt::dataset::read_approval(trace_.path).has_value();
  return dumped(made);
}

std::string review_session::entries(overt::trace::review_query query, std::optional<std::int64_t> at_ns) {
  std::scoped_lock const lock{one_at_a_time_};
  if (at_ns) {
    query.from = entries_before(list_, *at_ns, query);
  }
  overt::detail::json_text page;
  append_review_page(page, list_, query);
  return std::string{page.view()};
}

std::string review_session::count(std::int64_t from_ns, std::int64_t to_ns) {
  std::scoped_lock const lock{one_at_a_time_};
  overt::detail::json_text out;
  append_review_count(out, list_, from_ns, to_ns, grid_ns_);
  return std::string{out.view()};
}

overt::result<std::string> review_session::picture(std::uint64_t sequence, std::uint64_t revision) {
  std::scoped_lock const lock{one_at_a_time_};
  if (gone_ || revision != revision_) {
    return std::string{};
  }
  if (!pictures_) {
    auto opened = open_pictures(trace_);
    if (!opened) {
      return opened.error();
    }
    pictures_.emplace(*std::move(opened));
  }
  auto found = pictures_->picture_of(sequence);
  if (!found) {
    return found.error();
  }
  std::string image;
  auto const coded = codec_.encode(std::as_const(*found).pixels(), found->size(), image);
  return coded ? overt::result<std::string>{std::move(image)} : overt::result<std::string>{coded.error()};
}

overt::result<std::string> review_session::erase(std::string_view request) {
  std::scoped_lock const lock{one_at_a_time_};
  auto const asked = parsed(request);
  if (!asked) {
    return asked.error();
  }
  if (auto const current = is_current(asked->at("revision").get<std::uint64_t>()); !current) {
    return current.error();
  }
  overt::trace::erasure what;
  auto const time = [&](char const* name, std::optional<overt::timestamp>& to) {
    if (auto const found = asked->find(name); found != asked->end() && found->is_number_integer()) {
      to = list_.began() + found->get<std::int64_t>();
    }
  };
  auto const text = [&](char const* name, std::vector<std::string>& to) {
    if (auto const found = asked->find(name); found != asked->end() && found->is_string()) {
      to.push_back(found->get<std::string>());
    }
  };
  time("from_ns", what.from);
  time("to_ns", what.to);
  text("application", what.applications);
  text("site", what.sites);
  what.everything = asked->value("everything", json{}) == json(true);
  bool const span = what.from && what.to;
  bool const place = what.applications.size() + what.sites.size() == 1;
  if (int{span} + int{place} + int{what.everything} != 1 || asked->size() != (span ? 3U : 2U)) {
    return overt::failure{overt::error_code::invalid_input, "the page asked for something unknown"};
  }
  if (what.everything) { // nothing is left that could be approved: a decision, too
    if (auto const entry = noted(home_, trace_, ledger_kind::review_rejected); !entry) {
      return entry.error();
    }
  }
  pictures_.reset();
  auto const before = list_.events();
  auto const erased =
      what.everything ? remove_trace(trace_, home_, ledger_kind::erased) : erase_trace(trace_, what, home_);
  if (!erased) {
    // The old one or the new one is there, whole: the page shows which.
    static_cast<void>(load());
    return erased.error();
  }
  gone_ = erased->removed;
  if (gone_) {
    list_ = {};
    ++revision_;
  } else if (auto const loaded = load(); !loaded) {
    return loaded.error();
  }
  decided_.deleted_spans += span ? 1 : 0;
  decided_.deleted_places += place ? 1 : 0;
  return dumped({{"changed", erased->changed},
                 {"gone", gone_},
                 {"done", erased->done},
                 {"not_reached", erased->not_reached},
                 {"events", before - std::min(before, list_.events())}});
}

overt::result<std::string> review_session::approve(std::string_view request) {
  std::scoped_lock const lock{one_at_a_time_};
  auto const asked = parsed(request);
  if (!asked) {
    return asked.error();
  }
  if (auto const current = is_current(asked->at("revision").get<std::uint64_t>()); !current) {
    return current.error();
  }
  decided_.decision = overt::dataset::approval_decision::in_review;
  if (auto const done = command::approve(home_, trace_, decided_); !done) {
    return done.error();
  }
  return dumped({{"approved", true}});
}

overt::result<std::string> review_session::take_back(std::string_view request) {
  std::scoped_lock const lock{one_at_a_time_};
  auto const asked = parsed(request);
  if (!asked) {
    return asked.error();
  }
  if (auto const current = is_current(asked->at("revision").get<std::uint64_t>()); !current) {
    return current.error();
  }
  if (auto const done = command::take_back(home_, trace_); !done) {
    return done.error();
  }
  return dumped({{"approved", false}});
}

bool review_session::approved() {
  std::scoped_lock const lock{one_at_a_time_};
  return !gone_ && overt::dataset::read_approval(trace_.path).has_value();
}

bool review_session::gone() {
  std::scoped_lock const lock{one_at_a_time_};
  return gone_;
}

} // namespace command
