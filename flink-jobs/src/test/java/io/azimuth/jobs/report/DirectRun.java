package io.azimuth.jobs.report;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.DriveSensor;
import io.azimuth.jobs.report.RunResult.Accounting;
import io.azimuth.jobs.report.RunResult.DetectionRow;
import io.azimuth.jobs.report.RunResult.Performance;
import io.azimuth.jobs.report.RunResult.PoseRow;
import io.azimuth.jobs.report.RunResult.TrackRow;
import io.azimuth.perception.cluster.GeometricDetector;
import io.azimuth.perception.cluster.GeometricDetectorConfig;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.geometry.objects.ReturnsSampler;
import io.azimuth.perception.tracking.MultiObjectTracker;
import io.azimuth.perception.tracking.Observation;
import io.azimuth.perception.tracking.TrackerConfig;
import io.azimuth.registration.odometry.LidarOdometry;
import io.azimuth.registration.odometry.OdometryConfig;
import io.azimuth.registration.odometry.OdometryEstimate;
import io.azimuth.registration.odometry.SweepReducer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A run of a drive by direct calls, without topics: one tracker a vehicle, its first sensor's. */
public final class DirectRun {
    private final Map<String, LidarOdometry> odometries = new HashMap<>();
    private final Map<String, MultiObjectTracker> trackers = new HashMap<>();
    private final ReturnsSampler returns = new ReturnsSampler();
    private final List<PoseRow> poses = new ArrayList<>();
    private final List<DetectionRow> detections = new ArrayList<>();
    private final List<TrackRow> tracks = new ArrayList<>();
    private final List<double[]> stages = new ArrayList<>();
    private long points;

    private DirectRun() {}

    public static RunResult of(Drive drive, int sweeps) throws IOException {
        DirectRun run = new DirectRun();
        int count = Math.min(sweeps, drive.size());
        Map<String, String> primaries = new HashMap<>();
        for (DriveSensor s : drive.info().sensors()) {
            primaries.putIfAbsent(s.vehicleId(), s.sensorId());
        }
        GeometricDetector detector = new GeometricDetector(GeometricDetectorConfig.defaults());
        SweepReducer reducer = new SweepReducer(OdometryConfig.defaults());
        PointCloud cloud = new PointCloud();
        for (int i = 0; i < count; i++) {
            long t0 = System.nanoTime();
            Sweep sweep = drive.read(i, cloud);
            run.take(sweep, detector, reducer, primaries, t0);
        }
        return run.result(drive, count);
    }

    private void take(
            Sweep sweep,
            GeometricDetector detector,
            SweepReducer reducer,
            Map<String, String> primaries,
            long t0) {
        points += sweep.points().size();
        long t1 = System.nanoTime();
        List<Detection> found = returns.attach(sweep.points(), detector.detect(sweep));
        detections.add(
                new DetectionRow(
                        sweep.sensorId(),
                        sweep.seq(),
                        sweep.startNanos(),
                        sweep.endNanos(),
                        found));
        long t2 = System.nanoTime();
        OdometryEstimate e =
                odometries
                        .computeIfAbsent(
                                sweep.sensorId(), s -> new LidarOdometry(OdometryConfig.defaults()))
                        .update(reducer.reduce(sweep));
        poses.add(
                new PoseRow(
                        sweep.sensorId(),
                        e.seq(),
                        e.stampNanos(),
                        e.odomFromSensor(),
                        e.twist(),
                        e.discontinuity(),
                        e.held(),
                        e.degenerate(),
                        sweep.egoFromSensor()));
        long t3 = System.nanoTime();
        if (sweep.sensorId().equals(primaries.get(sweep.vehicleId()))) {
            track(sweep, e, found);
        }
        long t4 = System.nanoTime();
        stages.add(
                new double[] {
                    (t1 - t0) * 1e-6, (t2 - t1) * 1e-6, (t3 - t2) * 1e-6, (t4 - t3) * 1e-6
                });
    }

    private void track(Sweep sweep, OdometryEstimate e, List<Detection> found) {
        MultiObjectTracker tracker =
                trackers.computeIfAbsent(
                        sweep.vehicleId(), v -> new MultiObjectTracker(TrackerConfig.defaults()));
        Observation seen =
                new Observation(
                        sweep.sensorId(),
                        e.stampNanos(),
                        sweep.startNanos(),
                        e.odomFromSensor(),
                        e.twist(),
                        found);
        tracks.add(
                new TrackRow(
                        sweep.vehicleId(),
                        sweep.sensorId(),
                        sweep.seq(),
                        e.stampNanos(),
                        tracker.update(seen)));
    }

    private RunResult result(Drive drive, int count) {
        TreeMap<String, double[]> stageMs = new TreeMap<>();
        double[] latency = new double[stages.size()];
        double sum = 0;
        for (int k = 0; k < 4; k++) {
            double[] times = new double[stages.size()];
            for (int i = 0; i < times.length; i++) {
                times[i] = stages.get(i)[k];
                latency[i] += times[i];
                sum += times[i];
            }
            stageMs.put(MetricsJson.STAGES.get(k), times);
        }
        Performance performance =
                new Performance(
                        latency,
                        stageMs,
                        points / (double) count,
                        1000 * count / sum,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN);
        return new RunResult(
                drive.id(),
                count,
                poses,
                detections,
                tracks,
                new Accounting(count, count, 0, 0, 0, 0),
                performance);
    }
}
