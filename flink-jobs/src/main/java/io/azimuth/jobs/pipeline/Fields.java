package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.wire.Origin;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detection.Recognition;
import io.azimuth.perception.geometry.Detection.Returns;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.registration.odometry.ReducedSweep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Fields that several serializers write. Lengths are checked before anything is allocated. */
final class Fields {
    /** No list or array of ours is longer; a higher count is garbage. */
    private static final int MAX_COUNT = 1 << 24;

    private static final ObjectClass[] CLASSES = ObjectClass.values();

    private Fields() {}

    static void writeTag(SweepTag tag, DataOutputView out) throws IOException {
        Origin o = tag.origin();
        out.writeUTF(o.eventId());
        out.writeUTF(o.vehicleId());
        out.writeUTF(o.sensorId());
        out.writeUTF(o.driveId());
        out.writeLong(o.seq());
        out.writeLong(tag.startNanos());
        out.writeLong(tag.endNanos());
        out.writeInt(tag.partition());
        out.writeLong(tag.offset());
        out.writeLong(tag.sentNanos());
        out.writeBoolean(tag.behind());
        out.writeFloat(tag.decodeMillis());
        out.writeFloat(tag.detectMillis());
    }

    static SweepTag readTag(DataInputView in) throws IOException {
        Origin origin =
                new Origin(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readLong());
        return new SweepTag(
                origin,
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readFloat(),
                in.readFloat());
    }

    static void writeDetections(List<Detection> detections, DataOutputView out) throws IOException {
        out.writeInt(detections.size());
        for (Detection d : detections) {
            OrientedBox b = d.box();
            out.writeDouble(b.x());
            out.writeDouble(b.y());
            out.writeDouble(b.z());
            out.writeDouble(b.length());
            out.writeDouble(b.width());
            out.writeDouble(b.height());
            out.writeDouble(b.yawRad());
            out.writeByte(d.objectClass().ordinal());
            out.writeDouble(d.score());
            out.writeBoolean(d.headingKnown());
            out.writeInt(d.points());
            out.writeLong(d.timeOffsetNanos());
            writeRecognition(d.recognition(), out);
            writeReturns(d.returns(), out);
        }
    }

    private static void writeRecognition(@Nullable Recognition r, DataOutputView out)
            throws IOException {
        out.writeBoolean(r != null);
        if (r != null) {
            out.writeUTF(r.label());
            out.writeFloat(r.score());
            out.writeFloat(r.evidence());
            out.writeFloat(r.unknownScore());
            writeShortBytes(r.chances(), out);
            writeShortBytes(r.embedding(), out);
        }
    }

    private static @Nullable Recognition readRecognition(DataInputView in) throws IOException {
        return in.readBoolean()
                ? new Recognition(
                        in.readUTF(),
                        in.readFloat(),
                        in.readFloat(),
                        in.readFloat(),
                        readShortBytes(in),
                        readShortBytes(in))
                : null;
    }

    private static void writeReturns(@Nullable Returns r, DataOutputView out) throws IOException {
        out.writeByte(r == null ? 0 : 1 + r.size());
        if (r != null) {
            ByteBuffer bytes = ByteBuffer.allocate(r.offsetsCm().length * Short.BYTES);
            bytes.asShortBuffer().put(r.offsetsCm());
            out.write(bytes.array());
        }
    }

    private static @Nullable Returns readReturns(DataInputView in) throws IOException {
        int count = in.readUnsignedByte() - 1;
        if (count < 0) {
            return null;
        }
        if (count > Returns.MAX_POINTS) {
            throw new IOException(
                    "%d returns, expected at most %d".formatted(count, Returns.MAX_POINTS));
        }
        short[] offsets = new short[3 * count];
        readFully(in, offsets.length, Short.BYTES).asShortBuffer().get(offsets);
        return new Returns(offsets);
    }

    /** At most 255 bytes. */
    private static void writeShortBytes(byte[] values, DataOutputView out) throws IOException {
        out.writeByte(values.length);
        out.write(values);
    }

