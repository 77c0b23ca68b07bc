#!/usr/bin/env python3
"""What pictures show, and what they do not: real programs, and every picture of every trace read and measured.

    tests/desktop/pictures_test.py BIN_DIRECTORY [--keep FOLDER] [NAME...]

Runs `overt record` with pictures on an accessible desktop (tests/desktop/accessible_desktop.sh). Each picture is
enlarged to twice its size and read with Tesseract, and its masked parts are compared pixel by pixel. A picture of the
whole screen, taken by the test, is read the same way: it shows that a canary could have been read. Without a name, the
first tests run, with OVERT_FULL=1 all of them. --keep (or OVERT_KEEP) copies the pictures there, to be looked at. Ends
with a line "N passed, N failed". Exit code 77 when the desktop cannot be had here.
"""
import hashlib
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

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from meaning_test import (FULL, NEEDED, Browser, Chromium, Firefox, Gtk3, Gtk4, Leak, LibreOffice,  # noqa: E402
                          Qt5, Recording, application_of, missing_programs, moment, of_type, on_a_desktop, run_tests)
from session_test import assert_absent, run, xdotool  # noqa: E402

TOOLS = ["tesseract", "convert", "import"]
FILL = bytes([0x80, 0x80, 0x80])
BACKGROUND = bytes([0x3B, 0x6E, 0xA5])  # of the desktop: no part of any window

# No word, name or number of a program holds four letters or six digits of these in a row.
EMAIL = "zorvexil@brimqua.example"
CARD = "4539 1488 0343 6467"
PASSWORD = "Vuxqombrizle"
FOREIGN = "Zwumquibbel"
HARMLESS = ["Shopping", "Tuesday", "bread"]
NOTE = f"Shopping list for Tuesday\nmilk, bread and two apples\nwrite to {EMAIL}\ncard {CARD}\nthe last line\n"


# --- reading pictures

class Picture:
    """A PNG file, as pixels and as what can be read in it."""

    def __init__(self, path):
        self.path = path
        self.width, self.height = (int(each) for each in run("identify", "-format", "%w %h", path).split())
        self.pixels = subprocess.run(["convert", str(path), "-depth", "8", "rgb:-"], check=True, capture_output=True).stdout
        assert len(self.pixels) == self.width * self.height * 3

    def row(self, x, y, width):
        begin = (y * self.width + x) * 3
        return self.pixels[begin:begin + width * 3]

    def holds_colour(self, colour):
        at = self.pixels.find(colour)
        while at >= 0 and at % 3:
            at = self.pixels.find(colour, at + 1)
        return at >= 0

    def text(self):
        """What Tesseract reads at twice the size and, for letters that are large already, as it is: as a page, and as
        scattered words."""
        with tempfile.TemporaryDirectory() as folder:
            parts = []
            for size, modes in (("200%", ("3", "11")), ("100%", ("6", "11"))):
                made = f"{folder}/{size[:-1]}.png"
                run("convert", self.path, "-colorspace", "Gray", "-filter", "Lanczos", "-resize", size, made)
                parts += [subprocess.run(["tesseract", made, "-", "--psm", mode], check=True, capture_output=True, text=True,
                                         env={**os.environ, "OMP_THREAD_LIMIT": "1"}).stdout for mode in modes]
            return "\n".join(parts)


def letters(text):
    return re.sub(r"[^a-z]", "", text.lower())


def read_of(canary, text):
    """The parts of a canary that are in a text: six digits in a row of a number, four letters of a word."""
    if re.fullmatch(r"[\d ]+", canary):
        wanted, seen, length = re.sub(r"\D", "", canary), re.sub(r"[ \n.-]", "", text), 6
    else:
        wanted, seen, length = letters(canary.split(".")[0]), letters(text), 4
    return [wanted[i:i + length] for i in range(len(wanted) - length + 1) if wanted[i:i + length] in seen]


def screen(folder, name):
    """What is on the whole screen now."""
    path = pathlib.Path(folder, f"{name}.png")
    run("import", "-silent", "-window", "root", path)
    return Picture(path)


# --- recording

