#!/usr/bin/env python3
"""`overt erase` and the time that a trace is kept, through bin/overt, with every byte of what is left looked at.

    erasure.py PROGRAMS

PROGRAMS: the folder of overt, sealed_sample and dataset_sample. Everything happens in a home of its own.
"""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import traceback

RECORD = "3f2f6d0e-0000-4000-8000-000000000001"


class Home:
    def __init__(self, programs, folder):
        self.programs, self.folder = programs, folder
        self.environment = {**os.environ, "XDG_DATA_HOME": str(folder / "data"), "HOME": str(folder)}

    def run(self, program, *words, code=0):
        done = subprocess.run([self.programs / program, *map(str, words)], cwd=self.folder, text=True, capture_output=True,
                              env=self.environment, timeout=120)
        assert done.returncode == code, f"{program} {words} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def overt(self, *words, code=0):
        return self.run("overt", *words, code=code)

    def ledger(self):
        file = self.folder / "data/overt/ledger.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def hold(self, **what):
        file = self.folder / "data/overt/holdings.jsonl"
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        line = {"v": 1, "time": "2026-11-26T16:00:00Z", "id": "", "kind": "trace", "state": "held", "path": "", "record_id": RECORD,
                "made_from": [], "key_id": "", "key_store": "", "purpose": "", **what}
        with file.open("a") as to:
            to.write(json.dumps(line) + "\n")

    def held(self):
        file = self.folder / "data/overt/holdings.jsonl"
        last = {line["id"]: line for line in map(json.loads, file.read_text().splitlines())}
        return {each["path"]: each["state"] for each in last.values()}

    def bytes_left(self):
        """Names and content of all files, but what says that it was erased: list and ledger."""
        return b"".join(str(file).encode() + file.read_bytes() for file in sorted(self.folder.rglob("*"))
                        if file.is_file() and "data/overt" not in str(file))


def place(application, title, origin=""):
    return {"application": application, "title": title, "origin": origin, "page": None, "field": "plain"}


def text(number, second, where, value, **more):
    return {"seq": number, "t": second * 10**9, "type": "text", "from": 0, "context": where, "source": "typed", "length": None,
            "edits": None, "value": value, "outcome": "cleared", "doubt": "none", "size": None, "began": second * 10**9,
            "follows": 0, "entities": [], "made_of": [], **more}


def write_trace(path, **session):
    """JSON lines of the first version, which have no checksums."""
    events = [
        {"seq": 1, "t": 0, "type": "marker", "from": None, "context": None, "kind": "note", "instruction": "canary-start",
         "outcome": "unsaid"},
        text(2, 1, place("editor", "canary-title-a"), "canary-a"),
        text(3, 2, place("mail", "canary-title-b"), "canary-b"),
        text(4, 3, place("editor", "canary-title-c"), "canary-c", made_of=[3]),
        text(5, 9, place("browser", "canary-title-d", "https://a.example"), "canary-d"),
        text(6, 11, place("editor", "canary-title-e"), "canary-e", began=5 * 10**9),
        text(7, 12, place("editor", "canary-title-f"), "canary-f"),
    ]
    lines = [{"type": "session", "schema": "overt.jsonl/1", "version": "0.1.0", "receipt": "r", "policy_digest": "d", "policy": {},
              "indicator": "lamp", "time_grid_ns": 0, "clock": None, "sources": [], **session},
             *events, {"type": "end", "written": {"marker": 1, "text": 6}}]
    path.write_text("".join(json.dumps(each, separators=(",", ":")) + "\n" for each in lines))


def left(home):
    return {letter for letter in ["start", *"abcdef"] if f"canary-{letter}".encode() in home.bytes_left()}


def check_one_trace(home):
    """G10: a stretch, an application, a site, everything."""
    trace = home.folder / "t.jsonl"
    for options, stays in [(("--application", "mail"), "start a d e f"), (("--site", "https://a.example"), "start a b c e f"),
                           (("--from", "6", "--to", "7"), "start a b c d f"), (("--from", "8.9995", "--to", "9"), "start a b c f"),
                           (("--all",), ""), (("--application", "nobody"), "start a b c d e f")]:
        write_trace(trace)
        (home.folder / "t.jsonl.review.json").write_text("{}")
        home.overt("erase", trace, *options)
        assert left(home) == set(stays.split()), (options, left(home))
        assert "sound" in home.overt("verify", trace)
        changed = stays != "start a b c d e f"
        assert (home.folder / "t.jsonl.review.json").exists() != changed
        assert ("erased by the person" in home.overt("show", trace)) == changed
        assert "nothing" in home.overt("erase", trace, *options)
        (home.folder / "t.jsonl.review.json").unlink(missing_ok=True)
    assert sum(each["kind"] == "erased" for each in home.ledger()) == 5
    assert "canary" not in (home.folder / "data/overt/ledger.jsonl").read_text()


def check_misuse(home):
    trace = home.folder / "t.jsonl"
    write_trace(trace)
    before = home.bytes_left()
    for words in [(trace,), (trace, "--all", "--from", "1"), ("--all",), ("--receipt", RECORD), (trace, "--from", "5", "--to", "1"),
                  (trace, "--from", "-1"), ("--expired", "--all"), ("--dataset", home.folder)]:
        home.overt("erase", *words, code=2)
    home.overt("erase", home.folder / "none.jsonl", "--all", code=1)
    # Nothing is erased that cannot be noted.
    (home.folder / "data").write_text("no folder")
    home.overt("erase", trace, "--all", code=1)
    (home.folder / "data").unlink()
    assert home.bytes_left() == before


