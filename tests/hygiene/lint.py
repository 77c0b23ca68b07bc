#!/usr/bin/env python3
"""What no file, or only some, may contain.

    lint.py               reads the repository's files and prints each line that breaks a rule
    lint.py --self-test   checks that a planted line is found for each rule
"""
import fnmatch
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

HEADERS = "include/*.hpp"
SOURCES = ("*.hpp", "*.cpp")
TEXTS = SOURCES + ("*.py", "*.sh", "*.cmake", "*.txt", "*.md", "*.json", "*.in", ".ci/*")

# Who may use what opens a guard, makes a key or makes a literal from text that was not written in a program. A line
# more here is a decision about privacy: it is reviewed as one.
KEYS_ALLOWED = {
    "gatekeeper": {
        "include/overt/event/clearance.hpp",    # defines it
        "include/overt/redact/chain_run.hpp",   # gives keys to policies, for the length of one call
        "include/overt/redact/pipeline.hpp",    # asks which key or button it was
        "include/overt/redact/last_look.hpp",   # looks at what was disclosed once more
        "include/overt/redact/covers.hpp",      # asks the scope for a backend that takes pictures
        "include/overt/redact/exempt.hpp",      # asks whether a place is what the person exempted
        "include/overt/redact/cleared_contexts.hpp",  # the same for contexts, which each pipeline clears once
        "tests/support/overt_test/keys.hpp",    # tests look behind guards
        "tests/desktop/support/x11_recording.hpp",
    },
    "guarded_access": {
        "include/overt/event/guarded.hpp",      # defines it
        "include/overt/event/json/from_json.hpp",    # fills a payload member by member
        "include/overt/capture/field_judgement.hpp",  # whether two answers speak of the same site
        "include/overt/capture/merged_context.hpp",  # joins what two sources say of one place
        "include/overt/redact/cleared.hpp",     # wipes what was not disclosed
        "include/overt/redact/cleared_contexts.hpp",  # each pipeline clears a copy of the context
        "include/overt/event/recorded.hpp",     # what was read back was disclosed when it was written
        "tests/unit/event/guarded_test.cpp",
        "tests/support/overt_test/pictures.hpp",  # frames as a chain lets them out
        "tests/support/overt_test/disclosed.hpp",  # content as it stands in a trace
    },
    "pseudonym_maker": {
        "include/overt/event/pseudonym.hpp",    # defines it
        "include/overt/redact/pseudonym_key.hpp",  # makes pseudonyms with the key of a dataset
        "tests/compile_fail/event/pseudonym_made.cpp",
    },
    "trace_text": {
        "include/overt/event/literal.hpp",      # defines it
        "include/overt/event/name_pool.hpp",    # names that stand in a trace
        "tests/unit/event/literal_test.cpp",
    },
}

# L53 of the leak paths: there is no telemetry and nothing calls home, because nothing that leaves a trace for people to
# read can open a connection. Headers and calls of sockets, name look-up and HTTP, of POSIX, Windows and the usual
# libraries; `connect` and the like are common names, so they count with "::" before them, as the house writes calls of
# the system.
NETWORK = (r"#\s*include\s*[<\"](sys/(socket|un)\.h|netdb\.h|net/|netinet/|arpa/|resolv\.h|(?i:winsock2?|ws2tcpip|"
           r"wininet|winhttp)\.h|curl/|asio|boost/(asio|beast)|httplib\.h|cpr/|Poco/Net/|openssl/|librdkafka/|libsoup/|"
           r"QtNetwork)"
           r"|(?<![\w.>])(::)?(socket|socketpair|sendto|sendmsg|recvfrom|recvmsg|getaddrinfo|gethostby\w+|inet_\w+|"
           r"res_\w+|WSA[A-Z]\w+|Internet(Open|Connect)\w*|WinHttp\w+)\s*\("
           r"|(?<![\w.>])::(connect|bind|listen|accept4?|send|recv)\s*\("
           r"|\bcurl_\w+\s*\(|\b(httplib|asio|beast)::")
NETWORK_FILES = (HEADERS, "examples/overt/*")
# A display and an accessibility bus are on the other end of a socket; an exporter leaves the host by design.
NETWORK_ALLOWED = {
    "include/overt/capture/x11/*": "XCB talks to the display",
    "include/overt/capture/atspi/*": "D-Bus talks to the programs",
    "include/overt/consent/x11/*": "XCB shows the indicator",
    "include/overt/consent/control_*.hpp": "`overt pause`: a local socket (AF_UNIX) of the user's own",
    "include/overt/*/kafka/*": "an exporter, for a gateway",
    "examples/overt/review/server.cpp": "the page of `overt review` is shown on 127.0.0.1, and asks for nothing",
}

