package io.azimuth.connectors.packets;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where things lie in Ouster's lidar packets. Offsets are bytes from the start of the packet,
 * column or pixel. Of profiles with two returns the first, the stronger, is read. Source: Ouster
 * sensor documentation, "Lidar data format", and the field tables of ouster-sdk.
 */
enum OusterProfile {
    /** Firmware before 3.0: whole columns with an encoder count and a status word behind them. */
    LEGACY("LEGACY", 0, 16, 12, 4, 0, 1),
    SINGLE("RNG19_RFL8_SIG16_NIR16", 32, 12, 12, 0, 32, 1),
    DUAL("RNG19_RFL8_SIG16_NIR16_DUAL", 32, 12, 16, 0, 32, 2),
    LOW_RATE("RNG15_RFL8_NIR8", 32, 12, 4, 0, 32, 1),
    FUSA_DUAL("FUSA_RNG15_RFL8_NIR8_DUAL", 32, 12, 8, 0, 32, 2);

    private static final int RANGE_20 = 0x000f_ffff;
    private static final int RANGE_19 = 0x0007_ffff;
    private static final int RANGE_15 = 0x7fff;

    final String key;
    final int packetHeader;
    final int columnHeader;
    final int pixelBytes;
    final int columnFooter;
    final int packetFooter;
    final int returns;

    OusterProfile(
            String key,
            int packetHeader,
            int columnHeader,
            int pixelBytes,
            int columnFooter,
            int packetFooter,
            int returns) {
        this.key = key;
        this.packetHeader = packetHeader;
        this.columnHeader = columnHeader;
        this.pixelBytes = pixelBytes;
        this.columnFooter = columnFooter;
        this.packetFooter = packetFooter;
        this.returns = returns;
    }

    /** The names that the metadata may use. */
    static String keys() {
        return Arrays.stream(values()).map(p -> p.key).collect(Collectors.joining(", "));
    }

    int columnBytes(int beams) {
        return columnHeader + beams * pixelBytes + columnFooter;
    }

    int packetBytes(int beams, int columnsPerPacket) {
        return packetHeader + columnsPerPacket * columnBytes(beams) + packetFooter;
    }

    /** Number of the rotation, which wraps at {@link #frameIdBits}. */
    int frameId(byte[] b, int packet) {
        return switch (this) {
            case LEGACY -> CaptureReader.int16(b, packet + 10, false);
            case FUSA_DUAL -> CaptureReader.int32(b, packet + 4, false);
            default -> CaptureReader.int16(b, packet + 2, false);
        };
    }

    int frameIdBits() {
        return this == FUSA_DUAL ? 32 : 16;
    }

    static long timestampNanos(byte[] b, int column) {
        return CaptureReader.uint32(b, column, false)
                | CaptureReader.uint32(b, column + 4, false) << 32;
    }

    static int measurementId(byte[] b, int column) {
        return CaptureReader.int16(b, column + 8, false);
    }

    /** The status word; its lowest bit says whether the column was measured. */
    int status(byte[] b, int column, int beams) {
        return this == LEGACY
                ? CaptureReader.int32(b, column + columnHeader + beams * pixelBytes, false)
                : CaptureReader.int16(b, column + 10, false);
    }

    /** Range in millimetres; 0 where nothing came back. */
    int rangeMm(byte[] b, int pixel) {
        return switch (this) {
            case LEGACY -> CaptureReader.int32(b, pixel, false) & RANGE_20;
            case SINGLE, DUAL -> CaptureReader.int32(b, pixel, false) & RANGE_19;
            case LOW_RATE, FUSA_DUAL -> (CaptureReader.int16(b, pixel, false) & RANGE_15) << 3;
        };
    }

    /** Calibrated reflectivity, 0 .. 255. */
    int reflectivity(byte[] b, int pixel) {
        return switch (this) {
            case LEGACY, SINGLE -> b[pixel + 4] & 0xff;
            case DUAL -> b[pixel + 3] & 0xff;
            case LOW_RATE, FUSA_DUAL -> b[pixel + 2] & 0xff;
        };
    }
}
