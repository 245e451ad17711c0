package io.azimuth.connectors.ros;

/**
 * Where a chunk lies in the file.
 *
 * @param dataAt of its packed bytes
 * @param dataLength of those
 * @param plainLength what they unpack to
 * @param packing none, bz2 or lz4
 */
record BagChunk(String packing, long dataAt, long dataLength, long plainLength) {
    static BagChunk of(BagRecord record, long dataLength) {
        record.require(BagRecord.CHUNK);
        return new BagChunk(
                record.text("compression"), record.dataAt(), dataLength, record.u32("size"));
    }

    boolean packed() {
        return !packing.equals("none");
    }

    long end() {
        return dataAt + dataLength;
    }
}
