package io.azimuth.jobs.crops;

import io.azimuth.connectors.crops.CropTable;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.Encoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs an encoder over a set of crops, some at a time. Not thread-safe. */
public final class CropClassifier {
    private static final int CHUNK = 32;

    private final CropEncoder encoder;
    private final boolean[] allowed;

    /**
     * @param encoder stays the caller's to close
     * @param among names of the classes that are allowed as answers; empty for all
     * @throws IllegalArgumentException if the encoder does not know one of them
     */
    public CropClassifier(CropEncoder encoder, List<String> among) {
        this.encoder = encoder;
        List<String> classes = encoder.info().classes();
        allowed = new boolean[classes.size()];
        java.util.Arrays.fill(allowed, among.isEmpty());
        for (String name : among) {
            int at = classes.indexOf(name);
            if (at < 0) {
                throw new IllegalArgumentException(
                        "class '%s' is none of the encoder's: %s".formatted(name, classes));
            }
            allowed[at] = true;
        }
    }

    /**
     * Classifies all crops, in order.
     *
     * @param turns how each is turned first; null: as it lies
     */
    public List<CropResult> classify(CropTable table, @Nullable CropTurns turns) {
        List<CropResult> out = new ArrayList<>(table.size());
        for (int from = 0; from < table.size(); from += CHUNK) {
            int to = Math.min(from + CHUNK, table.size());
            List<Crop> chunk = new ArrayList<>();
            for (int i = from; i < to; i++) {
                Crop crop = table.crop(i);
                chunk.add(turns == null ? crop : turns.apply(i, crop));
            }
            List<Encoding> encodings = encoder.encode(chunk);
            for (int i = from; i < to; i++) {
                out.add(result(encodings.get(i - from), table.points(i)));
            }
        }
        return out;
    }

    private CropResult result(Encoding encoding, int points) {
        if (points == 0) {
            return new CropResult(-1, 0, CropStatus.TOO_FEW);
        }
        double[] p = encoding.probabilities();
        int best = -1;
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            if (allowed[c]) {
                sum += p[c];
                best = best < 0 || p[c] > p[best] ? c : best;
            }
        }
        return new CropResult(best, sum > 0 ? p[best] / sum : 0, encoding.status());
    }
}
