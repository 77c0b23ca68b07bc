#!/usr/bin/env python3
"""Our JSON traces in DuckDB and pandas: every column has a type that can be computed with, and nothing is lost.

    jsonl_read.py PROGRAMS [FOLDER]

PROGRAMS: the folder of jsonl_sample. FOLDER, build/interop unless told, keeps what pip installs. Ends with 77, and says
why, where that is not possible.
"""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from mcap_read import python_library, run  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGES = ["duckdb>=1.1,<2", "pandas>=2.2,<3"]
EVENTS = 2000

READER = '''
import json, sys, duckdb, pandas
path = sys.argv[1]
data = duckdb.connect()
data.execute("create table trace as select * from read_json(?, format = 'newline_delimited', sample_size = -1)", [path])
types = {name: kind for name, kind, *_ in data.execute("describe trace").fetchall()}
events = "from trace where seq is not null"
duck = {
    "types": types,
    "lines": data.execute("select count(*) from trace").fetchone()[0],
    "counts": dict(data.execute(f"select type, count(*) {events} group by type").fetchall()),
    "first": data.execute(f"select min(seq), max(seq), count(distinct seq), min(t), max(t) {events}").fetchone(),
    "clicks": data.execute(
        """select sum(number), min("at".x), max("at".y) from trace where type = 'button'""").fetchone(),
    "applications": sorted(row[0] for row in data.execute(
        "select distinct context.application from trace where context is not null").fetchall()),
    "texts": data.execute("select count(value), min(length(value)) from trace where type = 'text'").fetchone(),
}
frame = pandas.read_json(path, lines=True, dtype_backend="pyarrow" if "pyarrow" in sys.modules else "numpy_nullable")
frame = frame[frame["seq"].notna()]
panda = {"counts": {k: int(v) for k, v in frame.groupby("type").size().items()},
         "kinds": {name: str(frame[name].dtype) for name in ("seq", "t", "type")},
         "first": [int(frame["seq"].min()), int(frame["seq"].max()), int(frame["seq"].nunique()),
                   int(frame["t"].min()), int(frame["t"].max())]}
print(json.dumps({"duck": duck, "panda": panda}))
'''


def check(what, found, expected):
    if found != expected:
        raise AssertionError(f"{what}: {found}, not {expected}")
    print(f"{what}: equal")


def compare(read, lines, counts):
    """`lines`: the trace, line by line, as Python's own parser reads it."""
    events = [line for line in lines if "seq" in line]
    numbers = [line["seq"] for line in events]
    times = [line["t"] for line in events]
    first = [min(numbers), max(numbers), len(set(numbers)), min(times), max(times)]
    clicks = [line for line in events if line["type"] == "button"]
    texts = [line for line in events if line["type"] == "text"]
    duck, panda = read["duck"], read["panda"]
    check("DuckDB, lines", duck["lines"], len(lines))
    check("DuckDB, events of each type", duck["counts"], counts)
    check("DuckDB, numbers and times", duck["first"], first)
    check("DuckDB, clicks", [int(value) for value in duck["clicks"]],
          [sum(line["number"] for line in clicks), min(line["at"]["x"] for line in clicks),
           max(line["at"]["y"] for line in clicks)])
    check("DuckDB, applications", duck["applications"],
          sorted({line["context"]["application"] for line in events if line["context"]}))
    check("DuckDB, texts", duck["texts"], [len(texts), min(len(line["value"]) for line in texts)])
    types = duck["types"]
    check("DuckDB, types of columns",
          {name: types[name] for name in ("seq", "t", "from", "type", "crc", "injected", "number", "value")
           if name in types},
          {name: kind for name, kind in {"seq": "BIGINT", "t": "BIGINT", "from": "BIGINT", "type": "VARCHAR",
           "crc": "VARCHAR", "injected": "BOOLEAN", "number": "BIGINT", "value": "VARCHAR"}.items() if name in types})
    for name in ("context", "at", "bounds"):
        if not types[name].startswith("STRUCT("):
            raise AssertionError(f"DuckDB makes {name} a {types[name]}")
    untyped = [name for name, kind in types.items()
               if kind == "JSON" and any(line.get(name) is not None for line in events)]
    check("DuckDB, columns without a type", untyped, [])
    check("pandas, events of each type", panda["counts"], counts)
    check("pandas, numbers and times", panda["first"], first)
    check("pandas, kinds", panda["kinds"]["seq"].lower(), "int64")


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    program = pathlib.Path(sys.argv[1]).resolve() / "jsonl_sample"
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "build" / "interop").resolve()
    if not program.exists():
        print("skipped: jsonl_sample was not built")
        return 77
    folder.mkdir(parents=True, exist_ok=True)
    python, why = python_library(folder, "duckdb, pandas", PACKAGES, "tables")
    if why:
        print(f"skipped: {why}")
        return 77
    trace = folder / "ours.jsonl"
    written = run(program, trace, EVENTS)
    if written.returncode != 0:
        print(f"jsonl_sample ended with {written.returncode}")
        return 1
    lines = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
    read = run(python, "-c", READER, trace)
    if read.returncode != 0:
        print(read.stderr[-2000:])
        return 1
    try:
        compare(json.loads(read.stdout), lines, json.loads(written.stdout))
    except AssertionError as wrong:
        print(wrong)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
