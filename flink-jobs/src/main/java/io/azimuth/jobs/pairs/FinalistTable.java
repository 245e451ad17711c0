package io.azimuth.jobs.pairs;

import io.azimuth.perception.evaluation.registration.PairTruth;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/**
 * The table of all poses that a method chose from, a line a pose, beside one of estimates: {@code
 * target,source,error_deg,error_m,evidence}. A pair's poses are written before its estimate, so a
 * pair that was interrupted is done again: its poses are dropped at the next opening.
 */
final class FinalistTable {
    private static final String HEADER = "target,source,error_deg,error_m,evidence";
    private static final int COLUMNS = 5;

    private final Path file;

    private FinalistTable(Path file) {
        this.file = file;
    }

    /**
     * Begins the table, or keeps of it the whole lines of pairs that are done. That a run in
     * between went without it cannot be seen, for a pair may have no finalists.
     *
     * @param estimates file that the done pairs are in, for the message
     * @throws MalformedDataException if the file is another table, or is missing though pairs are
     *     done
     */
    static FinalistTable open(Path file, Path estimates, Set<PairEstimates.Key> done)
            throws IOException {
        boolean exists = Files.exists(file);
        if (!exists && !done.isEmpty()) {
            throw new MalformedDataException(
                    "%s has %d pairs, but %s is missing: what they were chosen from is not known any more; remove the first to do them again, name another --estimates folder, or leave --finalists out"
                            .formatted(estimates, done.size(), file));
        }
        List<String> lines = exists ? PairEstimates.wholeLines(file) : List.of();
        if (!lines.isEmpty() && !lines.get(0).equals(HEADER)) {
            throw new MalformedDataException(
                    file + " line 1: another table; name another --estimates folder");
        }
        StringBuilder whole = new StringBuilder(HEADER).append('\n');
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] cells = line.split(",", -1);
            if (cells.length == COLUMNS && done.contains(key(cells))) {
                whole.append(line).append('\n');
            }
        }
        Files.writeString(file, whole);
        return new FinalistTable(file);
    }

    private static PairEstimates.Key key(String[] cells) {
        return new PairEstimates.Key(Long.parseLong(cells[0]), Long.parseLong(cells[1]));
    }

    /**
     * Adds those of a pair.
     *
     * @param finalists in the frames of the files
     */
    void add(PairTruth pair, List<PairOutcome.Finalist> finalists) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (PairOutcome.Finalist f : finalists) {
            lines.append(pair.target()).append(',').append(pair.source());
            PairEstimates.errors(lines, pair, f.targetFromSource());
            PairEstimates.evidence(lines, f.evidence());
            lines.append('\n');
        }
        Files.writeString(file, lines, StandardOpenOption.APPEND);
    }
}