    private static byte[] readShortBytes(DataInputView in) throws IOException {
        return readFully(in, in.readUnsignedByte(), 1).array();
    }

    /**
     * @param version of the edge's form: from 2 on the bytes say of each detection what its crop
     *     was recognised as, from 3 on they hold some of its points
     */
    static List<Detection> readDetections(int version, DataInputView in) throws IOException {
        int count = readCount(in);
        List<Detection> out = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            OrientedBox box =
                    new OrientedBox(
                            in.readDouble(),
                            in.readDouble(),
                            in.readDouble(),
                            in.readDouble(),
                            in.readDouble(),
                            in.readDouble(),
                            in.readDouble());
            out.add(
                    new Detection(
                            box,
                            readClass(in),
                            in.readDouble(),
                            in.readBoolean(),
                            in.readInt(),
                            in.readLong(),
                            version >= 2 ? readRecognition(in) : null,
                            version >= 3 ? readReturns(in) : null));
        }
        return out;
    }

    private static ObjectClass readClass(DataInputView in) throws IOException {
        int ordinal = in.readUnsignedByte();
        if (ordinal >= CLASSES.length) {
            throw new IOException(
                    "class is " + ordinal + ", expected 0 .. " + (CLASSES.length - 1));
        }
        return CLASSES[ordinal];
    }

    static void writeReduced(ReducedSweep r, DataOutputView out) throws IOException {
        out.writeLong(r.seq());
        out.writeLong(r.startNanos());
        out.writeLong(r.endNanos());
        out.writeBoolean(r.timed());
        out.writeFloat(r.stepM());
        writeShorts(r.x(), out);
        writeShorts(r.y(), out);
        writeShorts(r.z(), out);
        writeShorts(r.time(), out);
    }

    static ReducedSweep readReduced(DataInputView in) throws IOException {
        return new ReducedSweep(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readFloat(),
                readShorts(in),
                readShorts(in),
                readShorts(in),
                readShorts(in));
    }

    static void writeDoubles(double[] values, DataOutputView out) throws IOException {
        out.writeInt(values.length);
        for (double v : values) {
            out.writeDouble(v);
        }
    }

    static double[] readDoubles(DataInputView in) throws IOException {
        int count = readCount(in);
        ByteBuffer bytes = readFully(in, count, Double.BYTES).order(ByteOrder.BIG_ENDIAN);
        double[] out = new double[count];
        bytes.asDoubleBuffer().get(out);
        return out;
    }

    /** As {@link #readDoubles}, of a length that is known. */
    static double[] readDoubles(int expected, DataInputView in) throws IOException {
        double[] out = readDoubles(in);
        if (out.length != expected) {
            throw new IOException("array of " + out.length + " numbers, expected " + expected);
        }
        return out;
    }

    static void writeLongs(long[] values, DataOutputView out) throws IOException {
        out.writeInt(values.length);
        for (long v : values) {
            out.writeLong(v);
        }
    }

    static long[] readLongs(DataInputView in) throws IOException {
        int count = readCount(in);
        ByteBuffer bytes = readFully(in, count, Long.BYTES).order(ByteOrder.BIG_ENDIAN);
        long[] out = new long[count];
        bytes.asLongBuffer().get(out);
        return out;
    }

    static void writeShorts(short[] values, DataOutputView out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Short.BYTES);
        bytes.asShortBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    static short[] readShorts(DataInputView in) throws IOException {
        int count = readCount(in);
        short[] out = new short[count];
        readFully(in, count, Short.BYTES).asShortBuffer().get(out);
        return out;
    }

    static void writeBytes(byte[] values, DataOutputView out) throws IOException {
        out.writeInt(values.length);
        out.write(values);
    }

    static byte[] readBytes(DataInputView in) throws IOException {
        return readFully(in, readCount(in), 1).array();
    }

    static int readCount(DataInputView in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_COUNT) {
            throw new IOException("count is " + count + ", expected 0 .. " + MAX_COUNT);
        }
        return count;
    }

    private static ByteBuffer readFully(DataInputView in, int count, int width) throws IOException {
        byte[] bytes = new byte[count * width];
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
