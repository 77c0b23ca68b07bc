#!/usr/bin/env python3
"""Kills a program that writes a whole trace at random moments, again and again: nothing that it had acknowledged may be
missing, and what is there must be what was written.

    trace_kill_test.py FOLDER [--kills 1000] [--seed 1]     FOLDER has the programs trace_writer and trace_reader
"""
import argparse
import contextlib
import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import time


class Kill:
    """What one killed writer left."""

    def __init__(self, programs, folder, wait, options):
        for old in folder.iterdir():
            old.unlink()
        self.options = options
        trace, numbers = folder / "a.mcap", folder / "numbers"
        writer = subprocess.Popen([programs / "trace_writer", trace, "--acknowledged", numbers, *options],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            began = writer.stdout.readline().strip() == "began"
            time.sleep(wait)
            by_itself = writer.poll() is not None
        finally:
            writer.kill()
            _, said = writer.communicate()
        if by_itself or not began:
            raise SystemExit(f"the writer ended by itself: {options} {said}")
        self.acknowledged = struct.unpack("<Q", numbers.read_bytes()[:8])[0]
        self.parts = len(list(folder.glob("*.mcap")))
        looked = subprocess.run([programs / "trace_reader", trace], stdout=subprocess.PIPE, text=True, check=False)
        self.found = json.loads(looked.stdout)

    def missing(self):
        return max(0, self.acknowledged - self.found["last"])

    def is_wrong(self):
        found = self.found
        return (self.missing() > 0 or found["wrong"] > 0 or found["gaps"] > 0 or found["events"] != found["last"] or
                found["error"] != "")

    def __str__(self):
        return f"{' '.join(self.options)}: acknowledged {self.acknowledged}, found {self.found}"


def options_for(chance):
    """Small chunks and parts, so that kills meet all that happens at their ends."""
    options = ["--chunk-bytes", str(chance.choice([2_000, 20_000, 65_536]))]
    if chance.random() < 0.5:
        options.append("--zstd")
    if chance.random() < 0.4:
        options += ["--part-bytes", str(chance.choice([20_000, 300_000]))]
    if chance.random() < 0.5:
        options += ["--sync-ms", "5"]
    if chance.random() < 0.2:
        options.append("--human")
    return options


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "little"))
    given = parser.parse_args()
    chance = random.Random(given.seed)
    began = time.monotonic()
    acknowledged = parts = torn = 0
    wrong = []
    # On a disk most kills meet a sync; in memory, where a sync takes no time, they meet everything else.
    memory = pathlib.Path("/dev/shm")
    places = [None, memory] if os.access(memory, os.W_OK) else [None]
    with contextlib.ExitStack() as stack:
        folders = [pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(dir=place))) for place in places]
        for number in range(given.kills):
            options = options_for(chance)
            longest = 0.4 if "--human" in options else 0.1
            kill = Kill(given.folder, folders[number % len(folders)], min(chance.expovariate(1 / 0.03), longest),
                        options)
            acknowledged += kill.acknowledged
            parts += kill.parts
            torn += len(kill.found["damage"]) > 1
            if kill.is_wrong():
                wrong.append(f"kill {number}: {kill}")
        # The test can fail: without a journal, what is in no chunk is lost.
        forgot = 0
        for _ in range(20):
            forgot = Kill(given.folder, folders[-1], 0.05, ["--forgetful"]).missing()
            if forgot:
                break
        if not forgot:
            wrong.append("a journal that keeps nothing was not found out")
    for each in wrong:
        print(each)
    print(f"{given.kills} kills (seed {given.seed}) in {time.monotonic() - began:.0f} s: {acknowledged} events acknowledged "
          f"in {parts} parts, {torn} ended with a torn chunk, {len(wrong)} wrong; "
          f"without a journal {forgot} of one run were missing")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
