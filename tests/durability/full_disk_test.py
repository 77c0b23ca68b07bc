#!/usr/bin/env python3
"""Fills a small disk under a writer: it says so, loses nothing that it kept, and goes on when there is space.

    full_disk_test.py FOLDER [KIND...]     FOLDER has the program kill_writer

KIND is tmpfs (1 MB), or a file system of 8 MB (300 for XFS, 128 for btrfs) in a file: ext4, xfs, btrfs. Without one:
tmpfs and ext4. Mounts them, for which it has to be root; what is not there is skipped.
"""
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile

SKIPPED = 77
IMAGE_MB = {"ext4": 8, "xfs": 300, "btrfs": 128}
MAKE = {"ext4": ["mkfs.ext4", "-q", "-m", "0"], "xfs": ["mkfs.xfs", "-q"], "btrfs": ["mkfs.btrfs", "-q", "--mixed"]}


class Writer:
    def __init__(self, program, trace):
        self.process = subprocess.Popen([program, "fill", trace], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)

    def ask(self, line):
        """(kept, last sequence, failures, bytes of the trace, what the last failure said)"""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"the writer ended with {self.process.wait()} at: {line}")
        kept, last, failures, size, said = answer.rstrip("\n").split("\t")
        return int(kept), int(last), int(failures), int(size), said


def leave(disk, name, free):
    """Writes a file that leaves about so many bytes free; 0: not one."""
    with open(disk / name, "wb", buffering=0) as ballast:
        for piece in (1 << 20, 1 << 16, 4096, 512):
            try:
                while True:
                    now = os.statvfs(disk)
                    if free and now.f_bavail * now.f_frsize < free + piece:
                        break
                    if ballast.write(b"x" * piece) < piece:
                        break
                    if free == 0 or piece > 4096:
                        os.fsync(ballast.fileno())
            except OSError:
                pass


def run(program, kind, disk, folder):
    wrong = []

    def expect(right, what):
        if not right:
            wrong.append(what)

    writer = Writer(program, disk / "a.trace")
    try:
        kept, last, failures, size, said = writer.ask("push 1050")  # seven chunks, and an empty half
        expect(kept == 1050 and failures == 0, f"with space: {kept} kept, {failures} failures, {said}")
        expect(writer.ask("sync")[0] == 1, "sync failed")
        # The journal has its space already, and keeps as much as it holds.
        leave(disk, "ballast", 0)
        kept, last, failures, size, said = writer.ask("push 100")
        if kind == "btrfs":  # copies on write: what the journal has is not enough, and it is not mapped
            expect(kept == 100 or failures > 0, "full, into the journal: not kept, and nobody says so")
        else:
            expect(kept == 100 and failures == 0, f"full, into the journal: {kept} of 100 kept, {said}")
        expect(writer.ask("sync")[0] == 1, "sync failed on a full disk")
        for _ in range(40):  # there may be some room yet in the last page of the trace
            kept, last, failures, size, said = writer.ask("push 500")
            if kept < 500:
                break
        expect(failures > 0 and kept < 500, "a full disk was not said")
        expect("No space left" in said and "a.trace" in said, f"a full disk is said as: {said}")
        full_at, stuck_at = size, last
        kept, last, failures, size, said = writer.ask("push 100")
        expect(kept == 0 and failures >= 100, f"on a full disk {kept} of 100 were kept, {failures} failures")
        expect(size == full_at, "the size of the trace moved on a full disk")
        expect((disk / "a.trace").stat().st_size == full_at, "the trace was not cut back to its last block")
        (disk / "ballast").unlink()
        os.sync()  # some file systems give space back later
        kept, last, failures, size, said = writer.ask("push 1000")
        expect(kept == 1000 and failures == 0, f"with space again: {kept} kept, {failures} failures, {said}")
        expect(writer.ask("sync")[0] == 1, "sync failed")
        kept, last, failures, size, said = writer.ask("close")
        expect(kept == 1, f"close failed: {said}")
    finally:
        writer.process.stdin.close()
        ended = writer.process.wait(timeout=30)
        writer.process.stdout.close()
    expect(ended == 0, f"the writer ended with {ended}")
    expect(not (disk / "a.trace.journal").exists(), "the journal is still there")
    numbers = folder / "numbers"
    numbers.write_bytes(struct.pack("<Q", last))
    looked = subprocess.run([program, "check", disk / "a.trace", numbers], stdout=subprocess.PIPE, text=True,
                            check=False)
    expect(looked.returncode == 0, f"records are missing: {looked.stdout}")

    # No space for the journal: refused at once, and nothing is left behind.
    (disk / "a.trace").unlink()
    os.sync()
    leave(disk, "ballast", 0)
    refused = subprocess.run([program, "fill", disk / "b.trace"], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                             text=True, check=False)
    expect(refused.returncode == 1 and "No space left" in refused.stderr, f"no space to begin: {refused}")
    expect(not list(disk.glob("b.*")), "something is left of a trace that did not begin")
    print(f"full at {full_at} bytes and record {stuck_at}, {last} records at the end; the message: "
          f"{refused.stderr.strip()}")
    return wrong


def mount(kind, folder):
    """Mounts a small disk of this kind; why it cannot be done, or None."""
    disk = folder / "disk"
    disk.mkdir()
    if kind == "tmpfs":
        command = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", disk]
    elif shutil.which(MAKE[kind][0]) is None:
        return f"there is no {MAKE[kind][0]}"
    else:
        image = folder / "image"
        with open(image, "wb") as file:
            file.truncate(IMAGE_MB[kind] << 20)
        made = subprocess.run([*MAKE[kind], image], stderr=subprocess.PIPE, text=True, check=False)
        if made.returncode != 0:
            return made.stderr.strip()
        command = ["mount", "-o", "loop", image, disk]
    mounted = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    return mounted.stderr.strip() if mounted.returncode != 0 else None


def main():
    program = pathlib.Path(sys.argv[1]) / "kill_writer"
    kinds = sys.argv[2:] or ["tmpfs", "ext4"]
    if os.geteuid() != 0:
        print("skipped: mounting a disk needs root")
        return SKIPPED
    wrong = []
    ran = 0
    for kind in kinds:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            why = mount(kind, folder)
            if why is not None:
                print(f"{kind}: skipped: {why}")
                continue
            try:
                print(f"{kind}: ", end="", flush=True)
                wrong += [f"{kind}: {each}" for each in run(program, kind, folder / "disk", folder)]
                ran += 1
            finally:
                subprocess.run(["umount", folder / "disk"], check=True)
    for each in wrong:
        print(each)
    print(f"{ran} disks, {len(wrong)} wrong")
    return SKIPPED if ran == 0 else 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
