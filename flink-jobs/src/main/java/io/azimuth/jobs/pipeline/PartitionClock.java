package io.azimuth.jobs.pipeline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Event time of one partition of the sweeps topic: a pure function of its records in their order,
 * so that which sweep counts as late depends on neither parallelism, rate nor moment.
 *
 * <p>It follows the latest end of any sensor minus a bound. The first sweep of a sensor and one
 * that jumps ahead move it only once the sensor's next sweep confirms them: a single stamp from the
 * future would make everything after it late. Not thread-safe.
 */
final class PartitionClock {
    /** A step of a sensor's stamps that moves the clock at once. */
    static final long MAX_STEP_NANOS = 10_000_000_000L;

    private final long boundMillis;
    private final Map<String, Long> lastEndOfSensor = new TreeMap<>(); // written in this order
    private long latestEndNanos = Long.MIN_VALUE;
    private long seen;

    /**
     * @param boundMillis how far a sweep may end before the latest one of its partition; 0 if each
     *     partition carries one sensor
     */
    PartitionClock(long boundMillis) {
        this.boundMillis = boundMillis;
    }

    /** Takes the next sweep; returns whether it comes too late. */
    boolean observe(String sensorId, long endNanos) {
        seen++;
        boolean behind = Math.floorDiv(endNanos, 1_000_000L) <= watermarkMillis();
        Long previous = lastEndOfSensor.put(sensorId, endNanos);
        boolean confirmed =
                previous != null && endNanos > previous && endNanos - previous <= MAX_STEP_NANOS;
        if (confirmed) {
            latestEndNanos = Math.max(latestEndNanos, endNanos);
        }
        return behind;
    }

    /** Sweeps that it was told of. */
    long seen() {
        return seen;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(seen);
        out.writeLong(latestEndNanos);
        out.writeInt(lastEndOfSensor.size());
        for (Map.Entry<String, Long> e : lastEndOfSensor.entrySet()) {
            out.writeUTF(e.getKey());
            out.writeLong(e.getValue());
        }
    }

    static PartitionClock read(DataInput in, long boundMillis) throws IOException {
        PartitionClock clock = new PartitionClock(boundMillis);
        clock.seen = in.readLong();
        clock.latestEndNanos = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            String sensorId = in.readUTF();
            clock.lastEndOfSensor.put(sensorId, in.readLong());
        }
        return clock;
    }

    /** No sweep that ends at this instant or before is still taken. */
    long watermarkMillis() {
        return latestEndNanos == Long.MIN_VALUE
                ? Long.MIN_VALUE
                : Math.floorDiv(latestEndNanos, 1_000_000L) - boundMillis;
    }
}
