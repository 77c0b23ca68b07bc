#!/usr/bin/env python3
"""Whole sessions with the command line: real X servers, real GTK applications, every byte of the output searched.

    tests/desktop/session_test.py BIN_DIRECTORY [NAME...]

Each test brings up a desktop of its own (examples/demo/desktop.sh) and ends what it started. Ends with a line
"N passed, N failed". Exit code 77 when the desktop cannot be had here.
"""
import base64
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
DESKTOP = ROOT / "examples" / "demo" / "desktop.sh"
NEEDED = ["Xvfb", "openbox", "dbus-run-session", "xdotool", "xprop", "xsetroot", "mousepad", "zenity"]


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True, **options).stdout


def xdotool(*words):
    return run("xdotool", *words)


class Session:
    """A policy, a receipt for it, a recorder, and applications on the display of this process."""

    def __init__(self, overt, preset="strict", apps=("mousepad",), receipt_options=()):
        self.overt = overt
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="overt-session-"))
        self.policy = self.folder / "policy.json"
        self.receipt = self.folder / "receipt.json"
        self.trace = self.folder / "trace.jsonl"
        self.log = self.folder / "record.log"
        self.processes = []
        named = [word for app in apps for word in ("--app", app)]
        run(overt, "policy", "new", "--preset", preset, *named, "--out", self.policy)
        run(overt, "consent", "new", "--policy", self.policy, "--out", self.receipt, "--i-agree", *receipt_options)

    def start_application(self, window_class, *command):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.processes.append(process)
        for _ in range(200):
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", window_class], capture_output=True, text=True)
            if found.stdout.strip():
                return found.stdout.split()[-1]
            time.sleep(0.05)
        raise AssertionError(f"no window of {window_class} appeared")

    def record(self, *options):
        self.recorder = subprocess.Popen(
            [str(self.overt), "record", "--receipt", str(self.receipt), "--policy", str(self.policy), "--out", str(self.trace), *options],
            stdout=subprocess.DEVNULL, stderr=open(self.log, "w"), preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        self.processes.append(self.recorder)
        for _ in range(200):
            if self.recorder.poll() is not None:
                raise AssertionError(f"the recorder ended: {self.log.read_text()}")
            if self.trace.exists() and b'"consent_change"' in self.trace.read_bytes():
                time.sleep(0.5)
                return
            time.sleep(0.05)
        raise AssertionError("the recorder did not begin")

    def stop(self):
        self.recorder.send_signal(signal.SIGINT)
        return self.recorder.wait(timeout=20)

    def ended_by_itself(self, seconds=5):
        return self.recorder.wait(timeout=seconds)

    def events(self):
        lines = [json.loads(line) for line in self.trace.read_text().splitlines()]
        assert lines[0]["type"] == "session" and lines[-1]["type"] == "end", "the trace has no beginning or no end"
        events = lines[1:-1]
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1)), "sequence numbers have holes"
        return events

    def all_output(self):
        return without_checksums(self.trace.read_bytes()) + self.log.read_bytes()

    def close(self):
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
                process.wait(timeout=10)
        shutil.rmtree(self.folder)


def without_checksums(trace):
    """The lines of a trace without their last members, whose digits are like any others by chance."""
    return re.sub(rb',"crc":"[0-9a-f]{8}"\}', b"}", trace)


def whole_forms_of(canary):
    """What a whole canary could look like: as it is, backwards, encoded."""
    raw = canary.encode()
    return [raw, raw[::-1], raw.hex().encode(), base64.b64encode(raw), urllib.parse.quote(canary).encode(),
             canary.encode("utf-16-le"), canary.upper().encode(), canary.lower().encode()]


def forms_of(canary):
    """What a leak could look like: the whole canary in any form, and every four characters of it."""
    raw = canary.encode()
    return whole_forms_of(canary) + [raw[i:i + 4] for i in range(len(raw) - 3)]


def assert_absent(output, canary):
    for form in forms_of(canary):
        assert form not in output, f"{len(form)} bytes of a canary are in the output"


def keys(events):
    return [event for event in events if event["type"] == "key" and event["phase"] == "press"]


