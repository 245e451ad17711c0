package io.azimuth.perception.simulation;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Prints the CPU milliseconds of a sweep: minimum and median. Arguments: seeds. */
final class SweepCost {
    private SweepCost() {}

    public static void main(String[] args) {
        var threads = ManagementFactory.getThreadMXBean();
        for (String seed : args) {
            TownDrive drive = new TownDrive(TownConfig.of(Long.parseLong(seed)));
            double[] millis = new double[60];
            int points = 0;
            for (int i = 0; i < 60; i++) {
                long before = threads.getCurrentThreadCpuTime();
                points = drive.sweep(0, 0, 5 * i).sweep().points().size();
                millis[i] = (threads.getCurrentThreadCpuTime() - before) / 1e6;
            }
            Arrays.sort(millis, 20, 60);
            System.out.printf(
                    "seed %s: min %.1f median %.1f ms CPU, %d points in the last%n",
                    seed, millis[20], millis[40], points);
        }
    }
}
