package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.DriveSensor;
import io.azimuth.connectors.drive.SensorTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --truth DRIVE}, shared by the commands that judge boxes. */
final class TruthOption {
    @Option(
            names = "--truth",
            required = true,
            paramLabel = "DRIVE",
            description = "Or its boxes.csv.")
    private Path truth = Path.of("");

    /** The drive itself, or that of its {@code boxes.csv}. */
    Path folder() throws IOException {
        Path parent = truth.toAbsolutePath().getParent();
        if (Files.isDirectory(truth) || parent == null) {
            return truth;
        }
        if (!Files.exists(truth)) {
            throw new NoSuchFileException(truth.toString());
        }
        if (!truth.endsWith("boxes.csv")) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--truth " + truth + ": expected a drive or its boxes.csv");
        }
        return parent;
    }

    /** Labels of the first sensor; ends the command if nothing was labelled. */
    SensorTruth labels(Drive drive) throws IOException {
        return labels(drive, drive.info().sensors().get(0).sensorId());
    }

    /** Labels of a sensor; ends the command if there is none of this name or nothing labelled. */
    SensorTruth labels(Drive drive, String sensorId) throws IOException {
        List<String> names = drive.info().sensors().stream().map(DriveSensor::sensorId).toList();
        if (!names.contains(sensorId)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--sensor %s: the drive has no such sensor, expected one of %s"
                            .formatted(sensorId, names));
        }
        SensorTruth labels = drive.truth().of(sensorId);
        if (!labels.boxesKnown()) {
            throw missing("the drive has no boxes");
        }
        return labels;
    }

    CommandFailure missing(String what) {
        return new CommandFailure(ExitCode.INPUT_MISSING, truth + ": " + what);
    }
}
