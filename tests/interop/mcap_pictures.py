#!/usr/bin/env python3
"""Pictures in our MCAP files, read with the programs of others.

    mcap_pictures.py PROGRAMS [FOLDER]

PROGRAMS: the folder of mcap_pictures_sample. FOLDER, build/interop unless told, keeps what pip installs.
The official library and its decoder of ROS 1 messages read the file, Pillow opens the images, cbor2 the tiles; and every
picture, put together here from what docs/formats.md says, is what was on the screen. Ends with 77, and says why, where
pip cannot install them.
"""
import pathlib
import struct
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGES = ["mcap-ros1-support", "pillow", "cbor2"]


def chunks_of(png):
    """The types of the chunks of a PNG file."""
    at = 8
    while at < len(png):
        size, kind = struct.unpack_from(">I4s", png, at)
        yield kind.decode()
        at += 12 + size


def open_image(data):
    import io
    from PIL import Image
    assert [kind for kind in chunks_of(data) if kind not in ("IHDR", "PLTE", "IDAT", "IEND")] == [], "more than pixels"
    image = Image.open(io.BytesIO(data))
    assert image.format == "PNG" and not image.info, image.info
    return image.convert("RGB")


def check(path):
    """In the interpreter that has the packages: reads the lines of the sample from standard input."""
    import json
    import cbor2
    from mcap.reader import make_reader
    from mcap_ros1.decoder import DecoderFactory
    expected = {line["seq"]: line for line in map(json.loads, sys.stdin)}
    pictures = {}
    kinds = {"key": 0, "tiles": 0, "same": 0}
    events = []
    with open(path, "rb") as file:
        for schema, channel, message in make_reader(file, validate_crcs=True).iter_messages(log_time_order=False):
            if channel.topic == "screen/picture":
                assert (schema.name, schema.encoding, channel.message_encoding) == \
                    ("sensor_msgs/CompressedImage", "ros1msg", "ros1")
                decoded = DecoderFactory().decoder_for("ros1", schema)(message.data)
                number = int(decoded.header.frame_id)
                assert decoded.format == "png" and decoded.header.seq == message.sequence == number % 2**32
                assert decoded.header.stamp.secs * 10**9 + decoded.header.stamp.nsecs == message.log_time
                assert number not in pictures and number - 1 in events, "a picture comes before its event"
                pictures[number] = open_image(bytes(decoded.data))
                kinds["key"] += 1
            elif channel.topic == "screen/tiles":
                assert schema.encoding == "jsonschema" and json.loads(schema.data)["title"] == "overt.tiles/1"
                tiles = cbor2.loads(message.data)
                assert set(json.loads(schema.data)["properties"]) >= set(tiles)
                picture = pictures[tiles["key_seq"]].copy()
                assert picture.size == (tiles["width"], tiles["height"])
                side = tiles["tile_side"]
                columns = -(-picture.width // side)
                column = open_image(tiles["image"]) if tiles["kind"] == "tiles" else None
                for place, tile in enumerate(tiles.get("tiles", [])):
                    part = column.crop((0, place * side, side, (place + 1) * side))
                    picture.paste(part, (tile % columns * side, tile // columns * side))
                pictures[tiles["seq"]] = picture
                kinds[tiles["kind"]] += 1
            elif channel.topic in ("screen", "marker"):
                events.append(json.loads(message.data)["seq"])
    assert sorted(pictures) == sorted(expected), (sorted(pictures), sorted(expected))
    for number, picture in pictures.items():
        assert picture.tobytes() == pathlib.Path(f"{path}.{number}.rgb").read_bytes(), number
    assert all(kinds.values()), kinds
    print(f"{len(pictures)} pictures, {kinds}, all as they were")


def main():
    sys.path.insert(0, str(HERE))
    import subprocess
    import tempfile
    from mcap_read import PYTHON_PACKAGES, python_library, run
    programs = pathlib.Path(sys.argv[1]).resolve()
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "build" / "interop").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    python, why = python_library(folder, "mcap, zstandard, lz4, mcap_ros1, PIL, cbor2", [*PYTHON_PACKAGES, *PACKAGES])
    if python is None:
        print("skipped: " + why)
        return 77
    with tempfile.TemporaryDirectory(prefix="overt-pictures-") as place:
        file = pathlib.Path(place) / "pictures.mcap"
        made = run(programs / "mcap_pictures_sample", file)
        if made.returncode != 0:
            print("the sample was not written: " + made.stderr)
            return 1
        return subprocess.run([str(python), __file__, "--check", str(file)], input=made.stdout, text=True,
                              check=False).returncode


if __name__ == "__main__":
    if sys.argv[1] == "--check":
        check(sys.argv[2])
    else:
        sys.exit(main())
