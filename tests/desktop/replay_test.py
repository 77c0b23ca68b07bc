#!/usr/bin/env python3
"""Five tasks in real programs: done once and recorded, then replayed from a fresh session, and the same comes of it.

    tests/desktop/replay_test.py BIN_DIRECTORY [NAME...] [--times N]

A person (xdotool) saves a document under a new name in mousepad, fills a form with a drop-down list in Chromium,
computes in galculator, centres a paragraph in LibreOffice Writer, and renames a file in Thunar, while `overt record`
runs. Then `overt replay` does it again, in real time and semantically, each time on a desktop of its own with a home of
its own, and what is in the files, in the form, on the display is compared. A program that is not installed is skipped
with a sentence. Without OVERT_FULL=1: the editor and the calculator, twice each way. Ends with a line
"N passed, N failed"; exit code 77 when the desktop cannot be had here.
"""
import argparse
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.parse
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from meaning_test import DESKTOP, FAILURES, NEEDED, Chromium, Recording, Skip, built, missing_programs  # noqa: E402
from session_test import run, xdotool  # noqa: E402

FULL = os.environ.get("OVERT_FULL") == "1"
WAYS = {"real_time": [], "semantic": ["--semantic"]}


# --- the person

def reach(x, y):
    """The hand goes there in a dozen steps, which a device tells."""
    at = dict(line.split("=") for line in xdotool("getmouselocation", "--shell").split())
    from_x, from_y = int(at["X"]), int(at["Y"])
    words = []
    for step in range(1, 13):
        words += ["mousemove", from_x + (x - from_x) * step // 12 - 1, from_y + (y - from_y) * step // 12,
                  "mousemove_relative", 1, 0, "sleep", 0.012]
    xdotool(*words)
    time.sleep(0.15)


def click(place, *options):
    reach(*place)
    xdotool("click", *options, 1)
    time.sleep(0.45)


strokes = 0  # keys that the person pressed, without modifiers


def write(text):
    global strokes
    strokes += len(text)
    xdotool("type", "--delay", 45, text)
    time.sleep(0.35)


def press(*keys):
    global strokes
    strokes += len(keys)
    for key in keys:
        xdotool("key", key)
        time.sleep(0.5)


# --- the tasks

