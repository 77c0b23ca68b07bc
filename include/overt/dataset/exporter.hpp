#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <overt/consent/receipt.hpp>
#include <overt/dataset/approval.hpp>
#include <overt/dataset/episode.hpp>
#include <overt/dataset/export/agentnet_line.hpp>
#include <overt/dataset/export/chat_lines.hpp>
#include <overt/dataset/export/datasheet.hpp>
#include <overt/dataset/export/episode_record.hpp>
#include <overt/dataset/export/export_facts.hpp>
#include <overt/dataset/export/export_options.hpp>
#include <overt/dataset/export/export_permission.hpp>
#include <overt/dataset/export/export_progress.hpp>
#include <overt/dataset/export/export_totals.hpp>
#include <overt/dataset/export/exported_steps.hpp>
#include <overt/dataset/export/gallery.hpp>
#include <overt/dataset/export/manifest.hpp>
#include <overt/dataset/export/private_files.hpp>
#include <overt/dataset/export/route.hpp>
#include <overt/dataset/export/session_facts.hpp>
#include <overt/dataset/export/task_id.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/json_text.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/result.hpp>
#include <overt/event/screen_picture.hpp>
#include <overt/sink/encoded_picture.hpp>
#include <overt/sink/session_info.hpp>
#include <overt/trace/may_be_read.hpp>

namespace overt::inline v0::dataset {

/// Gives the pixels of a frame by its number: `trace::pictures::picture_of`, for example. An error of
/// `not_found` or `invalid_input` is a picture that is not there; any other ends the export.
template <class Source>
concept picture_source = requires(Source& pictures, std::uint64_t sequence) {
  { pictures(sequence) } -> std::same_as<result<screen_picture>>;
};

/// Writes episodes as a dataset into a folder: the lines, a file for each picture, `manifest.json`,
/// `datasheet.md`, and what `export_options` asks for.
///
///     auto approved = dataset::read_approval("trace.mcap");
///     auto out = dataset::exporter<sink::png>::open("out", {.format = dataset::export_format::chat},
///     receipt); out->add(episode, facts, *approved, [&](std::uint64_t frame) { return
///     pictures.picture_of(frame); }); out->finish();
///
/// Nothing of a trace is written before the recorded person has looked at it: `add` takes their approval of
/// the trace as it is.
///
/// The same episodes in the same order with the same options give the same bytes: there is no clock in them
/// and nothing random. `Clock` tells only whether a trace may still be read. An export that was interrupted
/// goes on with what is not done yet (`export_progress`). All files are their owner's alone. One thread, and
/// one exporter in a folder.
template <sink::image_codec Codec, clock_source Clock = system_clocks>
class exporter {
public:
  /// Refuses before anything is written: `consent_missing` and `consent_mismatch` where the receipt does not
  /// permit the purpose (`may_export`), `misuse` for options without sense and for a folder that holds
  /// something else. The folder is made when it is not there.
  [[nodiscard]] static result<exporter> open(std::string folder, export_options options,
                                             consent::receipt agreed, Codec codec = Codec{},
                                             Clock clock = {}) {
    if (auto const permitted = may_export(agreed, options.purpose); !permitted) {
      return permitted.error();
    }
    if (auto const sound = check(options); !sound) {
      return sound.error();
    }
    exporter made{std::move(folder), std::move(options), std::move(agreed), std::move(codec),
                  std::move(clock)};
    auto progress = export_progress::open(made.folder_, made.digest(), made.data_name(), made.facts());
    if (!progress) {
      return progress.error();
    }
    for (auto const& one : progress->episodes()) {
      if (progress->is_erased(one.trace_sha256)) {
        return failure{error_code::misuse, "A trace is being erased from " + made.folder_ +
                                               ", and that was interrupted. Erase it again first."};
      }
    }
    made.progress_ = *std::move(progress);
    return made;
  }

  /// Writes one episode. Gives what became of it; `already`: it was done by an earlier run, and nothing was
  /// done now; `erased`: the trace was taken out of this dataset, and stays out. Errors: `consent_mismatch`
  /// for a trace of another receipt or policy, one for which the purpose was not agreed to, or an approval of
  /// another trace, `consent_missing` for one whose time is over, and nothing of it is written;
  /// `output_failed`, `disk_full`, after which this exporter does no more: open it again.
  enum class outcome : std::uint8_t { written, already, no_steps, image_token, erased };

