#!/usr/bin/env python3
"""Every C++ file is as clang-format 19 would write it. Skips, with exit code 77, where there is no clang-format 19.

    format.py          prints each file that is not
    format.py --fix    formats them
"""
import shutil
import subprocess
import sys

import lint


def main():
    tool = shutil.which("clang-format-19")
    if tool is None:
        print("skipped: clang-format-19 is not here")
        return 77
    names = [name for name in lint.files() if lint.matches(name, lint.SOURCES)]
    command = [tool, "--style=file", *(["-i"] if "--fix" in sys.argv[1:] else ["--dry-run", "-Werror"])]
    done = subprocess.run([*command, *names], cwd=lint.ROOT, capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if ": error: " in line]
    first = {line.split(":")[0]: line for line in reversed(said)}
    for line in sorted(first.values()):
        print(line)
    wrong = len(first) or done.returncode
    print(f"{len(names)} files, {wrong} not formatted")
    return 1 if wrong or not names else 0


if __name__ == "__main__":
    sys.exit(main())
