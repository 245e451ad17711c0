package io.azimuth.connectors.wire;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.util.zip.CRC32C;

/**
 * Sweeps to and from the value of a record on {@link Topics#SWEEPS}. Holds buffers that are reused
 * from sweep to sweep: one instance per thread.
 */
public final class SweepCodec {
    /** Largest record value, bytes. */
    public static final int MAX_VALUE_BYTES = 8 << 20;

    /** Largest length of the points after decompression, bytes. */
    public static final int MAX_RAW_BYTES = 32 << 20;

    /** Most points or grid cells of a sweep. */
    public static final int MAX_POINTS = 1 << 21;

    /** Level that pays best: one pass over the bytes. */
    public static final int DEFAULT_ZSTD_LEVEL = 1;

    /** What {@code Sweep.revision} says. */
    static final int REVISION = 1;

    private final ColumnSet columns = new ColumnSet();
    private final SphericalGrid grid = new SphericalGrid();
    private final SweepReader reader = new SweepReader(grid);
    private int[] kept = new int[0];
    private byte[] packed = new byte[0];

    /** Encodes at the default level; see {@link #encode(Sweep, int)}. */
    public byte[] encode(Sweep sweep) {
        return encode(sweep, DEFAULT_ZSTD_LEVEL);
    }

    /**
     * Encodes in the layout that suits the source: {@link SweepEncoding#SPHERICAL_U16} where every
     * point fits the sensor's beam table, else {@link SweepEncoding#XYZ_I16}, or {@link
     * SweepEncoding#XYZ_F32} for clouds too wide for it.
     */
    public byte[] encode(Sweep sweep, int zstdLevel) {
        int count = keepFinite(sweep.points());
        if (grid.place(sweep, kept, count)) {
            return write(sweep, SweepEncoding.SPHERICAL_U16, count, zstdLevel);
        }
        boolean narrow = CartesianColumns.stepMm(sweep.points()) <= CartesianColumns.MAX_STEP_MM;
        return write(
                sweep, narrow ? SweepEncoding.XYZ_I16 : SweepEncoding.XYZ_F32, count, zstdLevel);
    }

    /**
     * Encodes a sweep. Points with a coordinate that is not finite are left out.
     *
     * @param zstdLevel 1 .. 19, or 0 for no compression
     * @throws IllegalArgumentException if the sweep cannot be held by the encoding within its error
     *     bounds, or by a record at all
     */
    public byte[] encode(Sweep sweep, SweepEncoding encoding, int zstdLevel) {
        int count = keepFinite(sweep.points());
        if (encoding == SweepEncoding.SPHERICAL_U16 && !grid.place(sweep, kept, count)) {
            throw new IllegalArgumentException(
                    "sweep %s/%d does not fit a ring grid: it needs a beam table, rings, times, and one point a cell on its beam; use XYZ_I16"
                            .formatted(sweep.sensorId(), sweep.seq()));
        }
        return write(sweep, encoding, count, zstdLevel);
    }

    /**
     * The message for a sweep that its source could not read, so that it is accounted for.
     *
     * @param reason the reader's message
     */
    public byte[] encodeUnreadable(Origin origin, long startNanos, long endNanos, String reason) {
        return Contract.Sweep.newBuilder()
                .setSensorId(origin.sensorId())
                .setVehicleId(origin.vehicleId())
                .setDriveId(origin.driveId())
                .setSeq(origin.seq())
                .setStartNs(startNanos)
                .setEndNs(endNanos)
                .setRevision(REVISION)
                .setUnreadable(reason.isEmpty() ? "unreadable" : reason)
                .build()
                .toByteArray();
    }

    /**
     * Decodes a record value. Points with a coordinate that is not finite are left out.
     *
     * @param value as it came; not kept, not changed
     * @param reuse takes the points; what it held is lost
     * @return the sweep, its points being {@code reuse}
     * @throws MalformedSweepException for every value that is no usable sweep, and nothing else
     */
    public Sweep decode(byte[] value, PointCloud reuse) {
        return reader.read(value, reuse);
    }

