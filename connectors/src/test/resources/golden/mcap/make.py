"""Writes the golden recordings and their twin golden.json with the reference library for Python.
Run in this folder: pip install mcap==1.6.0; python3 make.py"""
import json
import zlib

import lz4.frame
from mcap.writer import CompressionType, IndexType, Writer

SECOND = 1_000_000_000
BASE = 1_700_000_000 * SECOND


def messages(count):
    """Three topics, times that wander back, chunks that overlap."""
    for i in range(count):
        time = BASE + i * SECOND // 20 + (i * 7919 % 11) * SECOND // 10
        yield i, ("/points", "/pose", "/log")[i % 3], time, bytes((i * k) % 251 for k in range(i % 40))


def write(name, count=40, chunk_size=900, **options):
    rows = []
    with open(name + ".mcap", "wb") as out:
        writer = Writer(out, chunk_size=chunk_size, **options)
        writer.start(profile="ros2", library="golden")
        points = writer.register_schema("test/Points", "ros2msg", b"float64 x\n")
        pose = writer.register_schema("test/Pose", "ros2msg", b"float64 x\nfloat64 y\n")
        channels = {
            "/points": writer.register_channel("/points", "cdr", points, {"frame": "lidar", "qos": ""}),
            "/pose": writer.register_channel("/pose", "cdr", pose),
            "/log": writer.register_channel("/log", "json", 0),
        }
        writer.add_metadata("drive", {"place": "Zürich"})
        for i, topic, time, data in messages(count):
            writer.add_message(channels[topic], time, data, time - i, i)
            rows.append([topic, i, time, time - i, data.hex()])
        writer.add_attachment(6, 5, "calib.txt", "text/plain", b"1 0 0")
        writer.finish()
    rows.sort(key=lambda r: r[2])  # stable
    return rows


rows = write("none", compression=CompressionType.NONE)
write("lz4", compression=CompressionType.LZ4)
write("zstd", compression=CompressionType.ZSTD)
write("unchunked", use_chunking=False)
write("no_message_index", compression=CompressionType.ZSTD, index_types=IndexType.ALL ^ IndexType.MESSAGE)
write("no_chunk_index", compression=CompressionType.LZ4, index_types=IndexType.ALL ^ IndexType.CHUNK)
write("no_index", compression=CompressionType.NONE, index_types=IndexType.NONE)
write("no_statistics", compression=CompressionType.NONE, use_statistics=False)
write("no_repeats", compression=CompressionType.ZSTD, repeat_schemas=False, repeat_channels=False)
write("no_summary", compression=CompressionType.NONE, use_statistics=False, use_summary_offsets=False,
      repeat_schemas=False, repeat_channels=False, index_types=IndexType.NONE)
write("no_checksums", compression=CompressionType.LZ4, enable_crcs=False)
write("data_checksum", compression=CompressionType.ZSTD, enable_data_crcs=True)
write("empty", count=0)

twin = {
    "channels": {"/points": "test/Points", "/pose": "test/Pose", "/log": None},
    "metadata": {"place": "Zürich"},
    "attachment": "1 0 0",
    "messages": rows,  # topic, sequence, log time, publish time, data in hex
}
with open("golden.json", "w") as out:
    json.dump(twin, out, indent=0, ensure_ascii=False)

# Blocks that refer to the block before them are what LZ4F_compressFrame makes of anything above 64 KiB.
words = [zlib.crc32(i.to_bytes(4, "little")).to_bytes(4, "little") for i in range(2000)]
plain = b"".join(words[i * i % 2000] * (i % 5 + 1) for i in range(12000))
with open("linked.lz4", "wb") as out:
    out.write(lz4.frame.compress(plain, block_size=lz4.frame.BLOCKSIZE_MAX64KB, block_linked=True,
                                 content_checksum=True, block_checksum=True, store_size=True))
with open("linked.crc32", "w") as out:
    out.write(f"{len(plain)} {zlib.crc32(plain)}")
