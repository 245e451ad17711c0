package io.azimuth.registration.odometry;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Prints CPU time a sweep and writes the trajectory: DRIVE_FOLDER TRAJECTORY [passes]. */
final class OdometryBench {
    private OdometryBench() {}

    public static void main(String[] args) throws IOException {
        RecordedDrive drive = new RecordedDrive(Path.of(args[0]));
        int passes = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        for (int p = 0; p < passes; p++) {
            run(drive, Path.of(args[1]));
        }
    }

    private static void run(RecordedDrive drive, Path out) throws IOException {
        ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        OdometryConfig config = OdometryConfig.defaults();
        SweepReducer reducer = new SweepReducer(config);
        LidarOdometry odometry = new LidarOdometry(config);
        double[] ms = new double[drive.size()];
        double[] reduceMs = new double[drive.size()];
        StringBuilder rows = new StringBuilder();
        int held = 0;
        int degenerate = 0;
        double iterations = 0;
        double points = 0;
        double inliers = 0;
        for (int i = 0; i < drive.size(); i++) {
            var sweep = drive.sweep(i);
            long t0 = cpu.getCurrentThreadCpuTime();
            ReducedSweep reduced = reducer.reduce(sweep);
            long t1 = cpu.getCurrentThreadCpuTime();
            OdometryEstimate e = odometry.update(reduced);
            reduceMs[i] = (t1 - t0) * 1e-6;
            ms[i] = (cpu.getCurrentThreadCpuTime() - t0) * 1e-6;
            held += e.held() ? 1 : 0;
            degenerate += e.degenerate() ? 1 : 0;
            iterations += e.iterations();
            points += reduced.size();
            inliers += e.inlierRatio();
            double[] m = e.odomFromSensor().toRows();
            for (int k = 0; k < 12; k++) {
                rows.append(m[k]).append(k < 11 ? ' ' : '\n');
            }
        }
        Files.writeString(out, rows);
        Arrays.sort(ms);
        Arrays.sort(reduceMs);
        int n = drive.size();
        long bytes = 0;
        for (KeyFrame k : odometry.state().keyFrames()) {
            bytes += 6L * k.x().length + 120;
        }
        System.out.printf(
                "cpu ms a sweep: median %.1f p95 %.1f (reduce %.1f); points %.0f, iterations %.1f, inliers %.2f, held %d, degenerate %d, state %d bytes%n",
                ms[n / 2],
                ms[n * 95 / 100],
                reduceMs[n / 2],
                points / n,
                iterations / n,
                inliers / n,
                held,
                degenerate,
                bytes);
    }
}
