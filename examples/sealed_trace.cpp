// A trace that nobody can open but who is named in the receipt (docs/keys.md). Needs libsodium
// (overt::sodium) and zstd (overt::zstd).
#include "agree.hpp"

#include <cstddef>
#include <filesystem>
#include <random>
#include <string>
#include <thread>

#include <overt/consent/sodium/key_file.hpp>
#include <overt/consent/sodium/key_store.hpp>
#include <overt/consent/sodium/public_key.hpp>
#include <overt/sink/sodium/sealed.hpp>
#include <overt/sink/zstd/zstd.hpp>
#include <overt/trace/each_event.hpp>
#include <overt/trace/json/reader.hpp>
#include <overt/trace/sodium/sealed_files.hpp>

namespace {

/// Of a step that did not succeed.
int fail(overt::failure const& why) {
  std::fprintf(stderr, "%s\n", why.message.c_str());
  return 1;
}

int record(std::string const& folder, overt::consent::public_key const& reader) {
  auto const policy = overt::redact::strict({"com.example.editor"});
  auto consent = agree_to(policy, status_bar::name, {{"me", overt::consent::receipt_form(reader)}});
  status_bar indicator;
  overt::capture::application<> editor{"com.example.editor"};

  auto const keys = overt::consent::key_store::make(folder + "/keys");
  if (!keys) {
    return fail(keys.error());
  }
  auto key = keys->mint(consent.terms(), overt::system_clocks{}.wall_ns());
  if (!key) {
    return fail(key.error());
  }
  overt::recorder recorder{
      consent, indicator, editor, policy,
      overt::sink::sealed(folder + "/trace.sealed", std::move(*key), overt::sink::zstd{})};

  std::stop_source stop;
  std::jthread user{[&] {
    while (!editor.record(overt::clipboard{overt::clipboard_operation::copy})) {
      std::this_thread::yield();
    }
    stop.request_stop();
  }};
  auto const summary = recorder.run(stop.get_token());
  return summary ? 0 : fail(summary.error());
}

int read(std::string const& folder) {
  auto const path = folder + "/trace.sealed";
  auto const mine = overt::consent::read_key_file(folder + "/me.key");
  auto const id = overt::trace::sealed_files::key_of(path);
  auto const keys = overt::consent::key_store::at(folder + "/keys");
  if (!mine || !id || !keys) {
    return fail(!mine ? mine.error() : !id ? id.error() : keys.error());
  }
  auto key = keys->open(*id, *mine, overt::system_clocks{}.wall_ns());
  if (!key) {
    return fail(key.error());
  }
  auto trace = overt::trace::open_files<overt::event, overt::sink::zstd>(
      overt::trace::sealed_files{path, std::move(*key)});
  if (!trace) {
    return fail(trace.error());
  }
  std::size_t events = 0;
  auto const all = overt::trace::each_event(*trace, [&](auto const&) { ++events; });
  std::printf("%zu events\n", events);
  return all && events > 0 && trace->complete() ? 0 : 1;
}

} // namespace

int main() {
  auto const folder =
      std::filesystem::temp_directory_path() / ("overt-sealed-" + std::to_string(std::random_device{}()));
  std::filesystem::create_directory(folder);
  // What `overt keys new` does.
  auto const mine = overt::consent::secret_key::generate();
  int outcome = 1;
  if (mine && overt::consent::write_key_file(folder / "me.key", *mine)) {
    outcome = record(folder.string(), mine->public_half());
    outcome = outcome == 0 ? read(folder.string()) : outcome;
  }
  std::filesystem::remove_all(folder);
  return outcome;
}
