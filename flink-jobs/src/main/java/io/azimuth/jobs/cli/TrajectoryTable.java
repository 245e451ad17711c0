package io.azimuth.jobs.cli;

import io.azimuth.perception.evaluation.Trajectory;
import io.azimuth.perception.evaluation.TrajectoryFiles;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A trajectory as somebody wrote it.
 *
 * @param tum rows with a time (eight numbers); else KITTI's, one a sweep (twelve numbers)
 */
record TrajectoryTable(Trajectory poses, boolean tum) {
    private static final int TUM_FIELDS = 8;

    /**
     * Reads a file whose first row says what it is.
     *
     * @throws MalformedDataException naming file and line, also if there is no row
     */
    static TrajectoryTable read(Path file) throws IOException {
        try {
            int fields = fieldsOfFirstRow(file);
            if (fields == 0) {
                throw new MalformedDataException(
                        file + ": holds no pose, expected rows of 12 (KITTI) or 8 (TUM) numbers");
            }
            return fields == TUM_FIELDS
                    ? new TrajectoryTable(TrajectoryFiles.readTum(file), true)
                    : new TrajectoryTable(
                            Trajectory.ofSweeps(TrajectoryFiles.readKitti(file)), false);
        } catch (CharacterCodingException e) {
            throw new MalformedDataException(
                    file + ": is no text, expected rows of 12 (KITTI) or 8 (TUM) numbers", e);
        }
    }

    String form() {
        return tum ? "TUM (by time)" : "KITTI (a row a sweep)";
    }

    private static int fieldsOfFirstRow(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .findFirst()
                    .map(l -> l.strip().split("\\s+").length)
                    .orElse(0);
        } catch (UncheckedIOException e) {
            throw e.getCause() == null ? new IOException(e) : e.getCause();
        }
    }
}
