package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Runs the odometry on a recorded drive and prints CPU: {@code OdometryRun DRIVE OUT.txt}. */
final class OdometryRun {
    private OdometryRun() {}

    public static void main(String[] args) throws Exception {
        OdometryConfig config = OdometryConfig.defaults();
        LidarOdometry odometry = new LidarOdometry(config);
        SweepReducer reducer = new SweepReducer(config);
        PointCloud cloud = new PointCloud();
        List<String> rows = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        var threads = ManagementFactory.getThreadMXBean();
        double points = 0;
        for (Path file : RecordedDrive.sweeps(Path.of(args[0]))) {
            Sweep sweep = RecordedDrive.read(file, cloud);
            long begun = threads.getCurrentThreadCpuTime();
            ReducedSweep reduced = reducer.reduce(sweep);
            points += reduced.size();
            OdometryEstimate e = odometry.update(reduced);
            cpu.add(1e-6 * (threads.getCurrentThreadCpuTime() - begun));
            rows.add(
                    Arrays.stream(e.odomFromSensor().toRows())
                            .mapToObj(Double::toString)
                            .collect(Collectors.joining(" ")));
            if (args.length > 2) {
                System.out.printf(
                        "%d inl %.2f rmse %.3f it %d deg %b held %b v %.2f frames %d%n",
                        e.seq(),
                        e.inlierRatio(),
                        e.rmseM(),
                        e.iterations(),
                        e.degenerate(),
                        e.held(),
                        e.twist()[3],
                        odometry.state().keyFrames().size());
            }
        }
        Files.write(Path.of(args[1]), rows);
        double[] sorted = cpu.stream().mapToDouble(d -> d).sorted().toArray();
        System.out.printf(
                "cpu median %.1f ms, max %.1f, points %.0f%n",
                sorted[sorted.length / 2], sorted[sorted.length - 1], points / rows.size());
    }
}
