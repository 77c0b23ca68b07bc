#!/usr/bin/env python3
"""A task in a real program, recorded with pictures and exported: the person clicks, types and chooses from a dropdown.

    tests/desktop/export_test.py BIN_DIRECTORY [--keep FOLDER] [NAME...]

--keep copies the datasets there, to be looked at. Ends with a line "N passed, N failed". Exit code 77 when the desktop
cannot be had here.
"""
import ast
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from meaning_test import NEEDED, Gtk3, application_of, missing_programs, on_a_desktop, run_tests  # noqa: E402
from pictures_test import PictureRecording  # noqa: E402
from session_test import run, xdotool  # noqa: E402

TASK = "Save a draft for Ada, in blue"
PURPOSE = "dpv:AcademicResearch"
TYPED = "for Ada, with $5"


class TaskRecording(PictureRecording):
    def record(self, *options):
        super().record("--task", TASK, *options)

    def say_done(self):
        time.sleep(3.0)  # the last picture
        xdotool("keydown", "ctrl", "keydown", "alt", "key", "Return", "keyup", "alt", "keyup", "ctrl")
        code = self.recorder.wait(timeout=20)
        assert code == 0, f"the recorder ended with {code}: {self.log.read_text()}"


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def exported(recording, out, *options, traces=None):
    for trace in traces or [recording.trace]:
        run(recording.overt, "review", "--approve", trace)
    run(recording.overt, "export", "--receipt", recording.receipt, "--purpose", PURPOSE, "--out", recording.folder / out, *options,
        *(traces or [recording.trace]))
    return recording.folder / out


