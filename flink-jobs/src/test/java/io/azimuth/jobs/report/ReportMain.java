package io.azimuth.jobs.report;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.Drives;
import io.azimuth.connectors.drive.SimulatedDrive;
import io.azimuth.perception.simulation.TownConfig;
import java.io.IOException;
import java.nio.file.Path;

/** Runs a drive by direct calls and writes its report: {@code PATH|town[:SEED] SWEEPS OUT}. */
final class ReportMain {
    private ReportMain() {}

    public static void main(String[] args) throws IOException {
        int sweeps = Integer.parseInt(args[1]);
        try (Drive drive = open(args[0], sweeps)) {
            RunResult result = DirectRun.of(drive, sweeps);
            RunReport report = RunReport.write(result, drive, Path.of(args[2]), true);
            System.out.println(report.table());
            report.warnings().forEach(System.out::println);
            report.files().forEach(System.out::println);
        }
    }

    private static Drive open(String what, int sweeps) throws IOException {
        if (!what.startsWith("town")) {
            return Drives.open(Path.of(what));
        }
        long seed = what.contains(":") ? Long.parseLong(what.split(":")[1]) : 7;
        return new SimulatedDrive(TownConfig.of(seed).withSweeps(sweeps));
    }
}