def test_agreed_and_not_agreed(overt):
    """Only what was agreed to is in the trace; the other application is one gap and nothing else."""
    session = Session(overt)
    try:
        agreed = session.start_application("mousepad", "mousepad", f"{session.folder}/zqxvwkyzqx.txt")
        private = session.start_application("zenity", "zenity", "--entry", "--title", "wvjqkxzwvj", "--text", "kfqzjxvkfq")
        xdotool("windowactivate", "--sync", agreed)
        time.sleep(0.5)
        session.record()
        xdotool("mousemove", "--window", agreed, "200", "200", "click", "1")
        xdotool("type", "--delay", "30", "qzvxjwkqzv")
        xdotool("key", "ctrl+s")
        time.sleep(0.5)
        xdotool("windowactivate", "--sync", private)
        time.sleep(0.4)
        xdotool("type", "--delay", "30", "jxwqvzkjxw")
        xdotool("key", "ctrl+a")
        time.sleep(0.4)
        xdotool("windowactivate", "--sync", agreed)
        time.sleep(0.4)
        xdotool("key", "Home")
        time.sleep(0.5)
        assert session.stop() == 0, session.log.read_text()
        events = session.events()
        output = session.all_output()
        for canary in ("jxwqvzkjxw", "wvjqkxzwvj", "kfqzjxvkfq", "qzvxjwkqzv", "zqxvwkyzqx"):
            assert_absent(output, canary)
        assert b"zenity" not in output
        pressed = [(event["symbol"], event["held"]) for event in keys(events)]
        assert ("s", ["control"]) in pressed, pressed
        assert ("Home", []) in pressed, pressed
        assert not any(symbol == "a" for symbol, _ in pressed), "a shortcut of the other application was recorded"
        saved = next(i for i, event in enumerate(events) if event["type"] == "key" and event["symbol"] == "s" and event["phase"] == "press")
        home = next(i for i, event in enumerate(events) if event["type"] == "key" and event["symbol"] == "Home")
        between = [event for event in events[saved:home] if event["type"] == "gap" and event["reason"] == "outside_scope"]
        assert len(between) == 1, f"{len(between)} gaps for one absence: {between}"
        assert between[0]["count"] is None and between[0]["of"] == ""
        assert any(event["type"] == "button" and event["which"] == "left" for event in events)
        assert {event["context"]["application"] for event in events if event["context"]} == {"mousepad"}
        assert all(event["context"]["title"] is None for event in events if event["context"])
    finally:
        session.close()


def test_safeguard_can_fail(overt):
    """The control of the test above: with the other application agreed to, and research, the canary is found."""
    session = Session(overt, preset="research", apps=("mousepad", "zenity"), receipt_options=("--preset", "research-irb"))
    try:
        private = session.start_application("zenity", "zenity", "--entry", "--title", "wvjqkxzwvj")
        xdotool("windowactivate", "--sync", private)
        session.record()
        xdotool("type", "--delay", "30", "jxwqvzkjxw")
        time.sleep(0.5)
        assert session.stop() == 0, session.log.read_text()
        typed = "".join(event["entered"] or "" for event in keys(session.events()))
        assert typed == "jxwqvzkjxw", typed
        assert "zenity" in session.trace.read_text()
    finally:
        session.close()


def ends_within_one_event(overt, end_it, reason):
    session = Session(overt)
    try:
        agreed = session.start_application("mousepad", "mousepad")
        xdotool("windowactivate", "--sync", agreed)
        time.sleep(0.3)
        session.record()
        xdotool("key", "ctrl+b")
        time.sleep(0.7)
        end_it(session)
        xdotool("key", "ctrl+e")  # happens after the end, so it must not be there
        assert session.ended_by_itself() == 1
        events = session.events()
        pressed = [event["symbol"] for event in keys(events)]
        assert "b" in pressed and "e" not in pressed, pressed
        changes = [event["state"] for event in events if event["type"] == "consent_change"]
        assert changes == ["active", reason], changes
        assert reason in session.log.read_text()
    finally:
        session.close()


def test_indicator_killed(overt):
    def kill(_):
        indicator = xdotool("search", "--name", "Recording").split()[-1]
        xdotool("windowkill", indicator)
    ends_within_one_event(overt, kill, "indicator_lost")