class PictureRecording(Recording):
    def __init__(self, binaries, apps=(), origins=(), pictures="searched", preset="research",
                 receipt_options=("--preset", "research-irb", "--irb", "IRB-1"), policy_options=()):
        super().__init__(binaries, apps, origins, preset, receipt_options, ("--pictures", pictures, *policy_options))

    def record(self, *options):
        self.trace = self.folder / "trace.mcap"
        self.recorder = subprocess.Popen(
            [str(self.overt), "record", "--receipt", str(self.receipt), "--policy", str(self.policy), "--out", str(self.trace), *options],
            stdout=subprocess.DEVNULL, stderr=open(self.log, "w"), preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        self.processes.append(self.recorder)
        for _ in range(400):
            if self.recorder.poll() is not None:
                raise AssertionError(f"the recorder ended: {self.log.read_text()}")
            if subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Recording"], capture_output=True).stdout:
                time.sleep(1.5)
                return
            time.sleep(0.05)
        raise AssertionError("the recorder did not begin")

    def finish(self):
        time.sleep(3.0)  # the last picture
        code = self.stop()
        assert code == 0, f"the recorder ended with {code}: {self.log.read_text()}"
        self.verified = run(self.overt, "verify", self.trace)
        self.told = run(self.overt, "show", "--json", self.trace)
        run(self.overt, "show", "--pictures", self.folder / "pictures", self.trace)
        events = [json.loads(line) for line in self.told.splitlines()]
        self.files = {}
        for path in (self.folder / "pictures").glob("*.png"):
            self.files[int(path.name.split("-")[0])] = path
        self.keep(events)
        return events

    def keep(self, events):
        folder = os.environ.get("OVERT_KEEP_PICTURES")
        if folder:
            into = pathlib.Path(folder, CURRENT[0])
            shutil.rmtree(into, ignore_errors=True)
            shutil.copytree(self.folder / "pictures", into)
            (into / "events.jsonl").write_text(self.told)
            shutil.copy(self.log, into)
            for path in self.folder.glob("*.png"):
                shutil.copy(path, into)
        frames = of_type(events, "frame")
        count = {state: sum(each["state"] == state for each in frames) for state in {each["state"] for each in frames}}
        print(f"    {CURRENT[0]}: {len(frames)} frames {count}; " + self.log.read_text().strip().splitlines()[-1], flush=True)

    def close(self):
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
                process.wait(timeout=20)
        shutil.rmtree(self.folder)


CURRENT = [""]


def pictures_of(recording, events):
    """Every frame that was taken, with its picture; the file of each has to be there."""
    taken = [event for event in of_type(events, "frame") if event["state"] == "taken"]
    assert {event["seq"] for event in taken} == set(recording.files), "frames that were taken, and files, are not the same"
    return [(event, Picture(recording.files[event["seq"]])) for event in taken]


def assert_masks(frame, picture):
    """A masked part is one colour, the same everywhere; what is outside of the windows is black."""
    covers = frame["covers"]
    assert (picture.width, picture.height) == (covers["width"], covers["height"])
    for mask in frame["masked"]:
        for line in range(mask["height"]):
            row = picture.row(mask["x"] - covers["x"], mask["y"] - covers["y"] + line, mask["width"])
            if row != FILL * mask["width"]:
                raise Leak(f"a masked part is not one colour: {mask} in frame {frame['seq']}")
    for y in range(picture.height):
        parts = sorted((each["x"] - covers["x"], each["x"] - covers["x"] + each["width"]) for each in frame["shown"]
                       if each["y"] - covers["y"] <= y < each["y"] - covers["y"] + each["height"])
        at = 0
        for begin, end in parts + [(picture.width, picture.width)]:
            outside = picture.row(at, y, max(begin - at, 0))
            # The margin around a secret may reach over the edge of its window.
            if {outside[i:i + 3] for i in range(0, len(outside), 3)} - {b"\0\0\0", FILL}:
                raise Leak(f"something is outside of the windows shown, in line {y} of frame {frame['seq']}")
            at = max(at, end)


def assert_clean(recording, events, canaries, colours=(), wanted=1):
    """No canary can be read in any picture or event, no masked part holds anything, no colour is there. The texts."""
    for canary in canaries:
        assert_absent(recording.told.encode(), canary)
    found = pictures_of(recording, events)
    assert len(found) >= wanted, f"{len(found)} pictures: {[(e['reason'], e['state']) for e in of_type(events, 'frame')]}"
    seen, texts = set(), {}
    for frame, picture in found:
        assert_masks(frame, picture)
        for colour in colours:
            if picture.holds_colour(colour):
                raise Leak(f"a colour of something else, {colour.hex()}, is in frame {frame['seq']}")
        shape = hashlib.sha256(picture.pixels).digest()
        if shape in seen:
            continue
        seen.add(shape)
        texts[frame["seq"]] = picture.text()
        for canary in canaries:
            parts = read_of(canary, texts[frame["seq"]])
            if parts:
                raise Leak(f"of a canary, {len(parts)} parts can be read in frame {frame['seq']}")
    return texts


def assert_on_screen(picture, canaries):
    """The control: on the screen each could be read."""
    text = picture.text()
    missing = [canary for canary in canaries if not read_of(canary, text)]
    assert not missing, f"the test reads nothing of {missing} on the screen itself"


# --- tests

class Editor:
    def __init__(self, recording, text=NOTE):
        note = recording.folder / "note.txt"
        note.write_text(text)
        self.window = recording.start_application("mousepad", "mousepad", str(note))
        xdotool("windowactivate", "--sync", self.window)
        time.sleep(1.5)

    def click(self, x, y, pause=2.0):
        xdotool("mousemove", "--window", self.window, x - 4, y)
        time.sleep(0.1)
        xdotool("mousemove_relative", 4, 0)
        time.sleep(0.5)
        xdotool("click", 1)
        time.sleep(pause)


def test_editor(binaries):
    """A note: the state before and after each act, the menu while it is open, and no address or number."""
    recording = PictureRecording(binaries, apps=["mousepad"], preset="balanced", receipt_options=(),
                                 policy_options=("--times", "segment_1s"))
    try:
        editor = Editor(recording)
        assert_on_screen(screen(recording.folder, "screen"), [EMAIL, CARD])
        editor.click(300, 200)
        editor.click(18, 12, 3.0)  # the menu File
        screen(recording.folder, "menu")
        xdotool("key", "Escape")
        time.sleep(2.0)
        editor.click(300, 200)
        xdotool("key", "ctrl+End")
        time.sleep(2.0)
        xdotool("type", "--delay", 120, "two words ")
        time.sleep(2.0)
        editor.click(300, 300)
        events = recording.finish()
        texts = assert_clean(recording, events, [EMAIL, CARD], [BACKGROUND], wanted=4)
        for word in HARMLESS:
            assert any(word.lower() in text.lower() for text in texts.values()), f"{word} cannot be read in any picture"
        taken = [frame for frame in of_type(events, "frame") if frame["state"] == "taken"]
        # The open menu lies over the lines that are filled without it.
        assert all(frame["masked"] or len(frame["shown"]) > 1 for frame in taken), "nothing was masked"
        assert sum(bool(frame["masked"]) for frame in taken) >= len(taken) - 2, "too little was masked"
        opened = [text for text in texts.values() if "print" in text.lower() and "quit" in text.lower()]
        assert opened, "the menu is open in no picture"
        assert any(frame["cursor"] for frame in of_type(events, "frame")), "the pointer is in no frame"
    finally:
        recording.close()


def loud_dialog(recording, title, colour, *more):
    text = f"<span size='xx-large' background='{colour}' foreground='black'>{FOREIGN} {FOREIGN}\n{FOREIGN}</span>"
    process = subprocess.Popen(["zenity", "--info", "--title", title, "--text", text, *more], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    recording.processes.append(process)
    for _ in range(200):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title], capture_output=True, text=True).stdout.split()
        if found:
            return found[-1]
        time.sleep(0.05)
    raise AssertionError("the dialog did not appear")


