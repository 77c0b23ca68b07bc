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

TEST_CASE("the whole run without a blank belongs to a value that a person pasted",
          "[redact][detect][secret_value]") {
  auto const whole = [](std::string_view text, secrets::value_ends ends) {
    auto const value = secrets::value_at(text, 0, ends);
    return std::string{text.substr(value.begin, secrets::whole_end(text, value, ends) - value.begin)};
  };
  constexpr secrets::value_ends of_password =
      secrets::ends_at_space | secrets::ends_at_tag | secrets::ends_at_next;
  constexpr secrets::value_ends of_token = of_password | secrets::ends_at_close;
  CHECK(whole("abc;dEf9 and", of_password) == "abc;dEf9");
  CHECK(whole("ab<cd>9;e&f", of_password) == "ab");
  CHECK(whole("ab<cd9;e&f and", of_password) == "ab<cd9;e&f");
  CHECK(whole("abc'def9 and", of_password) == "abc'def9");
  CHECK(whole("abc.;:def", of_password) == "abc.;:def");
  CHECK(whole("abc;\xc3\xa4 and", of_password) == "abc;\xc3\xa4");
  CHECK(whole("aB3x)mN", of_token) == "aB3x)mN");
  CHECK(whole("aB3x&mN", of_token) == "aB3x&mN");
  // What follows is something else.
  CHECK(whole("abc;Server=db", of_password) == "abc");
  CHECK(whole("abc;User Id=sa", of_password) == "abc");
  CHECK(whole("abc</password>", of_password) == "abc");
  CHECK(whole("abc<br>def", of_password) == "abc");
  CHECK(whole("abc<br/>def", of_password) == "abc");
  CHECK(whole("abc&page=2", of_token) == "abc");
  CHECK(whole("abc).get()", of_token) == "abc");
  CHECK(whole("abc,def", of_token) == "abc");
  CHECK(whole("abc\"},{\"x\"", of_token) == "abc");
  CHECK(whole("abc. And", of_password) == "abc");
  CHECK(whole("\"two words\"more", of_password) == "two words");
  CHECK(whole("", of_password).empty());
}

TEST_CASE("a bracket makes a value a call where it is one", "[redact][detect][secret_value]") {
  auto const call = [](std::string_view text) { return secrets::value_at(text, 0, 7).call; };
  CHECK(call("getpass()"));
  CHECK(call("input(\"Enter"));
  CHECK(call("input("));
  CHECK(call("read(one, two)"));
  CHECK(call("(optional)"));
  CHECK_FALSE(call("aB3(x9Kq"));
  CHECK_FALSE(call("P@ss(w)rd"));
  CHECK_FALSE(call("hunter2"));
}

TEST_CASE("a word of two or three letters in a value does not make it a name",
          "[redact][detect][secret_value]") {
  for (std::string_view const value : {"uQLPwXAK", "QiRfvurfhMSigDwF", "AUvPWWhh", "ALrDHhgugRDypQPw"}) {
    INFO(value);
    CHECK(secrets::kind_of_value(value, false) != value_kind::nothing);
  }
  for (std::string_view const name : {"dbPw", "userPwd", "theJwt", "my_pw", "pw", "MY_KEY_NAME", "authToken",
                                      "tokenOfUser", "DBPasswordFIELD"}) {
    INFO(name);
    CHECK(secrets::kind_of_value(name, false) == value_kind::nothing);
  }
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
  CHECK(kind("0x475VWO") == value_kind::mixed); // letters that no number ends in
  CHECK(kind("********") == value_kind::nothing);
  CHECK(kind("sunshine") == value_kind::one_word);
  CHECK(kind("123456") == value_kind::digits);
  CHECK(kind("hunter2") == value_kind::mixed);
  CHECK(kind("p@ss!") == value_kind::mixed);
  CHECK(kind("Zk3xT9qLw2Vb7Rm5Yp8Nc4Hd") == value_kind::random);
  CHECK(kind("3f786850e387550fdab836ed7e6dc881de23001b") == value_kind::digest);
  CHECK(kind("123e4567-e89b-12d3-a456-426614174000") == value_kind::uuid);
  CHECK(kind("two words", true) == value_kind::words);
  CHECK(kind("ynJjxvgWJOPVJWeszYmPqhecqybUz") == value_kind::drawn_letters);
  CHECK(kind("ynJjxvgWJOPVJWeszYmP-qhecqybUz") == value_kind::drawn_letters);
  CHECK(kind("getUserAccountFromDatabase") == value_kind::one_word);
  CHECK(kind("a_name_2") == value_kind::one_word);
  CHECK(kind("10FIo_ApxoW__dwOowJ_tKbVZDt") == value_kind::mixed);
}
