#!/usr/bin/env python3
"""That a header compiles when it is the only one that a program includes.

    headers_alone.py [--compiler CXX] [--jobs N]     every header
    headers_alone.py --recent [...]                  those that the last 12 commits changed; all, where there is no history

The build's own target all_verify_interface_header_sets does the same with objects, and takes three times as long.
A header whose library is not here is left out.
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


def compile_alone(compiler, header, more):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "alone.cpp"
        source.write_text(f"#include <{header}>\n#include <{header}>\n", encoding="utf-8")
        done = subprocess.run([compiler, *FLAGS, *more, str(source)], capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compiler", default=os.environ.get("CXX", "c++"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--recent", action="store_true")
    given = parser.parse_args()
    headers = sorted(str(path.relative_to(ROOT / "include")) for path in (ROOT / "include").rglob("*.hpp"))
    headers = recent(headers) if given.recent else headers
    flags = flags_of_modules()
    plan = []
    for header in headers:
        component = next((name for name in MODULES if re.search(f"/{name}/", header)), None)
        if component is None or flags[component] is not None:
            plan.append((header, flags[component] if component else []))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
        for (header, _), (fine, output) in zip(plan, pool.map(lambda one: compile_alone(given.compiler, *one), plan)):
            if not fine:
                failed += 1
                print(f"FAIL {header}:\n{output}", flush=True)
    print(f"{len(plan) - failed} headers compile alone, {failed} do not; {len(headers) - len(plan)} left out")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
