package io.azimuth.connectors.wire;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.BeamTable;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Record values to sweeps; the reading half of {@link SweepCodec}. Not thread-safe. */
final class SweepDecoder {
    /** Headers hold a few hundred bytes, or some thousands with a beam table. */
    private static final int MAX_HEADER_BYTES = 64 << 10;

    private final WireWalk walk = new WireWalk();
    private final CRC32C crc = new CRC32C();
    private byte[] raw = new byte[0];
    private int[] lane = new int[0];
    private int[] azimuth = new int[0];
    private int[] range = new int[0];

    // calibration repeats from sweep to sweep
    private Contract.@Nullable BeamTable lastBeamsMessage;
    private @Nullable BeamTable lastBeams;
    private Contract.@Nullable Transform lastMountMessage;
    private RigidTransform lastMount = RigidTransform.IDENTITY;

    Sweep decode(byte[] value, PointCloud out) {
        out.clear();
        Contract.Sweep header = parse(value);
        SweepHeaderCheck check = new SweepHeaderCheck(header);
        check.identityAndTimes();
        Sweep.Sector sector;
        BeamTable beams;
        RigidTransform mount;
        try {
            sector = sector(header);
            beams = beams(header);
            mount = mount(header);
        } catch (IllegalArgumentException e) {
            throw check.fault(SweepFault.BAD_CALIBRATION, String.valueOf(e.getMessage()));
        }
        points(value, header, check, beams, sector, out);
        return new Sweep(
                header.getVehicleId(),
                header.getSensorId(),
                header.getDriveId(),
                header.getSeq(),
                header.getStartNs(),
                header.getEndNs(),
                sector,
                mount,
                beams,
                out);
    }

    private Contract.Sweep parse(byte[] value) {
        if (value.length == 0) {
            throw new MalformedSweepException(
                    SweepFault.EMPTY, "the record has no value, expected a Sweep message");
        }
        if (value.length > SweepCodec.MAX_VALUE_BYTES) {
            throw new MalformedSweepException(
                    SweepFault.TOO_LARGE,
                    "the value has %d bytes, expected at most %d"
                            .formatted(value.length, SweepCodec.MAX_VALUE_BYTES));
        }
        walk.walk(value);
        int headerBytes = value.length - walk.pointsLength();
        if (headerBytes > MAX_HEADER_BYTES) {
            throw new MalformedSweepException(
                    SweepFault.TOO_LARGE,
                    "the fields beside the points take %d bytes, expected at most %d"
                            .formatted(headerBytes, MAX_HEADER_BYTES));
        }
        try {
            // only a stream over an immutable string leaves the points where they are
            CodedInputStream in = UnsafeByteOperations.unsafeWrap(value).newCodedInput();
            in.enableAliasing(true);
            return Contract.Sweep.parseFrom(in);
        } catch (IOException e) {
            throw new MalformedSweepException(
                    SweepFault.NOT_A_SWEEP, "not a Sweep message: " + e.getMessage());
        }
    }

    private static Sweep.Sector sector(Contract.Sweep header) {
        return header.getSectorCount() == 0 && header.getSectorIndex() == 0
                ? Sweep.Sector.WHOLE
                : new Sweep.Sector(header.getSectorIndex(), header.getSectorCount());
    }

    private @Nullable BeamTable beams(Contract.Sweep header) {
        if (!header.hasBeams()) {
            return null;
        }
        Contract.BeamTable message = header.getBeams();
        if (!message.equals(lastBeamsMessage)) {
            double[] elevation = new double[message.getElevationRadCount()];
            for (int i = 0; i < elevation.length; i++) {
                elevation[i] = message.getElevationRad(i);
                if (!(Math.abs(elevation[i]) <= Math.PI / 2)) {
                    throw new IllegalArgumentException(
                            "elevation of ring %d is %s rad, expected -pi/2 .. pi/2"
                                    .formatted(i, elevation[i]));
                }
            }
            lastBeams = new BeamTable(elevation, message.getColumns());
            lastBeamsMessage = message;
        }
        return lastBeams;
    }

    private RigidTransform mount(Contract.Sweep header) {
        if (!header.hasEgoFromSensor()) {
            return RigidTransform.IDENTITY;
        }
        Contract.Transform message = header.getEgoFromSensor();
        if (!message.equals(lastMountMessage)) {
            lastMount = GeometryMessages.fromProto(message);
            lastMountMessage = message;
        }
        return lastMount;
    }

