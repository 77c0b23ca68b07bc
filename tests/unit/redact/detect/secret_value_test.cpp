#include <overt/redact/detect/secret_value.hpp>

#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace secrets = overt::detect::detail::secrets;
using secrets::value_kind;

TEST_CASE("values end where people end them", "[redact][detect][secret_value]") {
  auto const read = [](std::string_view text) {
    auto const value = secrets::value_at(text, 0, secrets::ends_at_space | secrets::ends_at_tag);
    return std::string{text.substr(value.begin, value.end - value.begin)};
  };
  CHECK(read("hunter2 and") == "hunter2");
  CHECK(read("hunter2.") == "hunter2");
  CHECK(read("\"two words\" x") == "two words");
  CHECK(read("'it\\'s' x") == "it\\'s");
  CHECK(read("\\\"inner\\\" x") == "inner");
  CHECK(read("\"never closed") == "never");
  CHECK(read("b'bytes'") == "bytes");
  CHECK(read("a<b") == "a");
  CHECK(read("").empty());
  CHECK(read("\"").empty());
}

TEST_CASE("kinds of values", "[redact][detect][secret_value]") {
  auto const kind = [](std::string_view text, bool quoted = false) {
    return secrets::kind_of_value(text, quoted);
  };
  CHECK(kind("ab") == value_kind::nothing);
  CHECK(kind("None") == value_kind::nothing);
  CHECK(kind("${X}") == value_kind::nothing);
  CHECK(kind("<token>") == value_kind::nothing);
  CHECK(kind("config.password") == value_kind::nothing);
  CHECK(kind("0xfade0cc0UL") == value_kind::nothing);
  CHECK(kind("********") == value_kind::nothing);
  CHECK(kind("sunshine") == value_kind::one_word);
  CHECK(kind("123456") == value_kind::digits);
  CHECK(kind("hunter2") == value_kind::mixed);
  CHECK(kind("p@ss!") == value_kind::mixed);
  CHECK(kind("Zk3xT9qLw2Vb7Rm5Yp8Nc4Hd") == value_kind::random);
  CHECK(kind("3f786850e387550fdab836ed7e6dc881de23001b") == value_kind::digest);
  CHECK(kind("123e4567-e89b-12d3-a456-426614174000") == value_kind::uuid);
  CHECK(kind("two words", true) == value_kind::words);
}
