#!/usr/bin/env python3
"""Fills a disk of 1 MB under a program that writes a whole trace, and makes room again: writing goes on, gaps of the reason
disk_full say what is missing, and nothing else is.

    trace_full_disk_test.py FOLDER     FOLDER has the programs trace_writer and trace_reader. Mounts a tmpfs, for
                                       which it has to be root.
"""
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import time

SKIPPED = 77


def wait_until(holds, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.01)
    return False


class Scene:
    def __init__(self, programs, folder, disk):
        self.programs, self.folder, self.disk = programs, folder, disk
        self.wrong = []

    def expect(self, right, what):
        if not right:
            self.wrong.append(what)

    def free(self):
        found = os.statvfs(self.disk)
        return found.f_bavail * found.f_frsize

    def start(self, *options, room=1 << 20):
        for old in self.disk.iterdir():
            old.unlink()
        if self.free() > room:
            (self.disk / "ballast").write_bytes(b"x" * (self.free() - room))
        self.numbers = self.folder / "numbers"
        return subprocess.Popen([self.programs / "trace_writer", self.disk / "a.mcap", "--acknowledged", self.numbers,
                                 "--chunk-bytes", "30000", "--waiting-bytes", "50000", "--sync-ms", "20", "--human",
                                 *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def kept(self):
        return struct.unpack("<Q", self.numbers.read_bytes()[:8])[0]

    def read(self):
        looked = subprocess.run([self.programs / "trace_reader", self.disk / "a.mcap"], stdout=subprocess.PIPE, text=True,
                                check=False)
        return json.loads(looked.stdout)


def room_again(scene, name, *options):
    """The disk fills up, stays full for a while, and has room again; the trace is then closed."""
    count = 2800  # fits when there is room
    writer = scene.start("--count", str(count), *options)
    try:
        began = writer.stdout.readline().strip() == "began"
        scene.expect(began, f"{name}: it did not begin")
        scene.expect(wait_until(lambda: scene.kept() > 200), f"{name}: nothing was kept with room")
        ballast = scene.disk / "ballast"
        with ballast.open("wb") as file:
            try:
                file.write(b"x" * (2 * 1024 * 1024))
                file.flush()
            except OSError:
                pass
        stuck = 0

        def no_longer_kept():
            nonlocal stuck
            before, stuck = stuck, scene.kept()
            time.sleep(0.3)
            return before == stuck

        scene.expect(wait_until(no_longer_kept), f"{name}: the disk is full, and events are still said to be kept")
        time.sleep(1.5)
        scene.expect(writer.poll() is None, f"{name}: the recorder ended on a full disk")
        ballast.unlink()
        said = writer.communicate(timeout=60)
    finally:
        writer.kill()
        writer.wait()
    found = scene.read()
    scene.expect(writer.returncode == 0, f"{name}: it ended with {writer.returncode}, {said[1].strip()}")
    scene.expect(found["error"] == "" and found["complete"], f"{name}: it is read as {found}")
    scene.expect(found["wrong"] == 0, f"{name}: {found['wrong']} wrong events")
    scene.expect(found["lost"] > 0 and found["gaps"] > 0, f"{name}: no gap was told")
    scene.expect(found["events"] + found["lost"] == count,
                 f"{name}: {found['events']} written and {found['lost']} lost of {count}")
    scene.expect(f"lost {found['lost']}" in said[0], f"{name}: it says '{said[0].strip()}', the gaps {found['lost']}")
    return f"{name}: stuck at {stuck}, {found['events']} written, {found['lost']} lost in {found['gaps']} gaps"


def full_to_the_end(scene):
    """No room comes again: what was acknowledged is there, and closing says what happened."""
    writer = scene.start("--count", "3000", room=650_000)  # the journal takes 516,096
    _, said = writer.communicate(timeout=60)
    kept = scene.kept()
    found = scene.read()
    scene.expect(writer.returncode == 1, f"to the end: it ended with {writer.returncode}")
    scene.expect("full" in said or "No space left" in said, f"to the end: it says '{said.strip()}'")
    scene.expect(found["wrong"] == 0 and found["last"] >= kept and found["error"] == "",
                 f"to the end: kept {kept}, found {found}")
    return f"to the end: kept {kept}, found {found['last']}; it says: {said.strip()}"


def main():
    programs = pathlib.Path(sys.argv[1])
    if os.geteuid() != 0:
        print("skipped: mounting a tmpfs needs root")
        return SKIPPED
    if shutil.which("mount") is None:
        print("skipped: there is no mount")
        return SKIPPED
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        disk = folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", disk], stderr=subprocess.PIPE,
                                 text=True, check=False)
        if mounted.returncode != 0:
            print(f"skipped: {mounted.stderr.strip()}")
            return SKIPPED
        scene = Scene(programs, folder, disk)
        try:
            print(room_again(scene, "one part"))
            print(room_again(scene, "compressed", "--zstd"))
            print(full_to_the_end(scene))
        finally:
            subprocess.run(["umount", disk], check=True)
    for each in scene.wrong:
        print(each)
    print(f"{len(scene.wrong)} wrong")
    return 1 if scene.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
