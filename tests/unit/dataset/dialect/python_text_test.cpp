#include <overt/dataset/dialect/python_text.hpp>

#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

using overt::dataset::has_media_token;
using overt::dataset::python_literal;

TEST_CASE("B9: no character of a text is a delimiter") {
  CHECK(python_literal("costs $5 and $7 total") == "'costs $5 and $7 total'");
  CHECK(python_literal("single left click") == "'single left click'");
  CHECK(python_literal("it's \"here\" \\n") == "'it\\'s \"here\" \\\\n'");
  CHECK(python_literal("'); import os #") == "'\\'); import os #'");
  CHECK(python_literal("{x} %s \\x41") == "'{x} %s \\\\x41'");
  CHECK(python_literal("") == "''");
}

TEST_CASE("B10: characters beyond ASCII stand as they are") {
  CHECK(python_literal("\u00e9\u00c4\u4e16\U0001f600") == "'\u00e9\u00c4\u4e16\U0001f600'");
}

TEST_CASE("what ends a line or cannot be seen is written as its number") {
  CHECK(python_literal("a\nb\r\tc") == "'a\\nb\\r\\tc'");
  CHECK(python_literal(std::string_view{"\0\x1b\x7f", 3}) == "'\\x00\\x1b\\x7f'");
  CHECK(python_literal("\u0085\u00a0\u00ad") == "'\\x85\\xa0\\xad'");
  CHECK(python_literal("\u2028\u2029\u202e\u200b\ufeff") == "'\\u2028\\u2029\\u202e\\u200b\\ufeff'");
  CHECK(python_literal("\U000e0041\U0010ffff") == "'\\U000e0041\\U0010ffff'");
}

TEST_CASE("a surrogate, and what is no UTF-8, is no text") {
  CHECK_FALSE(python_literal("\xed\xa0\x80"));
  CHECK_FALSE(python_literal("a\xff"));
}

TEST_CASE("a media token in a text is no token any more") {
  CHECK(has_media_token("an <image> here"));
  CHECK_FALSE(has_media_token("an <img> here"));
  auto const written = python_literal("<image><video>a<audio><imag");
  CHECK(written == "'\\x3cimage>\\x3cvideo>a\\x3caudio><imag'");
  CHECK_FALSE(has_media_token(*written));
}
