#!/usr/bin/env python3
"""The ledger and what a person is given, through bin/overt, and checked by another implementation (docs/ledger.md).

    ledger_access.py PROGRAMS

PROGRAMS: the folder of overt, jsonl_sample, mcap_pictures_sample and sealed_sample. Everything happens in a home of its own.
"""
import hashlib
import html.parser
import json
import os
import pathlib
import secrets
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import traceback

ZERO = "0" * 64
MEMBERS = {"count", "digest", "hash", "kind", "n", "prev", "purpose", "record_id", "subject", "time", "v", "who"}


def check_ledger(data):
    """The entries and the head, or the number of the first line that is wrong: by docs/ledger.md alone."""
    entries, head, torn, lines = [], ZERO, b"", data.split(b"\n")
    assert lines.pop() == b"", "the last line has no end"
    begun = 0
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            said = entry.pop("hash")
            body = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
            sound = (set(entry) | {"hash"} == MEMBERS and hashlib.sha256(body).hexdigest() == said
                     and json.dumps({**entry, "hash": said}, sort_keys=True, separators=(",", ":")).encode() == line
                     and entry["prev"] == head and entry["n"] == len(entries) + 1)
            closes = entry["kind"] == "interrupted"
        except (ValueError, AttributeError, KeyError):
            sound = closes = False
        if sound and closes:
            left = torn[:-1]
            sound = torn and entry["count"] == len(left) and entry["digest"] == hashlib.sha256(left).hexdigest()
        elif sound and torn:
            return None, begun
        if not sound:
            begun = begun or number
            torn += line + b"\n"
            continue
        torn, begun = b"", 0
        entries.append(entry)
        head = said
    return (None, begun) if torn else (entries, head)


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.tags, self.text, self.open = [], [], "", []
        self.title = ""

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            if name in ("href", "src"):
                self.links.append(value)
            assert not name.startswith("on"), name
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text += data


class Person:
    """A home, and what is done in it."""

    def __init__(self, programs, folder):
        self.programs, self.folder = programs, folder
        self.data = folder / "data"
        self.home = self.data / "overt"
        self.ledger = self.home / "ledger.jsonl"

    def overt(self, *words, code=0, **environment):
        environment = {**os.environ, "XDG_DATA_HOME": str(self.data), "HOME": str(self.folder / "nobody"), **environment}
        environment.pop("DISPLAY", None)
        outcome = subprocess.run([self.programs / "overt", *map(str, words)], capture_output=True, text=True,
                                 env=environment, cwd=self.folder, stdin=subprocess.DEVNULL, timeout=120)
        assert outcome.returncode == code, (words, outcome.returncode, outcome.stdout, outcome.stderr)
        return outcome.stdout + outcome.stderr

    def entries(self):
        entries, head = check_ledger(self.ledger.read_bytes())
        assert entries is not None, f"line {head}"
        return entries

    def kinds(self):
        return [entry["kind"] for entry in self.entries()]

    def store(self):
        folder = self.folder / "store"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def destroy_a_key(self):
        key = secrets.token_hex(16)
        self.overt("keys", "destroy", key, "--store", self.store())
        return key


def test_a_ledger_that_another_program_checks(person):
    """G11: made on first use, its owner's alone; the same head from both; each change and each loss is found."""
    assert "no ledger" in person.overt("ledger", "verify", code=1)
    keys = [person.destroy_a_key() for _ in range(4)]
    assert stat.S_IMODE(person.home.stat().st_mode) == 0o700
    assert stat.S_IMODE(person.ledger.stat().st_mode) == 0o600
    entries, head = check_ledger(person.ledger.read_bytes())
    assert [(entry["kind"], entry["subject"]) for entry in entries] == [("key_destroyed", key) for key in keys]
    assert f"head: {head}" in person.overt("ledger", "verify")
    assert person.overt("ledger", "show").count("can no longer be opened: key") == 4

    whole = person.ledger.read_bytes()
    lines = whole.splitlines(keepends=True)
    for at in range(0, len(whole), 37):
        person.ledger.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
        line = whole[:at].count(b"\n") + 1
        assert f"NOT SOUND: line {line} " in person.overt("ledger", "verify", code=1), at
    person.ledger.write_bytes(b"".join(lines[:-1]))
    person.overt("ledger", "verify")
    assert "NOT SOUND" in person.overt("ledger", "verify", "--head", head, code=1)
    person.ledger.write_bytes(lines[1] + lines[0] + lines[2])
    person.overt("ledger", "verify", code=1)
    person.ledger.write_bytes(whole)
    assert "nothing until the head" in person.overt("ledger", "verify", "--head", head)
    person.overt("ledger", "verify", "--head", "abc", code=2)


