// A sealed trace, the key store with its key, and the secret key that opens it: FOLDER/trace.sealed,
// FOLDER/keys and FOLDER/me.key. Prints the id of the trace's key. Called by ledger_access.py.

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>

#include <overt/consent/sodium/key_file.hpp>
#include <overt/consent/sodium/key_store.hpp>
#include <overt/event/clock.hpp>
#include <overt/sink/sodium/sealed.hpp>
#include <overt/sink/zstd/zstd.hpp>
#include <overt_test/consent_sample.hpp>
#include <overt_test/pictures.hpp>

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: sealed_sample FOLDER\n");
    return 2;
  }
  std::string const folder{words[1]};
  auto const mine = overt::consent::secret_key::generate();
  auto const store = overt::consent::key_store::make(folder + "/keys");
  if (!mine || !store || !overt::consent::write_key_file(folder + "/me.key", *mine)) {
    return 1;
  }
  auto terms = overt_test::some_terms();
  terms.recipients = {{.party = "me", .public_key = mine->public_half()}};
  auto key = store->mint(terms, overt::system_clocks{}.wall_ns());
  if (!key) {
    return 1;
  }
  std::printf("%s\n", key->id().text().c_str());
  auto out = overt::sink::sealed(folder + "/trace.sealed", std::move(*key), overt::sink::zstd{});
  if (!out.open({.policy = "{}", .anchor = overt::clock_anchor{{0}, 1'700'000'000'000'000'000, 1}})) {
    return 1;
  }
  for (std::uint64_t sequence = 1; sequence <= 3; ++sequence) {
    out.write(overt_test::recorded_marker(sequence));
  }
  return out.close({.written = {{"marker", 3}}}) ? 0 : 1;
}
