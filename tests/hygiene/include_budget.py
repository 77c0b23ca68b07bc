#!/usr/bin/env python3
"""What it costs to include a header, in preprocessed lines: the same on every run, unlike seconds.

    include_budget.py [COMPILER]     fails when a header is over its budget
"""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Lines after preprocessing with g++ 12 and libstdc++, rounded up. Raise one knowingly.
BUDGET = {
    "overt/version.hpp": 20,
    "overt/fwd.hpp": 2_000,
    "overt/event/timestamp.hpp": 5_000,
    "overt/event/guarded.hpp": 52_000,
    "overt/event/event.hpp": 55_000,
    "overt/capture/port.hpp": 60_000,
    "overt/overt.hpp": 110_000,
}


def main():
    compiler = sys.argv[1] if len(sys.argv) > 1 else "c++"
    over = 0
    for header, budget in BUDGET.items():
        if not (ROOT / "include" / header).exists():
            continue
        done = subprocess.run([compiler, "-std=c++20", f"-I{ROOT / 'include'}", "-x", "c++", "-E", "-P", "-"],
                              input=f"#include <{header}>\n", capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(f"{header}: cannot be preprocessed\n{done.stderr}")
            over += 1
            continue
        lines = sum(1 for line in done.stdout.splitlines() if line.strip())
        print(f"{lines:>7} of {budget:>7} lines  {header}")
        over += lines > budget
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
