package io.azimuth.connectors.wire;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.CodedOutputStream;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Sweeps to record values; the writing half of {@link SweepCodec}. Not thread-safe. */
final class SweepEncoder {
    /** Larger steps would be coarser than the sensors are. */
    private static final long MAX_STEP_MILLIMETRES = 20;

    /** The record's headers and the batch around it count against the topic's limit too. */
    private static final int RESERVED_BYTES = 64 << 10;

    private final CRC32C crc = new CRC32C();
    private int[] kept = new int[0];
    private int[] lane = new int[0];
    private int[] azimuth = new int[0];
    private int[] range = new int[0];
    private int[] intensity = new int[0];
    private byte[] raw = new byte[0];
    private byte[] packed = new byte[0];
    private int rawLength;

    byte[] encodeBest(Sweep sweep, int level) {
        Contract.Sweep.Builder header = header(sweep);
        if (trySpherical(sweep, header) != null) {
            header = header(sweep);
            if (tryXyzI16(sweep, header) != null) {
                header = header(sweep);
                xyzF32(sweep, header);
            }
        }
        return finish(sweep, header, level);
    }

    byte[] encode(Sweep sweep, SweepEncoding encoding, int level) {
        Contract.Sweep.Builder header = header(sweep);
        String problem =
                switch (encoding) {
                    case SPHERICAL_U16 -> trySpherical(sweep, header);
                    case XYZ_I16 -> tryXyzI16(sweep, header);
                    case XYZ_F32 -> xyzF32(sweep, header);
                };
        if (problem != null) {
            throw new IllegalArgumentException(
                    "sweep %s/%d cannot be encoded as %s: %s; use XYZ_I16 or XYZ_F32"
                            .formatted(sweep.sensorId(), sweep.seq(), encoding, problem));
        }
        return finish(sweep, header, level);
    }

    static byte[] unreadable(Origin origin, long startNanos, long endNanos, String reason) {
        return Contract.Sweep.newBuilder()
                .setSensorId(origin.sensorId())
                .setVehicleId(origin.vehicleId())
                .setDriveId(origin.driveId())
                .setSeq(origin.seq())
                .setStartNs(startNanos)
                .setEndNs(endNanos)
                .setRevision(SweepHeaderCheck.REVISION)
                .setUnreadable(reason.isEmpty() ? "unreadable" : reason)
                .build()
                .toByteArray();
    }

    private static Contract.Sweep.Builder header(Sweep s) {
        Contract.Sweep.Builder out =
                Contract.Sweep.newBuilder()
                        .setSensorId(s.sensorId())
                        .setVehicleId(s.vehicleId())
                        .setDriveId(s.driveId())
                        .setSeq(s.seq())
                        .setStartNs(s.startNanos())
                        .setEndNs(s.endNanos())
                        .setFrameId(s.sensorId())
                        .setRevision(SweepHeaderCheck.REVISION)
                        .setEgoFromSensor(GeometryMessages.toProto(s.egoFromSensor()));
        if (!s.sector().isWhole()) {
            out.setSectorIndex(s.sector().index()).setSectorCount(s.sector().count());
        }
        if (s.beams() != null) {
            out.setBeams(GeometryMessages.toProto(s.beams())).setRings(s.beams().rings());
        }
        return out;
    }

    private @Nullable String trySpherical(Sweep sweep, Contract.Sweep.Builder header) {
        if (sweep.beams() == null) {
            return "the sweep has no beam table";
        }
        long grid =
                (long) sweep.beams().rings() * SphericalGrid.columns(sweep.beams(), sweep.sector());
        if (grid > SweepCodec.MAX_POINTS) {
            return "the grid has " + grid + " cells, at most " + SweepCodec.MAX_POINTS;
        }
        int cells = (int) grid;
        if (range.length < cells) {
            azimuth = new int[cells];
            range = new int[cells];
            intensity = new int[cells];
        }
        String problem = SphericalGrid.fill(sweep, azimuth, range, intensity);
        if (problem != null) {
            return problem;
        }
        header.setEncoding(Contract.Encoding.SPHERICAL_U16)
                .setPointCount(SphericalGrid.returns(range, cells));
        reserve(cells * 5);
        column(
                header,
                "azimuth",
                Contract.ColumnType.U16,
                SphericalGrid.AZIMUTH_STEP_RAD,
                0,
                azimuth,
                cells);
        column(
                header,
                "range",
                Contract.ColumnType.U16,
                SphericalGrid.RANGE_STEP_M,
                0,
                range,
                cells);
        column(
                header,
                "intensity",
                Contract.ColumnType.U8,
                CartesianColumns.INTENSITY_STEP,
                0,
                intensity,
                cells);
        return null;
    }

    private @Nullable String tryXyzI16(Sweep sweep, Contract.Sweep.Builder header) {
        PointCloud p = sweep.points();
        int n = keepFinite(p);
        long millimetres = CartesianColumns.stepMillimetres(p, kept, n);
        if (millimetres > MAX_STEP_MILLIMETRES) {
            return "coordinates need steps of %d mm, at most %d mm"
                    .formatted(millimetres, MAX_STEP_MILLIMETRES);
        }
        header.setEncoding(Contract.Encoding.XYZ_I16).setPointCount(n);
        reserve(n * 11);
        double step = millimetres / 1000.0;
        float[][] xyz = {p.x(), p.y(), p.z()};
        for (int axis = 0; axis < 3; axis++) {
            CartesianColumns.steps(xyz[axis], kept, n, step, lane);
            column(
                    header,
                    SweepHeaderCheck.XYZ.get(axis),
                    Contract.ColumnType.I16,
                    step,
                    0,
                    lane,
                    n);
        }
        CartesianColumns.intensities(p, kept, n, lane);
        column(
                header,
                "intensity",
                Contract.ColumnType.U8,
                CartesianColumns.INTENSITY_STEP,
                0,
                lane,
                n);
        ringColumn(p, header, n);
        if (p.hasTime()) {
            int earliest = CartesianColumns.earliest(p, kept, n);
            long timeStep = CartesianColumns.timeSteps(p, kept, n, earliest, lane);
            column(header, "time", Contract.ColumnType.U16, timeStep, earliest, lane, n);
        }
        return null;
    }

