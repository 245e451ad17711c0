package io.azimuth.jobs.report;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.tracking.Track;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that a run made of a drive. Rows may come in any order; of two rows of the same sensor
 * and sweep the first counts. Immutable, thread-safe.
 *
 * @param driveId name of the drive
 * @param driveSweeps how many of the drive's first sweeps were sent; truth beyond is not scored
 * @param poses one row for each sweep that got a pose
 * @param detections one row for each sweep that was searched, also where nothing was found
 * @param tracks one row for each update of a vehicle's tracker
 * @param accounting what became of the sweeps
 * @param performance what the run cost
 */
public record RunResult(
        String driveId,
        int driveSweeps,
        List<PoseRow> poses,
        List<DetectionRow> detections,
        List<TrackRow> tracks,
        Accounting accounting,
        Performance performance) {
    public RunResult {
        poses = List.copyOf(poses);
        detections = List.copyOf(detections);
        tracks = List.copyOf(tracks);
        if (driveSweeps < 0) {
            throw new IllegalArgumentException(
                    "driveSweeps is " + driveSweeps + ", expected 0 or more");
        }
    }

    /**
     * Where a sensor was in the middle of a sweep.
     *
     * @param stampNanos mid-sweep
     * @param odomFromSensor in the frame of its segment's first sweep
     * @param twist (wx, wy, wz, vx, vy, vz) per second in the sensor's frame; owned by the record
     * @param discontinuity whether a segment starts here
     * @param held whether registration failed and the pose is a prediction
     * @param degenerate whether some direction was not observed
     */
    public record PoseRow(
            String sensorId,
            long seq,
            long stampNanos,
            RigidTransform odomFromSensor,
            double[] twist,
            boolean discontinuity,
            boolean held,
            boolean degenerate,
            RigidTransform egoFromSensor) {
        public PoseRow {
            if (twist.length != 6) {
                throw new IllegalArgumentException(
                        "pose of %s/%d: twist has %d numbers, expected 6 (wx, wy, wz, vx, vy, vz)"
                                .formatted(sensorId, seq, twist.length));
            }
        }
    }

    /**
     * What was found in a sweep.
     *
     * @param detections each in the sensor's frame at its own measuring time
     */
    public record DetectionRow(
            String sensorId, long seq, long startNanos, long endNanos, List<Detection> detections) {
        public DetectionRow {
            detections = List.copyOf(detections);
        }

        /** The instant that labels and poses refer to. */
        public long midNanos() {
            return startNanos + (endNanos - startNanos) / 2;
        }
    }

    /**
     * The tracks of a vehicle after one sweep.
     *
     * @param stampNanos mid-sweep
     * @param tracks in the odometry frame of the vehicle's first sensor
     */
    public record TrackRow(
            String vehicleId, String sensorId, long seq, long stampNanos, List<Track> tracks) {
        public TrackRow {
            tracks = List.copyOf(tracks);
        }
    }

    /** Fates of sweeps; {@code in} is what was sent. */
    public record Accounting(
            long in, long published, long dead, long late, long duplicate, long shed) {
        /** Whether every sweep that went in has a fate. */
        public boolean balances() {
            return in == published + dead + late + duplicate + shed;
        }
    }

    /**
     * What the run cost. Numbers that were not measured are NaN.
     *
     * @param latencyMs from sending to reading the result, a number a sweep; owned by the record
     * @param stageMs times of each stage, a number a sweep: {@code decode}, {@code detect}, {@code
     *     odometry}, {@code track}; arrays owned by the record
     * @param sweepsPerSecond from the first result to the last
     * @param sweepsPerSecondWarm the same of the later half: most of the code has been compiled by
     *     then
     * @param peakRssMb largest resident set of the process, 10^6 bytes
     * @param loadAverage of the machine over the last minute
     */
    public record Performance(
            double[] latencyMs,
            SortedMap<String, double[]> stageMs,
            double pointsPerSweep,
            double sweepsPerSecond,
            double sweepsPerSecondWarm,
            double peakRssMb,
            double loadAverage) {
        public Performance {
            stageMs = Collections.unmodifiableSortedMap(new TreeMap<>(stageMs));
        }

        /** Nothing was measured. */
        public static Performance unknown() {
            double nan = Double.NaN;
            return new Performance(
                    new double[0], Collections.emptySortedMap(), nan, nan, nan, nan, nan);
        }
    }
}
