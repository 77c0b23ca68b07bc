#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/event/name_pool.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/chunk_codec.hpp>
#include <overt/sink/mcap/journal_entry.hpp>
#include <overt/sink/mcap/part_records.hpp>
#include <overt/sink/mcap/topics.hpp>
#include <overt/trace/any_source.hpp>
#include <overt/trace/json/message_events.hpp>
#include <overt/trace/json/parsed_json.hpp>
#include <overt/trace/mcap/damage.hpp>
#include <overt/trace/mcap/picture_message.hpp>
#include <overt/trace/mcap/reader.hpp>
#include <overt/trace/mcap/scan.hpp>

namespace overt::inline v0::trace {

/// The events of one file of an MCAP trace, in the order of their numbers, holding one chunk.
///
/// A file that has its end is read by its index and must be sound in every bit, but for chunks of pictures:
/// what is damaged there costs no event and is told by `problems`. One without (the recorder was
/// killed, or the end is damaged) is searched for sound chunks, and then for what is in the journal and in no
/// chunk. Whether anything is missing the numbers tell.
template <any_event Event, class Files, sink::chunk_codec... Codecs>
class mcap_events {
public:
  /// Errors: `invalid_input` for a file that is no trace of ours or of a later version; those of `files`.
  [[nodiscard]] static result<mcap_events> open(Files files, std::uint32_t part,
                                                std::shared_ptr<name_pool> names) {
    auto source = files.open(part);
    if (!source) {
      return source.error();
    }
    mcap_events made{std::move(files), part, std::move(names)};
    indexed indexed_file{std::move(*source)};
    indexed_file.may_pass_over(is_picture_topic);
    auto const opened = indexed_file.open();
    if (opened && indexed_file.profile() != "overt") {
      return failure{error_code::invalid_input,
                     made.name() + " is an MCAP file of another program (profile \"" +
                         indexed_file.profile() +
                         "\"), not a trace of Overt. Programs that read MCAP open it."};
    }
    if (opened && indexed_file.complete()) {
      auto const metadata = indexed_file.metadata();
      if (!metadata) {
        return metadata.error();
      }
      made.file_.template emplace<indexed>(std::move(indexed_file));
      auto const known = made.learn(*metadata);
      return known ? result<mcap_events>{std::move(made)} : result<mcap_events>{known.error()};
    }
    return searching(std::move(made));
  }

  /// Reads what is sound of a damaged file as if it had no end, and lists what is not: nothing but the disk
  /// is an error.
  [[nodiscard]] static result<mcap_events> salvage(Files files, std::uint32_t part,
                                                   std::shared_ptr<name_pool> names) {
    mcap_events made{std::move(files), part, std::move(names)};
    made.salvaging_ = true;
    return searching(std::move(made));
  }

  /// The next event; nothing at the end. Errors: `invalid_input` where the file is damaged.
  [[nodiscard]] result<std::optional<recorded<Event>>> next() {
    while (events_.empty() && !done_) {
      if (auto const loaded = load(); !loaded) {
        return loaded.error();
      }
    }
    // What is in the journal and in a chunk as well is given once.
    while (journal_.next_sequence() && *journal_.next_sequence() <= given_) {
      static_cast<void>(journal_.next());
    }
    auto const from_chunk = events_.next_sequence();
    auto const from_journal = journal_.next_sequence();
    bool const kept_alone = from_journal && (!from_chunk || *from_journal < *from_chunk);
    given_ = kept_alone ? *from_journal : from_chunk.value_or(given_);
    return kept_alone ? journal_.next() : events_.next();
  }

  /// Starts over at the chunks that can hold events at or after this time (on the trace's own grid), and of
  /// these payloads alone (none: of all). What comes before in these chunks is still given. Without an index
  /// from the begin.
  [[nodiscard]] result<void> restart(timestamp from, std::vector<std::string> const& payloads) {
    events_.clear();
    done_ = false;
    given_ = 0;
    if (auto* const file = std::get_if<indexed>(&file_)) {
      problems_.clear();
      file->filter(topics_of(payloads));
      file->seek_chunks(log_time_of(from));
      return {};
    }
    return search();
  }

  /// Whether the file has its end.
  [[nodiscard]] bool complete() const noexcept { return std::holds_alternative<indexed>(file_); }
  /// Places of a file without its end that are not sound; final when all was read.
  [[nodiscard]] std::vector<mcap_damage> const& damage() const noexcept {
    auto const* const file = std::get_if<searched>(&file_);
    return file == nullptr ? no_damage_ : file->damage();
  }

  /// What no number tells: pictures that are damaged, and that the journal ends in something that is no
  /// record, which may have cost the last events. When salvaging also messages that were sound and could not
  /// be read. Final when all was read.
  [[nodiscard]] std::vector<std::string> const& problems() const noexcept { return problems_; }

