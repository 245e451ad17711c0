package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.RecordedDriveWriter;
import io.azimuth.connectors.drive.SimulatedDrive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A drive in the layout of recorded drives. */
@Command(
        name = "drive",
        description = "Write a simulated town drive in the layout of recorded drives.",
        mixinStandardHelpOptions = true)
final class SimDriveCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "OUT", description = "Folder; made, must be empty.")
    private Path out = Path.of("drive");

    @Mixin private TownOptions town = new TownOptions();

    @Override
    public Integer call() throws IOException {
        try (SimulatedDrive drive = new SimulatedDrive(town.config())) {
            int files = RecordedDriveWriter.write(drive, out);
            new Talk(spec).data("%s: %d sweeps, %d files".formatted(out, drive.size(), files));
        }
        return 0;
    }
}
