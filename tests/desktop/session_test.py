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
    session = Session(overt, preset="research", apps=("mousepad", "zenity"), receipt_options=("--preset", "research-irb", "--irb", "IRB-1"))
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


def test_g9_g11_what_was_done_and_what_is_held(overt):
    """G9, G11: a recording stands in the ledger, the ledger says nothing of its content, and the person is given all of it."""
    session = Session(overt)
    home = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "overt"
    try:
        agreed = session.start_application("mousepad", "mousepad")
        xdotool("windowactivate", "--sync", agreed)
        session.record()
        xdotool("type", "--delay", "30", "qzvxjwkqzv")
        press("ctrl+b")
        press("Home")
        assert session.stop() == 0, session.log.read_text()
        run(overt, "ledger", "verify")
        ledger = (home / "ledger.jsonl").read_bytes()
        entries = [json.loads(line) for line in ledger.splitlines()]
        record = json.loads(session.receipt.read_text())["record_id"]
        mine = [(entry["kind"], entry["count"]) for entry in entries if entry["record_id"] == record]
        # What the recorder writes of itself is an event of its own.
        assert [kind for kind, _ in mine] == ["consent_given", "session_began", "session_ended"], mine
        assert mine[-1][1] >= len(keys(session.events())), mine
        for canary in ("qzvxjwkqzv", "mousepad", str(session.folder), session.trace.name):
            for form in whole_forms_of(canary):
                assert form not in ledger
        given = session.folder / "given"
        subprocess.run([str(overt), "access", "--out", str(given)], capture_output=True)  # of other tests, files are gone
        copy = given / "traces" / next(entry["subject"] for entry in entries
                                       if entry["kind"] == "session_began" and entry["record_id"] == record)
        assert (copy / "events.jsonl").read_text() == run(overt, "show", "--json", session.trace)
        assert "presses control+b" in (copy / "timeline.txt").read_text(), (copy / "timeline.txt").read_text()
        assert str(session.trace) in (given / "index.html").read_text()
    finally:
        session.close()


def states(events):
    return [event["state"] for event in events if event["type"] == "consent_change"]


def assert_one_gap_for_each_pause(events):
    gaps = [event for event in events if event["type"] == "gap" and event["reason"] == "paused"]
    assert len(gaps) == states(events).count("paused"), gaps
    assert all(gap["count"] is None and gap["of"] == "" for gap in gaps), gaps


def press(*chords):
    xdotool("key", "--delay", "50", *chords)
    time.sleep(0.5)


def test_g15_paused_from_the_command_line(overt):
    """G15: `overt pause`, `resume`, `exempt` and `status` reach a recorder, and nothing of a pause is in the trace."""
    session = Session(overt)
    try:
        asked = subprocess.run([str(overt), "pause"], capture_output=True, text=True)
        assert asked.returncode == 1 and "no recording" in asked.stderr, asked
        agreed = session.start_application("mousepad", "mousepad")
        xdotool("windowactivate", "--sync", agreed)
        session.record()
        process = str(session.recorder.pid)
        press("ctrl+b")
        assert run(overt, "status").strip() == f"{process}: recording"
        assert run(overt, "pause", "--session", process).strip() == f"{process}: paused"
        press("ctrl+e")
        xdotool("type", "--delay", "20", "jxwqvzkjxw")
        xdotool("mousemove", "--window", agreed, "200", "200", "click", "1")
        time.sleep(0.5)
        assert run(overt, "resume").strip() == f"{process}: recording"
        time.sleep(0.3)
        press("Home")
        assert run(overt, "pause", "--minutes", "0.05").startswith(f"{process}: paused")
        press("ctrl+i")
        assert "paused, 0:0" in run(overt, "status")
        time.sleep(4)
        assert run(overt, "status").strip() == f"{process}: recording"
        press("End")
        said = run(overt, "exempt", "--application", "mousepad", "--site", "https://a.example").strip()
        assert said == f"{process}: recording; not recorded: mousepad, https://a.example", said
        time.sleep(0.2)
        press("ctrl+g")
        other = subprocess.run([str(overt), "pause", "--session", "1"], capture_output=True, text=True)
        assert other.returncode == 1, other
        assert subprocess.run([str(overt), "exempt"], capture_output=True).returncode == 2
        assert session.stop() == 0, session.log.read_text()
        events = session.events()
        pressed = [event["symbol"] for event in keys(events)]
        assert "b" in pressed and "Home" in pressed and "End" in pressed, pressed
        assert not {"e", "i", "g"} & set(pressed), pressed
        assert not any(event["type"] == "button" for event in events)
        changes = states(events)  # two exemptions in one moment are told as one
        assert changes[:6] == ["active", "paused", "resumed", "paused", "resumed", "narrowed"], changes
        assert set(changes[6:]) <= {"narrowed"} and len(changes) <= 7, changes
        assert_one_gap_for_each_pause(events)
        assert_absent(session.all_output(), "jxwqvzkjxw")
        assert subprocess.run([str(overt), "status"], capture_output=True).returncode == 1, "its socket is still there"
        ledger = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "overt" / "ledger.jsonl"
        noted = [json.loads(line) for line in ledger.read_text().splitlines()]
        noted = [(entry["kind"], entry.get("count", 0)) for entry in noted]
        noted = noted[max(i for i, entry in enumerate(noted) if entry[0] == "session_began") + 1:]
        assert noted[:4] == [("paused", 0), ("resumed", 0), ("paused", 1), ("resumed", 0)], noted
        assert noted[-2] == ("exempted", 2) and noted[-1][0] == "session_ended", noted
        assert b"mousepad" not in ledger.read_bytes() and b"a.example" not in ledger.read_bytes()
    finally:
        session.close()


