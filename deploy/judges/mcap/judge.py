"""Prints every message of each FILE twice, found by the index and by streaming, with checksums verified:
way, topic, schema, sequence, log time, publish time, data. Needs mcap==1.6.0 with lz4 and zstandard."""
import sys

from mcap.reader import NonSeekingReader, SeekingReader

for path in sys.argv[1:]:
    for way, kind in (("indexed", SeekingReader), ("streamed", NonSeekingReader)):
        with open(path, "rb") as file:
            reader = kind(file, validate_crcs=True)
            for schema, channel, message in reader.iter_messages(log_time_order=way == "indexed"):
                print(way, channel.topic, schema.name if schema else "-", message.sequence, message.log_time,
                      message.publish_time, message.data.hex())
        if way == "indexed":
            with open(path, "rb") as file:
                reader = kind(file, validate_crcs=True)
                for a in reader.iter_attachments():
                    print("indexed-attachment", a.name, a.media_type, a.log_time, a.create_time, a.data.hex())
            with open(path, "rb") as file:
                s = kind(file, validate_crcs=True).get_summary().statistics
                print("statistics", s.message_count, s.schema_count, s.channel_count, s.attachment_count,
                      s.metadata_count, s.chunk_count)
