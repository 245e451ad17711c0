package io.azimuth.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.SweepKey;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what a drive is and what its first sweeps hold. */
@Command(
        name = "inspect",
        description = "Say what a drive is: format and why, sensors, times, gaps, deskew, points.",
        mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DriveArgument argument = new DriveArgument();

    @Option(names = "--sweeps", paramLabel = "N", description = "Sweeps to read (default 3).")
    private int sweeps = 3;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Numbers.requireAtLeast("--sweeps", sweeps, 0);
        Talk talk = new Talk(spec);
        try (Drive drive = argument.glance()) {
            ObjectNode tree = describe(drive);
            if (json) {
                talk.data(tree.toString());
                return 0;
            }
            talk.data(drive.info().summary());
            tree.fields()
                    .forEachRemaining(
                            e ->
                                    talk.data(
                                            "%-18s %s"
                                                    .formatted(
                                                            e.getKey(),
                                                            e.getValue().isTextual()
                                                                    ? e.getValue().asText()
                                                                    : e.getValue())));
        }
        return 0;
    }

    private ObjectNode describe(Drive drive) throws IOException {
        ObjectNode out = new ObjectMapper().createObjectNode();
        out.put("schemaVersion", 1).put("id", drive.id()).put("format", drive.info().format());
        out.put("guess", drive.info().guess()).put("sweeps", drive.size());
        out.put("deskew", drive.info().deskew()).put("deskewReason", drive.info().deskewReason());
        out.set("periodSeconds", Json.number(drive.info().periodSeconds()));
        var sensors = out.putArray("sensors");
        drive.info().sensors().forEach(s -> sensors.add(s.sensorId()));
        if (drive.size() > 0) {
            SweepKey first = drive.key(0);
            SweepKey last = drive.key(drive.size() - 1);
            out.put("spanSeconds", 1e-9 * (last.endNanos() - first.startNanos()));
            out.put("missingSweeps", missing(drive));
        }
        describePoints(drive, out);
        return out;
    }

    /** Sweeps whose numbers are left out. */
    private static long missing(Drive drive) {
        long[] last = new long[drive.info().sensors().size()];
        java.util.Arrays.fill(last, -1);
        long missing = 0;
        for (int i = 0; i < drive.size(); i++) {
            SweepKey key = drive.key(i);
            if (last[key.sensor()] >= 0) {
                missing += key.seq() - last[key.sensor()] - 1;
            }
            last[key.sensor()] = key.seq();
        }
        return missing;
    }

    private void describePoints(Drive drive, ObjectNode out) throws IOException {
        PointCloud cloud = new PointCloud();
        long points = 0;
        long notFinite = 0;
        int read = Math.min(sweeps, drive.size());
        boolean ring = false;
        boolean time = false;
        String intensity = "";
        for (int i = 0; i < read; i++) {
            Sweep sweep = drive.read(i, cloud);
            points += sweep.points().size();
            ring = cloud.hasRing();
            time = cloud.hasTime();
            notFinite += drive.lastReport().nonFinite();
            intensity = drive.lastReport().intensityRule();
        }
        out.put("sweepsRead", read).put("pointsPerSweep", read == 0 ? 0 : points / read);
        out.put("rings", ring).put("pointTimes", time).put("nonFinitePoints", notFinite);
        out.put("intensity", intensity);
    }
}
