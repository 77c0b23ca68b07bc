#!/usr/bin/env python3
"""That a header compiles when it is the only one that a program includes.

    headers_alone.py [--compiler CXX] [--jobs N]     every header
    headers_alone.py --recent [...]                  those that the last 12 commits changed; all, where there is no history

Headers are compiled in chains, in which each includes the one before it, directly or not: what a header finds there
is what it would have included itself, so each is as alone as in a file of its own, and only the last of a chain costs
time. This holds because includes stand before the code, and because those between two of a chain are in chains too.
When a chain fails, each of its headers is compiled in a file of its own.

The build's own target all_verify_interface_header_sets does the same with objects, one by one, and takes many times as
long. A header whose library is not here is left out.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLAGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror",
         f"-I{ROOT / 'include'}"]
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)
# The folder of a component, and what its library is called by pkg-config.
MODULES = {"x11": ["xcb", "xcb-xinput", "xcb-xkb", "xcb-randr", "xcb-res", "xcb-composite", "xcb-damage", "xcb-shm",
                   "xcb-xfixes", "xcb-xtest", "xkbcommon", "xkbcommon-x11"],
           "atspi": ["dbus-1"], "re2": ["re2"], "zstd": ["libzstd"], "sodium": ["libsodium"], "png": ["zlib"]}


def flags_of_modules():
    """For each component the flags that its headers need; None where its library is not here."""
    flags = {}
    for component, modules in MODULES.items():
        asked = subprocess.run(["pkg-config", "--cflags", *modules], capture_output=True, text=True, check=False)
        flags[component] = asked.stdout.split() if asked.returncode == 0 else None
    return flags


def recent(headers):
    """Those of the headers that the last commits changed; all, when nothing can be asked."""
    asked = subprocess.run(["git", "-C", str(ROOT), "log", "-n", "12", "--name-only", "--format="], capture_output=True,
                           text=True, check=False)
    changed = set(asked.stdout.split())
    return [header for header in headers if f"include/{header}" in changed] if asked.returncode == 0 and changed else headers


def all_included(headers):
    """For each header what it includes, through all of it: ours and others'."""
    closures = {}

    def visit(header):
        if header not in closures:
            closures[header] = set()  # a circle would end here; layers.py finds one
            path = ROOT / "include" / header
            for name in INCLUDE.findall(path.read_text(encoding="utf-8")) if path.exists() else []:
                closures[header] |= {name} | visit(name)
        return closures[header]

    for header in headers:
        visit(header)
    return closures


def chains_of(headers):
    """The headers in chains, so that what the last ones include is as little as can be.

    A matching of headers with those that include them (Kuhn's algorithm), the largest headers first: a header that is
    not the one before another is the last of its chain."""
    closures = all_included(headers)
    users = {header: [user for user in headers if header in closures[user]] for header in headers}
    before = {}

    def match(header, tried):
        for user in users[header]:
            if user not in tried:
                tried.add(user)
                if user not in before or match(before[user], tried):
                    before[user] = header
                    return True
        return False

    for header in sorted(headers, key=lambda one: -len(closures[one])):
        match(header, set())
    chains = []
    for last in sorted(set(headers) - set(before.values())):
        chain = [last]
        while chain[0] in before:
            chain.insert(0, before[chain[0]])
        chains.append(chain)
    return chains


def compile_together(compiler, chain, more):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "alone.cpp"
        source.write_text("".join(f"#include <{header}>\n" for header in [*chain, *chain]), encoding="utf-8")
        done = subprocess.run([compiler, *FLAGS, *more, str(source)], capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def failures_of(compiler, chain, more):
    """Those of the chain that do not compile, with what the compiler says."""
    fine, output = compile_together(compiler, chain, more)
    if fine:
        return []
    alone = [(header, *compile_together(compiler, [header], more)) for header in chain]
    return [(header, said) for header, good, said in alone if not good] or [(" then ".join(chain), output)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compiler", default=os.environ.get("CXX", "c++"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--recent", action="store_true")
    given = parser.parse_args()
    headers = sorted(str(path.relative_to(ROOT / "include")) for path in (ROOT / "include").rglob("*.hpp"))
    headers = recent(headers) if given.recent else headers
    flags = flags_of_modules()
    component_of = {header: next((name for name in MODULES if re.search(f"/{name}/", header)), None) for header in headers}
    here = [header for header in headers if component_of[header] is None or flags[component_of[header]] is not None]
    plan = [(chain, [flag for component in sorted({component_of[header] for header in chain} - {None})
                     for flag in flags[component]]) for chain in chains_of(here)]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
        for failures in pool.map(lambda one: failures_of(given.compiler, *one), plan):
            for header, output in failures:
                failed += 1
                print(f"FAIL {header}:\n{output}", flush=True)
    print(f"{len(here) - failed} headers compile alone, {failed} do not; {len(headers) - len(here)} left out "
          f"({len(plan)} chains)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