def test_task(binaries):
    """From the person's hand to a line that a trainer loads."""
    recording = program = None
    try:
        recording = TaskRecording(binaries, apps=[application_of(Gtk3, binaries)], pictures="everything",
                                  receipt_options=("--preset", "research-irb", "--irb", "IRB-1", "--purpose", PURPOSE))
        program = Gtk3(binaries)
        program.click("save", 1.5)
        program.click("name", 1.5)
        program.write(TYPED, pause=1.5)
        program.choose_blue()
        time.sleep(1.5)
        program.click("copy", 1.5)
        program.click("save", 1.5)
        recording.say_done()
        keep(recording)

        unseen = subprocess.run([recording.overt, "export", "--receipt", recording.receipt, "--purpose", PURPOSE,
                                 "--out", recording.folder / "unseen", recording.trace], capture_output=True, text=True)
        assert unseen.returncode == 1 and f"overt review {recording.trace}" in unseen.stderr, unseen.stderr
        assert not (recording.folder / "unseen").exists(), "something was written of what nobody has looked at"

        out = exported(recording, "agentnet", "--gallery")
        # G11: noted with its purpose, before it was written; and the dataset is held, with the trace it was made from.
        home = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "overt"
        run(recording.overt, "ledger", "verify")
        noted = [json.loads(line) for line in (home / "ledger.jsonl").read_text().splitlines()]
        held = {line["id"]: line for line in map(json.loads, (home / "holdings.jsonl").read_text().splitlines())}
        began = [entry for entry in noted if entry["kind"] == "session_began"][-1]
        said = [entry for entry in noted if entry["kind"] == "exported"]
        assert [(entry["purpose"], entry["count"]) for entry in said] == [(PURPOSE, 1)], said
        assert held[said[0]["subject"]]["path"] == str(out) and held[said[0]["subject"]]["kind"] == "dataset"
        assert held[said[0]["subject"]]["made_from"] == [began["subject"]]
        assert held[began["subject"]]["path"] == str(recording.trace)

        lines = (out / "agentnet.jsonl").read_text().splitlines()
        assert len(lines) == 1, f"{len(lines)} tasks"
        task = json.loads(lines[0])
        assert task["instruction"] == TASK, task["instruction"]
        codes = [step["value"]["code"] for step in task["traj"]]
        print("    " + "\n    ".join(codes))
        for code in codes:
            ast.parse(code)
        clicks = [code for code in codes if code.startswith("pyautogui.click(")]
        assert len(clicks) >= 5, f"{len(clicks)} clicks"
        written = "".join(ast.parse(code).body[0].value.keywords[0].value.value for code in codes
                          if code.startswith("pyautogui.write("))
        assert written == TYPED, f"written: {written!r}"
        assert codes[-1] == "computer.terminate(status='success')", codes[-1]
        for step in task["traj"]:
            assert (out / "images" / step["image"]).exists() or (out / step["image"]).exists(), step["image"]
        # What is clicked last is where the program says that its button is.
        x, y = program.wait_for("save")
        last = ast.parse(clicks[-1]).body[0].value
        width, height = (task["overt"]["display"][each] for each in ("w", "h"))
        at = {each.arg: each.value.value for each in last.keywords}
        assert abs(at["x"] * width - x) < 6 and abs(at["y"] * height - y) < 6, f"{at} of {width}x{height}, not {x}, {y}"
        assert list((out / "gallery").glob("*.html")), "no page to look at"

        again = exported(recording, "again", "--gallery", "--jobs", "1")
        assert files_of(again) == files_of(out), "the same trace gives other bytes"
        exported(recording, "again", "--gallery")
        assert files_of(again) == files_of(out), "an export that was done changes when it is asked for again"

        for dialect in ("anthropic", "openai", "ui_tars", "pyautogui"):
            more = ["--px-per-notch", "40"] if dialect == "openai" else []
            chat = exported(recording, dialect, "--to", "chat", "--dialect", dialect, *more)
            (line,) = (chat / "train.jsonl").read_text().splitlines()
            sample = json.loads(line)
            told = sum(message["content"].count("<image>") for message in sample["messages"])
            assert told == len(sample["images"]) > 5, f"{dialect}: {told} of {len(sample['images'])} pictures"
            assert TYPED in line.encode().decode("unicode_escape"), dialect

        refused = subprocess.run([recording.overt, "export", "--receipt", recording.receipt, "--purpose", "overt:TrainComputerUseModel",
                                  "--out", recording.folder / "refused", recording.trace], capture_output=True, text=True)
        assert refused.returncode == 1 and "purpose" in refused.stderr, refused.stderr
        assert not (recording.folder / "refused").exists(), "something was written for a purpose that was not agreed to"
        for folder in (out, recording.folder / "anthropic"):
            for path in [folder, *folder.rglob("*")]:
                assert path.stat().st_mode & 0o077 == 0, f"{path.name} can be read by others"
    finally:
        if program is not None:
            program.end()
        if recording is not None:
            recording.close()


def keep(recording):
    folder = os.environ.get("OVERT_KEEP_DATASETS")
    if folder:
        for name in ("receipt.json", "trace.mcap"):
            shutil.copy(recording.folder / name, pathlib.Path(folder, name))
        exported(recording, pathlib.Path(folder, "agentnet"), "--gallery")
        exported(recording, pathlib.Path(folder, "chat"), "--to", "chat", "--gallery")


def main():
    arguments = sys.argv[1:]
    if "--keep" in arguments:
        at = arguments.index("--keep")
        pathlib.Path(arguments[at + 1]).mkdir(parents=True, exist_ok=True)
        os.environ["OVERT_KEEP_DATASETS"] = str(pathlib.Path(arguments[at + 1]).resolve())
        del arguments[at:at + 2]
    binaries, wanted = pathlib.Path(arguments[0]).resolve(), arguments[1:]
    if "OVERT_TEST_DESKTOP" not in os.environ:
        return 77 if missing_programs(NEEDED) else on_a_desktop(__file__, binaries, wanted)
    return run_tests({"task": test_task}, wanted or [".*"], binaries)


if __name__ == "__main__":
    sys.exit(main())