  template <picture_source Pictures>
  [[nodiscard]] result<outcome> add(episode const& of, session_facts const& trace, approval const& given,
                                    Pictures&& pictures) {
    if (broken_) {
      return failure{error_code::misuse, "This export failed. Open it again; it goes on where it was."};
    }
    if (auto const permitted = recorded_under(agreed_, trace); !permitted) {
      return permitted.error();
    }
    if (auto const looked_at = approved(given, trace); !looked_at) {
      return looked_at.error();
    }
    if (auto const readable = readable_now(trace); !readable) {
      return readable.error();
    }
    if (progress_.is_erased(trace.trace_sha256)) {
      return outcome::erased;
    }
    episode_record record;
    record.task_id = task_id(trace, of);
    if (progress_.is_done(record.task_id)) {
      return outcome::already;
    }
    record.trace_sha256 = trace.trace_sha256;
    record.time_grid_ns = trace.time_grid_ns;
    record.route = route_of(of);
    broken_ = true; // until it is done
    auto written = write(of, trace, pictures, record);
    if (!written) {
      return written.error();
    }
    auto const state = record.state;
    auto done = progress_.add(std::move(record), lines_.view());
    if (!done) {
      return done.error();
    }
    broken_ = false;
    return state == episode_state::written    ? outcome::written
           : state == episode_state::no_steps ? outcome::no_steps
                                              : outcome::image_token;
  }

  /// Writes `manifest.json`, `datasheet.md` and, for chat, `dataset_info.json`, and removes pictures and
  /// pages that belong to no episode (of a run that was interrupted). More episodes can be added later, by
  /// another exporter too.
  [[nodiscard]] result<export_totals> finish() {
    if (broken_) {
      return failure{error_code::misuse, "This export failed. Open it again; it goes on where it was."};
    }
    auto totals = totals_of(progress_.episodes());
    auto data = progress_.data_file();
    if (!data) {
      return data.error();
    }
    std::vector<file_record> files{*std::move(data)};
    auto const put = [&](std::string const& name, std::string const& text) {
      files.push_back({name, v0::detail::to_hex(v0::detail::sha256(text)), text.size()});
      return detail::write_file(folder_ + '/' + name, text);
    };
    if (auto written = put("datasheet.md", datasheet(facts(), totals, progress_.erased())); !written) {
      return written.error();
    }
    if (options_.format == export_format::chat) {
      if (auto written = put("dataset_info.json", dataset_info(options_, data_name())); !written) {
        return written.error();
      }
    }
    std::set<std::string, std::less<>> kept;
    for (auto const& one : progress_.episodes()) {
      for (auto const& file : one.files) {
        files.push_back(file);
        kept.insert(file.name);
      }
    }
    remove_others(picture_folder(), kept);
    remove_others("gallery", kept);
    auto written =
        detail::write_file(folder_ + "/manifest.json", manifest(facts(), totals, files, progress_.erased()));
    return written ? result<export_totals>{std::move(totals)} : result<export_totals>{written.error()};
  }

private:
  exporter(std::string folder, export_options options, consent::receipt agreed, Codec codec, Clock clock)
      : folder_{std::move(folder)}, options_{std::move(options)}, agreed_{std::move(agreed)},
        codec_{std::move(codec)}, clock_{std::move(clock)} {}

  [[nodiscard]] export_facts facts() const { return export_facts::of(agreed_, options_); }

  /// Until the time that the trace was to be kept for, and for a purpose that it names.
  [[nodiscard]] result<void> readable_now(session_facts const& trace) const {
    session_info said;
    said.kept_until_wall_ns = trace.kept_until_wall_ns;
    said.purposes = trace.purposes;
    return said.purposes.empty() ? trace::may_be_read(said, clock_.wall_ns())
                                 : trace::may_be_read(said, options_.purpose, clock_.wall_ns());
  }

  [[nodiscard]] std::string_view data_name() const noexcept {
    return options_.format == export_format::agentnet ? "agentnet.jsonl" : "train.jsonl";
  }
  [[nodiscard]] std::string picture_folder() const {
    return options_.format == export_format::agentnet ? "images" : "img";
  }

  /// Of everything that decides what is written.
  [[nodiscard]] std::string digest() const {
    v0::detail::json_text text;
    append_options(text, options_);
    text.raw(agreed_.receipt_id + '\n' + agreed_.document_sha256 + '\n' + std::string{Codec::name});
    return v0::detail::to_hex(v0::detail::sha256(text.view()));
  }

