package io.azimuth.jobs.pairs;

import io.azimuth.connectors.dataset.tables.PairTable;
import io.azimuth.perception.evaluation.registration.PairTruth;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A set of pairs to be registered. Three forms: a folder of {@code sim pairs} ({@code pairs.csv}
 * and its scans), a table beside a folder of numbered scans ({@code TABLE.csv@FOLDER}, the columns
 * of {@code pairs.csv}), and a folder with one pair ({@code target.bin}, {@code source.bin}, {@code
 * T_target_source.txt} with 16 numbers by rows).
 *
 * @param name of the set
 * @param cases pairs that share a target stand together
 */
public record PairCases(String name, List<PairCase> cases) {
    private static final String TABLE = "pairs.csv";
    private static final String TRANSFORM = "T_target_source.txt";

    public PairCases {
        cases = List.copyOf(cases);
    }

    /**
     * Reads the table, no scans.
     *
     * @throws MalformedDataException if the place holds none of the three forms, a scan is missing,
     *     or a number that a pair names is that of several scans
     */
    public static PairCases open(String place) throws IOException {
        int at = place.lastIndexOf('@');
        if (at > 0 && !Files.exists(Path.of(place))) {
            Path table = Path.of(place.substring(0, at));
            return numbered(stem(table), table, Path.of(place.substring(at + 1)));
        }
        Path folder = Path.of(place);
        if (Files.isRegularFile(folder.resolve(TABLE))) {
            return numbered(fileName(folder), folder.resolve(TABLE), folder);
        }
        if (Files.isRegularFile(folder.resolve(TRANSFORM))) {
            return single(folder);
        }
        throw new MalformedDataException(
                "%s: expected a folder with %s or with %s, or TABLE.csv@FOLDER"
                        .formatted(place, TABLE, TRANSFORM));
    }

    /**
     * Pairs of scans of different towns: negatives. A target has ten sources, none twice.
     *
     * @param place a folder of {@code sim pairs}
     * @throws MalformedDataException if the table has no column {@code town} or only one town
     */
    public static PairCases foreign(String place, int count, long seed) throws IOException {
        PairCases own = open(place);
        List<Long> towns = PairTable.readTowns(Path.of(place).resolve(TABLE));
        if (new HashSet<>(towns).size() < 2) {
            throw new MalformedDataException(place + ": all pairs are of one town");
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<PairCase> out = new ArrayList<>();
        int[] order = shuffled(own.cases.size(), random);
        for (int t = 0; out.size() < count && t < order.length; t++) {
            PairCase target = own.cases.get(order[t]);
            Set<Integer> taken = new HashSet<>();
            for (int tries = 0; tries < 100 && taken.size() < 10 && out.size() < count; tries++) {
                int s = random.nextInt(order.length);
                if (!towns.get(s).equals(towns.get(order[t])) && taken.add(s)) {
                    PairCase source = own.cases.get(s);
                    PairTruth none =
                            new PairTruth(
                                    target.truth().target(),
                                    source.truth().source(),
                                    null,
                                    0,
                                    true);
                    out.add(new PairCase(none, target.target(), source.source()));
                }
            }
        }
        return new PairCases(own.name + "-foreign-" + seed, out);
    }

    private static int[] shuffled(int n, SplittableRandom random) {
        int[] out = new int[n];
        Arrays.setAll(out, i -> i);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = out[i];
            out[i] = out[j];
            out[j] = kept;
        }
        return out;
    }

    private static PairCases numbered(String name, Path table, Path folder) throws IOException {
        NumberedScans scans = NumberedScans.under(folder);
        List<PairCase> out = new ArrayList<>();
        for (PairTruth truth : PairTable.readTruth(table)) {
            out.add(
                    new PairCase(
                            truth,
                            scans.of(truth.target(), table),
                            scans.of(truth.source(), table)));
        }
        return new PairCases(name, out);
    }

    private static PairCases single(Path folder) throws IOException {
        Path file = folder.resolve(TRANSFORM);
        String[] words = Files.readString(file).strip().split("\\s+");
        RigidTransform truth;
        try {
            double[] rows = Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
            truth = RigidTransform.ofRows(Arrays.copyOf(rows, 12));
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException(file + ": expected 12 or 16 numbers by rows", e);
        }
        PairTruth pair = new PairTruth(0, 1, truth, Double.NaN, false);
        return new PairCases(
                fileName(folder),
                List.of(
                        new PairCase(
                                pair, folder.resolve("target.bin"), folder.resolve("source.bin"))));
    }

    private static String fileName(Path path) {
        Path last = path.toAbsolutePath().normalize().getFileName();
        return last == null ? "pairs" : last.toString();
    }

    private static String stem(Path path) {
        String name = fileName(path);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