    private byte[] write(Sweep sweep, SweepEncoding encoding, int count, int zstdLevel) {
        if (count > MAX_POINTS) {
            throw new IllegalArgumentException(
                    "sweep %s/%d has %d points, expected at most %d"
                            .formatted(sweep.sensorId(), sweep.seq(), count, MAX_POINTS));
        }
        Contract.Sweep.Builder message = header(sweep).setPointCount(count);
        switch (encoding) {
            case SPHERICAL_U16 -> {
                var beams = java.util.Objects.requireNonNull(sweep.beams());
                message.setEncoding(Contract.Encoding.SPHERICAL_U16)
                        .setPointCount(beams.rings() * beams.columns())
                        .setRings(beams.rings());
                grid.write(message, beams, columns);
            }
            case XYZ_I16 -> {
                message.setEncoding(Contract.Encoding.XYZ_I16);
                CartesianColumns.writeI16(message, sweep, kept, count, columns);
            }
            case XYZ_F32 -> {
                message.setEncoding(Contract.Encoding.XYZ_F32);
                CartesianColumns.writeF32(message, sweep, kept, count, columns);
            }
        }
        ByteString points = pack(message, zstdLevel);
        CRC32C crc = new CRC32C();
        crc.update(points.asReadOnlyByteBuffer());
        byte[] value =
                message.setRawLen(columns.length())
                        .setCrc32C((int) crc.getValue())
                        .setPoints(points)
                        .build()
                        .toByteArray();
        if (value.length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException(
                    "sweep %s/%d takes %d bytes, expected at most %d; send it in sectors"
                            .formatted(
                                    sweep.sensorId(), sweep.seq(), value.length, MAX_VALUE_BYTES));
        }
        return value;
    }

    private ByteString pack(Contract.Sweep.Builder message, int zstdLevel) {
        if (zstdLevel == 0) {
            message.setCodec(Contract.Codec.NONE);
            return UnsafeByteOperations.unsafeWrap(columns.bytes(), 0, columns.length());
        }
        int bound = (int) Zstd.compressBound(columns.length());
        if (packed.length < bound) {
            packed = new byte[bound];
        }
        long size =
                Zstd.compressByteArray(
                        packed, 0, bound, columns.bytes(), 0, columns.length(), zstdLevel);
        if (Zstd.isError(size)) {
            throw new IllegalArgumentException(
                    "zstd level " + zstdLevel + ": " + Zstd.getErrorName(size));
        }
        message.setCodec(Contract.Codec.ZSTD);
        return UnsafeByteOperations.unsafeWrap(packed, 0, (int) size);
    }

    private static Contract.Sweep.Builder header(Sweep sweep) {
        Contract.Sweep.Builder out =
                Contract.Sweep.newBuilder()
                        .setSensorId(sweep.sensorId())
                        .setVehicleId(sweep.vehicleId())
                        .setDriveId(sweep.driveId())
                        .setSeq(sweep.seq())
                        .setStartNs(sweep.startNanos())
                        .setEndNs(sweep.endNanos())
                        .setFrameId("sensor")
                        .setRevision(REVISION);
        if (!sweep.sector().isWhole()) {
            out.setSectorIndex(sweep.sector().index()).setSectorCount(sweep.sector().count());
        }
        if (!sweep.egoFromSensor().equals(RigidTransform.IDENTITY)) {
            out.setEgoFromSensor(GeometryMessages.toProto(sweep.egoFromSensor()));
        }
        if (sweep.beams() != null) {
            out.setBeams(GeometryMessages.toProto(sweep.beams()));
        }
        return out;
    }

    /** Indices of the points with finite coordinates, into {@code kept}. */
    private int keepFinite(PointCloud cloud) {
        if (kept.length < cloud.size()) {
            kept = new int[cloud.size()];
        }
        int count = 0;
        for (int i = 0; i < cloud.size(); i++) {
            if (Float.isFinite(cloud.x()[i] + cloud.y()[i] + cloud.z()[i])) {
                kept[count++] = i;
            }
        }
        return count;
    }
}