# Built from pieces, so that this file does not break its own rules.
UNFINISHED = "TO" + "DO|FIX" + "ME|X" + "XX"
MACHINE = "/wo" + "rk/|/ro" + "ot\\b(?!/\\.flatpak-info)|/ho" + "me/(?!me\\b)[a-z]"

# (name, files, pattern, why)
RULES = [
    ("using-namespace", (HEADERS,), r"^\s*using namespace\b", "a header must not open a namespace for its users"),
    ("xlib", SOURCES, r"#\s*include\s*<X11/X(lib|util|atom)[^>]*>", "its macros are our vocabulary; XCB instead"),
    ("windows", (HEADERS,), r"#\s*include\s*<(?i:windows)\.h>", "its macros break names; declare what is needed"),
    ("pragma-once", (HEADERS,), None, "a header starts with #pragma once"),
    ("macro", (HEADERS,), r"^\s*#\s*define\s+(?!OVERT_VERSION_)", "macros of a header are macros of its users"),
    ("has-include", (HEADERS,), r"__has_include", "what is installed must not change what a header contains"),
    ("unfinished", TEXTS, rf"\b({UNFINISHED})\b", "finish it, or open an issue"),
    ("machine-path", TEXTS, rf"(?<![\w.}})])({MACHINE})", "a path of one machine"),
    ("tab", SOURCES + ("*.py", "*.cmake"), r"\t", "spaces"),
    ("trailing-space", TEXTS, r"[ \t]+$", "a space at the end of a line"),
    ("test-name", ("tests/*.cpp",), r"TEST_CASE\(\"[^\"]*[;\[\]][^\"]*\"", "ctest cannot pass ; and [] in a test's name"),
]


def files():
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                            capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        names = listed.stdout.splitlines()
    else:  # an unpacked archive
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file()]
        names = [name for name in names if not name.startswith(("build/", ".git/"))]
    return sorted(name for name in set(names) if (ROOT / name).is_file())


def matches(name, patterns):
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


def is_taken_back(define, text):
    """True for a macro that ends in the same file."""
    name = re.search(r"define\s+(\w+)", define).group(1)
    return re.search(rf"^\s*#\s*undef\s+{name}\b", text, re.MULTILINE) is not None


def problems_in(name, text):
    found = []
    lines = text.split("\n")
    for rule, where, pattern, why in RULES:
        if not matches(name, where):
            continue
        if pattern is None:
            if not text.startswith("#pragma once\n"):
                found.append((1, rule, why))
            continue
        for number, line in enumerate(lines, 1):
            if re.search(pattern, line) and not (rule == "macro" and is_taken_back(line, text)):
                found.append((number, rule, why))
    if matches(name, NETWORK_FILES) and not matches(name, NETWORK_ALLOWED):
        for number, line in enumerate(lines, 1):
            if re.search(NETWORK, line.split("//")[0]):
                found.append((number, "L53-network", "nothing here opens a connection; see NETWORK in lint.py"))
    if matches(name, SOURCES):
        for key, allowed in KEYS_ALLOWED.items():
            # A declaration lets nobody in: `struct x;` and `friend struct detail::x;`.
            use = re.compile(rf"^(?!\s*(friend )?(struct|class) (detail::)?{key};).*\b{key}\b")
            for number, line in enumerate(lines, 1):
                code = line.split("//")[0]
                if name not in allowed and use.search(code):
                    found.append((number, key, "only the files listed in tests/hygiene/lint.py may use it"))
    return found


def same_names(texts):
    """Test cases of one name in one layer: the program that holds both would not start."""
    found = []
    first = {}
    for name, text in texts.items():
        if not matches(name, ("tests/unit/*_test.cpp",)):
            continue
        group = "x11" if "/x11/" in name else name.split("/")[2]
        for number, line in enumerate(text.split("\n"), 1):
            case = re.match(r'TEST_CASE\("([^"]*)"', line)
            if case and (group, case.group(1)) in first:
                found.append((name, number, f"a test of this name is in {first[group, case.group(1)]}"))
            elif case:
                first[group, case.group(1)] = name
    return found


