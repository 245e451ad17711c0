package io.azimuth.connectors.wire;

import static io.azimuth.connectors.wire.SweepFault.BAD_CALIBRATION;
import static io.azimuth.connectors.wire.SweepFault.BAD_TIMES;
import static io.azimuth.connectors.wire.SweepFault.EMPTY;
import static io.azimuth.connectors.wire.SweepFault.LENGTH_MISMATCH;
import static io.azimuth.connectors.wire.SweepFault.NOT_A_SWEEP;
import static io.azimuth.connectors.wire.SweepFault.TOO_LARGE;
import static io.azimuth.connectors.wire.SweepFault.UNKNOWN_ENCODING;
import static io.azimuth.connectors.wire.SweepFault.UNREADABLE_SOURCE;
import static io.azimuth.connectors.wire.SweepFault.UNSUPPORTED_VERSION;

import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.connectors.wire.proto.Contract.ColumnType;
import io.azimuth.perception.geometry.BeamTable;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a parsed message must satisfy before its points are touched. One per message. */
final class SweepChecks {
    private static final int MAX_ID_BYTES = 128;
    private static final int MAX_COLUMNS = 16;
    private static final Set<ColumnType> WHOLE = Set.of(ColumnType.I16);
    private static final Set<ColumnType> FLOAT = Set.of(ColumnType.F32);
    private static final Set<ColumnType> BYTE = Set.of(ColumnType.U8);
    private static final Set<ColumnType> UNSIGNED = Set.of(ColumnType.U8, ColumnType.U16);
    private static final Set<ColumnType> TIME = Set.of(ColumnType.U16, ColumnType.I32);

    private static final Map<String, Set<ColumnType>> SPHERICAL =
            Map.of(
                    "azimuth", Set.of(ColumnType.U16),
                    "range", Set.of(ColumnType.U16),
                    "intensity", BYTE);
    private static final Map<String, Set<ColumnType>> XYZ_I16 =
            Map.of(
                    "x",
                    WHOLE,
                    "y",
                    WHOLE,
                    "z",
                    WHOLE,
                    "intensity",
                    BYTE,
                    "ring",
                    UNSIGNED,
                    "time",
                    TIME);
    private static final Map<String, Set<ColumnType>> XYZ_F32 =
            Map.of(
                    "x",
                    FLOAT,
                    "y",
                    FLOAT,
                    "z",
                    FLOAT,
                    "intensity",
                    FLOAT,
                    "ring",
                    UNSIGNED,
                    "time",
                    TIME);
    private static final Set<String> OPTIONAL = Set.of("ring", "time");

    private final Contract.Sweep message;
    private @Nullable BeamTable beams;

    SweepChecks(Contract.Sweep message) {
        this.message = message;
    }

    Contract.Sweep message() {
        return message;
    }

    /** The beam table of a message whose encoding has one. */
    BeamTable beams() {
        if (beams == null) {
            throw fault(BAD_CALIBRATION, "a ring grid without a beam table");
        }
        return beams;
    }

    MalformedSweepException fault(SweepFault fault, String what) {
        Origin origin =
                new Origin(
                        "",
                        message.getVehicleId(),
                        message.getSensorId(),
                        message.getDriveId(),
                        message.getSeq());
        return new MalformedSweepException(
                fault,
                "sweep %s/%d: %s".formatted(message.getSensorId(), message.getSeq(), what),
                origin);
    }

    /** Checks everything but the bytes of the points. */
    Sweep header(PointCloud points) {
        checkIdentity();
        if (!message.getUnreadable().isEmpty()) {
            throw fault(
                    UNREADABLE_SOURCE, "its source could not read it: " + message.getUnreadable());
        }
        long duration = message.getEndNs() - message.getStartNs();
        if (!(duration > 0 && duration <= Sweep.MAX_DURATION_NANOS) || message.getSeq() < 0) {
            throw fault(
                    BAD_TIMES,
                    "starts at %d and ends at %d ns, expected 1 .. %d ns between them"
                            .formatted(
                                    message.getStartNs(),
                                    message.getEndNs(),
                                    Sweep.MAX_DURATION_NANOS));
        }
        Sweep sweep = calibrated(points);
        checkEncoding();
        checkColumns(allowed());
        return sweep;
    }

    private void checkIdentity() {
        if (message.getRevision() > SweepCodec.REVISION || message.getRevision() < 0) {
            throw fault(
                    UNSUPPORTED_VERSION,
                    "revision %d, this reader knows up to %d; update it"
                            .formatted(message.getRevision(), SweepCodec.REVISION));
        }
        for (String id :
                new String[] {
                    message.getSensorId(), message.getVehicleId(), message.getDriveId()
                }) {
            if (id.isEmpty() || id.getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES) {
                throw fault(
                        NOT_A_SWEEP,
                        "sensor, vehicle and drive need ids of 1 .. %d bytes"
                                .formatted(MAX_ID_BYTES));
            }
        }
    }