  [[nodiscard]] std::string name() const { return files_.name(part_); }
  /// What the trace says of itself, as in the first line of a JSON trace; null when that is damaged.
  [[nodiscard]] nlohmann::json const& session() const noexcept { return session_; }
  /// An entry of the metadata "overt": "trace", "part", "first_seq".
  [[nodiscard]] std::optional<std::string> about(std::string const& entry) const {
    auto const found = about_.find(entry);
    return found == about_.end() ? std::nullopt : std::optional{found->second};
  }
  [[nodiscard]] bool more_parts() const noexcept { return more_parts_; }
  /// How many events of each payload the whole trace has; in the last part alone.
  [[nodiscard]] std::map<std::string, std::uint64_t> const& counts() const noexcept { return counts_; }

private:
  using indexed = mcap_reader<any_source, Codecs...>;
  using searched = mcap_scan<any_source, Codecs...>;

  mcap_events(Files files, std::uint32_t part, std::shared_ptr<name_pool> const& names)
      : files_{std::move(files)}, part_{part}, events_{names}, journal_{names} {}

  [[nodiscard]] static result<mcap_events> searching(mcap_events made) {
    if (auto const begun = made.search(); !begun) {
      return begun.error();
    }
    auto const known = made.load(); // what the trace says of itself stands before its first chunk
    return known ? result<mcap_events>{std::move(made)} : result<mcap_events>{known.error()};
  }

  [[nodiscard]] result<void> search() {
    auto source = files_.open(part_);
    if (!source) {
      return source.error();
    }
    file_.template emplace<searched>(std::move(*source));
    return load_journal();
  }

  /// Reads one chunk.
  [[nodiscard]] result<void> load() {
    events_.clear();
    if (auto* const file = std::get_if<searched>(&file_)) {
      return load(*file);
    }
    auto& file = *std::get_if<indexed>(&file_);
    for (auto next = file.next();; next = file.next()) {
      if (!next) {
        return wrong(next.error());
      }
      if (!*next) {
        done_ = true;
        tell_passed_over(file.passed_over());
        break;
      }
      if (auto const added = events_.add((*next)->channel->topic, (*next)->bytes); !added) {
        return wrong(added.error());
      }
      if (file.chunk_done()) {
        break;
      }
    }
    events_.sort();
    return {};
  }

  [[nodiscard]] result<void> load(searched& file) {
    auto const more = file.next_chunk();
    if (!more) {
      return wrong(more.error());
    }
    if (session().is_null()) {
      if (auto const known = learn(file.metadata()); !known) {
        return known;
      }
    }
    done_ = !*more;
    if (done_ && !salvaging_) { // which lists all of it
      tell_damage(file.damage());
    }
    for (std::size_t i = 0; !done_ && i < file.chunk().size(); ++i) {
      auto const message = file.chunk().message(i);
      if (auto const added = accept(events_.add(message.channel->topic, message.bytes)); !added) {
        return added;
      }
    }
    events_.sort();
    return {};
  }

  /// What is in no chunk, and some that is. It is small and bounded, and read as a whole.
  [[nodiscard]] result<void> load_journal() {
    journal_.clear();
    problems_.clear();
    result<void> outcome;
    auto const read = files_.each_journal_record(part_, [&](std::uint64_t, std::string_view record) {
      if (outcome && !record.empty()) {
        outcome =
            accept(add_journal_record(static_cast<sink::journal_entry>(record.front()), record.substr(1)));
      }
    });
    journal_.sort();
    journal_of_ = read ? read->trace : std::string{};
    if (read && !read->sound) {
      problems_.push_back(
          name() + ".journal: it ends in something that is no record: one that was being written when the "
                   "recorder ended, or damage. What came after is lost.");
    }
    return !outcome ? outcome : accept(read ? result<void>{} : result<void>{read.error()});
  }

  [[nodiscard]] result<void> add_journal_record(sink::journal_entry kind, std::string_view bytes) {
    switch (kind) {
    case sink::journal_entry::context: return journal_.add_place(bytes);
    case sink::journal_entry::message: return journal_.add_event(bytes);
    case sink::journal_entry::row: return journal_.add_row(bytes);
    }
    return failure{error_code::invalid_input,
                   "its journal has a record of a kind that this program does not read"};
  }

  void tell_passed_over(std::vector<mcap_damage> const& passed) {
    for (auto const& each : passed) {
      problems_.push_back(name() + ": a picture is damaged: " + each.why +
                          ". No event is lost by it; the CRC over the whole file could not be compared.");
    }
  }

