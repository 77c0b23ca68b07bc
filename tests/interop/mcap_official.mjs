// The official TypeScript library for MCAP at work: lists what is in a file as mcap_list prints it, and checks every
// CRC. Called by mcap_read.py, in a folder where the library is installed.
//
//   node mcap_official.mjs stream|index FILE [FROM TOPIC]
import {createRequire} from "node:module";
import fs from "node:fs";
import path from "node:path";

const installed = createRequire(path.join(process.cwd(), "here.js"));
const {McapIndexedReader, McapStreamReader} = installed("@mcap/core");
const fzstd = installed("fzstd");

const decompressHandlers = {zstd: (packed, size) => fzstd.decompress(packed, new Uint8Array(Number(size)))};
const hex = (bytes) => Buffer.from(bytes).toString("hex");
// Numbers of 64 bits do not fit into JSON.stringify.
const print = (line) => console.log(JSON.stringify(line, (_, value) => typeof value === "bigint" ? `#${value}#` : value)
  .replace(/"#(\d+)#"/g, "$1"));
const messageLine = (schema, channel, message) => ({
  topic: channel.topic, encoding: channel.messageEncoding, channel: Object.fromEntries(channel.metadata),
  schema: schema ? schema.name : null, sequence: message.sequence, log_time: message.logTime,
  publish_time: message.publishTime, data: hex(message.data)});
const metadataLine = (one) => ({metadata: one.name, entries: Object.fromEntries(one.metadata)});
const attachmentLine = (one) => ({attachment: one.name, media_type: one.mediaType, log_time: one.logTime,
  data: hex(one.data)});

const [how, file, from, topic] = process.argv.slice(2);
const bytes = fs.readFileSync(file);
if (how === "stream") {
  const reader = new McapStreamReader({validateCrcs: true, decompressHandlers});
  const schemas = new Map();
  const channels = new Map();
  reader.append(bytes);
  for (let record; (record = reader.nextRecord());) {
    if (record.type === "Schema") schemas.set(record.id, record);
    if (record.type === "Channel") channels.set(record.id, record);
    if (record.type === "Metadata") print(metadataLine(record));
    if (record.type === "Attachment") print(attachmentLine(record));
    if (record.type === "Message") {
      const channel = channels.get(record.channelId);
      print(messageLine(schemas.get(channel.schemaId), channel, record));
    }
  }
  if (!reader.done()) throw new Error("the stream reader is not at the end");
} else {
  const readable = {
    size: async () => BigInt(bytes.length),
    read: async (offset, size) => new Uint8Array(bytes.subarray(Number(offset), Number(offset + size)))};
  const reader = await McapIndexedReader.Initialize({readable, decompressHandlers});
  const filter = topic === undefined ? {} : {topics: [topic], startTime: BigInt(from)};
  if (topic === undefined) {
    for await (const one of reader.readMetadata()) print(metadataLine(one));
    for await (const one of reader.readAttachments({validateCrcs: true})) print(attachmentLine(one));
  }
  for await (const message of reader.readMessages({...filter, validateCrcs: true})) {
    const channel = reader.channelsById.get(message.channelId);
    print(messageLine(reader.schemasById.get(channel.schemaId), channel, message));
  }
}
