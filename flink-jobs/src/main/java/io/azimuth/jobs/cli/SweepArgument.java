package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.DriveOptions;
import io.azimuth.connectors.drive.Drives;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One sweep named by a word: a cloud file, or {@code DRIVE@POSITION}.
 *
 * @param drive file or folder
 * @param position of the sweep, 0 or more; null if none was named
 */
record SweepArgument(Path drive, @Nullable Integer position) {
    static SweepArgument parse(String word) {
        int at = word.lastIndexOf('@');
        if (at > 0 && !Files.exists(Path.of(word)) && word.substring(at + 1).matches("\\d{1,9}")) {
            return new SweepArgument(
                    Path.of(word.substring(0, at)), Integer.valueOf(word.substring(at + 1)));
        }
        return new SweepArgument(Path.of(word), null);
    }

    /**
     * Its points, in the sensor's frame.
     *
     * @throws CommandFailure if the drive has several sweeps and none was named, or not that one
     */
    PointCloud read() throws IOException {
        try (Drive opened = Drives.open(drive, new DriveOptions(null, null, null))) {
            if (position == null && opened.size() != 1) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "%s has %d sweeps; name one, such as %s@0"
                                .formatted(drive, opened.size(), drive));
            }
            int index = position == null ? 0 : position;
            if (index >= opened.size()) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "%s has %d sweeps, sweep %d was asked for"
                                .formatted(drive, opened.size(), index));
            }
            Sweep sweep = opened.read(index, new PointCloud());
            return sweep.points();
        }
    }
}
