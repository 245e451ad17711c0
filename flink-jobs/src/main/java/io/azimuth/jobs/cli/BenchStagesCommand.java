package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.Drives;
import io.azimuth.connectors.wire.SweepCodec;
import io.azimuth.jobs.config.AzimuthConfig;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.geometry.objects.ReturnsSampler;
import io.azimuth.perception.tracking.MultiObjectTracker;
import io.azimuth.perception.tracking.Observation;
import io.azimuth.registration.odometry.LidarOdometry;
import io.azimuth.registration.odometry.OdometryEstimate;
import io.azimuth.registration.odometry.ReducedSweep;
import io.azimuth.registration.odometry.SweepReducer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** CPU of each station in one thread. */
@Command(
        name = "stages",
        description = "CPU of each station on a drive, one thread: median and 95th percentile.",
        mixinStandardHelpOptions = true)
final class BenchStagesCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PATH", description = "Folder of a drive.")
    private Path path = Path.of(".");

    @Option(names = "--warmup", description = "Passes before the one that counts (default 1).")
    private int warmup = 1;

    @Mixin private ConfigOptions config = new ConfigOptions();

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public Integer call() throws IOException {
        Numbers.requireAtLeast("--warmup", warmup, 0);
        Talk talk = new Talk(spec);
        AzimuthConfig settings = config.load().values();
        try (Drive drive = Drives.open(path);
                Detector detector = Stations.detector(settings).open()) {
            Map<String, List<Double>> millis = Map.of();
            for (int pass = 0; pass <= warmup; pass++) {
                millis = pass(drive, detector, settings);
            }
            talk.data("%-10s %10s %10s %10s".formatted("stage", "median ms", "p95 ms", "min ms"));
            millis.forEach((stage, ms) -> talk.data(row(stage, ms)));
            talk.data(
                    String.format(
                            Locale.ROOT,
                            "%d sweeps, load average %.2f",
                            drive.size(),
                            ProcessFigures.loadAverage()));
        }
        return 0;
    }

    private Map<String, List<Double>> pass(Drive drive, Detector detector, AzimuthConfig settings)
            throws IOException {
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        SweepCodec codec = new SweepCodec();
        ReturnsSampler returns = new ReturnsSampler();
        SweepReducer reducer = new SweepReducer(settings.odometry());
        LidarOdometry odometry = new LidarOdometry(settings.odometry());
        MultiObjectTracker tracker = new MultiObjectTracker(settings.tracker());
        PointCloud read = new PointCloud();
        PointCloud decoded = new PointCloud();
        CanvasStation canvas = new CanvasStation();
        for (int i = 0; i < drive.size(); i++) {
            long t0 = now();
            Sweep source = drive.read(i, read);
            long t1 = now();
            byte[] value = codec.encode(source);
            long t2 = now();
            Sweep sweep = codec.decode(value, decoded);
            long t3 = now();
            List<Detection> detections = detector.detect(sweep);
            long t4 = now();
            List<Detection> seen = returns.attach(sweep.points(), detections);
            long t4b = now();
            ReducedSweep reduced = reducer.reduce(sweep);
            OdometryEstimate pose = odometry.update(reduced);
            long t5 = now();
            tracker.update(
                    new Observation(
                            sweep.sensorId(),
                            pose.stampNanos(),
                            sweep.startNanos(),
                            pose.odomFromSensor(),
                            pose.twist(),
                            seen));
            long t6 = now();
            add(millis, "read", t1 - t0);
            add(millis, "encode", t2 - t1);
            add(millis, "decode", t3 - t2);
            add(millis, "detect", t4 - t3);
            add(millis, "odometry", t5 - t4b);
            add(millis, "returns", t4b - t4);
            canvas.ground(sweep);
            long t7 = now();
            canvas.draw(sweep);
            long t8 = now();
            add(millis, "track", t6 - t5);
            add(millis, "ground", t7 - t6);
            add(millis, "canvas", t8 - t7);
        }
        return millis;
    }

    private long now() {
        return threads.getCurrentThreadCpuTime();
    }

    private static void add(Map<String, List<Double>> millis, String stage, long nanos) {
        millis.computeIfAbsent(stage, s -> new ArrayList<>()).add(1e-6 * nanos);
    }

    private static String row(String stage, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%-10s %10.2f %10.2f %10.2f",
                stage,
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() * 95 / 100),
                sorted.get(0));
    }
}
