package io.azimuth.connectors.mcap;

/** The first byte of a record: what it is. */
final class Opcode {
    static final int HEADER = 0x01;
    static final int FOOTER = 0x02;
    static final int SCHEMA = 0x03;
    static final int CHANNEL = 0x04;
    static final int MESSAGE = 0x05;
    static final int CHUNK = 0x06;
    static final int MESSAGE_INDEX = 0x07;
    static final int CHUNK_INDEX = 0x08;
    static final int ATTACHMENT = 0x09;
    static final int ATTACHMENT_INDEX = 0x0a;
    static final int STATISTICS = 0x0b;
    static final int METADATA = 0x0c;
    static final int METADATA_INDEX = 0x0d;
    static final int SUMMARY_OFFSET = 0x0e;
    static final int DATA_END = 0x0f;

    /** Opcode and length before each body. */
    static final int HEAD_BYTES = 9;

    /** Channel, sequence, log and publish time before a message's data. */
    static final int MESSAGE_HEAD_BYTES = 22;

    /** A footer without additions: head and body. */
    static final int FOOTER_BYTES = HEAD_BYTES + 20;

    private static final byte[] MAGIC = {(byte) 0x89, 'M', 'C', 'A', 'P', '0', '\r', '\n'};

    private static final String[] NAMES = {
        "zero",
        "Header",
        "Footer",
        "Schema",
        "Channel",
        "Message",
        "Chunk",
        "MessageIndex",
        "ChunkIndex",
        "Attachment",
        "AttachmentIndex",
        "Statistics",
        "Metadata",
        "MetadataIndex",
        "SummaryOffset",
        "DataEnd"
    };

    private Opcode() {}

    /** The first and the last bytes of a file. */
    static byte[] magic() {
        return MAGIC.clone();
    }

    static String name(int opcode) {
        return opcode < NAMES.length ? NAMES[opcode] : "record 0x%02x".formatted(opcode);
    }
}
