#!/usr/bin/env python3
"""L46, L47: what somebody is typing is not in a core dump that is taken meanwhile, nor is what was decided since.

    core_dump_test.py BUILD/bin            exit code 77: no dump can be had here
    core_dump_test.py BUILD/bin --keep DIR  keeps the dumps there, and says where in memory something was found

Runs bin/core_dump with random words, takes its core dump (the system's, else one by gdb, else what /proc shows of the
mappings that a dump has) and searches it for each four characters in a row: as bytes, backwards, and as UTF-16 and UTF-32.
The control keeps the same words in an ordinary string: not finding them would mean that this test is blind.

Nothing may be found in memory, while somebody types or once a text was decided. The vector registers of a thread, which a
dump has too, keep the last bytes that they moved until they move others; that is told but is no failure. For the same
reason the programs run with LD_BIND_NOW: a dynamic linker that binds late saves those registers on the stack.
"""
import os
import pathlib
import random
import re
import resource
import shutil
import struct
import subprocess
import sys
import tempfile

SKIP = 77
LETTERS = "bcdfghkmnprstvwy"
TELLING = "jqxz0123456789"  # so that nothing in a program has four of it by chance


def words(chooser):
    """What is typed, and the parts of it that are searched for."""
    def body(length):
        return "".join(chooser.choice(TELLING if i % 2 else LETTERS) for i in range(length))
    name, site = body(11), body(8)
    secret = body(14)
    return f"please write to {name}@{site}.com password={secret}", [name, site, secret]


def needles(parts):
    """Each four characters, in each form, with the name of the form."""
    found = {}
    for part in parts:
        for i in range(len(part) - 3):
            four = part[i:i + 4]
            if all(letter in "0123456789abcdef" for letter in four):
                continue  # digests in memory are full of them
            for text, way in ((four, ""), (four[::-1], " backwards")):
                found[text.encode()] = "bytes" + way
                found[text.encode("utf-16-le")[:7]] = "UTF-16" + way
                found[text.encode("utf-32-le")[:13]] = "UTF-32" + way
    return found


class Mappings:
    """What /proc/PID/maps and smaps say."""

    def __init__(self, pid):
        self.rows = []
        for line in pathlib.Path(f"/proc/{pid}/smaps").read_text().splitlines():
            head = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)", line)
            if head:
                self.rows.append([int(head[1], 16), int(head[2], 16), head[3], head[4] or "anonymous", ""])
            elif line.startswith("VmFlags:"):
                self.rows[-1][4] = line.split(":", 1)[1]

    def name_of(self, address):
        for begin, end, rights, name, flags in self.rows:
            if begin <= address < end:
                return f"{name} {begin:x}-{end:x} {rights}{' (not dumped)' if ' dd' in flags else ''}, at +{address - begin:#x}"
        return "no mapping"

    def dumped(self):
        return [row for row in self.rows if "w" in row[2] and " dd" not in row[4] and row[3] != "[vvar]"]


def segments_of(core):
    """(address, bytes) of each segment of an ELF core file of 64 bits."""
    data = core.read_bytes()
    if data[:5] != b"\x7fELF\x02":
        return [(0, data)]
    table, size, count = struct.unpack_from("<Q", data, 32)[0], *struct.unpack_from("<HH", data, 54)
    found = []
    for i in range(count):
        kind, _, offset, address, _, length = struct.unpack_from("<IIQQQQ", data, table + i * size)
        if length:
            found.append((address if kind == 1 else 0, data[offset:offset + length]))
    return found


def dump_by_system(process, folder):
    process.stdin.write(b"\n")
    process.stdin.flush()
    process.wait(timeout=60)
    cores = [path for path in folder.iterdir() if path.name.startswith("core")]
    return segments_of(cores[0]) if cores else None


def dump_by_gdb(process, folder):
    if shutil.which("gcore") is None:
        return None
    subprocess.run(["gcore", "-o", str(folder / "gcore"), str(process.pid)], capture_output=True, check=False)
    cores = list(folder.glob("gcore.*"))
    return segments_of(cores[0]) if cores else None


def dump_by_proc(process, mappings):
    """What the kernel would put into a dump: writable mappings without the flag that leaves them out."""
    try:
        with open(f"/proc/{process.pid}/mem", "rb", buffering=0) as memory:
            found = []
            for begin, end, *_ in mappings.dumped():
                memory.seek(begin)
                found.append((begin, memory.read(end - begin)))
            return found
    except OSError:
        return None


def run(program, mode, folder, seed):
    """(way of the dump, hits as text, hits in registers, bytes looked at), or None when there is no dump."""
    typed, parts = words(random.Random(seed))
    folder.mkdir(parents=True)

    def limits():
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    try:
        process = subprocess.Popen([program, mode], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, preexec_fn=limits, env={**os.environ, "LD_BIND_NOW": "1"})
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    try:
        process.stdin.write(typed.encode() + b"\n")
        process.stdin.flush()
        said = process.stdout.readline()
        if said.strip() != b"ready":
            sys.exit(f"core_dump {mode} said {said!r}: {process.stderr.read().decode(errors='replace')}")
        mappings = Mappings(process.pid)
        way = "the system's core dump"
        # By /proc first: the process is gone after its own dump.
        fallback = dump_by_proc(process, mappings)
        by_gdb = dump_by_gdb(process, folder) if not pathlib.Path("/proc/sys/kernel/core_pattern").read_text().startswith("core") else None
        segments = dump_by_system(process, folder)
        if segments is None and by_gdb is not None:
            segments, way = by_gdb, "a dump by gdb"
        if segments is None and fallback is not None:
            segments, way = fallback, "what /proc shows"
        errors = process.stderr.read()
    finally:
        process.kill()
        process.wait()
    if segments is None:
        return None
    looked_for = needles(parts)
    pattern = re.compile(b"|".join(re.escape(needle) for needle in looked_for))
    hits = []
    registers = 0
    for address, data in segments:
        for hit in pattern.finditer(data):
            if address == 0:  # the notes of the dump, where the registers of each thread are
                registers += 1
                continue
            hits.append(f"{hit[0]!r} as {looked_for[hit[0]]}, {mappings.name_of(address + hit.start())}")
    for path in (folder / "trace.jsonl",):
        if path.exists() and pattern.search(path.read_bytes()):
            hits.append(f"in {path.name}")
    if pattern.search(errors):
        hits.append("in what it printed")
    return way, hits, registers, sum(len(data) for _, data in segments)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = (pathlib.Path(sys.argv[1]) / "core_dump").resolve()
    if not program.exists():
        sys.exit(f"no program {program.name} in {sys.argv[1]}")
    keep = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 and sys.argv[2] == "--keep" else None
    folder = keep or pathlib.Path(tempfile.mkdtemp(prefix="overt-core-"))
    failed = False
    try:
        for mode in ("plain", "typing", "decided"):
            result = run(program, mode, folder / mode, seed=random.SystemRandom().getrandbits(64))
            if result is None:
                print("skipped: no core dump can be had here")
                return SKIP
            way, hits, registers, size = result
            wanted = mode == "plain"
            print(f"{mode}: {way}, {size >> 20} MiB: {len(hits)} pieces in memory, {registers} in registers{'' if not wanted else ' (as it should be)'}")
            for hit in hits[:40] if not wanted else []:
                print("  " + hit)
            failed = failed or (bool(hits) != wanted)
    finally:
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
