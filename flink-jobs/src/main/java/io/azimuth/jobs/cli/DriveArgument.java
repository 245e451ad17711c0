package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.Drives;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** {@code PATH}, shared by all commands that read a drive. */
final class DriveArgument {
    @Parameters(
            paramLabel = "PATH",
            description = "Folder of a drive, folder of clouds, or one cloud file.")
    private Path path = Path.of(".");

    Drive open() throws IOException {
        return Drives.open(path);
    }

    /** Opens the drive and says what was guessed. */
    Drive open(Talk talk) throws IOException {
        return announced(open(), talk);
    }

    static Drive announced(Drive drive, Talk talk) {
        talk.note("note: " + drive.info().summary());
        return drive;
    }
}
