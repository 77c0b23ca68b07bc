#include <overt/dataset/exporter.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <type_traits>

#include <nlohmann/json.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>
#include <overt_test/episodes.hpp>
#include <overt_test/pictures.hpp>

namespace {

using nlohmann::json;
using overt::error_code;
using overt::consent::consent_event;
using overt::consent::purpose;
using overt::dataset::export_format;
using overt::dataset::export_options;
using overt_test::pictures_of_size;
using overt_test::some_approval;
using overt_test::some_episode;
using overt_test::some_receipt;
using overt_test::some_session;
namespace files = std::filesystem;
using exporter = overt::dataset::exporter<overt_test::raw_pictures>;
using outcome = exporter::outcome;

std::string content_of(files::path const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::map<std::string, std::string> all_of(files::path const& folder) {
  std::map<std::string, std::string> found;
  for (auto const& each : files::recursive_directory_iterator{folder}) {
    if (each.is_regular_file()) {
      found[files::relative(each.path(), folder).string()] = content_of(each.path());
    }
  }
  return found;
}

exporter opened(files::path const& folder, export_options options = {}) {
  auto made = exporter::open(folder.string(), std::move(options), some_receipt());
  REQUIRE(made);
  return *std::move(made);
}

/// Three episodes.
void write_all(files::path const& folder, export_options const& options = {}) {
  auto out = opened(folder, options);
  for (std::uint64_t const first : {1U, 101U, 201U}) {
    REQUIRE(out.add(some_episode(first), some_session(), some_approval(), pictures_of_size()));
  }
  REQUIRE(out.finish());
}

} // namespace

TEST_CASE("agentnet: the folder, the line, the pictures, the manifest") {
  overt_test::temporary_folder folder;
  auto const out = folder.path / "set";
  write_all(out, {.gallery = true});
  auto const all = all_of(out);
  std::ifstream lines{out / "agentnet.jsonl"};
  std::string text;
  int count = 0;
  while (std::getline(lines, text)) {
    auto const line = json::parse(text);
    auto const id = line.at("task_id").get<std::string>();
    CHECK(id.size() == 36);
    CHECK(id[14] == '8');
    CHECK(line.at("instruction") == "Set the display scale to 100 %");
    REQUIRE(line.at("traj").size() == 4);
    CHECK(line.at("traj")[0].at("image") == id + "_0.raw");
    CHECK(line.at("traj")[1].at("image") == id + "_1.raw");
    CHECK(line.at("traj")[2].at("image") == id + "_1.raw"); // nothing changed: the same picture
    CHECK(line.at("traj")[1].at("value").at("code") == "pyautogui.write(message='caf\u00e9 costs $5')");
    CHECK(line.at("traj")[3].at("value").at("code") == "computer.terminate(status='success')");
    auto const& overt = line.at("overt");
    CHECK(overt.at("consent_receipt") == std::string(64, 'a'));
    CHECK(overt.at("display") == json{{"id", 0}, {"w", 192}, {"h", 108}, {"scale", 1.25}});
    CHECK(overt.at("steps").size() == 4);
    CHECK(overt.at("skipped")[0].at("reason") == "off_image");
    CHECK(all.contains("images/" + id + "_1.raw"));
    CHECK(all.contains("gallery/" + id + ".html"));
    ++count;
  }
  CHECK(count == 3);
  auto const manifest = json::parse(all.at("manifest.json"));
  CHECK(manifest.at("options").at("spelling") == "executable");
  CHECK(manifest.at("receipt").at("id") == some_receipt().receipt_id);
  CHECK(manifest.at("skipped") == json{{"off_image", 3}});
  CHECK(manifest.at("counts").at("steps") == 12);
  CHECK(manifest.at("counts").at("pictures") == 6);
  CHECK(manifest.at("traces")[0].at("episodes") == 3);
  CHECK(manifest.at("files").size() + 2 == all.size()); // itself and the progress
  for (auto const& file : manifest.at("files")) {
    auto const& bytes = all.at(file.at("name"));
    CHECK(overt::detail::to_hex(overt::detail::sha256(bytes)) == file.at("sha256").get<std::string>());
  }
}

TEST_CASE("the same episodes and options give the same bytes") {
  overt_test::temporary_folder folder;
  for (auto const format : {export_format::agentnet, export_format::chat}) {
    auto const name = std::string{overt::name_of(format)};
    write_all(folder.path / (name + "1"), {.format = format, .gallery = true});
    write_all(folder.path / (name + "2"), {.format = format, .gallery = true});
    CHECK(all_of(folder.path / (name + "1")) == all_of(folder.path / (name + "2")));
  }
}

TEST_CASE("an export without a consent for its purpose writes nothing") {
  overt_test::temporary_folder folder;
  auto const out = folder.path / "set";
  auto const refused = [&](auto const& receipt, purpose wanted) {
    auto const made = exporter::open(out.string(), {.purpose = wanted}, receipt);
    REQUIRE_FALSE(made);
    CHECK_FALSE(files::exists(out));
    return made.error().code;
  };
  CHECK(refused(some_receipt(), purpose::academic_research) == error_code::consent_mismatch);
  auto receipt = some_receipt();
  for (auto const ended : {consent_event::withdrawn, consent_event::refused, consent_event::expired,
                           consent_event::invalidated, consent_event::requested}) {
    receipt.latest = ended;
    CHECK(refused(receipt, purpose::train_computer_use_model) == error_code::consent_missing);
  }
  receipt = some_receipt();
  receipt.document_sha256.clear();
  CHECK(refused(receipt, purpose::train_computer_use_model) == error_code::consent_missing);
}

TEST_CASE("L53: an approval of another trace, receipt or state is refused, and nothing is written") {
  overt_test::temporary_folder folder;
  auto out = opened(folder.path / "set");
  auto const before = all_of(folder.path);
  auto other = some_session();
  other.trace_sha256 = std::string(64, 'd'); // the same trace, changed after they looked at it
  CHECK(out.add(some_episode(), some_session(), some_approval(other), pictures_of_size()).error().code ==
        error_code::consent_mismatch);
  other = some_session();
  other.receipt_id = "another";
  CHECK(out.add(some_episode(), some_session(), some_approval(other), pictures_of_size()).error().code ==
        error_code::consent_mismatch);
  auto const of_nothing = overt::dataset::approval::of_person({});
  CHECK(out.add(some_episode(), {}, of_nothing, pictures_of_size()).error().code ==
        error_code::consent_mismatch);
  CHECK(all_of(folder.path) == before);
  static_assert(!std::is_default_constructible_v<overt::dataset::approval>);
  static_assert(!std::is_constructible_v<overt::dataset::approval, overt::dataset::approval_record>);
}

TEST_CASE("a trace of another receipt or policy is refused, and nothing of it is written") {
  overt_test::temporary_folder folder;
  auto out = opened(folder.path / "set");
  auto const before = all_of(folder.path);
  auto other = some_session();
  other.receipt_id = "another";
  CHECK(out.add(some_episode(), other, some_approval(), pictures_of_size()).error().code ==
        error_code::consent_mismatch);
  other = some_session();
  other.policy_digest = std::string(64, 'd');
  CHECK(out.add(some_episode(), other, some_approval(), pictures_of_size()).error().code ==
        error_code::consent_mismatch);
  CHECK(all_of(folder.path) == before);
}

TEST_CASE("E13: an export that was cut off at any byte goes on, and ends with the same bytes") {
  overt_test::temporary_folder folder;
  write_all(folder.path / "whole");
  auto const whole = all_of(folder.path / "whole");
  auto const size = whole.at("progress").size();
  for (std::size_t cut = 0; cut < size; cut += 1 + size / 40) {
    auto const place = folder.path / ("cut" + std::to_string(cut));
    files::copy(folder.path / "whole", place, files::copy_options::recursive);
    files::resize_file(place / "progress", cut);
    write_all(place);
    REQUIRE(all_of(place) == whole);
  }
}

TEST_CASE("E15: a picture that was lost or changed is written again") {
  overt_test::temporary_folder folder;
  write_all(folder.path);
  auto const whole = all_of(folder.path);
  auto const picture = *std::next(files::directory_iterator{folder.path / "images"});
  overt_test::write(picture.path(), "something else");
  write_all(folder.path);
  CHECK(all_of(folder.path) == whole);
  files::remove(picture.path());
  write_all(folder.path);
  CHECK(all_of(folder.path) == whole);
  overt_test::write(folder.path / "agentnet.jsonl", "{}\n");
  write_all(folder.path);
  CHECK(all_of(folder.path) == whole);
}

TEST_CASE("an episode that is done is not done again") {
  overt_test::temporary_folder folder;
  write_all(folder.path);
  auto out = opened(folder.path);
  auto const nothing = [](std::uint64_t) -> overt::result<overt::screen_picture> {
    FAIL("a picture was asked for");
    return overt::failure{};
  };
  CHECK(*out.add(some_episode(101), some_session(), some_approval(), nothing) == outcome::already);
  CHECK(*out.add(some_episode(301), some_session(), some_approval(), pictures_of_size()) == outcome::written);
  CHECK(out.finish()->written == 4);
}

TEST_CASE("pictures of episodes that are not part of an export any more are removed") {
  overt_test::temporary_folder folder;
  write_all(folder.path);
  files::resize_file(folder.path / "progress", content_of(folder.path / "progress").size() - 3);
  auto out = opened(folder.path); // the third was torn, and its trace was erased
  CHECK(out.finish()->written == 2);
  CHECK(std::distance(files::directory_iterator{folder.path / "images"}, {}) == 4);
}

TEST_CASE("a folder of something else is left alone") {
  overt_test::temporary_folder folder;
  write_all(folder.path / "set");
  auto const before = all_of(folder.path);
  auto const refused = [&](files::path const& place, export_options options, auto const& receipt) {
    auto const made = exporter::open(place.string(), std::move(options), receipt);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == error_code::misuse);
  };
  refused(folder.path / "set", {.gallery = true}, some_receipt());
  auto renewed = some_receipt();
  renewed.document_sha256 = std::string(64, 'e');
  refused(folder.path / "set", {}, renewed);
  refused(folder.path, {}, some_receipt());
  CHECK(all_of(folder.path) == before);
}

