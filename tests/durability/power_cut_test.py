#!/usr/bin/env python3
"""Cuts the power of a virtual machine in which a trace is written, and reads what is left on its disk: all that the
program said to be synced must be there, and nothing else than what was written.

    power_cut_test.py FOLDER [--cuts 5] [--seed 1] [--kernel VMLINUZ --modules FOLDER]

FOLDER has the programs trace_power_writer (linked statically) and trace_reader. Without --kernel, Debian's package of the
cloud kernel is downloaded and unpacked, not installed; with it, --modules is the folder lib/modules/VERSION that belongs
to it. Needs qemu-system-x86, busybox-static, cpio, kmod and e2fsprogs. 77: not possible here. Run by hand.
"""
import argparse
import json
import os
import pathlib
import random
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
TOOLS = ["qemu-system-x86_64", "busybox", "cpio", "depmod", "modprobe", "mke2fs", "e2fsck", "debugfs"]
SEARCHED = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
INIT = """#!/bin/busybox sh
/bin/busybox mount -t proc none /proc
/bin/busybox mount -t devtmpfs none /dev
for module in $(/bin/busybox cat /modules/order); do /bin/busybox insmod /modules/$module; done
/bin/busybox mount -t ext4 /dev/vda /disk || echo "no disk"
/bin/busybox sleep 0.1
/writer /disk/a.mcap {options} 2>&1
echo "the writer ended by itself"
/bin/busybox sleep 1000
"""


class Skip(Exception):
    pass


def quiet(*command, **more):
    return subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, **more).stdout


def downloaded_kernel(folder):
    """(kernel, lib/modules/VERSION) of the package, unpacked."""
    try:
        depends = quiet("apt-cache", "depends", "linux-image-cloud-amd64")
        package = re.search(r"Depends: (linux-image-\S+)", depends).group(1)
        quiet("apt-get", "download", package, cwd=folder)
        quiet("dpkg", "-x", next(folder.glob("linux-image-*.deb")), folder / "kernel")
        root = folder / "kernel"
        modules = next(each for base in (root / "lib/modules", root / "usr/lib/modules") if base.is_dir()
                       for each in base.iterdir())
        return next((root / "boot").glob("vmlinuz-*")), modules
    except (OSError, AttributeError, StopIteration, subprocess.CalledProcessError) as why:
        raise Skip(f"no kernel image could be downloaded: {why}") from why


def needed_modules(modules):
    """In the order in which they are loaded."""
    version, root = modules.name, modules.parent.parent.parent
    quiet("depmod", "-b", root, version)
    found = []
    for name in ["virtio_pci", "virtio_blk", "ext4"]:
        for line in quiet("modprobe", "-d", root, "-S", version, "--show-depends", name).splitlines():
            if line.startswith("insmod ") and line.split()[1] not in found:
                found.append(line.split()[1])
    return [pathlib.Path(each) for each in found]


def make_initramfs(folder, writer, modules, options):
    root = folder / "initramfs"
    shutil.rmtree(root, ignore_errors=True)
    for name in ["bin", "proc", "dev", "disk", "modules"]:
        (root / name).mkdir(parents=True)
    shutil.copy(shutil.which("busybox", path=SEARCHED), root / "bin/busybox")
    shutil.copy(writer, root / "writer")
    for module in modules:
        shutil.copy(module, root / "modules" / module.name)
    (root / "modules/order").write_text("\n".join(each.name for each in modules))
    init = root / "init"
    init.write_text(INIT.format(options=" ".join(options)))
    init.chmod(0o755)
    names = "\n".join(str(each.relative_to(root)) for each in sorted(root.rglob("*")))
    made = folder / "initramfs.cpio"
    with made.open("wb") as out:
        subprocess.run(["cpio", "-o", "-H", "newc", "--quiet"], cwd=root, input=names.encode(), stdout=out, check=True)
    return made


