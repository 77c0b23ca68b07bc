// The reader of journals, with hostile bytes. An input is an image as it is, records that are put into an
// image with right checksums and anything as their numbers, or records as a writer puts them and then changes
// to the image. What comes out must be what was put there, in its order, and what is missing must show.
// With and without libFuzzer: support/main.cpp.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <overt/sink/storage/journal_format.hpp>
#include <overt/trace/journal_reader.hpp>

#include "support/input_numbers.hpp"
#include "support/mutated.hpp"

namespace {

namespace format = overt::sink::journal_format;
namespace trace = overt::trace;
using overt_fuzz::numbers;
using overt_fuzz::report;

constexpr std::uint32_t half_bytes = 4096;

struct record {
  std::uint64_t generation = 0;
  std::uint64_t sequence = 0;
  std::string bytes{};
};

struct image_maker {
  std::string image = std::string(format::halves_begin + std::size_t{2} * half_bytes, '\0');
  std::array<std::size_t, 2> at{format::halves_begin, format::halves_begin + half_bytes};
  std::vector<record> records{}; ///< in the order in which they were put

  image_maker() {
    format::put_head(image.data(), {.half_bytes = half_bytes, .id = {7}});
    format::put_head(&image[format::page_bytes], {.half_bytes = half_bytes, .id = {7}});
  }

  /// False: it has no room.
  bool put(std::size_t half, record one) {
    auto const end = format::halves_begin + (half + 1) * half_bytes;
    auto const room = format::room_of(one.bytes.size());
    if (room > end - at[half]) {
      return false;
    }
    char* const to = &image[at[half]];
    format::put(to, static_cast<std::uint32_t>(one.bytes.size()));
    format::put(to + 8, one.generation);
    format::put(to + 16, one.sequence);
    format::put(to + 4, format::checksum({to + 8, 16}, one.bytes));
    std::memcpy(to + format::record_head_bytes, one.bytes.data(), one.bytes.size());
    at[half] += room;
    records.push_back(std::move(one));
    return true;
  }
};

/// The records of an image, each within it.
std::vector<record> read(std::string_view image, bool& sound) {
  std::vector<record> found;
  auto opened = trace::journal_reader::open(image);
  sound = false;
  if (!opened) {
    return found;
  }
  while (auto const one = opened->next()) {
    auto const begin = one->bytes.data() - image.data();
    if (one->bytes.empty() || begin < 0 ||
        static_cast<std::size_t>(begin) + one->bytes.size() > image.size() ||
        static_cast<std::size_t>(begin) != one->offset + format::record_head_bytes) {
      report("a record that is not in the image");
    }
    found.push_back({one->generation, one->sequence, std::string{one->bytes}});
  }
  std::size_t counted = 0;
  for (auto const& half : opened->halves()) {
    counted += half.records;
    if (half.records > 0 && half.end > image.size() + 7) { // records are filled up to eight bytes
      report("a half that ends behind the image");
    }
  }
  if (counted != found.size()) {
    report("the halves count other records than were given");
  }
  sound = opened->sound();
  return found;
}

bool same(record const& one, record const& two) {
  return one.generation == two.generation && one.sequence == two.sequence && one.bytes == two.bytes;
}

/// Right checksums, anything else: only what was put there comes out, each half in its order.
void read_forged(numbers input) {
  image_maker made;
  for (std::size_t count = 0; !input.rest.empty() && count < 64; ++count) {
    auto const how = input.take(1);
    record one{.generation = how % 4 == 3 ? input.take(8) : input.take(1), .sequence = input.take(1)};
    one.bytes.assign(static_cast<std::size_t>(input.take(1)), 'x');
    static_cast<void>(made.put(how / 16 % 2, std::move(one)));
  }
  bool sound = false;
  auto const found = read(made.image, sound);
  std::size_t known = 0;
  for (auto const& one : found) {
    known += std::any_of(made.records.begin(), made.records.end(),
                         [&](record const& put) { return same(one, put); });
  }
  if (known != found.size() || (sound && found.size() < made.records.size() &&
                                std::none_of(made.records.begin(), made.records.end(),
                                             [](record const& put) { return put.bytes.empty(); }))) {
    report("records that nobody put there, or a lost one that does not show");
  }
}

/// As a writer fills it, then changed: what comes out is what was written, less the ends of the halves.
void read_damaged(numbers input) {
  image_maker made;
  std::uint64_t const generation = 1 + input.take(1) % 3;
  auto const in_first = input.take(1) % 12;
  auto const in_second = input.take(1) % 12;
  for (std::uint64_t sequence = 1; sequence <= in_first + in_second; ++sequence) {
    auto const of = generation + (sequence > in_first ? 1 : 0);
    record one{.generation = of, .sequence = sequence, .bytes = "record " + std::to_string(sequence)};
    one.bytes.append(sequence * 13 % 70, static_cast<char>(sequence));
    static_cast<void>(made.put((of - 1) % 2, std::move(one)));
  }
  auto image = made.image;
  while (!input.rest.empty() && !image.empty()) {
    auto const what = input.take(1);
    auto at = static_cast<std::size_t>(input.take(2)) % image.size();
    if (what % 4 != 3 && at > 2 * format::head_bytes) { // into what is used, more often
      at = format::halves_begin + at % 2 * half_bytes + at / 2 % 1024;
      at = std::min(at, image.size() - 1);
    }
    switch (what / 4 % 4) {
    case 0: image[at] = static_cast<char>(image[at] ^ 1 << what / 16 % 8); break;
    case 1: image[at] = static_cast<char>(input.take(1)); break;
    case 2:
      std::fill_n(image.begin() + static_cast<std::ptrdiff_t>(at),
                  std::min<std::size_t>(what, image.size() - at), '\0');
      break;
    default: image.resize(at);
    }
  }
  bool sound = false;
  auto const found = read(image, sound);
  std::size_t next = 0;
  for (auto const& one : found) {
    while (next < made.records.size() && !same(one, made.records[next])) {
      ++next;
    }
    if (next++ == made.records.size()) {
      report("a record that was not written, or out of its order");
    }
  }
  if (image == made.image && (found.size() != made.records.size() || !sound)) {
    report("a journal that was not changed is not read as a whole");
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  numbers const rest{{data + 1, size - 1}};
  if (data[0] % 4 == 0) {
    bool sound = false;
    read({reinterpret_cast<char const*>(data) + 1, size - 1}, sound);
  } else if (data[0] % 4 == 1) {
    read_forged(rest);
  } else {
    read_damaged(rest);
  }
  return 0;
}

overt_fuzz::food overt_fuzz::feed() {
  food made{.drawn = 60};
  std::string head(format::page_bytes, '\0');
  format::put_head(head.data(), {.half_bytes = half_bytes, .id = {7}});
  made.seeds.push_back('\0' + head.substr(0, 64));
  for (char first = 0; first < 12; first += 3) {
    std::string forged{'\1'};
    std::string damaged{'\2', first, first, '\5'};
    for (char i = 1; i < 6; ++i) {
      forged +=
          {static_cast<char>(i % 2 * 16), static_cast<char>(1 + i % 2), i, static_cast<char>(i * first)};
      damaged += {static_cast<char>(i * 4 + first), '\2', static_cast<char>(i * 31)};
    }
    made.seeds.push_back(forged);
    made.seeds.push_back(damaged);
    made.seeds.push_back(damaged.substr(0, 4));
  }
  return made;
}
