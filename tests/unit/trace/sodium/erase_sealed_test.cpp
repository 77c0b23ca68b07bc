#include <overt/sink/sodium/sealed.hpp>
#include <overt/trace/sodium/sealed_files.hpp>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <overt/consent/sodium/key_store.hpp>
#include <overt/sink/with_pictures.hpp>
#include <overt/trace/erase.hpp>
#include <overt/trace/json/reader.hpp>
#include <overt/trace/json/session_of.hpp>
#include <overt/trace/pictures.hpp>
#include <overt/trace/trace_replacement.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/erasable.hpp>
#include <overt_test/pictures.hpp>
#include <overt_test/sealed.hpp>

namespace {

namespace consent = overt::consent;
namespace files = std::filesystem;
namespace trace = overt::trace;
using overt_test::some_day;

auto sealed_sink(std::string const& path, consent::session_key key) {
  return overt::sink::with_pictures<decltype(overt::sink::sealed(path, std::move(key))),
                                    overt_test::raw_pictures>{overt::sink::sealed(path, std::move(key))};
}

} // namespace

TEST_CASE(
    "L57 G10: after an erasure no old copy of a sealed trace can be opened, with its old key file neither",
    "[trace][erase]") {
  overt_test::temporary_folder folder;
  overt_test::temporary_folder backup;
  auto const path = (folder.path / "t.sealed").string();
  auto const keys = *consent::key_store::make(folder.path / "keys", folder.path / "tombstones");
  auto const mine = *consent::secret_key::generate();
  auto const terms = overt_test::terms_for({{"me", mine.public_half()}});
  overt_test::erasable_session session{11};
  auto key = keys.mint(terms, some_day);
  REQUIRE(key);
  auto const old = key->id();
  {
    auto to = sealed_sink(path, std::move(*key));
    REQUIRE(overt::sink::open(to, session.session()));
    for (auto const& each : session.events()) {
      auto const picture = session.picture_of(each.event.head().sequence);
      if (picture) {
        to.write(each.event, *picture);
      } else {
        to.write(each.event);
      }
    }
    REQUIRE(overt::sink::close(to, {}));
  }
  files::copy(path, backup.path / "t.sealed");
  files::copy(folder.path / "keys" / (old.text() + ".key"), backup.path / "key");
  files::copy(folder.path / "keys", backup.path / "keys");

  auto const opened_as = [&](consent::key_id const& id, std::string const& where,
                             consent::key_store const& from) {
    auto unwrapped = from.open(id, mine, some_day);
    return unwrapped ? trace::open_files<overt::event>(trace::sealed_files{where, std::move(*unwrapped)})
                     : overt::result<trace::reader<overt::event>>{unwrapped.error()};
  };
  // Written anew, sealed with another key.
  trace::trace_replacement replacing{path};
  REQUIRE(replacing.begin());
  auto fresh = keys.mint_instead_of(old, terms.recipients);
  REQUIRE(fresh);
  auto const now = fresh->id();
  {
    overt::name_pool names;
    auto to = sealed_sink(replacing.new_path(".sealed"), std::move(*fresh));
    auto pictures = trace::open_pictures_in<overt_test::raw_pictures>(
        trace::sealed_files{path, *keys.open(old, mine, some_day)});
    REQUIRE(pictures);
    auto const changed = trace::erase<overt::event>(
        [&] { return opened_as(old, path, keys); },
        [&](auto const& reader) { return trace::session_of(reader.session(), names); },
        {.sites = {"https://a.example"}}, to,
        [&](std::uint64_t frame) { return pictures->picture_of(frame); });
    REQUIRE(changed);
    CHECK(*changed);
  }
  REQUIRE(replacing.commit({.ending = ".sealed", .old_key = old.text()}));
  REQUIRE(replacing.finish([&](std::string const& id) {
    auto const gone = keys.destroy(*consent::key_id::parse(id));
    return gone ? overt::result<void>{} : overt::result<void>{gone.error()};
  }));

  auto reader = opened_as(now, path, keys);
  REQUIRE(reader);
  REQUIRE(trace::each_event(*reader, [](auto const& event) {
    if (auto const& where = event.head().where) {
      CHECK(where->origin.disclosed()->view() != "https://a.example");
    }
  }));
  CHECK(reader->complete());
  CHECK_FALSE(opened_as(old, path, keys));

  // The old files come back.
  auto const restored = (folder.path / "restored.sealed").string();
  files::copy(backup.path / "t.sealed", restored);
  files::copy(backup.path / "key", folder.path / "keys" / (old.text() + ".key"));
  CHECK_FALSE(opened_as(old, restored, keys));
  CHECK_FALSE(files::exists(folder.path / "keys" / (old.text() + ".key"))); // and was destroyed again
  CHECK_FALSE(
      trace::open_files<overt::event>(trace::sealed_files{restored, *keys.open(now, mine, some_day)}));
  // The whole store comes back, and the second folder of tombstones knows.
  files::remove_all(folder.path / "keys");
  files::copy(backup.path / "keys", folder.path / "keys");
  CHECK_FALSE(
      opened_as(old, restored, *consent::key_store::at(folder.path / "keys", folder.path / "tombstones")));
  CHECK_FALSE(keys.accept("overt wrapped key 1\n"));
}