    private Sweep calibrated(PointCloud points) {
        try {
            Sweep.Sector sector =
                    message.getSectorCount() == 0
                            ? Sweep.Sector.WHOLE
                            : new Sweep.Sector(message.getSectorIndex(), message.getSectorCount());
            RigidTransform egoFromSensor =
                    message.hasEgoFromSensor()
                            ? GeometryMessages.fromProto(message.getEgoFromSensor())
                            : RigidTransform.IDENTITY;
            if (message.hasBeams()) {
                beams = beamTable(message.getBeams());
            }
            return new Sweep(
                    message.getVehicleId(),
                    message.getSensorId(),
                    message.getDriveId(),
                    message.getSeq(),
                    message.getStartNs(),
                    message.getEndNs(),
                    sector,
                    egoFromSensor,
                    beams,
                    points);
        } catch (IllegalArgumentException e) {
            throw fault(BAD_CALIBRATION, String.valueOf(e.getMessage()));
        }
    }

    private static BeamTable beamTable(Contract.BeamTable table) {
        double[] elevations = new double[table.getElevationRadCount()];
        for (int i = 0; i < elevations.length; i++) {
            elevations[i] = table.getElevationRad(i);
            if (!(Math.abs(elevations[i]) <= Math.PI / 2)) {
                throw new IllegalArgumentException(
                        "beam " + i + " has elevation " + elevations[i] + " rad, expected +-pi/2");
            }
        }
        return new BeamTable(elevations, table.getColumns());
    }

    private void checkEncoding() {
        if (message.getCodec() != Contract.Codec.NONE
                && message.getCodec() != Contract.Codec.ZSTD) {
            throw fault(UNKNOWN_ENCODING, "compression " + message.getCodecValue());
        }
        int count = message.getPointCount();
        int rawLen = message.getRawLen();
        if (count < 0
                || count > SweepCodec.MAX_POINTS
                || rawLen < 0
                || rawLen > SweepCodec.MAX_RAW_BYTES) {
            throw fault(
                    TOO_LARGE,
                    "%s points of %s bytes, expected at most %d and %d"
                            .formatted(
                                    Integer.toUnsignedString(count),
                                    Integer.toUnsignedString(rawLen),
                                    SweepCodec.MAX_POINTS,
                                    SweepCodec.MAX_RAW_BYTES));
        }
        if (count == 0) {
            throw fault(EMPTY, "no points");
        }
        if (message.getEncoding() == Contract.Encoding.SPHERICAL_U16) {
            long cells = (long) beams().rings() * beams().columns();
            if (cells != count) {
                throw fault(
                        LENGTH_MISMATCH, "%d cells, its beam table has %d".formatted(count, cells));
            }
        }
    }

    private Map<String, Set<ColumnType>> allowed() {
        return switch (message.getEncoding()) {
            case SPHERICAL_U16 -> SPHERICAL;
            case XYZ_I16 -> XYZ_I16;
            case XYZ_F32 -> XYZ_F32;
            default -> throw fault(UNKNOWN_ENCODING, "encoding " + message.getEncodingValue());
        };
    }

    private void checkColumns(Map<String, Set<ColumnType>> allowed) {
        if (message.getColumnsCount() > MAX_COLUMNS) {
            throw fault(LENGTH_MISMATCH, message.getColumnsCount() + " columns");
        }
        Set<String> seen = new HashSet<>();
        long sum = 0;
        for (Contract.Column column : message.getColumnsList()) {
            Set<ColumnType> types = allowed.get(column.getName());
            if (types == null
                    || !types.contains(column.getType())
                    || column.getLayout() == Contract.Layout.UNRECOGNIZED) {
                throw fault(
                        UNKNOWN_ENCODING,
                        "column '%s' of type %d and layout %d in %s"
                                .formatted(
                                        column.getName(),
                                        column.getTypeValue(),
                                        column.getLayoutValue(),
                                        message.getEncoding()));
            }
            checkPlace(column);
            if (!seen.add(column.getName())) {
                throw fault(LENGTH_MISMATCH, "column '%s' twice".formatted(column.getName()));
            }
            sum += column.getByteLength();
        }
        for (String name : allowed.keySet()) {
            if (!seen.contains(name) && !OPTIONAL.contains(name)) {
                throw fault(LENGTH_MISMATCH, "no column '%s'".formatted(name));
            }
        }
        if (sum != message.getRawLen()) {
            throw fault(
                    LENGTH_MISMATCH,
                    "columns of %d bytes in %d bytes of points"
                            .formatted(sum, message.getRawLen()));
        }
    }

    private void checkPlace(Contract.Column column) {
        long from = Integer.toUnsignedLong(column.getByteOffset());
        long size = Integer.toUnsignedLong(column.getByteLength());
        long wanted = (long) message.getPointCount() * ColumnBytes.width(column.getType());
        if (size != wanted || from + size > message.getRawLen()) {
            throw fault(
                    LENGTH_MISMATCH,
                    "column '%s' has bytes %d .. %d of %d for %d points, expected %d bytes"
                            .formatted(
                                    column.getName(),
                                    from,
                                    from + size,
                                    message.getRawLen(),
                                    message.getPointCount(),
                                    wanted));
        }
        if (!Double.isFinite(column.getScale()) || column.getOffset() != 0) {
            throw fault(
                    UNKNOWN_ENCODING,
                    "column '%s' has scale %s and offset %s, expected a finite scale and no offset"
                            .formatted(column.getName(), column.getScale(), column.getOffset()));
        }
    }
}