  template <class Pictures>
  [[nodiscard]] result<void> write(episode const& of, session_facts const& trace, Pictures& pictures,
                                   episode_record& record) {
    lines_.clear();
    record.gaps = of.gaps.size();
    if (options_.format == export_format::chat && !chat_lines::takes_instruction(of)) {
      record.state = episode_state::image_token;
      return {};
    }
    std::map<std::uint64_t, std::string> names; // of the pictures, by their frame
    std::map<std::uint64_t, std::string> encoded;
    result<void> went{};
    auto const has_picture = [&](episode_frame const& frame) {
      if (auto const known = names.find(frame.sequence); known != names.end()) {
        return !known->second.empty();
      }
      auto& name = names[frame.sequence];
      if (!went) {
        return false;
      }
      went = write_picture(frame, pictures, record, name);
      if (options_.gallery && !name.empty()) {
        encoded[frame.sequence] = image_;
      }
      return !name.empty();
    };
    auto const made = steps_of(of, options_, trace.time_grid_ns == 0, has_picture);
    if (!went) {
      return went;
    }
    for (auto const& one : made.skipped) {
      ++record.skipped[static_cast<std::size_t>(one.reason)];
    }
    if (made.steps.empty()) {
      record.state = episode_state::no_steps;
      return {};
    }
    record.steps = made.steps.size();
    std::vector<std::string> images;
    std::vector<std::string_view> shown;
    auto const prefix = options_.format == export_format::agentnet ? std::string{} : picture_folder() + '/';
    for (auto const& step : made.steps) {
      images.push_back(prefix + names[step.frame->sequence]);
      record.redacted += step.code.redacted ? 1 : 0;
      if (options_.gallery) {
        shown.push_back(encoded[step.frame->sequence]);
      }
    }
    line_origin const origin{record.task_id, agreed_.document_sha256, trace.policy_digest};
    if (options_.format == export_format::agentnet) {
      append_agentnet_line(lines_, origin, of, made, images);
      lines_.raw('\n');
      record.lines = 1;
    } else {
      record.lines = chat_lines{origin, options_}.append(lines_, of, made, images);
    }
    if (!options_.gallery) {
      return {};
    }
    if (auto ready = detail::make_folder(folder_ + "/gallery"); !ready) {
      return ready;
    }
    return write_file(record, "gallery/" + record.task_id + ".html",
                      gallery_page(record.task_id, of, made, shown, Codec::name));
  }

  /// `name` stays empty where there is no picture.
  template <class Pictures>
  [[nodiscard]] result<void> write_picture(episode_frame const& frame, Pictures& pictures,
                                           episode_record& record, std::string& name) {
    auto picture = pictures(frame.sequence);
    if (!picture) {
      auto const code = picture.error().code;
      return code == error_code::not_found || code == error_code::invalid_input
                 ? result<void>{}
                 : result<void>{picture.error()};
    }
    auto const size = picture->size();
    if (!picture->has_pixels() || size.width != frame.size.width || size.height != frame.size.height) {
      return {}; // points would be wrong in it
    }
    if (auto coded = codec_.encode(std::as_const(*picture).pixels(), size, image_); !coded) {
      return coded;
    }
    if (auto ready = detail::make_folder(folder_ + '/' + picture_folder()); !ready) {
      return ready;
    }
    auto file = record.task_id + '_' + std::to_string(record.files.size()) + '.' + std::string{Codec::name};
    auto written = write_file(record, picture_folder() + '/' + file, image_);
    if (written) {
      name = std::move(file);
    }
    return written;
  }

  [[nodiscard]] result<void> write_file(episode_record& record, std::string name, std::string const& bytes) {
    auto written = detail::write_file(folder_ + '/' + name, bytes);
    record.files.push_back({std::move(name), v0::detail::to_hex(v0::detail::sha256(bytes)), bytes.size()});
    return written;
  }

  void remove_others(std::string const& folder, std::set<std::string, std::less<>> const& kept) const {
    std::error_code said;
    std::vector<std::filesystem::path> others;
    std::filesystem::directory_iterator files{folder_ + '/' + folder, said};
    for (; !said && files != std::filesystem::directory_iterator{}; files.increment(said)) {
      if (kept.find(folder + '/' + files->path().filename().string()) == kept.end()) {
        others.push_back(files->path());
      }
    }
    for (auto const& other : others) {
      std::filesystem::remove(other, said);
    }
  }

  std::string folder_;
  export_options options_;
  consent::receipt agreed_;
  Codec codec_;
  Clock clock_;
  export_progress progress_{};
  v0::detail::json_text lines_{};
  std::string image_{};
  bool broken_ = false;
};

} // namespace overt::inline v0::dataset