def test_a_line_that_a_crash_left(person):
    """G11: told, closed by the next entry, and nothing is taken away."""
    person.destroy_a_key()
    person.destroy_a_key()
    whole = person.ledger.read_bytes()
    person.ledger.write_bytes(whole[:-100])
    assert "has no end" in person.overt("ledger", "verify", code=1)
    person.destroy_a_key()
    assert person.ledger.read_bytes().startswith(whole[:-100])
    assert person.kinds() == ["key_destroyed", "interrupted", "key_destroyed"]
    assert "left unfinished" in person.overt("ledger", "verify")
    assert "computer stopped" in person.overt("ledger", "show")


def test_many_at_once(person):
    """G11: eight processes that write at once."""
    done = []
    threads = [threading.Thread(target=lambda: done.append(person.destroy_a_key())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(entry["subject"] for entry in person.entries()) == sorted(done) and len(done) == 8


def agreed(person):
    policy, receipt = person.folder / "policy.json", person.folder / "receipt.json"
    person.overt("policy", "new", "--app", "mousepad", "--out", policy)
    person.overt("consent", "new", "--policy", policy, "--out", receipt, "--i-agree")
    return policy, receipt


def test_nothing_is_recorded_without_the_ledger(person):
    """G11: refused before it begins, with what to do. A recording that fails is noted with its end, and not held."""
    policy, receipt = agreed(person)
    trace = person.folder / "trace.jsonl"
    words = ["record", "--receipt", receipt, "--policy", policy, "--out", trace, "--for", "1", "--without-accessibility"]
    blocked = person.folder / "blocked"
    for file in ("person.key", "person.pub"):
        blocked.mkdir(exist_ok=True, mode=0o700)
        if (person.home / file).exists():
            shutil.copy(person.home / file, blocked / file)
    (blocked / "ledger.jsonl").mkdir()
    said = person.overt(*words, "--home", blocked, code=1)
    assert "cannot be noted in your ledger" in said and "Nothing was recorded." in said and not trace.exists(), said
    assert not (blocked / "holdings.jsonl").exists() or '"trace"' not in (blocked / "holdings.jsonl").read_text()

    before = len(person.entries()) if person.ledger.exists() else 0
    person.overt(*words, code=1)  # there is no display
    assert person.kinds()[before:] == ["session_began", "session_ended"], person.kinds()
    began, ended = person.entries()[before:]
    assert began["subject"] == ended["subject"] and began["record_id"] == json.loads(receipt.read_text())["record_id"]
    held = [json.loads(line) for line in (person.home / "holdings.jsonl").read_text().splitlines()]
    assert [line["state"] for line in held if line["id"] == began["subject"]] == ["held", "erased"], held
    assert "there is one" in person.overt(*words[:6], receipt, *words[7:], code=1)


def test_who_opened_a_sealed_trace(person):
    """G11: with whose key, and what for; without the entry, it is not opened."""
    folder = person.folder / "sealed"
    folder.mkdir(mode=0o700)
    key = subprocess.run([person.programs / "sealed_sample", folder], check=True, capture_output=True, text=True).stdout.strip()
    words = ["show", folder / "trace.sealed", "--key", folder / "me.key", "--key-store", folder / "keys"]
    person.overt(*words)
    person.overt(*words, "--purpose", "dpv:AcademicResearch", code=1)  # the trace names no purposes
    first = person.entries()[0]
    assert (first["kind"], first["subject"], first["purpose"]) == ("accessed", key, ""), first
    assert len(first["who"]) == 32
    (person.folder / "blocked").mkdir(mode=0o700)
    (person.folder / "blocked" / "ledger.jsonl").mkdir()
    said = person.overt(*words, "--home", person.folder / "blocked", code=1)
    assert "cannot be noted in your ledger" in said and "marker" not in said, said


def held(kind, path, **more):
    return {"v": 1, "time": "2026-01-02T03:04:05Z", "id": secrets.token_hex(16), "kind": kind, "state": "held",
            "path": str(path), "record_id": "", "made_from": [], "key_id": "", "key_store": "", "purpose": "", **more}


def test_everything_that_is_held(person):
    """G9: all of it, readable; what cannot be given with the reason; one page without a script."""
    folder = person.folder / "x<script>alert(1)<script>&"
    sealed = person.folder / "sealed"
    folder.mkdir()
    sealed.mkdir(mode=0o700)
    _, receipt = agreed(person)
    plain, pictured = folder / "a.jsonl", folder / "b.mcap"
    subprocess.run([person.programs / "jsonl_sample", plain, "200"], check=True, capture_output=True)
    subprocess.run([person.programs / "mcap_pictures_sample", pictured], check=True, capture_output=True)
    subprocess.run([person.programs / "sealed_sample", sealed], check=True, capture_output=True)
    one, two = held("trace", plain), held("trace", pictured)
    three = held("trace", sealed / "trace.sealed", key_store=str(sealed / "keys"))
    lost = held("trace", folder / "lost.mcap")
    gone = held("trace", folder / "gone.mcap", state="erased")
    made = held("dataset", folder / "set", made_from=[one["id"], two["id"]], purpose="dpv:AcademicResearch")
    agreement = json.loads((person.home / "holdings.jsonl").read_text())
    assert agreement["kind"] == "receipt" and agreement["path"] == str(receipt)
    with open(person.home / "holdings.jsonl", "a") as list_:
        for line in (one, two, three, lost, gone, made):
            list_.write(json.dumps(line) + "\n")

    given = person.folder / "given"
    said = person.overt("access", "--out", given, code=1)
    assert "is sealed" in said and "not there any more" in said, said
    given = person.folder / "given with the key"
    said = person.overt("access", "--out", given, "--key", sealed / "me.key", code=1)
    assert "is sealed" not in said and "lost.mcap" in said, said
    assert stat.S_IMODE(given.stat().st_mode) == 0o700

    for line, events in ((one, 200), (two, 80), (three, 3)):
        copy = given / "traces" / line["id"]
        words = ["show", "--json", line["path"], "--key", sealed / "me.key", "--key-store", sealed / "keys"]
        assert (copy / "events.jsonl").read_text() == person.overt(*words)
        assert len((copy / "events.jsonl").read_text().splitlines()) == events
        assert (copy / "timeline.txt").stat().st_size > 0
    pictures = list((given / "traces" / two["id"] / "pictures").iterdir())
    assert len(pictures) == 40 and all(each.read_bytes().startswith(b"\x89PNG") for each in pictures)
    assert (given / "receipts" / f"{agreement['id']}.json").read_bytes() == receipt.read_bytes()

    entries, head = check_ledger((given / "ledger.jsonl").read_bytes())
    assert [entry["kind"] for entry in entries].count("subject_access") == 2
    assert entries[-1]["kind"] == "accessed" and entries[-1]["subject"] == three["id"], entries[-1]
    page = Page()
    text = (given / "index.html").read_text()
    page.feed(text)
    page.close()
    assert not page.open and not {"script", "iframe", "img", "link", "object", "form"} & set(page.tags), page.tags
    assert page.tags.count("h1") == 1 and 'lang="en"' in text
    for link in page.links:
        assert link.startswith("#") and f'id="{link[1:]}"' in text or (given / link).exists(), link
    for shown in (head, "ledger is sound", str(plain), "dpv:AcademicResearch", gone["id"], "not there any more",
                  agreement["record_id"], "clipboard"):
        assert shown in page.text, shown

    person.overt("access", "--out", given, code=1)  # never over something that is there
    person.ledger.write_bytes(person.ledger.read_bytes().replace(b'"count":', b'"count":1', 1))
    said = person.overt("access", "--out", person.folder / "last", "--key", sealed / "me.key", code=1)
    assert "NOT SOUND" in said and (person.folder / "last" / "index.html").exists()


def main():
    programs = pathlib.Path(sys.argv[1]).resolve()
    missing = [name for name in ("overt", "jsonl_sample", "mcap_pictures_sample", "sealed_sample") if not (programs / name).exists()]
    if missing:
        print(f"skipped: not built: {', '.join(missing)}")
        return 77
    failed = 0
    tests = {name[5:]: test for name, test in globals().items() if name.startswith("test_")}
    for name, test in tests.items():
        if len(sys.argv) > 2 and name not in sys.argv[2:]:
            continue
        with tempfile.TemporaryDirectory(prefix="overt-ledger-") as folder:
            try:
                test(Person(programs, pathlib.Path(folder)))
                print(f"passed: {name}")
            except Exception:  # each is told, and the others run
                failed += 1
                print(f"FAILED: {name}\n{traceback.format_exc()}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