def test_foreign_windows(binaries):
    """A dialog and a notification of another program over the agreed window, moved about: nothing of them."""
    recording = PictureRecording(binaries, apps=["mousepad"])
    pink, green = bytes([0xFF, 0x00, 0xC8]), bytes([0x00, 0xFF, 0xB0])
    try:
        editor = Editor(recording, "first line\n")
        place = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", editor.window).split())
        left, top = int(place["X"]), int(place["Y"])
        dialog = loud_dialog(recording, "Dialog of another", "#ff00c8")
        notice = loud_dialog(recording, "Notice of another", "#00ffb0")
        # As a notification is shown: not by the window manager.
        xdotool("windowunmap", "--sync", notice)
        xdotool("set_window", "--overrideredirect", 1, notice)
        xdotool("windowmap", "--sync", notice)
        xdotool("windowactivate", "--sync", editor.window)
        time.sleep(1.0)
        for i in range(12 if FULL else 6):
            xdotool("windowmove", dialog, left + 40 + 23 * i, top + 60 + 9 * i)
            xdotool("windowmove", notice, left + 300 - 17 * i, top + 250 + 7 * i)
            xdotool("windowraise", dialog, "windowraise", notice)
            if i == 1:
                shown = screen(recording.folder, "screen")
            xdotool("type", "--delay", 60, "word ")
            if i % 3 == 2:
                xdotool("windowactivate", "--sync", dialog)
                time.sleep(0.7)
                xdotool("windowactivate", "--sync", editor.window)
            time.sleep(1.2)
        assert shown.holds_colour(pink) and shown.holds_colour(green), "the control: they are not on the screen"
        assert_on_screen(shown, [FOREIGN])
        events = recording.finish()
        assert_clean(recording, events, [FOREIGN], [pink, green, BACKGROUND], wanted=3)
    finally:
        recording.close()


