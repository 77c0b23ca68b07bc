#!/usr/bin/env python3
"""Kills a writer at random moments, again and again: nothing that it had acknowledged may be missing.

    kill_test.py FOLDER [--kills 1000] [--seed 1]     FOLDER has the program kill_writer
"""
import argparse
import contextlib
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time


def killed(program, folder, wait, *more):
    """What one killed writer left."""
    trace, numbers = folder / "a.trace", folder / "numbers"
    for old in folder.iterdir():
        old.unlink()
    writer = subprocess.Popen([program, "write", trace, numbers, *more], stdout=subprocess.PIPE, text=True)
    try:
        way = writer.stdout.readline().strip()  # it has begun
        time.sleep(wait)
        died_by_itself = writer.poll() is not None
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    if died_by_itself or not way:
        raise SystemExit("the writer ended by itself")
    looked = subprocess.run([program, "check", trace, numbers], stdout=subprocess.PIPE, text=True, check=False)
    return way, json.loads(looked.stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "little"))
    given = parser.parse_args()
    chance = random.Random(given.seed)
    program = given.folder / "kill_writer"
    records = broken = torn = 0
    ways = set()
    wrong = []
    # On a disk most kills meet a sync; in memory, where a sync takes no time, they meet everything else.
    memory = pathlib.Path("/dev/shm")
    places = [None, memory] if os.access(memory, os.W_OK) else [None]
    with contextlib.ExitStack() as stack:
        folders = [pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(dir=place))) for place in places]
        for kill in range(given.kills):
            folder = folders[kill % len(folders)]
            # Many soon after the start, some after hundreds of chunks.
            more = ["unmapped"] if chance.random() < 0.3 else []
            way, found = killed(program, folder, min(chance.expovariate(1 / 0.02), 0.2), *more)
            ways.add(way)
            records += found["acknowledged"]
            broken += found["broken_block"]
            torn += found["torn_record"]
            if found["missing"] or found["wrong"]:
                wrong.append((kill, found))
        # The test can fail: a writer that acknowledges what it did not keep is found out.
        _, found = killed(program, folder, 0.2, "forgetful")
        if found["acknowledged"] > 1000 and not found["missing"]:
            wrong.append(("a writer that forgets was not found out", found))
    for each in wrong:
        print(*each)
    print(f"{given.kills} kills (seed {given.seed}, journal {' and '.join(sorted(ways))}), {records} records acknowledged, "
          f"{broken} ended with a broken block and {torn} with a torn record, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
