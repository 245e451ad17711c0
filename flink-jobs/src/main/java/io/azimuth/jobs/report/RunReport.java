package io.azimuth.jobs.report;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.DriveTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files, scores and pictures of a run, all written.
 *
 * @param scores empty if the drive has no truth
 * @param table for the terminal, several lines
 * @param files that were written, in the order of writing
 * @param warnings what a reader of the files should know, one sentence each
 */
public record RunReport(Scores scores, String table, List<Path> files, List<String> warnings) {
    public RunReport {
        files = List.copyOf(files);
        warnings = List.copyOf(warnings);
    }

    /**
     * Judges a run and writes all that there is to write into a folder, which is made if missing.
     * Files of an earlier run with the same names are replaced.
     *
     * @param drive the drive that the run was fed from; sweeps are read again for the pictures
     * @param pictures whether to draw
     */
    public static RunReport write(RunResult result, Drive drive, Path out, boolean pictures)
            throws IOException {
        Files.createDirectories(out);
        DriveTruth truth = drive.truth();
        Scores scores = Scores.of(result, drive, truth);
        List<String> warnings = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        ResultFiles.Written written = ResultFiles.write(result, drive, scores, out);
        files.addAll(written.files());
        warnings.addAll(written.warnings());
        if (pictures) {
            ResultFiles.Written drawn = Pictures.write(result, drive, truth, out);
            files.addAll(drawn.files());
            warnings.addAll(drawn.warnings());
        }
        return new RunReport(scores, SummaryTable.of(result, drive, scores), files, warnings);
    }
}
