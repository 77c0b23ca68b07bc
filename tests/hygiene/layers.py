#!/usr/bin/env python3
"""The law of includes: which layer may include which, and where a third party's header may stand.

    layers.py [--components FILE]     reads include/overt and prints each wrong include
    layers.py --self-test             plants wrong includes and checks that each is found

FILE, written by CMake, has a line "component header" for each header; it is compared with what the includes say.
"""
import argparse
import pathlib
import re
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]

# A layer may include itself and these; everybody may include detail and version.hpp.
LAW = {
    "detail": set(),
    "event": set(),
    "consent": {"event"},
    "redact": {"event", "consent"},
    "sink": {"event", "consent", "redact"},
    "capture": {"event"},
    "trace": {"event", "consent", "sink"},  # a sealed trace needs a key
    # Exporting needs the purpose in the receipt; a replay asks displays and programs as they were asked for the trace.
    "dataset": {"event", "consent", "sink", "trace", "capture"},
    "": {"event", "consent", "redact", "sink", "capture", "trace", "dataset", ""},  # overt.hpp, recorder.hpp
}

# A third party's headers, and the component whose headers may include them. Core includes none.
THIRD_PARTY = {
    "nlohmann/": "json",
    "xcb/": "x11",
    "xkbcommon/": "x11",
    "dbus/": "atspi",
    "re2/": "re2",
    "zstd.h": "zstd",
    "sodium.h": "sodium",
    "zlib.h": "png",
    "tesseract/": "tesseract",
}
POSIX = {"dirent.h", "errno.h", "fcntl.h", "poll.h", "pthread.h", "signal.h", "termios.h", "time.h", "unistd.h"}

# An include, or the begin or end of a condition, at which the order starts again (then both groups are empty).
INCLUDE = re.compile(r'^\s*#\s*(?:include\s*([<"])([^>"]+)[>"]|(?:if|ifdef|ifndef|else|elif|endif)\b.*)$',
                     re.MULTILINE)


def is_standard(name):
    return re.fullmatch(r"[a-z_]+", name) is not None


def is_system(name):
    return name in POSIX or name.startswith("sys/")


def owner_of(name):
    """The component that a third party's header makes a header part of; None when it is not a known one."""
    return next((component for prefix, component in THIRD_PARTY.items() if name.startswith(prefix)), None)


def layer_of(header):
    parts = header.split("/")
    return parts[1] if len(parts) > 2 else ""


def read(include_dir):
    """For each header, relative to include_dir, its includes in order as (mark, name); empty ones for a condition."""
    return {str(path.relative_to(include_dir)): INCLUDE.findall(path.read_text(encoding="utf-8"))
            for path in sorted((include_dir / "overt").rglob("*.hpp"))}


def components_by_includes(headers):
    """What each header needs, through all that it includes: a set of components without core."""
    needs = {}

    def visit(header, on_the_way):
        if header in needs or header in on_the_way:
            return needs.get(header, set())
        found = {folder for folder in ("x11", "atspi", "re2", "zstd", "sodium", "png") if f"/{folder}/" in header}
        for _, name in headers.get(header, []):
            owner = owner_of(name)
            found |= {owner} if owner else set()
            if name.startswith("overt/"):
                found |= visit(name, on_the_way | {header})
        needs[header] = found
        return found

    for header in headers:
        visit(header, frozenset())
    return needs


def wrong_includes(headers):
    wrong = []
    for header, includes in headers.items():
        layer = layer_of(header)
        if layer not in LAW:
            wrong.append(f"{header}: the law knows no layer '{layer}'")
            continue
        group_before = 0
        name_before = ""
        for mark, name in includes:
            if not name:
                group_before, name_before = 0, ""
                continue
            if mark == '"':
                wrong.append(f'{header}: #include "{name}": includes stand in angle brackets')
            if name.startswith("overt/"):
                target = layer_of(name)
                group = 2
                if name not in headers:
                    wrong.append(f"{header}: #include <{name}>: there is no such header")
                elif target not in {layer, "detail"} | LAW[layer] and name != "overt/version.hpp":
                    wrong.append(f"{header}: #include <{name}>: {layer or 'this'} may not include {target or 'that'}")
                elif layer == "detail" and target != "detail":
                    wrong.append(f"{header}: #include <{name}>: detail includes detail only")
            elif is_standard(name):
                group = 0
            elif is_system(name):
                group = 1
            elif owner_of(name):
                group = 1
            else:
                group = 1
                wrong.append(f"{header}: #include <{name}>: not of the standard library, and of no component")
            if group < group_before:
                wrong.append(f"{header}: #include <{name}>: the order is std, third party, overt")
            elif group == group_before and name < name_before and group != 1:
                wrong.append(f"{header}: #include <{name}>: not sorted, it stands after <{name_before}>")
            group_before, name_before = group, name
    needs = components_by_includes(headers)
    for header, components in needs.items():
        if len(components) > 1:
            wrong.append(f"{header}: reaches the libraries of {' and '.join(sorted(components))}; one at most")
    for header in ("overt/overt.hpp", "overt/fwd.hpp", "overt/recorder.hpp"):
        if needs.get(header):
            wrong.append(f"{header}: reaches the library of {' and '.join(sorted(needs[header]))}; it needs none")
    return wrong


