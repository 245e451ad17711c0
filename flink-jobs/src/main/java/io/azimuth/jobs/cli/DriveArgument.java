package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.DriveOptions;
import io.azimuth.connectors.drive.Drives;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code PATH}, shared by all commands that read a drive. */
final class DriveArgument {
    @Parameters(
            index = "0",
            paramLabel = "PATH",
            description =
                    "Folder of a drive, folder of clouds, one cloud file, bag, MCAP or capture.")
    private Path path = Path.of(".");

    @Option(names = "--topic", description = "Of a bag or MCAP file: which topic holds the sweeps.")
    private @Nullable String topic;

    @Option(
            names = "--metadata",
            description =
                    "Of a packet capture: the sensor's metadata (Ouster: JSON) or calibration (Velodyne: YAML or db.xml); default: the one beside.")
    private @Nullable Path metadata;

    @Option(names = "--scene", description = "Of a nuScenes folder: name of the scene.")
    private @Nullable String scene;

    Drive open() throws IOException {
        return Drives.open(path, options());
    }

    /** Opens the drive to look at it: times of a large recording's sweeps may be estimates. */
    Drive glance() throws IOException {
        return Drives.open(path, options().atAGlance());
    }

    private DriveOptions options() {
        return new DriveOptions(topic, metadata, scene);
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
