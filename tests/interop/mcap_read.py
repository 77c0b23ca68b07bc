#!/usr/bin/env python3
"""Our MCAP files in the official readers, and theirs in ours.

    mcap_read.py PROGRAMS [FOLDER]

PROGRAMS: the folder of mcap_sample and mcap_list. FOLDER, build/interop unless told, keeps what pip and npm install.
Ends with 77, and says why, where Python's or npm's part of it cannot be installed; the other part is done all the same.
"""
import itertools
import json
import pathlib
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PYTHON_PACKAGES = ["mcap==1.6.0", "zstandard", "lz4"]
NODE_PACKAGES = ["@mcap/core@2", "fzstd@0.1"]


def run(*command, cwd=None):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=cwd, check=False)


def lines(*command, cwd=None):
    done = run(*command, cwd=cwd)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout[-500:]}"
                             f"{done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def python_library(folder, modules="mcap, zstandard, lz4", packages=tuple(PYTHON_PACKAGES), name="venv"):
    """The interpreter that has the modules, or why there is none."""
    python = folder / name / "bin" / "python"
    try:
        if not python.exists():
            venv.create(folder / name, with_pip=True)
    except Exception as problem:  # ensurepip is a package of its own on some systems
        return None, f"no virtual environment: {problem}"
    if run(python, "-c", f"import {modules}").returncode != 0:
        done = run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages)
        if done.returncode != 0:
            return None, "pip cannot install " + ", ".join(packages)
    return python, None


def node_library(folder):
    """The folder that has the library, or why there is none."""
    there = folder / "node"
    there.mkdir(parents=True, exist_ok=True)
    if (there / "node_modules" / "@mcap" / "core").exists() and (there / "node_modules" / "fzstd").exists():
        return there, None
    try:
        (there / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        done = run("npm", "install", "--no-audit", "--no-fund", *NODE_PACKAGES, cwd=there)
    except OSError:
        return None, "npm is not installed"
    return (there, None) if done.returncode == 0 else (None, "npm cannot install " + ", ".join(NODE_PACKAGES))


def sorted_by_kind(found):
    """Metadata, attachments, messages: each in its own order."""
    return [[line for line in found if kind in line] for kind in ("metadata", "attachment", "topic")]


def without_crc(found):
    """Our Metadata records end with a CRC of their own, an entry like others for those who do not know it."""
    for line in found:
        if "metadata" in line and len(line["entries"].pop("crc32")) != 8:
            raise AssertionError("a Metadata record has no CRC")
    return found


def check(name, found, expected):
    if found != expected:
        different = next((pair for pair in itertools.zip_longest(found, expected) if pair[0] != pair[1]), None)
        raise AssertionError(f"{name}: {str(different)[:1000]}")
    print(f"{name}: {sum(map(len, found)) if found and isinstance(found[0], list) else len(found)} lines, all equal")


def window_of(messages, start, topic):
    return [line for line in messages if line["log_time"] >= start and line["topic"] == topic]


def read_ours(programs, folder, python, node):
    for codec in ("none", "zstd"):
        file = folder / f"ours.{codec}.mcap"
        written = sorted_by_kind(lines(programs / "mcap_sample", file, codec))
        messages = written[2]
        start = sorted(line["log_time"] for line in messages)[len(messages) // 2]
        some = window_of(messages, start, "ui")
        check(f"ours, {codec}, read by us", sorted_by_kind(lines(programs / "mcap_list", file)), written)
        # The index does not tell a reader where Metadata and attachments are to be left out: the list begins with them.
        check(f"ours, {codec}, a window read by us",
              [line for line in lines(programs / "mcap_list", file, start, "ui") if "topic" in line], some)
        if python:
            found = without_crc(lines(python, HERE / "mcap_official.py", "list", file))
            check(f"ours, {codec}, read by the Python library", sorted_by_kind(found), written)
            found = lines(python, HERE / "mcap_official.py", "window", file, start, "ui")
            check(f"ours, {codec}, a window read by the Python library", found, some)
        if node:
            found = without_crc(lines("node", HERE / "mcap_official.mjs", "stream", file, cwd=node))
            check(f"ours, {codec}, read by the TypeScript library", sorted_by_kind(found), written)
            # This one gives messages in the order of their times.
            in_time = [*written[:2], sorted(messages, key=lambda line: line["log_time"])]
            found = without_crc(lines("node", HERE / "mcap_official.mjs", "index", file, cwd=node))
            found = sorted_by_kind(found)
            found[2].sort(key=lambda line: (line["log_time"], line["sequence"]))
            in_time[2].sort(key=lambda line: (line["log_time"], line["sequence"]))
            check(f"ours, {codec}, read by the TypeScript library by index", found, in_time)
            found = lines("node", HERE / "mcap_official.mjs", "index", file, start, "ui", cwd=node)
            check(f"ours, {codec}, a window read by the TypeScript library",
                  sorted(found, key=lambda line: line["sequence"]), some)


def read_theirs(programs, folder, python):
    file = folder / "theirs.mcap"
    count = 0
    switches = {"use_chunking": (True, False), "compression": ("NONE", "ZSTD", "LZ4"), "enable_crcs": (True, False),
                "enable_data_crcs": (True, False), "indexes": (True, False), "use_summary_offsets": (True, False),
                "use_statistics": (True, False), "repeat_channels": (True, False)}
    for values in itertools.product(*switches.values()):
        options = dict(zip(switches, values))
        options["repeat_schemas"] = options["repeat_channels"]
        # Less than all combinations: two of these are looked at together, with everything else on.
        if sum(value in (False, "ZSTD", "LZ4") for value in values) > 2:
            continue
        written = sorted_by_kind(lines(python, HERE / "mcap_official.py", "write", file, json.dumps(options)))
        if options["compression"] == "LZ4" and options["use_chunking"]:
            done = run(programs / "mcap_list", file)
            if done.returncode != 1 or "lz4" not in done.stderr:
                raise AssertionError(f"{options}: lz4 is not refused in words: {done.stderr}")
        else:
            if sorted_by_kind(lines(programs / "mcap_list", file)) != written:
                raise AssertionError(f"{options}: what we read differs")
            start = written[2][250]["log_time"]
            found = [line for line in lines(programs / "mcap_list", file, start, "two") if "topic" in line]
            if found != window_of(written[2], start, "two"):
                raise AssertionError(f"{options}: a window differs")
        count += 1
    print(f"theirs, read by us: {count} files, all equal or, with lz4, refused")


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    programs = pathlib.Path(sys.argv[1]).resolve()
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "build" / "interop").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name in ("mcap_sample", "mcap_list") if not (programs / name).exists()]
    if missing:
        print(f"skipped: {', '.join(missing)} was not built")
        return 77
    python, without_python = python_library(folder)
    node, without_node = node_library(folder)
    try:
        read_ours(programs, folder, python, node)
        if python:
            read_theirs(programs, folder, python)
    except AssertionError as wrong:
        print(wrong)
        return 1
    for reason in filter(None, (without_python, without_node)):
        print(f"skipped: {reason}")
    return 77 if without_python or without_node else 0


if __name__ == "__main__":
    sys.exit(main())