def wrong_components(headers, lines):
    """Compares CMake's classification with the includes."""
    wrong = []
    given = {}
    for line in lines:
        component, header = line.split()
        if header in given:
            wrong.append(f"{header}: in {given[header]} and in {component}")
        given[header] = component
    needs = components_by_includes(headers)
    for header in sorted(set(headers) | set(given)):
        if header not in given:
            wrong.append(f"{header}: in no component; see cmake/overt_component.cmake, and configure again")
        elif header not in headers:
            wrong.append(f"{header}: in {given[header]}, and not there; configure again")
        elif needs[header] - {given[header]}:
            wrong.append(f"{header}: in {given[header]}, but reaches the library of {', '.join(needs[header])}; "
                         "see cmake/overt_component.cmake")
        elif given[header] != "core" and not needs[header]:
            wrong.append(f"{header}: in {given[header]}, but needs nothing of it")
    return wrong


def self_test():
    """Each planted include must be found, and a right one must not."""
    right = {
        "overt/version.hpp": "",
        "overt/detail/low.hpp": "#include <vector>\n",
        "overt/event/a.hpp": "#include <vector>\n\n#include <overt/detail/low.hpp>\n#include <overt/version.hpp>\n",
        "overt/redact/r.hpp": "#include <overt/event/a.hpp>\n",
        "overt/capture/c.hpp": "#include <sys/mman.h>\n#include <overt/event/a.hpp>\n",
        "overt/capture/x11/x.hpp": "#include <xcb/xcb.h>\n#include <overt/capture/c.hpp>\n",
        "overt/capture/json/replay.hpp": "#include <nlohmann/json.hpp>\n",
        "overt/redact/re2/own.hpp": "#include <re2/re2.h>\n#include <overt/redact/r.hpp>\n",
        "overt/overt.hpp": "#include <overt/capture/c.hpp>\n#include <overt/redact/r.hpp>\n",
    }
    planted = [
        ("overt/event/a.hpp", "#include <overt/redact/r.hpp>", "event may not include redact"),
        ("overt/capture/c.hpp", "#include <overt/redact/r.hpp>", "capture may not include redact"),
        ("overt/redact/r.hpp", "#include <overt/capture/c.hpp>", "redact may not include capture"),
        ("overt/detail/low.hpp", "#include <overt/event/a.hpp>", "detail"),
        ("overt/event/a.hpp", "#include <overt/overt.hpp>", "event may not include that"),
        ("overt/event/a.hpp", "#include <overt/event/none.hpp>", "no such header"),
        ("overt/event/a.hpp", '#include "low.hpp"', "angle brackets"),
        ("overt/event/a.hpp", "#include <boost/any.hpp>", "of no component"),
        ("overt/event/a.hpp", "#include <array>", "the order is"),
        ("overt/detail/low.hpp", "#include <array>", "not sorted"),
        ("overt/event/a.hpp", "#include <nlohmann/json.hpp>", "overt/overt.hpp: reaches the library of json"),
        ("overt/capture/x11/x.hpp", "#include <nlohmann/json.hpp>", "json and x11"),
        ("overt/overt.hpp", "#include <overt/capture/json/replay.hpp>", "reaches the library of json"),
        ("overt/redact/r.hpp", "#include <re2/set.h>", "overt/overt.hpp: reaches the library of re2"),
        ("overt/other/o.hpp", "#include <vector>", "knows no layer"),
    ]
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)

        def problems(files):
            for name, text in files.items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            headers = read(root)
            for name in files:
                (root / name).unlink()
            return headers, wrong_includes(headers)

        headers, wrong = problems(right)
        if wrong:
            failures.append(f"right includes are said to be wrong: {wrong}")
        classified = [f"{next(iter(needs), 'core')} {header}"
                      for header, needs in components_by_includes(headers).items()]
        if wrong_components(headers, classified):
            failures.append("a right classification is said to be wrong")
        for one, other in (("json overt/capture/json/replay.hpp", "core overt/capture/replay.hpp"),
                           ("core overt/event/a.hpp", "json overt/event/a.hpp")):
            if not wrong_components(headers, [other if line == one else line for line in classified]):
                failures.append(f"not found: {other}")
        if not wrong_components(headers, classified[1:]) or not wrong_components(headers, classified + classified[:1]):
            failures.append("not found: a header in no component, or in two")
        for name, line, said in planted:
            _, wrong = problems(right | {name: right.get(name, "") + line + "\n"})
            if not any(said in problem for problem in wrong):
                failures.append(f"not found: {line} in {name}")
    for failure in failures:
        print(failure)
    print("the self-test failed" if failures else f"all {len(planted)} planted includes were found")
    return 1 if failures else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--components", type=pathlib.Path)
    parser.add_argument("--self-test", action="store_true")
    given = parser.parse_args()
    if given.self_test:
        return self_test()
    headers = read(ROOT / "include")
    wrong = wrong_includes(headers)
    if given.components:
        wrong += wrong_components(headers, given.components.read_text(encoding="utf-8").splitlines())
    for problem in wrong:
        print(problem)
    print(f"{len(headers)} headers, {len(wrong)} wrong includes")
    return 1 if wrong or not headers else 0


if __name__ == "__main__":
    sys.exit(main())
