// Pictures of sealed traces go the way of all blocks.
#include <overt/trace/sodium/sealed_files.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <overt/sink/sodium/sealed.hpp>
#include <overt/sink/with_pictures.hpp>
#include <overt/trace/pictures.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/pictures.hpp>
#include <overt_test/sealed.hpp>
#include <overt_test/storage_systems.hpp>

namespace {

namespace trace = overt::trace;
using overt_test::raw_pictures;

} // namespace

TEST_CASE("pictures of a sealed trace come back with its key, and no pixel is in the clear",
          "[trace][picture]") {
  overt_test::own_folder const folder;
  auto const path = folder / "t.sealed";
  std::map<std::uint64_t, overt::screen_picture> written;
  for (bool const closed : {true, false}) {
    auto const name = path + (closed ? "1" : "2");
    auto key = overt_test::some_session_key();
    auto bytes = *overt::consent::secret_bytes<32>::make();
    std::copy(key.bytes().begin(), key.bytes().end(), bytes.data());
    overt::consent::session_key again{key.id(), std::move(bytes)};
    overt::sink::with_pictures out{overt::sink::sealed(name, std::move(key)), raw_pictures{}};
    REQUIRE(out.open({}));
    overt_test::changing_screen screen{11};
    written.clear();
    for (std::uint64_t sequence = 1; sequence <= 20; ++sequence) {
      auto picture = screen.next().copy();
      picture.fill({picture.covers().x, picture.covers().y, 30, 30}, 0x4d534b58); // "XKSM"
      written.emplace(sequence, picture.copy());
      out.write(overt_test::recorded_frame(sequence, std::move(picture)));
    }
    if (closed) {
      REQUIRE(out.close({}));
    }
    CHECK(overt_test::content_of(name).find("XKSM") == std::string::npos);
    CHECK(overt_test::content_of(name + ".journal").find("XKSM") == std::string::npos);
    auto const refused = trace::open_pictures<raw_pictures>(name);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == overt::error_code::unsupported);
    auto read = trace::open_pictures_in<raw_pictures>(trace::sealed_files{name, std::move(again)});
    REQUIRE(read);
    REQUIRE(read->numbers().size() == written.size());
    REQUIRE(read->each_picture([&](std::uint64_t sequence, overt::screen_picture const& picture) {
      CHECK(overt_test::same_pixels(picture, written.at(sequence)));
    }));
  }
}