  /// What a search went on behind. What is torn at the end is no damage: so a recorder that was killed leaves
  /// it.
  void tell_damage(std::vector<mcap_damage> const& found) {
    auto const end = found.empty() ? 0 : found.back().offset + found.back().size;
    for (auto const& each : found) {
      if (each.size > 0 && each.offset + each.size < end) {
        problems_.push_back(name() + ", offset " + std::to_string(each.offset) + ", " +
                            std::to_string(each.size) + " bytes: " + each.why +
                            ". Whether events are missing their numbers tell.");
      }
    }
  }

  /// An error, or when salvaging something to list.
  [[nodiscard]] result<void> accept(result<void> outcome) {
    if (outcome || !salvaging_) {
      return outcome ? outcome : wrong(outcome.error());
    }
    problems_.push_back(wrong(outcome.error()).message);
    return {};
  }

  [[nodiscard]] failure wrong(failure const& why) const {
    return {why.code, name() + ": " + why.message + (why.message.ends_with('.') ? "" : ".")};
  }

  /// Takes in what the file says about itself.
  [[nodiscard]] result<void> learn(std::vector<mcap_metadata> const& metadata) {
    for (auto const& each : metadata) {
      if (each.name == "overt") {
        about_ = each.entries;
      } else if (each.name == "counts") {
        for (auto const& [payload, count] : each.entries) {
          auto const* const end = count.data() + count.size();
          if (auto const read = std::from_chars(count.data(), end, counts_[payload]);
              read.ec != std::errc{} || read.ptr != end) {
            return wrong({error_code::invalid_input, "its counts are no numbers"});
          }
        }
      } else if (each.name == "end") {
        auto const more = each.entries.find("more_parts");
        more_parts_ = more != each.entries.end() && more->second == "true";
      }
    }
    auto const schema = about_.find("schema");
    if (salvaging_ && schema == about_.end()) {
      return {};
    }
    if (schema == about_.end()) {
      return complete() ? wrong({error_code::invalid_input, "it does not say what session it is of"})
                        : result<void>{};
    }
    if (schema->second != sink::mcap_schema) {
      return wrong(
          {error_code::unsupported, "it is of a version that this program does not read; take a newer one"});
    }
    if (!journal_of_.empty() && journal_of_ != about("trace")) {
      journal_.clear();
      journal_of_.clear();
      if (auto const told =
              accept(failure{error_code::invalid_input, "the journal beside it is that of another trace"});
          !told) {
        return told;
      }
    }
    if (auto const batch = about("batch_ns")) {
      static_cast<void>(std::from_chars(batch->data(), batch->data() + batch->size(), longest_batch_ns_));
    }
    session_ = parsed_json::text(about_["session"]);
    return session().is_object()
               ? result<void>{}
               : wrong({error_code::invalid_input, "what it says of its session is no JSON"});
  }

  /// The topics in which events of these payloads stand, packed or not.
  [[nodiscard]] static std::vector<std::string> topics_of(std::vector<std::string> const& payloads) {
    std::vector<std::string> topics;
    for (auto const& each : payloads) {
      topics.emplace_back(sink::topic_of(each));
    }
    if (!topics.empty()) {
      topics.emplace_back(sink::stream_topic);
      topics.emplace_back(sink::context_topic);
    }
    return topics;
  }

  /// A packed message has the time of its first event, and holds others that came later.
  [[nodiscard]] std::uint64_t log_time_of(timestamp from) const {
    // Without sign: what a hostile trace says of its clock wraps, and is no error of arithmetic.
    auto time = static_cast<std::uint64_t>(from.ns) - static_cast<std::uint64_t>(longest_batch_ns_);
    auto const clock = session().is_object() ? session().find("clock") : session().end();
    if (clock != session().end() && clock->is_object()) {
      auto const number = [&](char const* member) {
        auto const found = clock->find(member);
        return found != clock->end() && found->is_number_integer()
                   ? static_cast<std::uint64_t>(found->template get<std::int64_t>())
                   : 0;
      };
      time += number("wall_ns") - number("monotonic_ns");
    }
    return static_cast<std::int64_t>(time) < 0 ? 0 : time;
  }

  Files files_;
  std::uint32_t part_ = 1;
  std::variant<std::monostate, indexed, searched> file_;
  message_events<Event> events_;
  message_events<Event> journal_;
  std::string journal_of_{}; ///< which trace the journal says it is of
  std::int64_t longest_batch_ns_ = 1'000'000'000;
  std::uint64_t given_ = 0; ///< the number of the event that was given last
  bool done_ = false;
  parsed_json session_;
  std::map<std::string, std::string> about_;
  std::map<std::string, std::uint64_t> counts_;
  bool more_parts_ = false;
  bool salvaging_ = false;
  std::vector<std::string> problems_{};
  std::vector<mcap_damage> no_damage_{};
};

} // namespace overt::inline v0::trace