class Task:
    """Something that a person does in a program, and what comes of it."""
    application = ""
    title = ""  # a part of the title of its window
    origins = ()
    settle = 1.0

    def __init__(self, binaries, work, port):
        self.binaries, self.work, self.port = binaries, work, port
        self.processes = []

    def prepare(self):
        """What is there before."""

    def command(self):
        raise NotImplementedError

    def perform(self):
        raise NotImplementedError

    def end_state(self):
        """What came of it, as JSON; None while there is nothing."""
        raise NotImplementedError

    def begin(self):
        self.prepare()
        self.processes.append(subprocess.Popen([str(word) for word in self.command()], cwd=self.work,
                                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        for _ in range(600):
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", self.title], capture_output=True, text=True)
            if found.stdout.strip():
                break
            time.sleep(0.05)
        else:
            raise AssertionError(f"no window of {self.application} appeared")
        xdotool("windowactivate", "--sync", found.stdout.split()[-1])
        self.ready()
        # Out of the way, so that nothing is under the pointer before it is moved.
        xdotool("mousemove", 1270, 790)
        time.sleep(self.settle)

    def ready(self):
        pass

    def end(self):
        for process in self.processes:
            children = subprocess.run(["ps", "--ppid", str(process.pid), "-o", "pid="], capture_output=True, text=True).stdout
            for each in [*children.split(), process.pid]:
                try:
                    os.kill(int(each), 9)
                except ProcessLookupError:
                    pass
            process.wait(timeout=10)

    def ask(self, *words):
        oracle = built(self.binaries, "where", ["atspi-2", "gobject-2.0"], [])
        return subprocess.run([oracle, *words], capture_output=True, text=True)

    def place(self, program, role, name, seconds=10.0):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            asked = self.ask(program, role, name)
            if asked.returncode == 0:
                box = json.loads(asked.stdout)
                if box["x"] >= 0 and box["y"] >= 0:
                    return box["x"] + box["width"] // 2, box["y"] + box["height"] // 2
            time.sleep(0.1)
        raise AssertionError(f"no {role} {name!r} appeared")


class Editor(Task):
    """Adds a line to a note and saves it under a new name."""
    application = "mousepad"
    title = "Mousepad"

    def prepare(self):
        (self.work / "note.txt").write_text("Milk\n")

    def command(self):
        return ["mousepad", self.work / "note.txt"]

    def perform(self):
        press("ctrl+End")
        write("Bread, 2 x")
        press("Return")
        write("Grüße")
        click(self.place("mousepad", "menu", "File"))
        click(self.place("mousepad", "menu item", "Save As"))
        press("ctrl+a")
        write("shopping.txt")
        press("Return")

    def end_state(self):
        files = {str(path.relative_to(self.work)): path.read_text() for path in sorted(self.work.rglob("*.txt"))}
        return files if "shopping.txt" in files else None


class Browser(Task):
    """Fills a form: a name, a colour from a list, a box, and sends it."""
    application = "chromium"
    title = "Order"
    settle = 2.0

    def command(self):
        return [*Chromium.command(self, tempfile.mkdtemp(dir=os.environ["HOME"])), "--force-renderer-accessibility",
                f"http://127.0.0.1:{self.port}/"]

    def ready(self):
        self.place("Chromium", "push button", "Send", 20)

    def perform(self):
        click(self.place("Chromium", "entry", "Product"))
        write("Kettle")
        click(self.place("Chromium", "combo box", "Colour"))
        press("Down", "Down", "Return")
        click(self.place("Chromium", "check box", "Gift"))
        click(self.place("Chromium", "push button", "Send"))

    def end_state(self):
        path = pathlib.Path(os.environ["OVERT_REPLAY_SENT"])
        return json.loads(path.read_text()) if path.exists() else None


class Calculator(Task):
    """Computes 12 * 30 with the mouse, and 3 more by keys."""
    application = "galculator"
    title = "galculator"

    def command(self):
        return ["galculator"]

    def perform(self):
        for name in ("1", "2", "*", "3", "0", "="):
            click(self.place("galculator", "toggle button", name))
        write("+3")
        press("Return")

    def end_state(self):
        return self.ask("galculator", "value", "").stdout.strip() or None


class Writer(Task):
    """Centres a paragraph by the menu, and saves the document."""
    application = "soffice.bin"
    title = "LibreOffice Writer"
    settle = 3.0

    def prepare(self):
        text = "Now is the time for all good people to come to the aid of the party."
        names = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
                 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"')
        kind = "application/vnd.oasis.opendocument.text"
        with zipfile.ZipFile(self.work / "letter.odt", "w") as archive:
            archive.writestr("mimetype", kind)
            archive.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
                             f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
                             '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>')
            archive.writestr("content.xml", f'<office:document-content {names} office:version="1.2"><office:body><office:text>'
                             f"<text:p>{text}</text:p></office:text></office:body></office:document-content>")

    def command(self):
        folder = tempfile.mkdtemp(dir=os.environ["HOME"])
        return ["soffice", "--norestore", "--nologo", "--nofirststartwizard", f"-env:UserInstallation=file://{folder}", "--writer",
                self.work / "letter.odt"]

    def ready(self):
        self.place("soffice", "paragraph", "", 30)

    def perform(self):
        click(self.place("soffice", "paragraph", ""))
        press("End")
        write(" Sincerely")
        click(self.place("soffice", "menu", "Format"))
        reach(*self.place("soffice", "menu", "Align Text"))
        time.sleep(0.8)
        click(self.place("soffice", "radio menu item", "Centered"))
        press("ctrl+s")

    def end_state(self):
        try:
            with zipfile.ZipFile(self.work / "letter.odt") as archive:
                content = archive.read("content.xml").decode()
        except (zipfile.BadZipFile, KeyError, OSError):
            return None
        if "automatic-styles" not in content:
            return None  # as it was before
        return {"centred": 'fo:text-align="center"' in content, "text": re.sub("<[^>]*>", "", content)}


class Files(Task):
    """Renames a file in the list of its folder."""
    application = "thunar"
    title = "work - Thunar"

    def prepare(self):
        for name in ("draft.txt", "other.txt"):
            (self.work / name).write_text(name)

    def command(self):
        return ["thunar", self.work]

    def ready(self):
        time.sleep(0.7)
        press("ctrl+2")  # as a list

    def perform(self):
        click(self.place("thunar", "table cell", "draft.txt"))
        press("F2")
        write("final")
        press("Return")

    def end_state(self):
        names = sorted(path.name for path in self.work.iterdir())
        return names if "draft.txt" not in names else None


TASKS = {"editor": Editor, "browser": Browser, "calculator": Calculator, "writer": Writer, "files": Files}


# --- the page of the form

class Page(http.server.BaseHTTPRequestHandler):
    FORM = ("<!doctype html><meta charset=utf-8><title>Order</title><form method=post><p><label>Product <input name=product></label>"
            "<p><label>Colour <select name=colour><option>Red<option>Green<option>Blue</select></label>"
            "<p><label><input type=checkbox name=gift> Gift</label><p><button>Send</button></form>")
    sent = None

    def answer(self, text):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        self.answer(self.FORM)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        Page.sent.write_text(json.dumps(urllib.parse.parse_qs(body)))
        self.answer("<title>Sent</title><p>Sent.")

    def log_message(self, *_):
        pass


# --- on the desktop

def state_within(task, seconds, wanted=None):
    """What came of it: at once when it is what is wanted, else what it is at the end of the time."""
    end = time.monotonic() + seconds
    while True:
        state = task.end_state()
        if time.monotonic() > end or (state is not None and (wanted is None or state == wanted)):
            return state
        time.sleep(0.2)


def on_desktop(step):
    """One session: records the task, or replays it. Prints what came of it as one line of JSON."""
    binaries, folder = pathlib.Path(step["binaries"]), pathlib.Path(step["folder"])
    work = pathlib.Path(step["work"])  # of one name each time, because it is in titles
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    task = TASKS[step["task"]](binaries, work, step["port"])
    trace = folder / f"{step['task']}.jsonl"
    try:
        if not step["way"]:
            if task.application != "chromium":
                task.begin()
            origins = [f"http://127.0.0.1:{step['port']}"] if task.application == "chromium" else []
            recording = Recording(binaries, [task.application], origins)
            try:
                if task.application == "chromium":
                    task.begin()
                before = strokes
                task.perform()
                state = state_within(task, 8)
                told = [event for event in recording.finish() if event["type"] == "key" and event["phase"] == "press" and
                        event["kind"] != "modifier" and event["symbol"] is not None]
                # What a busy machine could not confirm in time is withheld, as it should be.
                whole = len(told) == strokes - before
                shutil.copy(recording.trace, trace)
            finally:
                recording.close()
            print(json.dumps({"state": state, "whole": whole}))
        else:
            task.begin()
            began = time.monotonic()
            replayed = subprocess.run([str(binaries / "overt"), "replay", "--display", os.environ["DISPLAY"], *step["options"], str(trace)],
                                      capture_output=True, text=True, timeout=180)
            took = time.monotonic() - began
            state = state_within(task, 6, step["wanted"])
            if os.environ.get("OVERT_KEEP") and state != step["wanted"]:
                subprocess.run(["import", "-window", "root", f"{folder}/{step['task']}-{time.time():.0f}.png"])
            print(json.dumps({"state": state, "code": replayed.returncode, "said": replayed.stdout + replayed.stderr, "took": took}))
    finally:
        task.end()
    return 0


def session(step, environment):
    """Runs one step on a desktop of its own."""
    done = subprocess.run([str(DESKTOP), sys.executable, __file__, "--step", json.dumps(step)], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, env={**os.environ, **environment}, timeout=400)
    try:
        return json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        raise AssertionError(f"no outcome: {done.stdout[-2000:]} {done.stderr[-2000:]}") from None


def check(name, binaries, times, folder, environment, port, ways):
    """Records a task, replays it each way, and says how often the same came of it."""
    sent = pathlib.Path(environment["OVERT_REPLAY_SENT"])
    step = {"binaries": str(binaries), "folder": str(folder), "task": name, "port": port, "way": "", "wanted": None,
            "work": str(folder / name / "work")}
    trace = folder / f"{name}.jsonl"
    expected = folder / f"{name}.state"
    sent.unlink(missing_ok=True)
    if not trace.exists():
        for _ in range(4):
            recorded = session(step, environment)
            assert recorded["state"] is not None, "the task came to no end when it was recorded"
            if recorded["whole"]:
                break
            print(f"    {name}: a part of the recording was withheld; once more", flush=True)
            sent.unlink(missing_ok=True)
        else:
            raise AssertionError("no recording holds all that was done")
        expected.write_text(json.dumps(recorded["state"]))
    wanted = json.loads(expected.read_text())
    good = True
    for way in ways:
        same, seconds, wrong = 0, [], []
        for _ in range(times):
            sent.unlink(missing_ok=True)
            try:
                outcome = session({**step, "way": way, "options": WAYS[way], "wanted": wanted}, environment)
            except (AssertionError, subprocess.TimeoutExpired) as failed:
                wrong.append(str(failed))
                continue
            if outcome["state"] == wanted and outcome["code"] == 0:
                same += 1
                seconds.append(outcome["took"])
            else:
                wrong.append(json.dumps(outcome))
        middle = sorted(seconds)[len(seconds) // 2] if seconds else 0.0
        print(f"    {name}, {way}: the same end in {same} of {times}; {middle:.1f} s", flush=True)
        for each in wrong:
            print(f"        {each}", flush=True)
        good = good and same == times
    assert good, "not every replay came to the same end"


def main():
    if sys.argv[1] == "--step":
        return on_desktop(json.loads(sys.argv[2]))
    parser = argparse.ArgumentParser()
    parser.add_argument("binaries", type=pathlib.Path)
    parser.add_argument("names", nargs="*", default=list(TASKS) if FULL else ["editor", "calculator"])
    parser.add_argument("--times", type=int, default=10 if FULL else 2)
    parser.add_argument("--way", action="append", choices=list(WAYS))
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for the recordings; one that is there is replayed again")
    given = parser.parse_args()
    if missing_programs(NEEDED):
        return 77
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="overt-replay-") as folder:
        keep = given.keep or pathlib.Path(folder)
        keep.mkdir(exist_ok=True)
        Page.sent = pathlib.Path(folder) / "sent.json"
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        environment = {"OVERT_TEST_DESKTOP": "1", "OVERT_TEST_PROGRAMS": folder, "OVERT_REPLAY_SENT": str(Page.sent)}
        os.environ["OVERT_TEST_PROGRAMS"] = folder
        try:
            built(given.binaries.resolve(), "where", ["atspi-2", "gobject-2.0"], [])
        except Skip as skip:
            print(f"skipped: {skip}")
            return 77
        for name in given.names:
            program = TASKS[name].application.removesuffix(".bin")
            if shutil.which(program) is None:
                print(f"{name}: skipped: {program} is not installed", flush=True)
                continue
            for last in (FULL or given.keep is not None, True):  # a busy machine: once more, from a new recording
                began = time.monotonic()
                try:
                    check(name, given.binaries.resolve(), given.times, keep, environment, port, given.way or list(WAYS))
                    passed += 1
                    outcome = "passed"
                except FAILURES as wrong:
                    failed += last
                    line = traceback.extract_tb(wrong.__traceback__)[-1].line
                    outcome = f"{'FAILED' if last else 'failed, and again'}: {wrong!r} at: {line}"
                print(f"{name}: {outcome} ({time.monotonic() - began:.1f} s)", flush=True)
                if outcome == "passed" or last:
                    break
                for old in keep.glob(f"{name}.*"):
                    old.unlink()
        server.shutdown()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
