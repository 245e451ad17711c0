package io.azimuth.jobs.cli;

import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A rigid transform in a text file: 12 or 16 numbers, row by row, separated by blanks. */
final class TransformFile {
    private static final long MAX_BYTES = 4096;

    private TransformFile() {}

    /**
     * @throws CommandFailure if it is no rigid transform; says why
     */
    static RigidTransform read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw malformed(file, Files.size(file) + " bytes");
        }
        String[] words = Files.readString(file).strip().split("[\\s,]+");
        if (words.length != 12 && words.length != 16) {
            throw malformed(file, words.length + " numbers");
        }
        try {
            double[] m = Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
            if (m.length == 16 && !Arrays.equals(m, 12, 16, new double[] {0, 0, 0, 1}, 0, 4)) {
                throw malformed(file, "a last row that is not 0 0 0 1");
            }
            return RigidTransform.ofRows(Arrays.copyOf(m, 12));
        } catch (IllegalArgumentException e) { // no number, or no rotation
            throw malformed(file, String.valueOf(e.getMessage()));
        }
    }

    private static CommandFailure malformed(Path file, String found) {
        return new CommandFailure(
                ExitCode.INPUT_MALFORMED,
                "%s: %s; expected 12 or 16 numbers of a rigid transform, row by row"
                        .formatted(file, found));
    }
}