    private void points(
            byte[] value,
            Contract.Sweep header,
            SweepHeaderCheck check,
            @Nullable BeamTable beams,
            Sweep.Sector sector,
            PointCloud out) {
        switch (header.getEncoding()) {
            case SPHERICAL_U16 -> spherical(value, header, check, beams, sector, out);
            case XYZ_I16, XYZ_F32 -> cartesian(value, header, check, out);
            default ->
                    throw check.fault(
                            SweepFault.UNKNOWN_ENCODING,
                            "encoding is %d, expected SPHERICAL_U16, XYZ_I16 or XYZ_F32"
                                    .formatted(header.getEncodingValue()));
        }
    }

    private void spherical(
            byte[] value,
            Contract.Sweep header,
            SweepHeaderCheck check,
            @Nullable BeamTable beams,
            Sweep.Sector sector,
            PointCloud out) {
        if (beams == null) {
            throw check.fault(
                    SweepFault.BAD_CALIBRATION, "SPHERICAL_U16 without a beam table, expected one");
        }
        int columns = SphericalGrid.columns(beams, sector);
        long grid = (long) beams.rings() * columns;
        if (grid > SweepCodec.MAX_POINTS) {
            throw check.fault(
                    SweepFault.TOO_LARGE,
                    "the grid has %d cells, expected at most %d"
                            .formatted(grid, SweepCodec.MAX_POINTS));
        }
        int cells = (int) grid;
        check.layout(cells);
        Contract.Column azimuthColumn = check.column("azimuth", Contract.ColumnType.U16);
        Contract.Column rangeColumn = check.column("range", Contract.ColumnType.U16);
        Contract.Column intensityColumn = check.column("intensity", Contract.ColumnType.U8);
        requireScale(check, azimuthColumn, SphericalGrid.AZIMUTH_STEP_RAD);
        requireScale(check, intensityColumn, CartesianColumns.INTENSITY_STEP);
        if (!(rangeColumn.getScale() > 0 && rangeColumn.getScale() <= 1)) {
            requireScale(check, rangeColumn, SphericalGrid.RANGE_STEP_M);
        }
        unpack(value, header, check);
        if (azimuth.length < cells) {
            azimuth = new int[cells];
            range = new int[cells];
        }
        readColumn(rangeColumn, cells, range);
        int returns = SphericalGrid.returns(range, cells);
        if (returns != header.getPointCount()) {
            throw check.fault(
                    SweepFault.LENGTH_MISMATCH,
                    "the grid holds %d returns, point_count is %d"
                            .formatted(returns, header.getPointCount()));
        }
        readColumn(azimuthColumn, cells, azimuth);
        readColumn(intensityColumn, cells, lane(cells));
        out.ensureCapacity(returns);
        SphericalGrid.points(
                beams,
                columns,
                header.getEndNs() - header.getStartNs(),
                rangeColumn.getScale(),
                azimuth,
                range,
                lane,
                out);
    }

    private void cartesian(
            byte[] value, Contract.Sweep header, SweepHeaderCheck check, PointCloud out) {
        int n = header.getPointCount();
        check.layout(n);
        boolean lossless = header.getEncoding() == Contract.Encoding.XYZ_F32;
        Contract.ColumnType axisType = lossless ? Contract.ColumnType.F32 : Contract.ColumnType.I16;
        Contract.Column x = check.column("x", axisType);
        Contract.Column y = check.column("y", axisType);
        Contract.Column z = check.column("z", axisType);
        Contract.Column intensity =
                check.column(
                        "intensity", lossless ? Contract.ColumnType.F32 : Contract.ColumnType.U8);
        boolean hasRing = check.has("ring");
        boolean hasTime = check.has("time");
        Contract.Column ring =
                hasRing
                        ? check.column("ring", Contract.ColumnType.U8, Contract.ColumnType.U16)
                        : null;
        Contract.Column time =
                hasTime
                        ? check.column("time", Contract.ColumnType.U16, Contract.ColumnType.I32)
                        : null;
        if (!lossless) {
            requireScale(check, intensity, CartesianColumns.INTENSITY_STEP);
        }
        unpack(value, header, check);
        out.ensureCapacity(n);
        floats(x, n, out.x());
        floats(y, n, out.y());
        floats(z, n, out.z());
        floats(intensity, n, out.intensity());
        if (ring != null) {
            rings(ring, n, out.ring());
        } else {
            Arrays.fill(out.ring(), 0, n, (short) 0);
        }
        if (time != null) {
            times(time, n, out.timeOffsetNanos());
        } else {
            Arrays.fill(out.timeOffsetNanos(), 0, n, 0);
        }
        out.resize(n);
        out.declare(hasRing, hasTime);
        if (CartesianColumns.dropNonFinite(out) == 0) {
            throw check.fault(
                    SweepFault.NON_FINITE_ONLY,
                    "none of %d points has finite coordinates".formatted(n));
        }
    }

