package io.azimuth.jobs.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.connectors.drive.Drive;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.registration.odometry.OdometryEstimate;
import io.azimuth.registration.odometry.SweepReducer;
import io.azimuth.registration.recovery.JudgedPose;
import io.azimuth.registration.recovery.RecoveringOdometry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The odometry alone, without broker and Flink. */
@Command(
        name = "odometry",
        description =
                "Poses of a drive's sweeps at mid-sweep, in the frame of their segment's first one.",
        mixinStandardHelpOptions = true)
final class OdometryCommand implements Callable<Integer> {
    enum Format {
        KITTI,
        TUM,
        JSON
    }

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DriveArgument argument = new DriveArgument();

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (default kitti).")
    private Format format = Format.KITTI;

    @Option(names = "--sensor", paramLabel = "ID", description = "Which one (default the first).")
    private String sensor = "";

    @Mixin private ConfigOptions config = new ConfigOptions();

    @Override
    public Integer call() throws IOException {
        Talk talk = new Talk(spec);
        var settings = config.load().values().odometry();
        PointCloud cloud = new PointCloud();
        SweepReducer reducer = new SweepReducer(settings);
        RecoveringOdometry odometry = new RecoveringOdometry(settings);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        List<Long> nanos = new ArrayList<>();
        int sweeps = 0;
        int held = 0;
        try (Drive drive = argument.open(talk)) {
            int wanted = sensorIndex(drive);
            for (int i = 0; i < drive.size(); i++) {
                if (drive.key(i).sensor() != wanted) {
                    continue;
                }
                Sweep sweep = drive.read(i, cloud);
                long begun = threads.getCurrentThreadCpuTime();
                JudgedPose pose = odometry.update(reducer.reduce(sweep));
                nanos.add(threads.getCurrentThreadCpuTime() - begun);
                OdometryEstimate e = pose.estimate();
                if (e.discontinuity() && sweeps > 0) {
                    talk.note(
                            "warning: sweep %d starts a new segment; poses from here on are in its frame"
                                    .formatted(e.seq()));
                }
                sweeps++;
                held += e.held() ? 1 : 0;
                if (!talk.data(row(pose))) {
                    return 0;
                }
            }
            talk.note("%d sweeps, %d held at the prediction".formatted(sweeps, held));
            talk.note(
                    String.format(
                            Locale.ROOT,
                            "odometry, reduction included: %.1f ms CPU a sweep (median), %.1f ms (p95)",
                            millis(nanos, 0.5),
                            millis(nanos, 0.95)));
        }
        return 0;
    }

    /** NaN of none. */
    private static double millis(List<Long> nanos, double share) {
        if (nanos.isEmpty()) {
            return Double.NaN;
        }
        return nanos.stream()
                .sorted()
                .skip((long) (share * (nanos.size() - 1)))
                .mapToDouble(n -> 1e-6 * n)
                .findFirst()
                .orElse(Double.NaN);
    }

    private int sensorIndex(Drive drive) {
        if (sensor.isEmpty()) {
            return 0;
        }
        var sensors = drive.info().sensors();
        for (int i = 0; i < sensors.size(); i++) {
            if (sensors.get(i).sensorId().equals(sensor)) {
                return i;
            }
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                "--sensor "
                        + sensor
                        + ": expected one of "
                        + sensors.stream().map(s -> s.sensorId()).toList());
    }

    private String row(JudgedPose pose) {
        OdometryEstimate e = pose.estimate();
        return switch (format) {
            case KITTI -> join(e.odomFromSensor().toRows());
            case TUM -> {
                double[] q = e.odomFromSensor().quaternion();
                yield "%s %s"
                        .formatted(
                                seconds(e.stampNanos()),
                                join(
                                        e.odomFromSensor().tx(),
                                        e.odomFromSensor().ty(),
                                        e.odomFromSensor().tz(),
                                        q[0],
                                        q[1],
                                        q[2],
                                        q[3]));
            }
            case JSON -> json(pose);
        };
    }

    private static String json(JudgedPose pose) {
        OdometryEstimate e = pose.estimate();
        ObjectNode row = Json.row().put("sweep", e.seq()).put("stampNs", e.stampNanos());
        ArrayNode rows = row.putArray("odomFromSensor");
        for (double value : e.odomFromSensor().toRows()) {
            rows.add(value);
        }
        row.set("inlierRatio", Json.number(e.inlierRatio()));
        row.set("rmseM", Json.number(e.rmseM()));
        row.put("verdict", pose.verdict().name()).put("reason", pose.reason().name());
        return row.put("degenerate", e.degenerate())
                .put("held", e.held())
                .put("discontinuity", e.discontinuity())
                .toString();
    }

    private static String seconds(long nanos) {
        return String.format(
                Locale.ROOT,
                "%s%d.%09d",
                nanos < 0 ? "-" : "",
                Math.abs(nanos / 1_000_000_000),
                Math.abs(nanos % 1_000_000_000));
    }

    private static String join(double... numbers) {
        return Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" "));
    }
}
