#include <overt/trace/sodium/sealed_index.hpp>

#include <string>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/sealed.hpp>

namespace trace = overt::trace;
using overt_test::sealed_places;
using trace::sealed_fault;

namespace {

struct fixture {
  overt::consent::session_key key = overt_test::some_session_key();
  std::string file = overt_test::sealed_sample(key);
  std::vector<std::size_t> places = sealed_places();

  [[nodiscard]] std::string part(std::size_t block) const {
    return file.substr(places[block], places[block + 1] - places[block]);
  }
  [[nodiscard]] std::string head() const { return file.substr(0, places[0]); }

  [[nodiscard]] trace::sealed_index index(std::string const& bytes) const {
    trace::memory_source source{bytes};
    auto const seal = overt::sink::block_seal::make(key, *trace::read_sealed_head(source));
    return *trace::sealed_index::read(source, *seal);
  }

  /// The blocks of a file that is put together from these.
  [[nodiscard]] trace::sealed_index arranged(std::vector<std::size_t> const& order,
                                             std::string const& more = {}) const {
    auto bytes = head();
    for (auto const each : order) {
      bytes += part(each);
    }
    return index(bytes + more);
  }
};

std::vector<std::pair<sealed_fault, std::uint64_t>> faults(trace::sealed_index const& index) {
  std::vector<std::pair<sealed_fault, std::uint64_t>> list;
  for (auto const& each : index.damages) {
    list.emplace_back(each.what, each.block);
  }
  return list;
}

using list = std::vector<std::pair<sealed_fault, std::uint64_t>>;

} // namespace

TEST_CASE("the index of a whole sealed trace has every block and no damage") {
  fixture f;
  auto const index = f.index(f.file);
  CHECK(index.damages.empty());
  CHECK(index.ended);
  REQUIRE(index.blocks.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(index.blocks[i].at == f.places[i]);
    CHECK(index.blocks[i].header.length == overt_test::sample_blocks()[i].size());
  }
}

TEST_CASE("dropped, doubled, moved and cut off blocks are told apart") {
  fixture f;
  CHECK(faults(f.arranged({0, 1, 3, 4})) == list{{sealed_fault::missing, 2}});
  CHECK(faults(f.arranged({1, 2, 3, 4})) == list{{sealed_fault::missing, 0}});
  CHECK(faults(f.arranged({0, 1, 2, 2, 3, 4})) == list{{sealed_fault::repeated, 2}});
  CHECK(faults(f.arranged({0, 1, 2, 3, 4, 1})) == list{{sealed_fault::repeated, 1}});
  CHECK(faults(f.arranged({0, 2, 1, 3, 4})) == list{{sealed_fault::out_of_order, 2}});
  CHECK(faults(f.arranged({0, 1, 2, 4, 3})) == list{{sealed_fault::out_of_order, 4}});
  CHECK(faults(f.arranged({0, 1, 2})) == list{{sealed_fault::cut_off, 3}});
  CHECK(faults(f.arranged({})) == list{{sealed_fault::cut_off, 0}});
  auto const gone = f.arranged({0, 4});
  REQUIRE(gone.damages.size() == 1);
  CHECK(gone.damages[0].blocks == 3);
  CHECK(f.arranged({0, 2, 1, 3, 4}).blocks.size() == 5); // nothing of it is lost
}

TEST_CASE("what is no block is found out, wherever it stands") {
  fixture f;
  CHECK(faults(f.arranged({0, 1, 2, 3, 4}, "more")) ==
        list{{sealed_fault::unknown, 5}, {sealed_fault::after_end, 5}});
  auto bytes = f.head() + f.part(0) + std::string(300'000, 'x') + "OVSB" + std::string(10, 'y');
  bytes += f.part(1) + f.part(2) + f.part(3) + f.part(4);
  auto const index = f.index(bytes);
  CHECK(faults(index) == list{{sealed_fault::unknown, 1}});
  CHECK(index.damages[0].size == 300'014);
  CHECK(index.blocks.size() == 5);
}

TEST_CASE("blocks of another file under the same key and session do not fit") {
  fixture f;
  auto const session = overt::sink::new_trace_id();
  auto const one = overt_test::sealed_sample(f.key, overt_test::sample_blocks(), session);
  auto const two = overt_test::sealed_sample(f.key, overt_test::sample_blocks(), session);
  CHECK(f.index(one).damages.empty());
  auto const mixed = one.substr(0, f.places[2]) + two.substr(f.places[2], f.places[3] - f.places[2]) +
                     one.substr(f.places[3]);
  CHECK(faults(f.index(mixed)) == list{{sealed_fault::unknown, 2}, {sealed_fault::missing, 2}});
}

TEST_CASE("a block whose end was cut out does not take the ones behind it along") {
  fixture f;
  auto const third = f.part(3);
  auto const bytes = f.file.substr(0, f.places[1]) + f.part(1).substr(0, 70) + f.part(2) + third + f.part(4);
  auto const index = f.index(bytes);
  CHECK(index.blocks.size() == 5);
  CHECK(index.ended);
  // A search from where the block should end would have missed block 2.
  CHECK(index.blocks[2].at == f.places[1] + 70);
}

TEST_CASE("a block written by somebody with the key, at a wrong place, is left out") {
  fixture f;
  trace::memory_source source{f.file};
  auto const seal = *overt::sink::block_seal::make(f.key, *trace::read_sealed_head(source));
  auto const with = [&](overt::sink::sealed_format::block_header const& header) {
    std::string block;
    seal.seal(header, "xyz", block);
    return faults(f.arranged({0, 1, 2, 3}, block + f.part(4)));
  };
  CHECK(with({.index = 4, .offset = 0})[0].first == sealed_fault::repeated);
  auto const moved = f.index(f.head() + f.part(0) + [&] {
    std::string block;
    seal.seal({.index = 1, .offset = 0}, "xyz", block);
    return block;
  }());
  CHECK(moved.damages[0].what == sealed_fault::misplaced);
  CHECK(moved.blocks.size() == 1);
  auto const far = f.index(f.head() + f.part(0) + [&] {
    std::string block;
    seal.seal({.index = 9, .offset = UINT64_MAX}, "xyz", block);
    return block;
  }());
  CHECK(far.damages[0].what == sealed_fault::misplaced);
}

TEST_CASE("the head is read from either of its copies") {
  fixture f;
  auto bytes = f.file;
  bytes[40] = static_cast<char>(bytes[40] ^ 1);
  std::array<bool, 2> copies{};
  trace::memory_source one{bytes};
  CHECK(trace::read_sealed_head(one, &copies)->key == f.key.id());
  CHECK(copies == std::array{false, true});
  bytes[40 + overt::sink::sealed_format::heads_size / 2] = 'x';
  trace::memory_source none{bytes};
  CHECK(trace::read_sealed_head(none).error().message.find("damaged in both") != std::string::npos);
  trace::memory_source other{"something else"};
  CHECK(trace::read_sealed_head(other).error().message == "this is no sealed trace.");
  trace::memory_source empty{""};
  CHECK_FALSE(trace::read_sealed_head(empty));
}
