#include <overt/redact/description.hpp>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/redact/policy.hpp>
#include <overt_test/catch.hpp>

// The canonical description and its digest against another implementation of both: Python's json and hashlib.

namespace {

namespace redact = overt::redact;

struct any_policy {
  std::vector<std::string> texts{};
  std::int64_t number = 0;
  std::uint64_t large = 0;
  bool yes = false;
  std::vector<std::vector<std::int32_t>> lists{};
  std::string a{}; // sorts between upper case, digits and the rest
  std::string A9{};

  static constexpr std::string_view name = "any \"policy\"\n\x7f";
  static constexpr auto fields() {
    return overt::fields(overt::field("texts", &any_policy::texts),
                         overt::field("number", &any_policy::number),
                         overt::field("large", &any_policy::large), overt::field("yes", &any_policy::yes),
                         overt::field("lists", &any_policy::lists), overt::field("a", &any_policy::a),
                         overt::field("A9", &any_policy::A9));
  }
};

/// Any characters, with those that need care more often than others.
std::string any_text(std::mt19937_64& random) {
  constexpr std::array<std::uint32_t, 16> special{0,   8,    9,    10,     11,     12,     13,      0x1f,
                                                  '"', '\\', 0x7f, 0x2028, 0xfeff, 0xffff, 0x1f600, 0x10ffff};
  std::string text;
  auto const length = random() % 12;
  for (std::size_t i = 0; i < length; ++i) {
    auto character = static_cast<std::uint32_t>(random() % 0x110000);
    switch (random() % 4) {
    case 0: character = special[random() % special.size()]; break;
    case 1: character = character % 128; break;
    default: character = character >= 0xd800 && character < 0xe000 ? 'x' : character;
    }
    std::array<char, 4> bytes{};
    text.append(bytes.data(), overt::detail::encode_utf8(character, bytes.data()));
  }
  return text;
}

any_policy any(std::mt19937_64& random) {
  any_policy made{.number = static_cast<std::int64_t>(random()), .large = random(), .yes = random() % 2 == 0};
  for (auto i = random() % 4; i > 0; --i) {
    made.texts.push_back(any_text(random));
  }
  for (auto i = random() % 3; i > 0; --i) {
    made.lists.emplace_back(random() % 3, static_cast<std::int32_t>(random()));
  }
  made.a = any_text(random);
  made.A9 = any_text(random);
  return made;
}

/// Re-makes each description from what Python reads in it, and compares; then its digest.
constexpr std::string_view check = R"(
import hashlib, json, sys
count = 0
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        digest, text = line.rstrip(b"\n").split(b" ", 1)
        again = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        if again != text:
            sys.exit("%r is not canonical: %r" % (text, again))
        if hashlib.sha256(text).hexdigest().encode() != digest:
            sys.exit("the digest of %r is not %r" % (text, digest))
        count += 1
print(count)
)";

/// What a command prints, or nothing when it fails.
std::string output_of(std::string const& command) {
  struct closes {
    void operator()(std::FILE* pipe) const { static_cast<void>(::pclose(pipe)); }
  };
  std::unique_ptr<std::FILE, closes> const pipe{::popen(command.c_str(), "r")};
  std::string output;
  for (std::array<char, 256> part{}; pipe && std::fgets(part.data(), part.size(), pipe.get()) != nullptr;) {
    output += part.data();
  }
  return output;
}

} // namespace

TEST_CASE("descriptions and digests are those that Python computes", "[redact][description][differential]") {
  if (output_of("python3 -c 'print(1)' 2>/dev/null") != "1\n") {
    WARN("skipped: there is no python3 here");
    return;
  }
  auto const folder = std::filesystem::temp_directory_path() /
                      ("overt-description-" + std::to_string(std::random_device{}()));
  std::filesystem::create_directory(folder);
  constexpr int policies = 2000;
  std::mt19937_64 random{7};
  {
    std::ofstream script{folder / "check.py"};
    script << check;
    std::ofstream lines{folder / "lines", std::ios::binary};
    for (int i = 0; i < policies; ++i) {
      auto const text = redact::describe(any(random));
      lines << overt::detail::to_hex(overt::detail::sha256(text)) << ' ' << text << '\n';
    }
  }
  auto const said = output_of("python3 '" + (folder / "check.py").string() + "' '" +
                              (folder / "lines").string() + "' 2>&1");
  std::filesystem::remove_all(folder);
  CHECK(said == std::to_string(policies) + "\n");
}

TEST_CASE("the digest agrees with published vectors at each length around a block", "[redact][sha256]") {
  // FIPS 180-4 examples
  CHECK(overt::detail::to_hex(overt::detail::sha256("")) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(overt::detail::to_hex(overt::detail::sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(overt::detail::to_hex(overt::detail::sha256(std::string(1'000'000, 'a'))) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a policy without a name has that of its type, without scopes", "[redact][description]") {
  struct local {};
  STATIC_REQUIRE(redact::policy_name<any_policy>() == any_policy::name);
  CHECK(redact::policy_name<local>() == "local");
}
