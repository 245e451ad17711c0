package io.azimuth.jobs.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.connectors.drive.Drive;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detection.Recognition;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The detector alone, without broker and Flink. */
@Command(
        name = "detect",
        description =
                "Detect objects in each sweep of a drive; with recogniser.encoder set, look again at the points of each. Boxes hold at the instant when they were measured; 'run' moves them to mid-sweep.",
        mixinStandardHelpOptions = true)
final class DetectCommand implements Callable<Integer> {
    enum Format {
        CSV,
        JSON
    }

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DriveArgument argument = new DriveArgument();

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (default csv).")
    private Format format = Format.CSV;

    @Option(names = "--min-score", description = "Leave out what scores less (default 0).")
    private double minScore;

    @Mixin private ConfigOptions config = new ConfigOptions();

    @Override
    public Integer call() throws IOException {
        Talk talk = new Talk(spec);
        var settings = config.load().values();
        PointCloud cloud = new PointCloud();
        try (Drive drive = argument.open(talk);
                Detector detector = Stations.detector(settings).open()) {
            if (format == Format.CSV) {
                talk.data(DetectionTable.HEADER);
            }
            for (int i = 0; i < drive.size(); i++) {
                long seq = drive.key(i).seq();
                for (Detection d : detector.detect(drive.read(i, cloud))) {
                    if (d.score() >= minScore && !talk.data(row(seq, d))) {
                        return 0;
                    }
                }
            }
        }
        return 0;
    }

    private String row(long seq, Detection d) {
        return format == Format.CSV ? csv(seq, d) : json(seq, d);
    }

    private static String csv(long seq, Detection d) {
        OrientedBox b = d.box();
        return String.format(
                Locale.ROOT,
                "%d,%s,%.4f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.5f",
                seq,
                d.objectClass().label(),
                d.score(),
                b.x(),
                b.y(),
                b.z(),
                b.length(),
                b.width(),
                b.height(),
                b.yawRad());
    }

    private static String json(long seq, Detection d) {
        OrientedBox b = d.box();
        ObjectNode row = Json.row().put("sweep", seq).put("class", d.objectClass().label());
        row.put("score", d.score()).put("x", b.x()).put("y", b.y()).put("z", b.z());
        row.put("length", b.length()).put("width", b.width()).put("height", b.height());
        row.put("yaw", b.yawRad()).put("headingKnown", d.headingKnown()).put("points", d.points());
        if (d.recognition() != null) {
            row.set("crop", crop(d.recognition()));
        }
        return row.toString();
    }

    /** The embedding as 64 whole numbers: a direction, the largest 127. */
    private static ObjectNode crop(Recognition r) {
        ObjectNode out = Json.row().put("class", r.label()).put("score", r.score());
        out.put("evidence", r.evidence()).put("unknown", r.unknownScore());
        ArrayNode embedding = out.putArray("embedding");
        for (byte b : r.embedding()) {
            embedding.add(b);
        }
        return out;
    }
}
