// Processes that are killed while they use a key store, and two that use it at the same time.

#include <overt/consent/sodium/key_store.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <thread>

#if defined(__unix__)
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>
#endif

#include <overt_test/catch.hpp>
#include <overt_test/sealed.hpp>

#if defined(__unix__)

namespace consent = overt::consent;
using overt_test::some_day;

namespace {

/// Mints, opens and destroys; every second key stays.
void work(std::filesystem::path const& folder, consent::receipt const& terms, int count) {
  auto const keys = *consent::key_store::at(folder);
  for (int i = 0; i < count; ++i) {
    auto const key = keys.mint(terms, some_day);
    if (!key) {
      ::_exit(3);
    }
    if (i % 2 == 0 && !keys.destroy(key->id())) {
      ::_exit(4);
    }
  }
}

template <class Work>
::pid_t child(Work what) {
  auto const made = ::fork();
  if (made == 0) {
    what();
    ::_exit(0);
  }
  return made;
}

int status_of(::pid_t process) {
  int status = -1;
  ::waitpid(process, &status, 0);
  return status;
}

} // namespace

TEST_CASE("two processes share a key store") {
  overt_test::temporary_folder const folder;
  auto const mine = *consent::secret_key::generate();
  auto const terms = overt_test::terms_for({{"me", mine.public_half()}});
  auto const keys = *consent::key_store::make(folder.path / "keys");
  auto const one = child([&] { work(keys.folder(), terms, 50); });
  auto const two = child([&] { work(keys.folder(), terms, 50); });
  CHECK(status_of(one) == 0);
  CHECK(status_of(two) == 0);
  auto const all = keys.list();
  REQUIRE(all);
  CHECK(all->size() == 100);
  std::size_t opened = 0;
  for (auto const& each : *all) {
    CHECK_FALSE(each.damaged);
    opened += keys.open(each.id, mine, some_day) ? 1 : 0;
  }
  CHECK(opened == 50);
}

TEST_CASE("a process that is killed leaves every key whole or destroyed") {
  overt_test::temporary_folder const folder;
  auto const mine = *consent::secret_key::generate();
  auto const terms = overt_test::terms_for({{"me", mine.public_half()}});
  auto const keys = *consent::key_store::make(folder.path / "keys");
  for (int round = 0; round < 40; ++round) {
    auto const process = child([&] { work(keys.folder(), terms, 1'000'000); });
    std::this_thread::sleep_for(std::chrono::microseconds{1000 + round * 701});
    ::kill(process, SIGKILL);
    CHECK(WIFSIGNALED(status_of(process)));
  }
  auto const all = keys.list(); // the lock of a dead process is gone
  REQUIRE(all);
  CHECK(all->size() > 10);
  for (auto const& each : *all) {
    CHECK_FALSE(each.damaged);
    CHECK(keys.open(each.id, mine, some_day).has_value() != each.destroyed);
    CHECK_FALSE((each.destroyed && std::filesystem::exists(keys.folder() / (each.id.text() + ".key"))));
  }
  CHECK(keys.mint(terms, some_day));
}

#endif