SCALED = {"GDK_SCALE": "2", "QT_SCALE_FACTOR": "2"}


class LargeChromium(Chromium):
    def command(self, folder):
        return super().command(folder) + ["--force-device-scale-factor=2"]


class LargeFirefox(Firefox):
    def command(self, folder):
        made = super().command(folder)
        with open(pathlib.Path(folder, "user.js"), "a") as settings:
            settings.write('user_pref("layout.css.devPixelsPerPx", "2.0");\n')
        return made


def fill_in(program):
    """Canaries into every kind of field. By keyboard: at twice the size not all of a form is on the screen."""
    if isinstance(program, LibreOffice):
        program.key("ctrl+End")
        program.write(f"Dear {EMAIL} pay {CARD} now", 40, 2.0)
        program.key("Return", pause=2.0)
        program.write("second line", 40, 2.0)
        return
    # The fields of every form are in this order: … Name, Password, Show password.
    program.click("name", 1.0)
    program.write(EMAIL, 40, 1.5)
    program.key("Tab", pause=1.0)
    program.write(PASSWORD, 40, 1.5)
    program.key("Tab", pause=1.0)
    program.key("space", pause=2.5)


def password(toolkit, binaries, scale):
    """What was typed into a password field, shown or not, and personal data in others: readable in no picture."""
    browser = issubclass(toolkit, Browser)
    application = application_of(toolkit, binaries)
    kept = {name: os.environ.get(name) for name in SCALED}
    program = recording = None
    try:
        if scale == 2:
            os.environ.update(SCALED)
            toolkit = {Chromium: LargeChromium, Firefox: LargeFirefox}.get(toolkit, toolkit)
        program = toolkit() if browser else None
        recording = PictureRecording(binaries, apps=[application], origins=program.server.origins[:1] if browser else (),
                                     preset="balanced", receipt_options=())
        program = program.start() if browser else toolkit(binaries)
        if scale == 2 and toolkit is not LibreOffice:
            # They tell their places in pixels of their own.
            found = program.wait_for
            program.wait_for = lambda control, seconds=8.0: tuple(scale * each for each in found(control, seconds))
        fill_in(program)
        on_screen = screen(recording.folder, "screen")
        moment(2.0)
        events = recording.finish()
        canaries = [EMAIL, CARD] if toolkit is LibreOffice else [EMAIL, PASSWORD]
        assert_clean(recording, events, canaries, wanted=0)
        # Writer underlines an address twice, which spoils the reading of it.
        assert_on_screen(on_screen, [CARD] if toolkit is LibreOffice else canaries)
        frames = of_type(events, "frame")
        assert frames, "there are no frames at all"
        if toolkit is Gtk4:
            # It does not say where its fields are: no picture with one in it.
            assert not recording.files, f"{len(recording.files)} pictures of a window whose secret has no place"
        else:
            assert recording.files, f"no picture was taken: {[frame['state'] for frame in frames]}"
    finally:
        for name, value in kept.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        if program is not None:
            program.end()
        if recording is not None:
            recording.close()


def acts_in(events):
    """When each began and ended: a press of a button, and keys that follow each other within a second."""
    acts = []
    for event in events:
        if event["type"] in ("button", "key") and event["phase"] == "press":
            if event["type"] == "key" and acts and acts[-1][2] == "key" and event["t"] - acts[-1][1] < 1_000_000_000:
                acts[-1][1] = event["t"]
            else:
                acts.append([event["t"], event["t"], event["type"]])
    return acts


def share_with_pictures(events):
    """Of the acts in a trace: those with a picture before (later than the act before it) and after (before the next act,
    or within three seconds)."""
    taken = sorted(event["grabbed"] for event in of_type(events, "frame") if event["state"] == "taken")
    acts = acts_in(events)
    right, missing = 0, []
    for i, (began, ended, _) in enumerate(acts):
        previous = acts[i - 1][1] if i else -1
        following = min(acts[i + 1][0] if i + 1 < len(acts) else 1 << 62, ended + 3_000_000_000)
        lacks = [name for name, there in (("before", any(previous < each <= began for each in taken)),
                                          ("after", any(ended < each <= following for each in taken))) if not there]
        right += not lacks
        if lacks:
            missing.append((round((began - acts[0][0]) / 1e9, 2), *lacks))
    return right, len(acts), missing