#if defined(__unix__)
TEST_CASE("a dataset is its owner's alone") {
  overt_test::temporary_folder folder;
  write_all(folder.path / "set", {.format = export_format::chat, .gallery = true});
  for (auto const& each : files::recursive_directory_iterator{folder.path}) {
    auto const others = each.status().permissions() & (files::perms::group_all | files::perms::others_all);
    CHECK(others == files::perms::none);
  }
  CHECK((files::status(folder.path / "set").permissions() & files::perms::others_all) == files::perms::none);
}
#endif

TEST_CASE("an episode without pictures, or with a token in its instruction, is counted and not written") {
  overt_test::temporary_folder folder;
  auto out = opened(folder.path / "set", {.format = export_format::chat});
  auto const lost = [](std::uint64_t) -> overt::result<overt::screen_picture> {
    return overt::failure{error_code::not_found, "lost"};
  };
  CHECK(*out.add(some_episode(), some_session(), some_approval(), lost) == outcome::no_steps);
  CHECK(*out.add(some_episode(101), some_session(), some_approval(), pictures_of_size(96, 54)) ==
        outcome::no_steps);
  auto token = some_episode(201);
  token.instruction = "see <image>";
  CHECK(*out.add(token, some_session(), some_approval(), pictures_of_size()) == outcome::image_token);
  auto const totals = out.finish();
  REQUIRE(totals);
  CHECK(totals->no_steps == 2);
  CHECK(totals->image_token == 1);
  CHECK(totals->lines == 0);
  auto const manifest = json::parse(content_of(folder.path / "set" / "manifest.json"));
  CHECK(manifest.at("skipped") == json{{"no_picture", 8}, {"off_image", 2}});
}

