package io.azimuth.jobs.pairs;

import io.azimuth.perception.evaluation.registration.PairTruth;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table of estimates that a benchmark writes, a line a pair as soon as it is done, so that an
 * interrupted run goes on: {@code target,source,status,reason,m00..m23} as {@code eval
 * registration} reads it (in the frames of the scans as they are in their files), then the errors,
 * the CPU time, what the method's test weighed and what the estimate was computed from. A refused
 * pair has the best pose that there was.
 */
public final class PairEstimates {
    private static final String MATRIX = "m00,m01,m02,m03,m10,m11,m12,m13,m20,m21,m22,m23";
    private static final String HEADER =
            "target,source,status,reason,"
                    + MATRIX
                    + ",error_deg,error_m,cpu_ms,overlap,score,margin,fitness_m,inliers,evidence,scans,run\n";
    private static final int FIXED = 27;

    /** The scans of a pair. */
    record Key(long target, long source) {}

    private final Path file;
    private final @Nullable FinalistTable finalists;
    private final Map<Key, String[]> done = new HashMap<>();

    /**
     * Opens or begins a table. A last line that was cut off is dropped.
     *
     * @throws MalformedDataException if the file is another table
     */
    public PairEstimates(Path file) throws IOException {
        this(file, null);
    }

    /**
     * Opens or begins a table, and beside it one of all poses that a method chose from.
     *
     * @param finalists file of the second, appended to; null for none. Of pairs that the first does
     *     not have yet nothing is kept in it
     * @throws MalformedDataException if a file is another table, or pairs are done and there is no
     *     second table, which cannot be made up for afterwards
     */
    public PairEstimates(Path file, @Nullable Path finalists) throws IOException {
        this.file = file;
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        StringBuilder whole = new StringBuilder(HEADER);
        if (Files.exists(file)) {
            List<String> lines = wholeLines(file);
            if (!lines.isEmpty() && !(lines.get(0) + "\n").equals(HEADER)) {
                throw new MalformedDataException(
                        file + " line 1: another table; name another --estimates folder");
            }
            for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                String[] cells = line.split(",", -1);
                if (cells.length == FIXED) {
                    done.put(new Key(Long.parseLong(cells[0]), Long.parseLong(cells[1])), cells);
                    whole.append(line).append('\n');
                }
            }
        }
        this.finalists =
                finalists == null ? null : FinalistTable.open(finalists, file, done.keySet());
        Files.writeString(file, whole);
    }

    /** Lines with their end; what a kill may have cut off is left out. */
    static List<String> wholeLines(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    boolean has(PairTruth pair) {
        return done.containsKey(new Key(pair.target(), pair.source()));
    }

    /**
     * Makes sure that the estimate of a pair, if there is one, is of what is asked for.
     *
     * @throws MalformedDataException if it was computed from something else
     */
    void require(PairTruth pair, PairOrigin origin) {
        String[] cells = done.get(new Key(pair.target(), pair.source()));
        if (cells == null || new PairOrigin(cells[25], cells[26]).equals(origin)) {
            return;
        }
        boolean scans = !cells[25].equals(origin.scans());
        throw new MalformedDataException(
                "%s: pair %d, %d was estimated %s than this run asks for; remove the file to do its pairs again, or name another --estimates folder"
                        .formatted(
                                file,
                                pair.target(),
                                pair.source(),
                                scans
                                        ? "from other scans or another truth"
                                        : "under another turn, seed or method (its settings and weights count)"));
    }

    /** What the table says of a pair that it has. */
    JudgedOutcome judged(PairTruth pair) {
        String[] cells = done.get(new Key(pair.target(), pair.source()));
        if (cells == null) {
            throw new IllegalArgumentException(
                    "no estimate of %d, %d".formatted(pair.target(), pair.source()));
        }
        return new JudgedOutcome(
                !pair.unmatchable(),
                pair.negative(),
                cells[2].equals("accepted"),
                Double.parseDouble(cells[16]),
                Double.parseDouble(cells[17]),
                Double.parseDouble(cells[18]));
    }

    void add(
            PairTruth pair,
            PairOrigin origin,
            PairOutcome said,
            RigidTransform targetFromSource,
            double cpuMillis)
            throws IOException {
        StringBuilder line = new StringBuilder();
        line.append(pair.target()).append(',').append(pair.source());
        line.append(said.accepted() ? ",accepted," : ",refused,");
        line.append(said.accepted() ? "" : said.reason());
        for (double v : targetFromSource.toRows()) {
            line.append(String.format(Locale.ROOT, ",%.9f", v));
        }
        errors(line, pair, targetFromSource);
        number(line, cpuMillis);
        number(line, said.overlap());
        number(line, said.score());
        number(line, said.margin());
        number(line, said.fitnessM());
        line.append(',').append(said.inliers());
        evidence(line, said.evidence());
        line.append(',').append(origin.scans()).append(',').append(origin.run());
        done.put(new Key(pair.target(), pair.source()), line.toString().split(",", -1));
        Files.writeString(file, line.append('\n'), StandardOpenOption.APPEND);
    }

    /**
     * Adds to the second table, if there is one; before the estimate, so that a pair that is done
     * has its finalists.
     *
     * @param finalists in the frames of the files
     */
    void addFinalists(PairTruth pair, List<PairOutcome.Finalist> finalists) throws IOException {
        if (this.finalists != null) {
            this.finalists.add(pair, finalists);
        }
    }

    static void errors(StringBuilder line, PairTruth pair, RigidTransform found) {
        RigidTransform truth = pair.targetFromSource();
        RigidTransform error = truth == null ? null : truth.inverse().times(found);
        number(line, error == null ? Double.NaN : Math.toDegrees(error.angleRad()));
        number(line, error == null ? Double.NaN : error.translationNorm());
    }

    static void evidence(StringBuilder line, Map<String, Double> evidence) {
        String between = ",";
        for (Map.Entry<String, Double> e : evidence.entrySet()) {
            line.append(between).append(e.getKey()).append('=');
            line.append(String.format(Locale.ROOT, "%.5f", e.getValue()));
            between = ";";
        }
        line.append(evidence.isEmpty() ? "," : "");
    }

    private static void number(StringBuilder line, double v) {
        line.append(Double.isNaN(v) ? ",NaN" : String.format(Locale.ROOT, ",%.5f", v));
    }
}