    private @Nullable String xyzF32(Sweep sweep, Contract.Sweep.Builder header) {
        PointCloud p = sweep.points();
        int n = keepFinite(p);
        header.setEncoding(Contract.Encoding.XYZ_F32).setPointCount(n);
        reserve(n * 22);
        float[][] columns = {p.x(), p.y(), p.z(), p.intensity()};
        for (int c = 0; c < 4; c++) {
            CartesianColumns.bits(columns[c], kept, n, lane);
            String name = c < 3 ? SweepHeaderCheck.XYZ.get(c) : "intensity";
            column(header, name, Contract.ColumnType.F32, 1, 0, lane, n);
        }
        ringColumn(p, header, n);
        if (p.hasTime()) {
            for (int k = 0; k < n; k++) {
                lane[k] = p.timeOffsetNanos()[kept[k]];
            }
            column(header, "time", Contract.ColumnType.I32, 1, 0, lane, n);
        }
        return null;
    }

    private void ringColumn(PointCloud p, Contract.Sweep.Builder header, int n) {
        if (p.hasRing()) {
            int highest = CartesianColumns.rings(p, kept, n, lane);
            Contract.ColumnType type =
                    highest < 256 ? Contract.ColumnType.U8 : Contract.ColumnType.U16;
            column(header, "ring", type, 1, 0, lane, n);
        }
    }

    private int keepFinite(PointCloud p) {
        if (p.size() > SweepCodec.MAX_POINTS) {
            throw new IllegalArgumentException(
                    "sweep of %d points, expected at most %d"
                            .formatted(p.size(), SweepCodec.MAX_POINTS));
        }
        if (kept.length < p.size()) {
            kept = new int[p.size()];
            lane = new int[p.size()];
        }
        return CartesianColumns.finite(p, kept);
    }

    private void reserve(int bytes) {
        rawLength = 0;
        if (raw.length < bytes) {
            raw = new byte[bytes];
        }
    }

    private void column(
            Contract.Sweep.Builder header,
            String name,
            Contract.ColumnType type,
            double scale,
            double offset,
            int[] values,
            int n) {
        int width = ColumnBytes.width(type);
        // one byte has no planes, and differences of intensities are as wild as they are
        boolean deltaPlanes = width > 1;
        ColumnBytes.write(values, n, width, deltaPlanes, raw, rawLength);
        header.addColumns(
                Contract.Column.newBuilder()
                        .setName(name)
                        .setType(type)
                        .setScale(scale)
                        .setOffset(offset)
                        .setByteOffset(rawLength)
                        .setByteLength(n * width)
                        .setLayout(
                                deltaPlanes
                                        ? Contract.Layout.DELTA_PLANES
                                        : Contract.Layout.PLAIN));
        rawLength += n * width;
    }

    /** Compresses, seals and joins header and points; the points are written last. */
    private byte[] finish(Sweep sweep, Contract.Sweep.Builder header, int level) {
        byte[] points = raw;
        int length = rawLength;
        if (level > 0) {
            int bound = Math.toIntExact(Zstd.compressBound(rawLength));
            if (packed.length < bound) {
                packed = new byte[bound];
            }
            long size = Zstd.compressByteArray(packed, 0, packed.length, raw, 0, rawLength, level);
            if (Zstd.isError(size)) {
                throw new IllegalStateException("zstd: " + Zstd.getErrorName(size));
            }
            points = packed;
            length = (int) size;
        }
        crc.reset();
        crc.update(points, 0, length);
        byte[] head =
                header.setCodec(level > 0 ? Contract.Codec.ZSTD : Contract.Codec.NONE)
                        .setRawLen(rawLength)
                        .setCrc32C((int) crc.getValue())
                        .build()
                        .toByteArray();
        return join(sweep, head, points, length);
    }

    private static byte[] join(Sweep sweep, byte[] head, byte[] points, int length) {
        int field = Contract.Sweep.POINTS_FIELD_NUMBER;
        int prefix =
                CodedOutputStream.computeTagSize(field)
                        + CodedOutputStream.computeUInt32SizeNoTag(length);
        long total = (long) head.length + prefix + length;
        if (total > SweepCodec.MAX_VALUE_BYTES - RESERVED_BYTES) {
            throw new IllegalArgumentException(
                    "sweep %s/%d takes %d bytes, expected at most %d; use a coarser encoding"
                            .formatted(
                                    sweep.sensorId(),
                                    sweep.seq(),
                                    total,
                                    SweepCodec.MAX_VALUE_BYTES - RESERVED_BYTES));
        }
        byte[] value = Arrays.copyOf(head, (int) total);
        try {
            CodedOutputStream out =
                    CodedOutputStream.newInstance(value, head.length, (int) total - head.length);
            out.writeByteArray(field, points, 0, length);
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException("the array was sized for this", e);
        }
        return value;
    }
}
