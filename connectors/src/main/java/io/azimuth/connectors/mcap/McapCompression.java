package io.azimuth.connectors.mcap;

/** How the records of a chunk are packed. */
public enum McapCompression {
    NONE(""),
    LZ4("lz4"),
    ZSTD("zstd");

    private final String keyword;

    McapCompression(String keyword) {
        this.keyword = keyword;
    }

    /** The word in the file. */
    String keyword() {
        return keyword;
    }
}