def self_test():
    header = "include/overt/event/planted.hpp"
    planted = [
        ("using-namespace", header, "#pragma once\nusing namespace std;\n"),
        ("xlib", header, "#pragma once\n#include <X11/Xlib.h>\n"),
        ("xlib", "tests/desktop/planted.cpp", "#include <X11/Xutil.h>\n"),
        ("windows", header, "#pragma once\n#include <Windows.h>\n"),
        ("pragma-once", header, "// first\n#pragma once\n"),
        ("macro", header, "#pragma once\n#define OVERT_FAST 1\n"),
        ("has-include", header, "#pragma once\n#if __has_include(<zstd.h>)\n#endif\n"),
        ("unfinished", "docs/guide.md", "TO" + "DO: write\n"),
        ("machine-path", "tests/run.sh", "cd /wo" + "rk/main\n"),
        ("machine-path", "README.md", "in /ro" + "ot for example\n"),
        ("tab", header, "#pragma once\n\tint a;\n"),
        ("trailing-space", "README.md", "text \n"),
        ("test-name", "tests/unit/event/a_test.cpp", 'TEST_CASE("a; b", "[event]") {}\n'),
        ("gatekeeper", header, "#pragma once\nauto a = detail::gatekeeper::with_keys(b);\n"),
        ("gatekeeper", "examples/mine.cpp", "overt::detail::gatekeeper::with_keys(b);\n"),
        ("guarded_access", "include/overt/sink/jsonl.hpp", "#pragma once\ndetail::guarded_access::take(f);\n"),
        ("trace_text", "include/overt/redact/only.hpp", "#pragma once\ndetail::trace_text::as_literal(f);\n"),
    ]
    connecting = ("#include <sys/socket.h>", "#include <netdb.h>", "#include <WS2tcpip.h>", "#include <curl/curl.h>",
                  "#include <netinet/in.h>", '#include "httplib.h"', "int f = ::socket(1, 2, 3);",
                  "auto f = socket(AF_INET, SOCK_STREAM, 0);", "if (::connect(f, a, n) != 0) {", "::send(f, p, n, 0);",
                  "getaddrinfo(host, port, nullptr, &found);", "curl_easy_perform(handle);", "WSAStartup(2, &data);",
                  "httplib::Client home{address};")
    for name in (header, "include/overt/redact/verify.hpp", "include/overt/consent/file_watch.hpp",
                 "examples/overt/main.cpp"):
        planted += [("L53-network", name, f"#pragma once\n{line}\n") for line in connecting]
    failures = [f"not found: {rule} in {name}" for rule, name, text in planted
                if rule not in {found for _, found, _ in problems_in(name, text)}]
    right = [(header, "#pragma once\n\nstruct gatekeeper;\nfriend struct detail::guarded_access;\n// uses gatekeeper\n"),
             ("include/overt/version.hpp", "#pragma once\n#define OVERT_VERSION_MAJOR 0\n"),
             (header, "#pragma once\n// as curl_easy_init() takes it\nwindow.connect(to);\nport_->send(one);\n"),
             ("tests/unit/event/planted.cpp", "#include <sys/socket.h>\n")]
    right += [(name.replace("overt/*", "overt/sink").replace("*", "planted.hpp"),
               "#pragma once\n#include <sys/socket.h>\n") for name in NETWORK_ALLOWED]
    failures += [f"wrongly found in {name}: {problems_in(name, text)}" for name, text in right
                 if problems_in(name, text)]
    twice = 'TEST_CASE("a", "[event]") {}\n'
    if not same_names({"tests/unit/event/a_test.cpp": twice, "tests/unit/event/b_test.cpp": twice}):
        failures.append("not found: two tests of one name")
    if same_names({"tests/unit/event/a_test.cpp": twice, "tests/unit/detail/b_test.cpp": twice}):
        failures.append("wrongly found: two tests of one name in two programs")
    for failure in failures:
        print(failure)
    print("the self-test failed" if failures else f"all {len(planted)} planted lines were found")
    return 1 if failures else 0


def main():
    if "--self-test" in sys.argv[1:]:
        return self_test()
    wrong = 0
    names = files()
    texts = {}
    for name in names:
        try:
            text = texts[name] = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        # The self-test's planted lines stand in this file.
        if name == "tests/hygiene/lint.py":
            continue
        for number, rule, why in problems_in(name, text):
            print(f"{name}:{number}: {rule}: {why}")
            wrong += 1
    for name, number, why in same_names(texts):
        print(f"{name}:{number}: test-name: {why}")
        wrong += 1
    print(f"{len(names)} files, {wrong} problems")
    return 1 if wrong or not names else 0


if __name__ == "__main__":
    sys.exit(main())
