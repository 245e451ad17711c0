// Prints every message of each FILE twice, found by the index and by streaming, with checksums verified:
// way, topic, schema, sequence, log time, publish time, data. Ends with 1 and the reason if a file is not accepted.
import { open } from "node:fs/promises";
import { McapIndexedReader, McapStreamReader } from "@mcap/core";
import { loadDecompressHandlers } from "@mcap/support";

const decompressHandlers = await loadDecompressHandlers();

function row(way, message, channels, schemas) {
  const channel = channels.get(message.channelId);
  const schema = schemas.get(channel.schemaId)?.name ?? "-";
  const data = Buffer.from(message.data).toString("hex");
  console.log([way, channel.topic, schema, message.sequence, message.logTime, message.publishTime, data].join(" "));
}

async function indexed(file) {
  const { size } = await file.stat();
  const readable = {
    size: async () => BigInt(size),
    read: async (offset, length) => {
      const bytes = new Uint8Array(Number(length));
      const { bytesRead } = await file.read(bytes, 0, Number(length), Number(offset));
      if (bytesRead !== Number(length)) throw new Error(`read past the end at ${offset}`);
      return bytes;
    },
  };
  const reader = await McapIndexedReader.Initialize({ readable, decompressHandlers });
  for await (const message of reader.readMessages({ validateCrcs: true })) {
    row("indexed", message, reader.channelsById, reader.schemasById);
  }
  for await (const a of reader.readAttachments({ validateCrcs: true })) {
    console.log(["indexed-attachment", a.name, a.mediaType, a.logTime, a.createTime, Buffer.from(a.data).toString("hex")].join(" "));
  }
  for await (const m of reader.readMetadata()) {
    console.log(["indexed-metadata", m.name, JSON.stringify(Object.fromEntries(m.metadata))].join(" "));
  }
  const s = reader.statistics;
  console.log(["statistics", s.messageCount, s.schemaCount, s.channelCount, s.attachmentCount, s.metadataCount, s.chunkCount].join(" "));
}

async function streamed(file) {
  const reader = new McapStreamReader({ validateCrcs: true, decompressHandlers });
  const { size } = await file.stat();
  const bytes = new Uint8Array(size);
  await file.read(bytes, 0, size, 0);
  const channels = new Map();
  const schemas = new Map();
  for (let at = 0; at < size; at += 65536) {
    reader.append(bytes.subarray(at, Math.min(size, at + 65536)));
    for (let record; (record = reader.nextRecord()); ) {
      if (record.type === "Schema") schemas.set(record.id, record);
      if (record.type === "Channel") channels.set(record.id, record);
      if (record.type === "Message") row("streamed", record, channels, schemas);
    }
  }
  if (!reader.done()) throw new Error("the stream has no end");
}

try {
  for (const path of process.argv.slice(2)) {
    const file = await open(path);
    await indexed(file);
    await streamed(file);
    await file.close();
  }
} catch (e) {
  console.error(e);
  process.exit(1);
}