TEST_CASE("what goes wrong with a picture source ends the export, it goes on later") {
  overt_test::temporary_folder folder;
  auto const fails = [](std::uint64_t) -> overt::result<overt::screen_picture> {
    return overt::failure{error_code::output_failed, "no memory"};
  };
  {
    auto out = opened(folder.path);
    CHECK(out.add(some_episode(), some_session(), some_approval(), fails).error().code ==
          error_code::output_failed);
    CHECK(out.add(some_episode(), some_session(), some_approval(), pictures_of_size()).error().code ==
          error_code::misuse);
    CHECK_FALSE(out.finish());
  }
  write_all(folder.path);
  overt_test::temporary_folder other;
  write_all(other.path);
  CHECK(all_of(folder.path) == all_of(other.path));
}

TEST_CASE("chat: px_per_notch is taken from who exports, and recorded") {
  overt_test::temporary_folder folder;
  export_options options{.format = export_format::chat, .dialect = overt::dataset::action_dialect::openai};
  auto const made = exporter::open((folder.path / "set").string(), options, some_receipt());
  REQUIRE_FALSE(made);
  CHECK(made.error().code == error_code::misuse);
  CHECK_FALSE(files::exists(folder.path / "set"));
  options.px_per_notch = 53;
  write_all(folder.path / "set", options);
  auto const all = all_of(folder.path / "set");
  CHECK(json::parse(all.at("manifest.json")).at("options").at("px_per_notch") == 53);
  auto const& lines = all.at("train.jsonl");
  CHECK(json::parse(lines.substr(0, lines.find('\n'))).at("overt").at("px_per_notch") == 53);
  CHECK(json::parse(all.at("dataset_info.json")).at("overt").at("file_name") == "train.jsonl");
}