def tell_share(events, name):
    right, of, missing = share_with_pictures(events)
    withheld = {}
    for event in of_type(events, "gap"):
        withheld[event["reason"]] = withheld.get(event["reason"], 0) + 1
    print(f"    {name}: {right} of {of} acts have a picture before and after; missing {missing}; gaps {withheld}", flush=True)
    assert of >= 5, f"{of} acts are in the trace"
    assert right >= 0.9 * of, f"{right} of {of}"


def test_writer_task(binaries):
    """A letter in LibreOffice Writer: bold, a list in the toolbar, a menu."""
    recording = office = None
    try:
        recording = PictureRecording(binaries, apps=[application_of(LibreOffice, binaries)],
                                     policy_options=("--times", "raw"))
        office = LibreOffice(binaries)
        time.sleep(3.0)
        office.click("save", 3.0)
        office.write("Dear all ", 90, 3.0)
        office.click_on("toggle button", "Bold", 3.0)
        office.write("bold words ", 90, 3.0)
        office.named("size", "panel", "Font Size")
        x, y = office.controls["size"]
        office.controls["size"] = (x + 32, y)
        office.click("size", 3.0)
        screen(recording.folder, "list")
        office.key("Down", "Down", "Return", pause=1.5)
        moment(2.0)
        office.click_on("menu", "Edit", 3.0)
        screen(recording.folder, "menu")
        office.key("Escape", pause=2.5)
        office.click("save", 3.0)
        events = recording.finish()
        texts = assert_clean(recording, events, [], [BACKGROUND], wanted=3)
        assert any("track changes" in text.lower() for text in texts.values()), "the menu is open in no picture"
        tell_share(events, "Writer")
    finally:
        if office is not None:
            office.end()
        if recording is not None:
            recording.close()


def test_chromium_task(binaries):
    """A form in Chromium: a menu, a list, fields."""
    program = recording = None
    try:
        program = Chromium()
        recording = PictureRecording(binaries, apps=["chromium"], origins=program.server.origins[:1],
                                     policy_options=("--times", "raw"))
        program.start()
        time.sleep(4.0)
        program.click("save", 3.0)
        program.click("menu_file", 3.0)
        screen(recording.folder, "menu")
        program.key("Escape", pause=2.0)
        program.click("colour", 3.0)
        screen(recording.folder, "list")
        program.key("Down", "Return", pause=2.0)
        moment(2.0)
        program.click("name", 3.0)
        program.write("hallo", 90, 3.0)
        program.click("copy", 3.0)
        program.click("save", 3.0)
        events = recording.finish()
        texts = assert_clean(recording, events, [], [BACKGROUND], wanted=3)
        assert any("export" in text.lower() for text in texts.values()), "the menu is open in no picture"
        assert any("green" in text.lower() for text in texts.values()), "the list is open in no picture"
        tell_share(events, "Chromium")
    finally:
        if program is not None:
            program.end()
        if recording is not None:
            recording.close()


TOOLKITS = [Gtk3, Qt5, Gtk4, LibreOffice, Chromium, Firefox]
FIRST = ["editor", "foreign_windows", "gtk3_password_100"]


def all_tests():
    tests = {"editor": test_editor, "foreign_windows": test_foreign_windows}
    for scale in (1, 2):
        for toolkit in TOOLKITS:
            tests[f"{toolkit.__name__.lower()}_password_{scale}00"] = (
                lambda binaries, toolkit=toolkit, scale=scale: password(toolkit, binaries, scale))
    tests["writer_task"] = test_writer_task
    tests["chromium_task"] = test_chromium_task
    return tests


def main():
    binaries = pathlib.Path(sys.argv[1]).resolve()
    wanted = sys.argv[2:]
    if wanted[:1] == ["--keep"]:
        os.environ["OVERT_KEEP_PICTURES"] = str(pathlib.Path(wanted[1]).resolve())
        wanted = wanted[2:]
    if "OVERT_TEST_DESKTOP" not in os.environ:
        needed = NEEDED + TOOLS + ["mousepad", "zenity"]
        return 77 if missing_programs(needed) else on_a_desktop(__file__, binaries, wanted)
    return run_tests(all_tests(), wanted or ([".*"] if FULL else FIRST), binaries,
                     lambda name: CURRENT.__setitem__(0, name))


if __name__ == "__main__":
    sys.exit(main())
