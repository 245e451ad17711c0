package io.azimuth.connectors.wire;

import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.Sweep;
import java.util.List;

/** Whether a sweep's header can be believed, before anything is allocated by what it declares. */
final class SweepHeaderCheck {
    /** Meaning of the fields that this version writes and reads. */
    static final int REVISION = 1;

    static final List<String> XYZ = List.of("x", "y", "z");

    private final Contract.Sweep header;
    private final Origin origin;

    SweepHeaderCheck(Contract.Sweep header) {
        this.header = header;
        this.origin =
                new Origin(
                        "",
                        header.getVehicleId(),
                        header.getSensorId(),
                        header.getDriveId(),
                        header.getSeq());
    }

    Origin origin() {
        return origin;
    }

    /** Identity, sizes, times: all that does not concern the layout of the points. */
    void identityAndTimes() {
        int revision = header.getRevision();
        if (revision < 0 || revision > REVISION) {
            throw fault(
                    SweepFault.UNSUPPORTED_VERSION,
                    "revision is %s, expected at most %d"
                            .formatted(Integer.toUnsignedString(revision), REVISION));
        }
        if (header.getSensorId().isEmpty()
                || header.getVehicleId().isEmpty()
                || header.getDriveId().isEmpty()
                || header.getSeq() < 0) {
            throw fault(
                    SweepFault.NOT_A_SWEEP,
                    "vehicle '%s', sensor '%s', drive '%s', seq %s: expected all four"
                            .formatted(
                                    header.getVehicleId(),
                                    header.getSensorId(),
                                    header.getDriveId(),
                                    Long.toUnsignedString(header.getSeq())));
        }
        if (!header.getUnreadable().isEmpty()) {
            throw fault(SweepFault.UNREADABLE_SOURCE, header.getUnreadable());
        }
        limit("raw_len", header.getRawLen(), SweepCodec.MAX_RAW_BYTES);
        limit("point_count", header.getPointCount(), SweepCodec.MAX_POINTS);
        long duration = header.getEndNs() - header.getStartNs();
        if (!(duration > 0 && duration <= Sweep.MAX_DURATION_NANOS)
                || header.getEndNs() < header.getStartNs()) {
            throw fault(
                    SweepFault.BAD_TIMES,
                    "start %d ns, end %d ns: expected an end 1 .. %d ns after the start"
                            .formatted(
                                    header.getStartNs(),
                                    header.getEndNs(),
                                    Sweep.MAX_DURATION_NANOS));
        }
    }

    /**
     * Encoding, compression, and columns that tile the raw bytes exactly.
     *
     * @param cells values that each column must hold
     */
    void layout(int cells) {
        if (header.getPointCount() == 0) {
            throw fault(SweepFault.EMPTY, "point_count is 0, expected at least one point");
        }
        if (header.getCodec() != Contract.Codec.NONE && header.getCodec() != Contract.Codec.ZSTD) {
            throw fault(
                    SweepFault.UNKNOWN_ENCODING,
                    "codec is %d, expected NONE or ZSTD".formatted(header.getCodecValue()));
        }
        long sum = 0;
        for (Contract.Column c : header.getColumnsList()) {
            sum += columnBytes(c, cells);
        }
        if (sum != header.getRawLen()) {
            throw fault(
                    SweepFault.LENGTH_MISMATCH,
                    "the columns hold %d bytes, raw_len is %d".formatted(sum, header.getRawLen()));
        }
    }

    private long columnBytes(Contract.Column c, int cells) {
        int width = ColumnBytes.width(c.getType());
        boolean known =
                c.getLayout() == Contract.Layout.PLAIN
                        || c.getLayout() == Contract.Layout.DELTA_PLANES;
        if (width == 0 || !known || !Double.isFinite(c.getScale() + c.getOffset())) {
            throw fault(
                    SweepFault.UNKNOWN_ENCODING,
                    "column '%s' has type %d, layout %d, scale %s, offset %s: expected known ones and finite numbers"
                            .formatted(
                                    c.getName(),
                                    c.getTypeValue(),
                                    c.getLayoutValue(),
                                    c.getScale(),
                                    c.getOffset()));
        }
        long offset = Integer.toUnsignedLong(c.getByteOffset());
        long length = Integer.toUnsignedLong(c.getByteLength());
        if (length != (long) cells * width || offset + length > header.getRawLen()) {
            throw fault(
                    SweepFault.LENGTH_MISMATCH,
                    "column '%s' takes bytes %d .. %d of %d, expected %d values of %d bytes"
                            .formatted(
                                    c.getName(),
                                    offset,
                                    offset + length,
                                    header.getRawLen(),
                                    cells,
                                    width));
        }
        return length;
    }

    /**
     * The column of this name.
     *
     * @throws MalformedSweepException UNKNOWN_ENCODING if it is absent or of another type
     */
    Contract.Column column(String name, Contract.ColumnType... allowed) {
        Contract.Column found = null;
        for (int i = 0; i < header.getColumnsCount() && found == null; i++) {
            if (header.getColumns(i).getName().equals(name)) {
                found = header.getColumns(i);
            }
        }
        if (found != null) {
            for (Contract.ColumnType type : allowed) {
                if (found.getType() == type) {
                    return found;
                }
            }
        }
        throw fault(
                SweepFault.UNKNOWN_ENCODING,
                "%s: column '%s' is %s, expected %s"
                        .formatted(
                                header.getEncoding(),
                                name,
                                found == null ? "absent" : found.getType().toString(),
                                List.of(allowed)));
    }

    boolean has(String name) {
        for (int i = 0; i < header.getColumnsCount(); i++) {
            if (header.getColumns(i).getName().equals(name)) {
                return true;
            }
        }
        return false;
    }

    MalformedSweepException fault(SweepFault fault, String problem) {
        return new MalformedSweepException(
                fault,
                "sweep %s/%s: %s"
                        .formatted(origin.sensorId(), Long.toUnsignedString(origin.seq()), problem),
                origin);
    }

    private void limit(String field, int value, int most) {
        if (Integer.toUnsignedLong(value) > most) {
            throw fault(
                    SweepFault.TOO_LARGE,
                    "%s is %s, expected at most %d"
                            .formatted(field, Integer.toUnsignedString(value), most));
        }
    }
}
