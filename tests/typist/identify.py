#!/usr/bin/env python3
"""Who typed it? From raw keys, and from what a trace holds.

    identify.py BUILD/bin [--data free_text.csv] [--table]

Every session of every person is taken away in turn, and is given to whom of the others it is most like: the nearest mean of
a person's other sessions, by the Manhattan distance over features that are scaled by their spread (Killourhy and Maxion,
"Comparing anomaly-detection algorithms for keystroke dynamics", 2009). Ends with 1 when a trace of the default tells more
than twice what chance does; with 77 where the data is not. Needs nothing but Python; --table prints it for the docs.
"""
import argparse
import collections
import csv
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIP = 77


def raw_sessions(data):
    """{(person, session): [(key, down, up)]}"""
    found = collections.defaultdict(list)
    with open(data, newline="") as rows:
        for row in csv.DictReader(rows):
            found[row["user"], row["session"]].append(
                (row["keyname"], float(row["timepress"]), float(row["timerelease"])))
    return found


def raw_features(keys, grid=0):
    """Medians of how long keys are held and of what passes between two of them, by key and by pair of keys."""
    kept = collections.defaultdict(list)
    at = (lambda ms: ms // grid * grid) if grid else (lambda ms: ms)
    for (key, down, up), (after, down_after, _) in zip(keys, keys[1:]):
        hold, gap = at(up) - at(down), at(down_after) - at(down)
        if 0 <= gap < 2000 or grid:
            kept["gap"].append(gap)
            kept["pair", key, after].append(gap)
        if 0 <= hold < 1000 or grid:
            kept["hold"].append(hold)
            kept["hold", key].append(hold)
    return {name: statistics.mean(values) if grid else statistics.median(values)
            for name, values in kept.items() if len(values) >= 4 or name in ("gap", "hold")}


def trace_features(path):
    """Everything in a trace that depends on time: when texts were told and began, how long they took, in their buckets."""
    texts, last = [], 0
    for line in path.read_text().splitlines():
        event = json.loads(line)
        last = max(last, event["t"])
        if event["type"] == "text":
            texts.append(event)
    kept = {"end": last / 1e9, "texts": len(texts)}
    times = [text["t"] / 1e9 for text in texts]
    began = [text.get("began") or 0 for text in texts]
    for name, values in (("t", times), ("began", [one / 1e9 for one in began])):
        steps = [b - a for a, b in zip(values, values[1:])]
        kept[name, "mean step"] = statistics.mean(steps) if steps else 0
        kept[name, "median step"] = statistics.median(steps) if steps else 0
        for i, step in enumerate(steps):
            kept[name, "step", i] = step
    lengths = [t - b / 1e9 for t, b in zip(times, began)]
    kept["took"] = statistics.mean(lengths) if lengths else 0
    for bucket in ("size",):
        for i, text in enumerate(texts):
            kept[bucket, i, text[bucket]] = 1
        for name, count in collections.Counter(text[bucket] for text in texts).items():
            kept[bucket, name] = count
    return kept


def right_guesses(features):
    """(right, all): leave one session out, nearest mean of a person."""
    people = sorted({person for person, _ in features})
    spread = {}
    values = collections.defaultdict(list)
    for session in features.values():
        for name, value in session.items():
            values[name].append(value)
    for name, list_of in values.items():
        if len(list_of) >= len(features) // 8:
            middle = statistics.median(list_of)
            width = statistics.mean(abs(value - middle) for value in list_of)
            if width > 0:
                spread[name] = width
    right = 0
    for (person, session), tested in features.items():
        best, chosen = None, None
        for candidate in people:
            others = [kept for (who, which), kept in features.items() if who == candidate and which != session]
            total = count = 0
            for name, width in spread.items():
                known = [kept[name] for kept in others if name in kept]
                if name in tested and known:
                    total += min(abs(tested[name] - statistics.mean(known)) / width, 4)
                    count += 1
            distance = total / count if count else float("inf")
            if best is None or distance < best:
                best, chosen = distance, candidate
        right += chosen == person
    return right, len(features)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("programs", type=pathlib.Path)
    options.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared/data/typing/free_text.csv")
    options.add_argument("--table", action="store_true")
    given = options.parse_args()
    if not given.data.exists():
        print(f"skipped: no typing rhythms at {given.data}")
        return SKIP
    sessions = raw_sessions(given.data)
    people = len({person for person, _ in sessions})
    chance = 1 / people
    rows = [("raw keys", *right_guesses({who: raw_features(keys) for who, keys in sessions.items()}))]
    if given.table:
        for grid in (100, 500):
            rows.append((f"raw keys, times on a grid of {grid} ms",
                         *right_guesses({who: raw_features(keys, grid) for who, keys in sessions.items()})))
    worst = 0.0
    for preset, form, told in (("balanced", "one", "all of a session as one text"),
                               ("balanced", "many", "ten texts, one after the other"),
                               ("strict", "many", "ten texts, one after the other")):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([given.programs / "export_rhythms", given.data, folder, preset, form], check=True,
                           stdout=subprocess.DEVNULL)
            features = {}
            for path in sorted(pathlib.Path(folder).glob("*.jsonl")):
                person, session = path.stem.split("_")
                features[person, session] = trace_features(path)
        rows.append((f"a trace, `{preset}`, {told}", *right_guesses(features)))
        worst = max(worst, rows[-1][1] / rows[-1][2])
    print(f"{people} people, {len(sessions)} sessions, chance {100 * chance:.1f} %")
    for name, right, of in rows:
        share = right / of
        error = 1.96 * (share * (1 - share) / of) ** 0.5
        print(f"| {name} | {right} of {of} | {100 * share:.1f} % | ± {100 * error:.1f} |" if given.table
              else f"{name:60} {right:4} of {of}: {100 * share:5.1f} %")
    blind = rows[0][1] / rows[0][2] < 0.5
    if blind:
        print("BLIND: raw keys have to tell who typed")
    return 1 if blind or worst > 2 * chance else 0


if __name__ == "__main__":
    sys.exit(main())
