package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.Sweep;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;

/**
 * The clocks of the partitions that the front sees, kept over a restart: a sweep that came too late
 * before is too late again, wherever in the partition the last checkpoint stands. The source has
 * clocks of its own for its watermarks; these begin anew, and are behind for a while at most.
 *
 * <p>Every task gets all clocks back, for its partitions may be others than before, and hands all
 * back; of one partition's the one that has seen most is the latest. Not thread-safe.
 */
final class PartitionClocks {
    private static final int VERSION = 1;

    private final long boundMillis;
    private final Map<Integer, PartitionClock> clocks = new TreeMap<>();

    PartitionClocks(long boundMillis) {
        this.boundMillis = boundMillis;
    }

    /** The same record, with what its partition's clock says of its sweep. */
    Intake judged(Intake intake) {
        Sweep sweep = intake.sweep();
        if (sweep == null) {
            return intake;
        }
        boolean behind =
                clocks.computeIfAbsent(
                                intake.record().partition(), p -> new PartitionClock(boundMillis))
                        .observe(sweep.sensorId(), sweep.endNanos());
        return intake.withBehind(behind);
    }

    /** Where clocks are kept in the store of an operator. */
    static ListState<byte[]> stored(OperatorStateStore store) throws Exception {
        return store.getUnionListState(
                new ListStateDescriptor<>(
                        "partition-clocks", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    void restore(Iterable<byte[]> kept) throws IOException {
        for (byte[] bytes : kept) {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            int version = in.readInt();
            if (version != VERSION) {
                throw new IOException(
                        "partition clock of version " + version + ", expected " + VERSION);
            }
            int partition = in.readInt();
            PartitionClock clock = PartitionClock.read(in, boundMillis);
            clocks.merge(partition, clock, (a, b) -> b.seen() > a.seen() ? b : a);
        }
    }

    /** What {@link #restore} takes. */
    List<byte[]> saved() throws IOException {
        List<byte[]> kept = new ArrayList<>();
        for (Map.Entry<Integer, PartitionClock> e : clocks.entrySet()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(VERSION);
            out.writeInt(e.getKey());
            e.getValue().write(out);
            kept.add(bytes.toByteArray());
        }
        return kept;
    }
}
