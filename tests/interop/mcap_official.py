#!/usr/bin/env python3
"""The official Python library for MCAP at work, in the interpreter that has it. Called by mcap_read.py.

    mcap_official.py list FILE           what is in it, as mcap_list prints it; every CRC is checked, in two ways
    mcap_official.py window FILE FROM TOPIC    the messages of a topic at or after a time, by the index
    mcap_official.py write FILE OPTIONS  writes a sample and prints what is in it; OPTIONS is a JSON object
"""
import json
import sys

from mcap.reader import NonSeekingReader, SeekingReader
from mcap.stream_reader import StreamReader
from mcap.records import DataEnd
from mcap.writer import CompressionType, IndexType, Writer


def message_line(schema, channel, message):
    return {"topic": channel.topic, "encoding": channel.message_encoding, "channel": dict(channel.metadata),
            "schema": schema.name if schema else None, "sequence": message.sequence, "log_time": message.log_time,
            "publish_time": message.publish_time, "data": message.data.hex()}


def attachment_line(attachment):
    return {"attachment": attachment.name, "media_type": attachment.media_type, "log_time": attachment.log_time,
            "data": attachment.data.hex()}


def metadata_line(metadata):
    return {"metadata": metadata.name, "entries": dict(metadata.metadata)}


def listing(path, reader_of):
    lines = []
    with open(path, "rb") as file:
        lines += [metadata_line(each) for each in reader_of(file, validate_crcs=True).iter_metadata()]
    with open(path, "rb") as file:
        lines += [attachment_line(each) for each in reader_of(file, validate_crcs=True).iter_attachments()]
    with open(path, "rb") as file:
        lines += [message_line(*each) for each in
                  reader_of(file, validate_crcs=True).iter_messages(log_time_order=False)]
    return lines


def list_file(path):
    seeking = listing(path, SeekingReader)
    streaming = listing(path, NonSeekingReader)
    if seeking != streaming:
        raise SystemExit("the seeking and the streaming reader differ")
    with open(path, "rb") as file:
        ends = [record for record in StreamReader(file, validate_crcs=True).records if isinstance(record, DataEnd)]
    if len(ends) != 1 or ends[0].data_section_crc == 0:
        raise SystemExit("there is no CRC of the data section")
    with open(path, "rb") as file:
        summary = SeekingReader(file, validate_crcs=True).get_summary()
    messages = [line for line in seeking if "topic" in line]
    statistics = summary.statistics
    counts = {}
    for line in messages:
        counts[line["topic"]] = counts.get(line["topic"], 0) + 1
    said = {summary.channels[number].topic: count for number, count in statistics.channel_message_counts.items()}
    times = [line["log_time"] for line in messages]
    found = (len(messages), min(times), max(times), counts, len(summary.channels), len(summary.schemas),
             len(summary.chunk_indexes), len(summary.attachment_indexes), len(summary.metadata_indexes))
    claimed = (statistics.message_count, statistics.message_start_time, statistics.message_end_time, said,
               statistics.channel_count, statistics.schema_count, statistics.chunk_count,
               statistics.attachment_count, statistics.metadata_count)
    if found != claimed:
        raise SystemExit(f"the statistics are wrong: {claimed} instead of {found}")
    return seeking


def window(path, start, topic):
    with open(path, "rb") as file:
        return [message_line(*each) for each in SeekingReader(file, validate_crcs=True).iter_messages(
            topics=[topic], starting_at=start, log_time_order=False)]


def write(path, options):
    lines = []
    indexes = IndexType.ALL if options.pop("indexes", True) else IndexType.NONE
    compression = CompressionType[options.pop("compression", "NONE")]
    with open(path, "wb") as file:
        writer = Writer(file, chunk_size=2000, compression=compression, index_types=indexes, **options)
        writer.start(profile="", library="official")
        schema = writer.register_schema(name="a/schema", encoding="jsonschema", data=b"{}")
        channels = [(writer.register_channel(topic="one", message_encoding="json", schema_id=schema,
                                             metadata={"z": "1", "a": "2"}),
                     "one", {"z": "1", "a": "2"}, "a/schema"),
                    (writer.register_channel(topic="two", message_encoding="json", schema_id=0), "two", {}, None)]
        writer.add_metadata("about", {"key": "value"})
        lines.append({"metadata": "about", "entries": {"key": "value"}})
        writer.add_attachment(create_time=3, log_time=5, name="file", media_type="text/plain", data=b"attached")
        lines.append({"attachment": "file", "media_type": "text/plain", "log_time": 5, "data": b"attached".hex()})
        for i in range(500):
            number, topic, metadata, name = channels[i % 2]
            data = json.dumps({"i": i, "text": "\u20ac" * (i % 11)}).encode()
            time = 1000 * i + (i * 7919) % 3000
            writer.add_message(number, log_time=time, data=data, publish_time=time + 1, sequence=i)
            lines.append({"topic": topic, "encoding": "json", "channel": metadata, "schema": name, "sequence": i,
                          "log_time": time, "publish_time": time + 1, "data": data.hex()})
        writer.finish()
    return lines


def main():
    what, path, *rest = sys.argv[1:]
    if what == "list":
        lines = list_file(path)
    elif what == "window":
        lines = window(path, int(rest[0]), rest[1])
    else:
        lines = write(path, json.loads(rest[0]))
    for line in lines:
        print(json.dumps(line))


if __name__ == "__main__":
    main()
