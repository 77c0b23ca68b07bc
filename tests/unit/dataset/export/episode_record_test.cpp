#include <overt/dataset/export/episode_record.hpp>

#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

using overt::dataset::episode_from;
using overt::dataset::episode_record;
using overt::dataset::progress_line;
using overt::dataset::progress_words;

TEST_CASE("a line of progress tells everything of an episode, and a torn one nothing") {
  episode_record one{.task_id = "id",
                     .state = overt::dataset::episode_state::no_steps,
                     .trace_sha256 = "t",
                     .time_grid_ns = 5,
                     .route = "r",
                     .data_bytes = 1,
                     .data_sha256 = "d",
                     .lines = 2,
                     .steps = 3,
                     .redacted = 4,
                     .gaps = 6,
                     .files = {{"images/id_0.png", "h", 7}, {"gallery/id.html", "g", 8}}};
  one.skipped[2] = 9;
  auto const line = progress_line(one);
  REQUIRE(line.back() == '\n');
  auto const body = std::string_view{line}.substr(0, line.size() - 1);
  auto const words = progress_words(body);
  REQUIRE(words);
  auto const read = episode_from(*words);
  REQUIRE(read);
  CHECK(progress_line(*read) == line);
  CHECK(read->skipped[2] == 9);
  CHECK(read->files[1].bytes == 8);
  for (std::size_t cut = 0; cut < body.size(); ++cut) {
    CHECK_FALSE(progress_words(body.substr(0, cut)));
    auto changed = std::string{body};
    changed[cut] ^= 1;
    CHECK_FALSE(progress_words(changed));
  }
  CHECK_FALSE(episode_from("episode id written"));
  CHECK_FALSE(episode_from("another"));
}

TEST_CASE("what is empty has a place in a line too") {
  auto const line = progress_line(episode_record{});
  auto const words = progress_words(std::string_view{line}.substr(0, line.size() - 1));
  REQUIRE(words);
  CHECK(episode_from(*words));
}