TEST_CASE("L60: ways that no other episode took are named in the manifest") {
  overt_test::temporary_folder folder;
  auto out = opened(folder.path / "set");
  auto rare = some_episode(301);
  rare.actions[0].where.application = "rare";
  REQUIRE(out.add(some_episode(1), some_session(), some_approval(), pictures_of_size()));
  REQUIRE(out.add(some_episode(101), some_session(), some_approval(), pictures_of_size()));
  REQUIRE(out.add(rare, some_session(), some_approval(), pictures_of_size()));
  auto const totals = out.finish();
  REQUIRE(totals);
  CHECK(totals->routes == 2);
  CHECK(totals->unique_routes == std::vector{overt::dataset::task_id(some_session(), rare)});
}

TEST_CASE("G8: a trace whose time is over, or that was not agreed to for this, is not exported") {
  overt_test::temporary_folder folder;
  using timed = overt::dataset::exporter<overt_test::raw_pictures, overt_test::manual_clock>;
  auto facts = some_session();
  facts.kept_until_wall_ns = overt_test::some_day + overt_test::day;
  overt_test::manual_clock clock;
  auto const add = [&](char const* name) {
    auto out = timed::open((folder.path / name).string(), {}, some_receipt(), {}, clock);
    REQUIRE(out);
    auto const done = out->add(some_episode(), facts, overt_test::some_approval(facts), pictures_of_size());
    return done ? overt::result<void>{} : overt::result<void>{done.error()};
  };
  clock.wall = facts.kept_until_wall_ns - 1;
  CHECK(add("in time"));
  clock.wall += 1;
  auto const late = add("late");
  REQUIRE_FALSE(late);
  CHECK(late.error().code == error_code::consent_missing);
  CHECK_FALSE(files::exists(folder.path / "late/images"));
  facts.kept_until_wall_ns = 0; // of an earlier version
  CHECK(add("early version"));
  facts.purposes = {purpose::academic_research};
  auto const other = add("other purpose");
  REQUIRE_FALSE(other);
  CHECK(other.error().code == error_code::consent_mismatch);
  facts.purposes.push_back(purpose::train_computer_use_model);
  CHECK(add("both"));
}
