package io.azimuth.connectors.wire;

import static io.azimuth.connectors.wire.SweepFault.BAD_COMPRESSION;
import static io.azimuth.connectors.wire.SweepFault.BAD_CRC;
import static io.azimuth.connectors.wire.SweepFault.EMPTY;
import static io.azimuth.connectors.wire.SweepFault.LENGTH_MISMATCH;
import static io.azimuth.connectors.wire.SweepFault.NON_FINITE_ONLY;
import static io.azimuth.connectors.wire.SweepFault.NOT_A_SWEEP;
import static io.azimuth.connectors.wire.SweepFault.TOO_LARGE;
import static io.azimuth.connectors.wire.SweepFault.TRUNCATED;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.util.zip.CRC32C;

/** The reading half of {@link SweepCodec}: nothing is believed before it was checked. */
final class SweepReader {
    private static final int RECURSION_LIMIT = 32;

    /** More than this times its compressed size plus 1 MiB is taken for a bomb. */
    private static final long MAX_RATIO = 200;

    private final SphericalGrid grid;
    private byte[] stored = new byte[0];
    private byte[] raw = new byte[0];
    private int[] work = new int[0];

    SweepReader(SphericalGrid grid) {
        this.grid = grid;
    }

    Sweep read(byte[] value, PointCloud reuse) {
        if (value.length == 0) {
            throw new MalformedSweepException(EMPTY, "sweep record without a value");
        }
        if (value.length > SweepCodec.MAX_VALUE_BYTES) {
            throw new MalformedSweepException(
                    TOO_LARGE,
                    "sweep record of %d bytes, expected at most %d"
                            .formatted(value.length, SweepCodec.MAX_VALUE_BYTES));
        }
        SweepChecks checks = new SweepChecks(parse(value));
        Sweep header = checks.header(reuse);
        Contract.Sweep message = checks.message();
        byte[] bytes = unpack(message, checks);
        if (message.getEncoding() == Contract.Encoding.SPHERICAL_U16) {
            grid.read(bytes, message, checks.beams(), header.durationNanos(), reuse);
        } else {
            readCartesian(bytes, message, reuse);
        }
        if (reuse.size() == 0) {
            boolean some = message.getEncoding() == Contract.Encoding.XYZ_F32;
            throw checks.fault(
                    some ? NON_FINITE_ONLY : EMPTY,
                    "%d points, none usable".formatted(message.getPointCount()));
        }
        return header;
    }

    private static Contract.Sweep parse(byte[] value) {
        try {
            // wrapped, so that aliasing may point into the value instead of copying the points
            CodedInputStream in = UnsafeByteOperations.unsafeWrap(value).newCodedInput();
            in.enableAliasing(true);
            in.setRecursionLimit(RECURSION_LIMIT);
            Contract.Sweep message = Contract.Sweep.parseFrom(in);
            in.checkLastTagWas(0);
            return message;
        } catch (IOException e) {
            String said = String.valueOf(e.getMessage());
            boolean cut = said.contains("ended unexpectedly") || said.contains("truncated");
            throw new MalformedSweepException(
                    cut ? TRUNCATED : NOT_A_SWEEP,
                    "sweep record of %d bytes is no azimuth.v1.Sweep: %s"
                            .formatted(value.length, said));
        }
    }

    private byte[] unpack(Contract.Sweep message, SweepChecks checks) {
        ByteString points = message.getPoints();
        int size = points.size();
        if (stored.length < size) {
            stored = new byte[size];
        }
        points.copyTo(stored, 0);
        CRC32C crc = new CRC32C();
        crc.update(stored, 0, size);
        if ((int) crc.getValue() != message.getCrc32C()) {
            throw checks.fault(
                    BAD_CRC,
                    "crc32c of %d bytes of points is %08x, the message says %08x"
                            .formatted(size, (int) crc.getValue(), message.getCrc32C()));
        }
        int rawLen = message.getRawLen();
        if (message.getCodec() == Contract.Codec.NONE) {
            if (size != rawLen) {
                throw checks.fault(
                        size < rawLen ? TRUNCATED : LENGTH_MISMATCH,
                        "%d bytes of points, the message says %d".formatted(size, rawLen));
            }
            return stored;
        }
        if (rawLen > MAX_RATIO * size + (1 << 20)) {
            throw checks.fault(
                    TOO_LARGE,
                    "%d bytes claim to decompress to %d, expected at most %d times as many and 1 MiB"
                            .formatted(size, rawLen, MAX_RATIO));
        }
        if (raw.length < rawLen) {
            raw = new byte[rawLen];
        }
        long got = Zstd.decompressByteArray(raw, 0, rawLen, stored, 0, size);
        if (Zstd.isError(got) || got != rawLen) {
            throw checks.fault(
                    BAD_COMPRESSION,
                    "points decompress to %s, the message says %d bytes"
                            .formatted(
                                    Zstd.isError(got) ? Zstd.getErrorName(got) : got + " bytes",
                                    rawLen));
        }
        return raw;
    }

    private void readCartesian(byte[] bytes, Contract.Sweep message, PointCloud out) {
        int count = message.getPointCount();
        if (work.length < count) {
            work = new int[count];
        }
        out.clear();
        out.ensureCapacity(count);
        java.util.Arrays.fill(out.intensity(), 0, count, 0);
        boolean hasRing = false;
        boolean hasTime = false;
        for (Contract.Column c : message.getColumnsList()) {
            ColumnBytes.read(bytes, c.getByteOffset(), count, c.getType(), c.getLayout(), work);
            switch (c.getName()) {
                case "x" -> metres(c, count, out.x());
                case "y" -> metres(c, count, out.y());
                case "z" -> metres(c, count, out.z());
                case "intensity" -> metres(c, count, out.intensity());
                case "ring" -> {
                    hasRing = true;
                    for (int i = 0; i < count; i++) {
                        out.ring()[i] = (short) work[i];
                    }
                }
                default -> {
                    hasTime = true;
                    double scale = c.getScale();
                    for (int i = 0; i < count; i++) {
                        out.timeOffsetNanos()[i] = (int) Math.round(work[i] * scale);
                    }
                }
            }
        }
        out.resize(dropNonFinite(out, count));
        out.declare(hasRing, hasTime);
    }

    private void metres(Contract.Column column, int count, float[] into) {
        if (column.getType() == Contract.ColumnType.F32) {
            for (int i = 0; i < count; i++) {
                into[i] = Float.intBitsToFloat(work[i]);
            }
            return;
        }
        double scale = column.getScale();
        for (int i = 0; i < count; i++) {
            into[i] = (float) (work[i] * scale);
        }
    }

    /** Closes the gaps that points without finite coordinates leave; returns how many stay. */
    private static int dropNonFinite(PointCloud cloud, int count) {
        float[] x = cloud.x();
        float[] y = cloud.y();
        float[] z = cloud.z();
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(x[i]) || !Float.isFinite(y[i]) || !Float.isFinite(z[i])) {
                continue;
            }
            if (n != i) {
                x[n] = x[i];
                y[n] = y[i];
                z[n] = z[i];
                cloud.intensity()[n] = cloud.intensity()[i];
                cloud.ring()[n] = cloud.ring()[i];
                cloud.timeOffsetNanos()[n] = cloud.timeOffsetNanos()[i];
            }
            n++;
        }
        return n;
    }
}
