#!/usr/bin/env python3
"""How large a trace is beside other ways to keep the same events: bytes an event.

    trace_sizes.py OVERT TRACE... [--out FOLDER]

OVERT: the command line, which turns a trace of any format into JSON lines. The ways: the trace itself; its events as JSON
lines without checksums; these with zstd -3; SQLite, the contexts in a table of their own; Parquet with zstd, a typed column
for each member that any event has (DuckDB); and the MCAP library of Python, one JSON message an event, zstd. The pictures of
an MCAP trace are in "the trace itself" alone. FOLDER, build/interop unless told, keeps what pip installs. Ends with 77, and
says why, where the libraries cannot be installed.
"""
import argparse
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "interop"))
PACKAGES = ["duckdb>=1.3,<2", "mcap==1.6.0", "zstandard"]


def events_of(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            if event["type"] not in ("session", "end"):
                event.pop("crc", None)
                yield event


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def with_zstd(lines, out):
    import zstandard

    with open(lines, "rb") as plain, open(out, "wb") as packed:
        zstandard.ZstdCompressor(level=3).copy_stream(plain, packed)


def with_sqlite(lines, out):
    table = sqlite3.connect(out)
    table.execute("CREATE TABLE contexts(number INTEGER PRIMARY KEY, json TEXT)")
    table.execute("CREATE TABLE events(seq INTEGER PRIMARY KEY, t INTEGER, type TEXT, source INTEGER, context INTEGER, rest TEXT)")
    places = {}
    for event in events_of(lines):
        place = event.pop("context")
        key = None if place is None else compact(place)
        if key is not None and key not in places:
            places[key] = len(places) + 1
            table.execute("INSERT INTO contexts VALUES(?,?)", (places[key], key))
        head = [event.pop(member) for member in ("seq", "t", "type", "from")]
        table.execute("INSERT INTO events VALUES(?,?,?,?,?,?)", (*head, places.get(key), compact(event)))
    table.commit()
    table.close()


def with_parquet(lines, out):
    import duckdb

    duckdb.execute("SET preserve_insertion_order = true")
    duckdb.execute(f"COPY (SELECT * FROM read_json('{lines}', format='newline_delimited', sample_size=-1, maximum_depth=-1, "
                   f"map_inference_threshold=-1, union_by_name=true)) TO '{out}' (FORMAT parquet, COMPRESSION zstd)")


def with_messages(lines, out):
    from mcap.writer import CompressionType, Writer

    with open(out, "wb") as file:
        writer = Writer(file, compression=CompressionType.ZSTD)
        writer.start("", "")
        channels = {}
        for event in events_of(lines):
            kind = event["type"]
            if kind not in channels:
                schema = writer.register_schema(kind, "jsonschema", b"{}")
                channels[kind] = writer.register_channel(kind, "json", schema)
            writer.add_message(channels[kind], event["t"], compact(event).encode(), event["t"], event["seq"] & 0xFFFFFFFF)
        writer.finish()


def measure(overt, trace, folder):
    lines = trace if trace.suffix == ".jsonl" else folder / "events.jsonl"
    if lines != trace:
        with open(lines, "wb") as file:
            subprocess.run([overt, "show", "--json", trace], stdout=file, check=True)
    plain = folder / "plain.jsonl"
    count = 0
    with open(plain, "w", encoding="utf-8") as file:
        for event in events_of(lines):
            file.write(compact(event) + "\n")
            count += 1
    print(f"{trace}: {count:,} events")

    def tell(name, size):
        print(f"  {name:45} {size:12,} bytes {size / count:9.2f} an event", flush=True)

    tell("the trace itself", trace.stat().st_size)
    tell("events as JSON lines", plain.stat().st_size)
    for name, ending, make in (("JSON lines, zstd -3", "zst", with_zstd), ("SQLite", "db", with_sqlite),
                               ("Parquet, zstd", "parquet", with_parquet),
                               ("MCAP, a message an event, zstd", "messages.mcap", with_messages)):
        out = folder / f"t.{ending}"
        make(plain, out)
        tell(name, out.stat().st_size)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("overt", type=pathlib.Path)
    parser.add_argument("traces", type=pathlib.Path, nargs="+", metavar="TRACE")
    parser.add_argument("--out", type=pathlib.Path, default=HERE.parents[1] / "build" / "interop")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if not chosen.inside:
        from mcap_read import python_library

        chosen.out.mkdir(parents=True, exist_ok=True)
        python, why = python_library(chosen.out, "duckdb, mcap, zstandard", PACKAGES, "sizes")
        if python is None:
            print(f"skipped: {why}")
            return 77
        return subprocess.run([python, __file__, "--inside", *sys.argv[1:]], check=False).returncode
    for trace in chosen.traces:
        with tempfile.TemporaryDirectory() as folder:
            measure(chosen.overt.resolve(), trace, pathlib.Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