def check_retention(home):
    """G8: nobody reads it afterwards; the janitor removes it."""
    over, kept, old = (home.folder / name for name in ("over.jsonl", "kept.jsonl", "old.jsonl"))
    write_trace(over, kept_until="2020-06-29T00:00:00Z")
    write_trace(kept, kept_until="2199-06-29T00:00:00Z", purposes=["dpv:AcademicResearch"])
    write_trace(old)
    for command in ("show", "verify"):
        assert "may not be read" in home.overt(command, over, code=1)
        home.overt(command, kept)
        home.overt(command, old)
    home.overt("show", kept, "--purpose", "dpv:AcademicResearch")
    assert "not the purpose" in home.overt("show", kept, "--purpose", "overt:TrainComputerUseModel", code=1)
    for number, path in enumerate((over, kept, old)):
        home.hold(id=f"{number:032x}", path=str(path))
    home.overt("erase", "--expired")
    assert not over.exists() and kept.exists() and old.exists()
    assert home.held() == {str(over): "erased", str(kept): "held", str(old): "held"}
    assert [each["kind"] for each in home.ledger()] == ["retention_ended"]


def check_sealed(home):
    """L57: the old copy and its old key file come back, and stay closed."""
    home.run("sealed_sample", home.folder)
    trace, keys, key = home.folder / "trace.sealed", home.folder / "keys", ("--key", home.folder / "me.key")
    shutil.copy(trace, home.folder / "copy.sealed")
    (old,) = keys.glob("*.key")
    kept = old.read_bytes()
    home.overt("erase", trace, "--from", "0", "--to", "0.5", *key)
    assert "sound" in home.overt("verify", trace, *key)
    assert "erased by the person" in home.overt("show", trace, *key)
    assert not old.exists()
    old.write_bytes(kept)
    assert "destroyed" in home.overt("show", home.folder / "copy.sealed", *key, code=1)
    assert not old.exists()
    home.overt("erase", trace, "--all")  # needs no key
    assert not trace.exists() and not list(keys.glob("*.key"))


def check_withdrawal(home):
    """G4, G10: everything of a record: traces, datasets, keys."""
    home.run("sealed_sample", home.folder)
    home.run("dataset_sample", home.folder)
    sets = [path for path in home.folder.iterdir() if (path / "progress").exists()]
    assert sets
    write_trace(home.folder / "t.jsonl")
    write_trace(home.folder / "other.jsonl")
    home.hold(id="a" * 32, path=str(home.folder / "t.jsonl"))
    home.hold(id="b" * 32, path=str(home.folder / "trace.sealed"), key_store=str(home.folder / "keys"))
    home.hold(id="c" * 32, path=str(home.folder / "other.jsonl"), record_id=RECORD[:-1] + "9")
    home.hold(id="d" * 32, path=str(home.folder / "gone.jsonl"))
    for number, path in enumerate(sets):
        home.hold(id=f"{number:032x}", kind="dataset", path=str(path), made_from=["a" * 32])
    said = home.overt("erase", "--receipt", RECORD, "--all", code=1)
    assert "NOT REACHED: " + str(home.folder / "gone.jsonl") in said
    assert not (home.folder / "t.jsonl").exists() and not (home.folder / "trace.sealed").exists()
    assert (home.folder / "other.jsonl").exists()
    assert not any(path.exists() for path in sets), sets
    assert not list((home.folder / "keys").glob("*.key"))
    assert home.held()[str(home.folder / "other.jsonl")] == "held"
    assert home.held()[str(sets[0])] == "erased"


def crc32c(data):
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
    return value ^ 0xFFFFFFFF


def check_dataset(home):
    """G10: what was made from a trace goes with any part of it, and does not come back."""
    home.run("dataset_sample", home.folder)
    sets = [path for path in home.folder.iterdir() if (path / "progress").exists()]
    trace = home.folder / "t.jsonl"
    write_trace(trace)
    digest = hashlib.sha256(trace.read_bytes()).hexdigest()
    home.hold(id="a" * 32, path=str(trace))
    for number, path in enumerate(sets):  # as if they had been made from this trace
        lines = []
        for line in (path / "progress").read_bytes().splitlines():
            words = line[:-9].split(b" ")
            if words[0] == b"episode":
                words[3] = digest.encode()
            text = b" ".join(words)
            lines.append(text + b" %08x\n" % crc32c(text))
        (path / "progress").write_bytes(b"".join(lines))
        home.hold(id=f"{number:032x}", kind="dataset", path=str(path), made_from=["a" * 32])
    said = home.overt("erase", trace, "--application", "mail")
    assert "NOT REACHED" not in said, said
    for path in sets:
        manifest = json.loads((path / "manifest.json").read_text())
        (erased,) = manifest["erased"]
        assert erased["sha256"] == digest and erased["tasks"] > 0
        assert manifest["episodes"]["all"] == 0 and manifest["traces"] == []
        data = next(path.glob("*.jsonl"))
        assert data.read_bytes() == b""
        assert not [file for file in path.rglob("*") if file.suffix in (".png", ".html")]
        assert f"{str(path)}: " in said
    assert sum(each["kind"] == "erased" for each in home.ledger()) == 1 + len(sets)


def main():
    programs = pathlib.Path(sys.argv[1]).resolve()
    failed = 0
    checks = [check_one_trace, check_misuse, check_retention, check_sealed, check_dataset, check_withdrawal]
    for check in checks:
        with tempfile.TemporaryDirectory() as folder:
            try:
                check(Home(programs, pathlib.Path(folder)))
                print(f"{check.__name__}: passed")
            except (AssertionError, OSError, ValueError, subprocess.SubprocessError):
                traceback.print_exc()
                failed += 1
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
