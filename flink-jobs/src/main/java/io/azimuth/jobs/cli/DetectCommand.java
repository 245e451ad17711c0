package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.Drives;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The detector alone, without broker and Flink. */
@Command(
        name = "detect",
        description =
                "Detect objects in each sweep of a drive. Boxes hold at the instant when they were measured; 'run' moves them to mid-sweep.",
        mixinStandardHelpOptions = true)
final class DetectCommand implements Callable<Integer> {
    enum Format {
        CSV,
        JSON
    }

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PATH", description = "Folder of a drive, or one cloud file.")
    private Path path = Path.of(".");

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
        try (Drive drive = Drives.open(path);
                Detector detector = Stations.detector(settings).open()) {
            talk.note("note: " + drive.info().summary());
            if (format == Format.CSV) {
                talk.data("sweep,class,score,x,y,z,length,width,height,yaw");
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
        OrientedBox b = d.box();
        String pattern =
                format == Format.CSV
                        ? "%d,%s,%.4f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.5f"
                        : "{\"schemaVersion\":1,\"sweep\":%d,\"class\":\"%s\",\"score\":%.4f,\"x\":%.3f,\"y\":%.3f,\"z\":%.3f,\"length\":%.3f,\"width\":%.3f,\"height\":%.3f,\"yaw\":%.5f}";
        return pattern.formatted(
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
}
