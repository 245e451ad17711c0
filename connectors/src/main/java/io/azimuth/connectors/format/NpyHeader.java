package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.MalformedDataException;
import java.util.List;

/**
 * The header of a {@code .npy} file.
 *
 * @param columns of a row: named fields of a structured array, or {@code x}, {@code y}, ... by
 *     position
 * @param named whether the names stand in the file
 * @param points rows
 * @param rowBytes bytes of a row
 * @param fortran the columns lie one behind the other
 * @param bigEndian byte order
 * @param dataOffset first byte of the data
 */
record NpyHeader(
        List<Column> columns,
        boolean named,
        int points,
        int rowBytes,
        boolean fortran,
        boolean bigEndian,
        int dataOffset) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER_BYTES = 1 << 16;

    NpyHeader {
        columns = List.copyOf(columns);
    }

    static boolean hasMagic(CloudBytes bytes) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (i >= bytes.size() || bytes.array()[i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    /** Parses versions 1, 2 and 3. Source: NumPy Enhancement Proposal 1. */
    static NpyHeader parse(CloudBytes bytes) {
        byte[] b = bytes.array();
        if (!hasMagic(bytes) || bytes.size() < 10) {
            throw fault(bytes, 0, "the file does not start as .npy does (0x93 'NUMPY', version)");
        }
        int major = b[6];
        if (major < 1 || major > 3) {
            throw fault(bytes, 6, "version %d, accepted are 1, 2 and 3".formatted(major));
        }
        int lengthBytes = major == 1 ? 2 : 4;
        if (bytes.size() < 8 + lengthBytes) {
            throw fault(bytes, 8, "the file ends inside its header; copy it again");
        }
        long length = b[8] & 0xff | (b[9] & 0xff) << 8;
        if (major > 1) {
            length = ColumnBytes.unsignedInt(b, 8);
        }
        int text = 8 + lengthBytes;
        if (length > MAX_HEADER_BYTES || length > bytes.size() - text) {
            throw fault(
                    bytes,
                    8,
                    "the header has %d bytes, accepted are at most %d that are there"
                            .formatted(length, Math.min(MAX_HEADER_BYTES, bytes.size() - text)));
        }
        return new NpyDictionary(bytes, text, (int) length).header();
    }

    private static MalformedDataException fault(CloudBytes bytes, long at, String problem) {
        return MalformedDataException.at(bytes.name(), at, problem);
    }
}
