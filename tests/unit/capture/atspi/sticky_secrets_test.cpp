#include <overt/capture/atspi/sticky_secrets.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;
using overt::arena_string;
using overt::field_kind;

namespace {

element field(std::string path, accessible_role role = accessible_role::entry) {
  element what;
  what.id = {":1.7", std::move(path)};
  what.role = static_cast<std::uint32_t>(role);
  what.states = std::uint64_t{1} << 7 | std::uint64_t{1} << 12;
  return what;
}

element page_field(std::string path, std::string_view id, std::string_view name = {},
                   accessible_role role = accessible_role::entry) {
  auto what = field(std::move(path), role);
  what.document = {":1.7", "/document"};
  if (!id.empty()) {
    what.attributes.push_back({"id", arena_string{id}});
  }
  if (!name.empty()) {
    what.attributes.push_back({"html-input-name", arena_string{name}});
  }
  return what;
}

element placed(std::string path, std::int32_t index, std::int32_t width,
               accessible_role role = accessible_role::entry) {
  auto what = field(std::move(path), role);
  what.path.push_back({.id = {":1.7", "/form"}});
  what.index_in_parent = index;
  what.bounds = {10, 20, width, 30};
  return what;
}

constexpr auto password = accessible_role::password_text;

} // namespace

TEST_CASE("L16 a field that was secret once stays secret", "[atspi][sticky_secrets]") {
  sticky_secrets memory;
  auto const before = field("/1", password);
  auto const after = field("/1"); // "show password"
  auto const other = field("/2");
  CHECK(memory.judge(&after) == field_kind::plain);
  CHECK(memory.judge(&before) == field_kind::secret);
  CHECK(memory.judge(&after) == field_kind::secret);
  CHECK(memory.judge(&other) == field_kind::plain);
  CHECK(memory.judge(nullptr) == field_kind::unknown);
}

TEST_CASE("L16 a field that a browser made anew is known by its id, its name or its place",
          "[atspi][sticky_secrets]") {
  sticky_secrets memory;
  auto const by_id = page_field("/10", "k7", {}, password);
  CHECK(memory.judge(&by_id) == field_kind::secret);
  auto const again = page_field("/11", "k7");
  CHECK(memory.judge(&again) == field_kind::secret);

  auto const by_name = page_field("/12", "old", "q9", password);
  CHECK(memory.judge(&by_name) == field_kind::secret);
  auto const renamed = page_field("/13", "new", "q9");
  CHECK(memory.judge(&renamed) == field_kind::secret);

  auto const by_place = placed("/14", 3, 200, password);
  CHECK(memory.judge(&by_place) == field_kind::secret);
  auto moved = placed("/15", 3, 200);
  moved.bounds.y = -900; // scrolled
  CHECK(memory.judge(&moved) == field_kind::secret);

  auto const unlike_id = page_field("/16", "k8");
  CHECK(memory.judge(&unlike_id) == field_kind::plain);
  auto const swapped = page_field("/17", "q9"); // an id is no name
  CHECK(memory.judge(&swapped) == field_kind::plain);
  auto const elsewhere = placed("/18", 4, 200);
  CHECK(memory.judge(&elsewhere) == field_kind::plain);
  auto const wider = placed("/19", 3, 201);
  CHECK(memory.judge(&wider) == field_kind::plain);
}

TEST_CASE("the same id in another document or program is another field", "[atspi][sticky_secrets]") {
  sticky_secrets memory;
  auto const secret = page_field("/1", "k7", "q9", password);
  memory.remember(secret);
  auto elsewhere = page_field("/2", "k7", "q9");
  elsewhere.document.path = "/another";
  CHECK_FALSE(memory.was_secret(elsewhere));
  auto stranger = page_field("/1", "k7", "q9");
  stranger.id.bus = stranger.document.bus = ":1.8";
  CHECK_FALSE(memory.was_secret(stranger));
  auto native = field("/3");
  native.attributes.push_back({"id", arena_string{"k7"}});
  CHECK_FALSE(memory.was_secret(native));
}

TEST_CASE("what is only unknown is not remembered", "[atspi][sticky_secrets]") {
  sticky_secrets memory;
  auto const early = field("/1", accessible_role::invalid); // as the first notice of a focus may say
  CHECK(memory.judge(&early) == field_kind::unknown);
  auto const later = field("/1");
  CHECK(memory.judge(&later) == field_kind::plain);
}

TEST_CASE("a button with the place of a secret field is still a button", "[atspi][sticky_secrets]") {
  sticky_secrets memory;
  memory.remember(placed("/1", 0, 100, password));
  auto button = placed("/2", 0, 100, accessible_role::push_button);
  button.states = 0;
  CHECK(memory.judge(&button) == field_kind::none);
}

TEST_CASE("programs and documents are forgotten when they are gone", "[atspi][sticky_secrets]") {
  sticky_secrets memory;
  auto const native = field("/1", password);
  auto const in_page = page_field("/2", "k7", {}, password);
  memory.remember(native);
  memory.remember(in_page);
  memory.forget_document({":1.7", "/another"});
  memory.forget_program(":1.8");
  CHECK(memory.was_secret(native));
  CHECK(memory.was_secret(in_page));
  memory.forget_document({":1.7", "/document"});
  CHECK(memory.was_secret(native));
  CHECK_FALSE(memory.was_secret(in_page));
  memory.forget_program(":1.7");
  CHECK_FALSE(memory.was_secret(native));
}

TEST_CASE("when it is full every field is secret, until there is room", "[atspi][sticky_secrets]") {
  sticky_secrets memory{2};
  int count = 0;
  while (!memory.full()) {
    memory.remember(field("/" + std::to_string(count++), password));
    REQUIRE(count < 100);
  }
  auto const fresh = field("/fresh");
  CHECK(memory.judge(&fresh) == field_kind::secret);
  memory.remember(field("/one more", password));
  auto button = field("/button", accessible_role::push_button);
  button.states = 0;
  CHECK(memory.judge(&button) == field_kind::none);
  memory.forget_program(":1.7");
  CHECK_FALSE(memory.full());
  CHECK(memory.judge(&fresh) == field_kind::plain);
}

TEST_CASE("many fields are told apart", "[atspi][sticky_secrets]") {
  sticky_secrets memory;
  for (int i = 0; i < 4096; ++i) {
    memory.remember(field("/" + std::to_string(i), password));
  }
  REQUIRE_FALSE(memory.full());
  int wrong = 0;
  for (int i = 0; i < 8192; ++i) {
    wrong += memory.was_secret(field("/" + std::to_string(i))) != (i < 4096);
  }
  CHECK(wrong == 0);
}
