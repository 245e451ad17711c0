package io.azimuth.connectors.dataset.tables;

import io.azimuth.perception.evaluation.registration.PairEstimate;
import io.azimuth.perception.evaluation.registration.PairTruth;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads pairs of scans with their transforms as CSV. Columns are found by name and may stand in any
 * order; others than those that are named here are passed over. Stateless, thread-safe.
 */
public final class PairTable {
    private static final List<String> MATRIX =
            IntStream.range(0, 12).mapToObj(i -> "m" + i / 4 + i % 4).toList();

    private PairTable() {}

    /**
     * The truth: {@code target,source,m00..m23} with targetFromSource by rows, and if they are
     * there {@code overlap} (0 .. 1 or nan) and {@code negative} (0 or 1). The matrix of a negative
     * may be all nan. Reads what {@link PairSet} writes as {@code pairs.csv}.
     *
     * @throws MalformedDataException naming file and line, also if a pair is there twice
     */
    public static List<PairTruth> readTruth(Path file) throws IOException {
        List<PairTruth> out = new ArrayList<>();
        Lines seen = new Lines();
        for (CsvRows.Row row : CsvRows.read(file, columns("target", "source"))) {
            long target = row.whole("target");
            long source = row.whole("source");
            seen.add(row, target, source);
            boolean negative = row.has("negative") && chosen(row, "negative", "0", "1") == 1;
            double overlap = row.has("overlap") ? row.number("overlap") : Double.NaN;
            try {
                out.add(new PairTruth(target, source, transform(row), overlap, negative));
            } catch (IllegalArgumentException e) {
                throw row.fault(String.valueOf(e.getMessage()));
            }
        }
        return out;
    }

    /**
     * Estimates: {@code target,source,status,reason,m00..m23}; the status is {@code accepted} or
     * {@code refused}, whose matrix is not read.
     *
     * @throws MalformedDataException naming file and line, also if a pair is there twice
     */
    public static List<PairEstimate> readEstimates(Path file) throws IOException {
        List<PairEstimate> out = new ArrayList<>();
        Lines seen = new Lines();
        List<String> columns = columns("target", "source", "status", "reason");
        for (CsvRows.Row row : CsvRows.read(file, columns)) {
            long target = row.whole("target");
            long source = row.whole("source");
            seen.add(row, target, source);
            if (chosen(row, "status", "accepted", "refused") == 1) {
                out.add(PairEstimate.refused(target, source, row.text("reason")));
                continue;
            }
            RigidTransform said = transform(row);
            if (said == null) {
                throw row.fault(
                        "accepted without a transform, expected numbers in m00 .. m23, or refused");
            }
            out.add(PairEstimate.accepted(target, source, said));
        }
        return out;
    }

    /**
     * The {@code town} of every pair of a truth, in its order: pairs of one town see one place, or
     * places near one another.
     *
     * @throws MalformedDataException naming file and line
     */
    public static List<Long> readTowns(Path file) throws IOException {
        List<Long> out = new ArrayList<>();
        for (CsvRows.Row row : CsvRows.read(file, List.of("target", "source", "town"))) {
            out.add(row.whole("town"));
        }
        return out;
    }

    /** Null if all twelve are nan. */
    private static @Nullable RigidTransform transform(CsvRows.Row row) {
        double[] m = new double[12];
        int unknown = 0;
        for (int i = 0; i < 12; i++) {
            m[i] = row.number(MATRIX.get(i));
            unknown += Double.isNaN(m[i]) ? 1 : 0;
        }
        if (unknown == 12) {
            return null;
        }
        if (unknown > 0) {
            throw row.fault(unknown + " of m00 .. m23 are nan, accepted are none or all");
        }
        try {
            return RigidTransform.ofRows(m);
        } catch (IllegalArgumentException e) {
            throw row.fault("m00 .. m23: " + e.getMessage());
        }
    }

    /** Place of the cell's word in the two that are accepted. */
    private static int chosen(CsvRows.Row row, String column, String first, String second) {
        String word = row.text(column);
        if (!word.equals(first) && !word.equals(second)) {
            throw row.fault(column, first + " or " + second);
        }
        return word.equals(second) ? 1 : 0;
    }

    private static List<String> columns(String... before) {
        return Stream.concat(Stream.of(before), MATRIX.stream()).toList();
    }

    /** In what line which pair is. */
    private static final class Lines {
        private record Pair(long target, long source) {}

        private final Map<Pair, Integer> lines = new HashMap<>();

        void add(CsvRows.Row row, long target, long source) {
            Integer before = lines.put(new Pair(target, source), row.line());
            if (before != null) {
                throw row.fault(
                        "pair target %d, source %d is in line %d already, expected once"
                                .formatted(target, source, before));
            }
        }
    }
}
