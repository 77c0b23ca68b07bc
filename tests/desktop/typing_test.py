#!/usr/bin/env python3
"""What leaves of typing under `balanced`: real programs of six toolkits, every byte searched.

    tests/desktop/typing_test.py BIN_DIRECTORY [NAME...]

Types sentences and a card's number into the programs of meaning_test.py, submits them, and looks at the texts that were
written: the sentences are there, the number is a placeholder, and nothing of it is anywhere. Ends with a line
"N passed, N failed". Exit code 77 when the desktop cannot be had here.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import meaning_test  # noqa: E402
from session_test import whole_forms_of  # noqa: E402
from meaning_test import (Browser, Chromium, Firefox, Gtk3, Gtk4, LibreOffice, Leak, Qt5, Recording, Skip,  # noqa: E402
                          application_of, assert_nowhere, moment, of_type, texts)

CARD = "4539578763621486"
NAME = "Quarterly report for the team"
NOTES = f"please pay with {CARD} before noon"
CITY = "Ulm, by the river"
NOTES_TOLD = "please pay with {CARD} before noon"


def balanced(binaries, apps, origins=()):
    """A session under the preset that lets cleared text out."""
    return Recording(binaries, apps=apps, origins=origins, preset="balanced", receipt_options=())


def without_numbers(output):
    """The output without JSON's numbers, times and identifiers: four digits of a card stand in those by chance."""
    output = re.sub(rb"(?<=[:,\[])-?[0-9]+(?=[,}\]])", b"", output)
    output = re.sub(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z?", b"", output)
    return re.sub(rb"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{32,}\b", b"", output)


def assert_not_told(output, number):
    """The whole number nowhere, in any form, and no four of its digits where a text could be."""
    found = [form for form in whole_forms_of(number) if form in output]
    if found:
        raise Leak(f"{len(found)} forms of the whole number are in the output")
    assert_nowhere(without_numbers(output), number, "the texts of the output")


def fill_in(program):
    """Returns what was typed, without the number, and what may be told of each text."""
    program.click("save")
    if isinstance(program, LibreOffice):
        for line in (NAME, NOTES, CITY):
            program.write(line, 40)
            program.key("Return", pause=0.8)
        return [NAME, NOTES_TOLD, CITY]
    program.click("name")
    program.write(NAME, 40)
    program.click("notes")
    program.write(NOTES, 40)
    program.click("city")
    program.write(CITY, 40)
    moment(0.5)
    program.click("save")
    moment(1.5)
    return [NAME, NOTES_TOLD, CITY]


def typing(toolkit, binaries):
    browser = issubclass(toolkit, Browser)
    application = application_of(toolkit, binaries)
    program = toolkit() if browser else None
    recording = None
    try:
        recording = (balanced(binaries, [application], program.server.origins[:1]) if browser
                     else balanced(binaries, [application]))
        program = program.start() if browser else toolkit(binaries)
        expected = fill_in(program)
        events = recording.finish()
        output = recording.all_output()
        assert_not_told(output, CARD)
        told = texts(events)
        heard = {text.lower() for text in told}  # a word processor begins sentences with capitals
        doubts = [event["doubt"] for event in of_type(events, "text") if event["doubt"] != "none"]
        plain = lambda text: re.sub(r"\{[A-Z_]+\}", "", text)  # noqa: E731
        disclosed = sum(len(plain(text)) for text in expected if text.lower() in heard)
        share = disclosed / sum(len(plain(text)) for text in expected)
        print(f"    {toolkit.__name__}: {100 * share:.0f} % of what is not personal; texts {told}; withheld {doubts}")
        assert share >= 0.95, f"only {100 * share:.0f} % of the text was told: {told}, withheld: {doubts}"
        # No key of a text leaves by itself.
        loose = [event for event in of_type(events, "key") if event["entered"] or event["kind"] in ("letter", "digit")]
        assert not loose, f"{len(loose)} keys that make text are in the trace"
        assert any(event["entity"] == "CARD" for event in of_type(events, "redaction")), "no redaction tells of the card"
    finally:
        if program is not None:
            program.end()
        if recording is not None:
            recording.close()


TESTS = {f"{toolkit.__name__.lower()}_typing": toolkit for toolkit in (Gtk3, Gtk4, Qt5, LibreOffice, Chromium, Firefox)}


def main():
    if not os.environ.get("OVERT_TEST_DESKTOP"):
        missing = [program for program in meaning_test.NEEDED if shutil.which(program) is None]
        if missing:
            print(f"skipped: {', '.join(missing)} is missing")
            return 77
        environment = dict(os.environ, OVERT_TEST_DESKTOP="1")
        with tempfile.TemporaryDirectory(prefix="overt-programs-") as programs:
            environment["OVERT_TEST_PROGRAMS"] = programs
            return subprocess.run([str(meaning_test.DESKTOP), sys.executable, __file__, *sys.argv[1:]],
                                  env=environment).returncode
    binaries = pathlib.Path(sys.argv[1]).resolve()
    wanted = sys.argv[2:]
    passed = failed = 0
    for name, toolkit in TESTS.items():
        if wanted and not any(re.fullmatch(pattern, name) for pattern in wanted):
            continue
        print(f"{name} ...", flush=True)
        for attempt in (1, 2):
            try:
                typing(toolkit, binaries)
                passed += 1
            except Skip as why:
                print(f"    skipped: {why}")
            except Leak as leak:
                print(f"    LEAK: {leak}")
                failed += 1
            except meaning_test.FAILURES as problem:
                if attempt == 1:  # a key is now and then unconfirmed on a busy machine; a leak is never tried again
                    print(f"    once more, because: {problem}")
                    continue
                traceback.print_exc()
                failed += 1
            break
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