def test_policy_changed_by_one_byte(overt):
    def change(session):
        text = session.policy.read_text()
        session.policy.write_text(text.replace("mousepad", "mousepae"))
    ends_within_one_event(overt, change, "invalidated")


def test_withdrawn(overt):
    ends_within_one_event(overt, lambda session: run(overt, "consent", "withdraw", session.receipt), "withdrawn")


def refused_before_anything(overt, session, expected, *options, environment=None):
    outcome = subprocess.run([str(overt), "record", "--receipt", str(session.receipt), "--policy", str(session.policy), "--for", "1", *options],
                             capture_output=True, text=True, env=environment)
    assert outcome.returncode == 1, (outcome.returncode, outcome.stderr)
    assert expected in outcome.stderr, outcome.stderr


def test_refusals(overt):
    """No consent, no display, an unwritable output, another policy: a clear error before anything is recorded."""
    session = Session(overt)
    try:
        trace = session.folder / "refused.jsonl"
        refused_before_anything(overt, session, "cannot create the trace", "--out", "/proc/nowhere/trace.jsonl")
        refused_before_anything(overt, session, "No X server could be reached", "--out", str(trace), environment={**os.environ, "DISPLAY": ":29999"})
        kept = session.receipt.read_text()
        session.receipt.write_text(kept.replace(json.loads(kept)["policy_digest"], "0" * 64))
        refused_before_anything(overt, session, "not the one that was agreed to", "--out", str(trace))
        expired = json.loads(kept)
        expired["events"][0]["event_time"] = "2020-01-01T00:00:00Z"
        session.receipt.write_text(json.dumps(expired))
        refused_before_anything(overt, session, "", "--out", str(trace))
        session.receipt.unlink()
        refused_before_anything(overt, session, "receipt.json", "--out", str(trace))
        left = trace.read_text() if trace.exists() else ""
        assert '"key"' not in left and '"button"' not in left
    finally:
        session.close()


def test_expiry(overt):
    """A consent that ends during the session ends the session."""
    session = Session(overt)
    try:
        receipt = json.loads(session.receipt.read_text())
        # Consents last whole days: begin it so long ago that it has four seconds left.
        begin = time.gmtime(time.time() - 86400 + 4)
        receipt["events"][0]["event_time"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", begin)
        receipt["events"][0]["validity_duration"] = "P1D"
        receipt["privacy_notice"]["shown_at"] = receipt["events"][0]["event_time"]
        session.receipt.write_text(json.dumps(receipt))
        agreed = session.start_application("mousepad", "mousepad")
        xdotool("windowactivate", "--sync", agreed)
        session.record()
        assert session.ended_by_itself(8) == 1
        assert [event["state"] for event in session.events() if event["type"] == "consent_change"] == ["active", "expired"]
    finally:
        session.close()


def main():
    binaries = pathlib.Path(sys.argv[1]).resolve()
    wanted = sys.argv[2:]
    if "OVERT_TEST_DESKTOP" not in os.environ:
        missing = [program for program in NEEDED if shutil.which(program) is None]
        if missing:
            print(f"skipped: not installed: {', '.join(missing)}")
            return 77
        os.environ["OVERT_TEST_DESKTOP"] = "1"
        return subprocess.run([str(DESKTOP), sys.executable, __file__, str(binaries), *wanted], stdin=subprocess.DEVNULL).returncode
    tests = {name[5:]: test for name, test in globals().items() if name.startswith("test_")}
    passed = failed = 0
    for name, test in tests.items():
        if wanted and name not in wanted:
            continue
        began = time.monotonic()
        try:
            test(binaries / "overt")
            passed += 1
            outcome = "passed"
        except (AssertionError, subprocess.CalledProcessError, subprocess.TimeoutExpired, StopIteration) as wrong:
            failed += 1
            line = traceback.extract_tb(wrong.__traceback__)[-1].line
            outcome = f"FAILED: {wrong!r} {getattr(wrong, 'stderr', '') or ''} at: {line}"
        print(f"{name}: {outcome} ({time.monotonic() - began:.1f} s)", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
