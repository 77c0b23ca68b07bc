#!/usr/bin/env python3
"""Our reduction beside that of openadapt-capture, on the same events, one after the other.

    reduce_peer.py PROGRAMS [EVENTS [FOLDER]]

PROGRAMS: the folder of reduce_benchmark. 100,000 events unless told: theirs takes a while. FOLDER, build/interop unless
told, keeps what pip installs. Their time is that of `process_events` alone, without making their events out of ours; it
is the processor time of one thread, as ours. Ends with 77, and says why, where that is not possible.
"""
import json
import pathlib
import re
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "interop"))
from mcap_read import python_library, run  # noqa: E402

READER = '''
import collections, json, sys, time
from openadapt_capture.events import (KeyDownEvent, KeyUpEvent, MouseDownEvent, MouseMoveEvent, MouseScrollEvent,
                                      MouseUpEvent)
from openadapt_capture.processing import process_events

def theirs(event):
    when = {"timestamp": event["t"] / 1e9}
    kind = event["type"]
    if kind == "key":
        symbol = event["symbol"]
        name = {"key_char": symbol if symbol != "space" else " "} if symbol != "BackSpace" else {"key_name": "backspace"}
        return (KeyUpEvent if event["phase"] == "release" else KeyDownEvent)(**when, **name)
    if kind == "focus":
        return None
    at = {"x": event["at"]["x"], "y": event["at"]["y"]}
    if kind == "pointer_move":
        return MouseMoveEvent(**when, **at)
    if kind == "scroll":
        return MouseScrollEvent(**when, **at, dx=event["dx_v120"] / 120, dy=event["dy_v120"] / 120)
    return (MouseUpEvent if event["phase"] == "release" else MouseDownEvent)(**when, **at, button=event["which"])

with open(sys.argv[1], encoding="utf-8") as lines:
    events = [made for made in (theirs(json.loads(line)) for line in lines) if made is not None]
times = []
for _ in range(int(sys.argv[2])):
    before = time.thread_time()
    reduced = process_events(list(events))
    times.append(time.thread_time() - before)

def raw(event):
    children = getattr(event, "children", None)
    return sum(map(raw, children)) if children else 1

kinds = collections.Counter(event.type for event in reduced)
print(json.dumps({"events": len(events), "seconds": min(times), "kinds": kinds, "raw": sum(map(raw, reduced)),
                  "empty": sum(1 for event in reduced if event.type == "key.type" and event.text == "")}))
'''


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    count = sys.argv[2] if len(sys.argv) > 2 else "100000"
    folder = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else ROOT / "build" / "interop"
    folder.mkdir(parents=True, exist_ok=True)
    python, why = python_library(folder, "openadapt_capture.processing", ["openadapt-capture>=1.3,<2"], "openadapt")
    if python is None:
        print(f"skipped: {why}")
        return 77
    ours = pathlib.Path(sys.argv[1]) / "reduce_benchmark"
    with tempfile.TemporaryDirectory() as scratch:
        trace = pathlib.Path(scratch) / "day.jsonl"
        for command in ((ours, "--write", trace, count), ):
            if (done := run(*command)).returncode != 0:
                raise AssertionError(done.stderr)
        mine = run(ours, count, "3").stdout
        done = run(python, "-c", READER, trace, "2")
        if done.returncode != 0:
            raise AssertionError(done.stderr[-2000:])
    other = json.loads(done.stdout)
    ns = float(re.search(r": (\d+) to", mine).group(1))
    their_ns = other["seconds"] * 1e9 / other["events"]
    print("ours:", mine.strip().replace("\n", "; "))
    print(f"openadapt-capture: {their_ns:.0f} ns an event; {other['kinds']}, {other['raw']} of {other['events']} events in "
          f"them, {other['empty']} empty texts")
    print(f"ratio: {their_ns / ns:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
