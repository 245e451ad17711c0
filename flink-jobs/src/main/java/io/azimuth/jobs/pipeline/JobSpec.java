package io.azimuth.jobs.pipeline;

import io.azimuth.perception.tracking.TrackerConfig;
import io.azimuth.registration.odometry.OdometryConfig;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a job does: where it reads, how far, with which stations.
 *
 * @param name of the job; part of its transactions' ids
 * @param bootstrapServers of the broker with the topics of {@code Topics}
 * @param stoppingOffsets for every partition of the sweeps topic the offset before which a replay
 *     ends; empty for a live job, which starts at the end of the topic and never ends
 * @param detectorName stands in the results, e.g. {@code geometric}
 * @param primarySensors by vehicle the sensor whose odometry frame is the vehicle's. A vehicle that
 *     is not in it takes the lowest sensor id of its first second
 * @param modelDigest of the network that takes part, empty if none does
 * @param configDigest of the effective configuration; part of the results' ids
 */
public record JobSpec(
        String name,
        String bootstrapServers,
        SortedMap<Integer, Long> stoppingOffsets,
        String detectorName,
        DetectorFactory detector,
        OdometryConfig odometry,
        TrackerConfig tracker,
        SortedMap<String, String> primarySensors,
        PipelineConfig pipeline,
        String modelDigest,
        String configDigest) {

    public JobSpec {
        stoppingOffsets = Collections.unmodifiableSortedMap(new TreeMap<>(stoppingOffsets));
        primarySensors = Collections.unmodifiableSortedMap(new TreeMap<>(primarySensors));
        if (!stoppingOffsets.isEmpty() && pipeline.shedding() != null) {
            throw new IllegalArgumentException(
                    "shedding is on in a replay that ends at "
                            + stoppingOffsets
                            + ": expected null, it depends on the wall clock");
        }
    }

    /** A replay with the default stations' settings and no digests. */
    public static JobSpec replay(
            String bootstrapServers,
            Map<Integer, Long> stoppingOffsets,
            String detectorName,
            DetectorFactory detector,
            PipelineConfig pipeline) {
        return new JobSpec(
                "azimuth",
                bootstrapServers,
                new TreeMap<>(stoppingOffsets),
                detectorName,
                detector,
                OdometryConfig.defaults(),
                TrackerConfig.defaults(),
                new TreeMap<>(),
                pipeline,
                "",
                "");
    }

    public JobSpec withPipeline(PipelineConfig p) {
        return new JobSpec(
                name,
                bootstrapServers,
                stoppingOffsets,
                detectorName,
                detector,
                odometry,
                tracker,
                primarySensors,
                p,
                modelDigest,
                configDigest);
    }

    /** Whether the job ends by itself. */
    public boolean isBounded() {
        return !stoppingOffsets.isEmpty();
    }
}