class Machine:
    def __init__(self, kernel, initramfs, disk):
        self.said = b""
        self.process = subprocess.Popen(
            ["qemu-system-x86_64", "-accel", "tcg", "-M", "pc,vmport=off,i8042=off", "-m", "256", "-cpu", "max", "-nodefaults",
             "-no-user-config", "-display", "none", "-no-reboot", "-kernel", kernel, "-initrd", initramfs, "-append",
             "console=ttyS0 quiet panic=-1 tsc=unstable", "-serial", "stdio", "-drive",
             f"file={disk},if=virtio,format=raw,cache=writeback"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def listen(self, seconds, until=None):
        """Takes in what the console says for so long, or until it said something."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and (until is None or until not in self.said):
            if select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))[0]:
                part = os.read(self.process.stdout.fileno(), 65536)
                if not part:
                    break
                self.said += part
        return until is None or until in self.said

    def cut_power(self):
        self.process.kill()
        self.said += self.process.stdout.read()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()

    def synced(self):
        numbers = re.findall(rb"synced (\d+)\r?\n", self.said)
        return int(numbers[-1]) if numbers else 0


class Cut:
    """What one power cut left."""

    def __init__(self, programs, folder, kernel, modules, wait, options):
        disk = folder / "disk.img"
        disk.unlink(missing_ok=True)
        with disk.open("wb") as file:
            file.truncate(48 * 1024 * 1024)
        quiet("mke2fs", "-q", "-t", "ext4", disk)
        initramfs = make_initramfs(folder, programs / "trace_power_writer", modules, options)
        machine = Machine(kernel, initramfs, disk)
        try:
            began = machine.listen(120, b"began")
            machine.listen(wait)
        finally:
            machine.cut_power()
        if not began or b"ended by itself" in machine.said:
            raise SystemExit(f"the writer did not run: {machine.said[-2000:].decode(errors='replace')}")
        self.synced = machine.synced()
        # What the next start of the machine would do: the file system's own journal is played back.
        subprocess.run(["e2fsck", "-f", "-y", disk], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        left = folder / "left"
        shutil.rmtree(left, ignore_errors=True)
        left.mkdir()
        quiet("debugfs", "-R", f"rdump / {left}", disk)
        looked = subprocess.run([programs / "trace_reader", left / "a.mcap"], stdout=subprocess.PIPE, text=True, check=False)
        self.found = json.loads(looked.stdout)

    def missing(self):
        return max(0, self.synced - self.found["last"])

    def __str__(self):
        found = self.found
        return (f"synced {self.synced}, found {found['last']}, wrong {found['wrong']}, "
                f"{'; '.join(found['damage'])} {found['error']}".rstrip())


def run(given, folder):
    chance = random.Random(given.seed)
    if given.kernel:
        kernel, modules = given.kernel, given.modules
    else:
        kernel, modules = downloaded_kernel(folder)
    modules = needed_modules(modules.resolve())
    options = ["--tell", "--human", "--sync-ms", "20", "--chunk-bytes", "8000"]
    began = time.monotonic()
    wrong = 0
    for number in range(given.cuts):
        more = ["--part-bytes", "60000"] if number % 3 == 2 else []
        cut = Cut(given.folder, folder, kernel, modules, chance.uniform(0.5, 4), options + more)
        found = cut.found
        bad = cut.missing() > 0 or found["wrong"] > 0 or found["error"] != "" or found["events"] != found["last"]
        wrong += bad
        print(f"cut {number}: {'WRONG: ' if bad else ''}{cut}", flush=True)
    # The test can fail: a program that only says that it syncs loses something.
    lost = 0
    for _ in range(3):
        cut = Cut(given.folder, folder, kernel, modules, 2, [*options, "--never-sync"])
        lost = cut.missing()
        print(f"without a sync: {cut}", flush=True)
        if lost:
            break
    if not lost:
        print("a program that never syncs lost nothing: this test finds nothing")
    print(f"{given.cuts} power cuts (seed {given.seed}) in {time.monotonic() - began:.0f} s, {wrong} wrong; without a sync "
          f"{lost} of {cut.synced} events were lost")
    return 1 if wrong or not lost else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--cuts", type=int, default=5)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "little"))
    parser.add_argument("--kernel", type=pathlib.Path)
    parser.add_argument("--modules", type=pathlib.Path)
    given = parser.parse_args()
    given.folder = given.folder.resolve()
    os.environ["PATH"] = SEARCHED
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    absent += [name for name in ["trace_power_writer", "trace_reader"] if not (given.folder / name).exists()]
    if absent:
        print(f"skipped: not here: {', '.join(absent)}")
        return SKIPPED
    if (given.kernel is None) != (given.modules is None):
        parser.error("--kernel and --modules belong together")
    with tempfile.TemporaryDirectory() as name:
        try:
            return run(given, pathlib.Path(name))
        except Skip as why:
            print(f"skipped: {why}")
            return SKIPPED


if __name__ == "__main__":
    sys.exit(main())