    private static void requireScale(SweepHeaderCheck check, Contract.Column c, double expected) {
        if (c.getScale() != expected || c.getOffset() != 0) {
            throw check.fault(
                    SweepFault.UNKNOWN_ENCODING,
                    "column '%s' has scale %s and offset %s, expected %s and 0"
                            .formatted(c.getName(), c.getScale(), c.getOffset(), expected));
        }
    }

    /** Checks the seal and puts the decompressed points into {@link #raw}. */
    private void unpack(byte[] value, Contract.Sweep header, SweepHeaderCheck check) {
        int at = walk.pointsOffset();
        int length = walk.pointsLength();
        int expected = header.getRawLen();
        if (length == 0) {
            throw check.fault(
                    SweepFault.TRUNCATED,
                    "the value ends before the points, raw_len is " + expected);
        }
        crc.reset();
        crc.update(value, at, length);
        if ((int) crc.getValue() != header.getCrc32C()) {
            throw check.fault(
                    SweepFault.BAD_CRC,
                    "crc32c of %d bytes from byte %d is %08x, expected %08x"
                            .formatted(length, at, (int) crc.getValue(), header.getCrc32C()));
        }
        boolean compressed = header.getCodec() == Contract.Codec.ZSTD;
        if (!compressed && length != expected) {
            throw check.fault(
                    SweepFault.LENGTH_MISMATCH,
                    "%d bytes of points, raw_len is %d".formatted(length, expected));
        }
        if (raw.length < expected) {
            raw = new byte[expected];
        }
        if (compressed) {
            decompress(value, at, length, expected, check);
        } else {
            System.arraycopy(value, at, raw, 0, length);
        }
    }

    private void decompress(
            byte[] value, int at, int length, int expected, SweepHeaderCheck check) {
        String found;
        try {
            long size = Zstd.decompressByteArray(raw, 0, expected, value, at, length);
            if (size == expected) {
                return;
            }
            found = Zstd.isError(size) ? Zstd.getErrorName(size) : size + " bytes";
        } catch (ZstdException e) {
            found = String.valueOf(e.getMessage());
        }
        throw check.fault(
                SweepFault.BAD_COMPRESSION,
                "zstd points from byte %d give %s, expected %d bytes"
                        .formatted(at, found, expected));
    }

    private int[] lane(int n) {
        if (lane.length < n) {
            lane = new int[n];
        }
        return lane;
    }

    private void readColumn(Contract.Column c, int n, int[] out) {
        ColumnBytes.read(
                raw,
                c.getByteOffset(),
                n,
                ColumnBytes.width(c.getType()),
                c.getLayout() == Contract.Layout.DELTA_PLANES,
                c.getType() == Contract.ColumnType.I16,
                out);
    }

    private void floats(Contract.Column c, int n, float[] out) {
        int[] v = lane(n);
        readColumn(c, n, v);
        if (c.getType() == Contract.ColumnType.F32) {
            for (int i = 0; i < n; i++) {
                out[i] = Float.intBitsToFloat(v[i]);
            }
        } else if (c.getType() == Contract.ColumnType.U8) {
            for (int i = 0; i < n; i++) {
                out[i] = CartesianColumns.INTENSITY[v[i]];
            }
        } else {
            double scale = c.getScale();
            double offset = c.getOffset();
            for (int i = 0; i < n; i++) {
                out[i] = (float) (offset + scale * v[i]);
            }
        }
    }

    private void rings(Contract.Column c, int n, short[] out) {
        int[] v = lane(n);
        readColumn(c, n, v);
        for (int i = 0; i < n; i++) {
            out[i] = (short) v[i];
        }
    }

    private void times(Contract.Column c, int n, int[] out) {
        int[] v = lane(n);
        readColumn(c, n, v);
        double scale = c.getScale();
        double offset = c.getOffset();
        for (int i = 0; i < n; i++) {
            out[i] = (int) (offset + scale * v[i]);
        }
    }
}