def test_g15_paused_by_hand(overt):
    """G15: the shortcut and the indicator's buttons pause and resume, and neither is in the trace."""
    session = Session(overt)
    try:
        agreed = session.start_application("mousepad", "mousepad")
        xdotool("windowactivate", "--sync", agreed)
        session.record()
        press("ctrl+b")
        press("ctrl+alt+Pause")
        assert "paused" in run(overt, "status")
        press("ctrl+e")
        press("ctrl+alt+Pause")
        assert "recording" in run(overt, "status")
        press("Home")

        indicator = xdotool("search", "--name", "^Recording$").split()[-1]
        shape = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", indicator).split())
        buttons = int(shape["HEIGHT"]) - 21

        def click(x):
            xdotool("mousemove", "--window", indicator, str(x), str(buttons), "click", "1")
            time.sleep(0.4)

        click(25)
        assert "paused" in run(overt, "status")
        assert xdotool("search", "--name", "^Paused$").split()[-1] == indicator
        assert xdotool("getactivewindow").strip() == agreed, "the click took the focus"
        press("ctrl+i")
        click(25)
        assert "recording" in run(overt, "status")
        press("End")
        for x in range(25, int(shape["WIDTH"]), 30):  # along the buttons, as far as "Not here"
            click(x)
            if "mousepad" in run(overt, "status"):
                break
        else:
            raise AssertionError("no button exempted the application with the keyboard")
        run(overt, "resume")
        time.sleep(0.3)
        press("ctrl+g")
        assert session.stop() == 0, session.log.read_text()
        events = session.events()
        pressed = [event["symbol"] for event in keys(events)]
        assert "b" in pressed and "Home" in pressed and "End" in pressed, pressed
        assert not {"e", "i", "g", "Pause", "Break"} & set(pressed), pressed
        assert states(events)[:5] == ["active", "paused", "resumed", "paused", "resumed"] and "narrowed" in states(events), states(events)
        assert_one_gap_for_each_pause(events)
        assert not any(event["type"] == "button" for event in events), "a click on the indicator was recorded"
    finally:
        session.close()


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
        refused_before_anything(overt, session, "changed after the person signed it", "--out", str(trace))
        run(overt, "consent", "sign", session.receipt, "--i-agree")
        refused_before_anything(overt, session, "not the one that was agreed to", "--out", str(trace))
        unsigned = json.loads(kept)
        unsigned["signature"]["sig"] = ""
        session.receipt.write_text(json.dumps(unsigned))
        refused_before_anything(overt, session, "overt consent sign", "--out", str(trace))
        expired = json.loads(kept)
        expired["events"][0]["event_time"] = "2020-01-01T00:00:00Z"
        session.receipt.write_text(json.dumps(expired))
        refused_before_anything(overt, session, "Ask the person again", "--out", str(trace))
        session.receipt.write_text(kept)
        notice = session.receipt.with_name("receipt.json.notice.txt")
        read = notice.read_text()
        notice.write_text(read + "and everything else\n")
        refused_before_anything(overt, session, "is not the one that the person read", "--out", str(trace))
        notice.write_text(read)
        another = tempfile.mkdtemp(prefix="overt-home-")
        refused_before_anything(overt, session, "no key of a person", "--home", another, "--out", str(trace))
        shutil.rmtree(another)
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
        # Consents last whole days: begin it so long ago that it has six seconds left.
        begin = time.gmtime(time.time() - 86400 + 6)
        receipt["events"][0]["event_time"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", begin)
        receipt["events"][0]["validity_duration"] = "P1D"
        receipt["privacy_notice"]["shown_at"] = receipt["events"][0]["event_time"]
        session.receipt.write_text(json.dumps(receipt))
        run(overt, "consent", "sign", session.receipt, "--i-agree")
        agreed = session.start_application("mousepad", "mousepad")
        xdotool("windowactivate", "--sync", agreed)
        session.record()
        assert session.ended_by_itself(10) == 1
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
