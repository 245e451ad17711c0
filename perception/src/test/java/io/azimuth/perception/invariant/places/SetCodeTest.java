package io.azimuth.perception.invariant.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The properties of fixed-dimensional set codes: linear, unbiased, filled, good enough to search.
 */
class SetCodeTest {
    private static final int D = 32;

    private static float[] unit(SplittableRandom random, int n) {
        float[] out = new float[n * D];
        for (int i = 0; i < n; i++) {
            float[] v = new float[D];
            for (int k = 0; k < D; k++) {
                v[k] =
                        (float)
                                (random.nextDouble()
                                        + random.nextDouble()
                                        + random.nextDouble()
                                        - 1.5);
            }
            System.arraycopy(Vectors.normalised(v), 0, out, i * D, D);
        }
        return out;
    }

    private static float[] joined(float[] a, float[] b) {
        float[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }

    @Test
    void queriesAddUp() {
        SetCode code = new SetCode(SetCode.Shape.of(1));
        SplittableRandom random = new SplittableRandom(2);
        for (int n = 0; n < 20; n++) {
            float[] a = unit(random, 1 + n);
            float[] b = unit(random, 3);
            float[] both = code.query(joined(a, b));
            float[] ca = code.query(a);
            float[] cb = code.query(b);
            for (int i = 0; i < both.length; i++) {
                assertThat(both[i]).isCloseTo(ca[i] + cb[i], within(1e-5f));
            }
        }
    }

    @Test
    void singletonsAreComparedWithoutBias() {
        SplittableRandom random = new SplittableRandom(5);
        double sum = 0;
        double squares = 0;
        int n = 400;
        for (int i = 0; i < n; i++) {
            SetCode code = new SetCode(new SetCode.Shape(D, 3, 8, 10, 1000 + i));
            float[] q = unit(random, 1);
            float[] p = unit(random, 1);
            double off =
                    code.similarity(code.query(q), code.document(p)) - Vectors.dot(q, 0, p, 0, D);
            sum += off;
            squares += off * off;
        }
        double sigma = Math.sqrt(squares / n);
        assertThat(Math.abs(sum / n)).isLessThan(4 * sigma / Math.sqrt(n));
        assertThat(sigma).isLessThan(0.25); // 1 / sqrt(8 numbers x 10 repetitions) = 0.11
    }

    @Test
    void emptyBucketsOfDocumentsAreFilledAndThoseOfQueriesAreNot() {
        SetCode code = new SetCode(SetCode.Shape.of(3));
        float[] one = unit(new SplittableRandom(4), 1);
        float[] document = code.document(one);
        float[] query = code.query(one);
        for (int block = 0; block < 80; block++) {
            float[] d = Arrays.copyOfRange(document, 8 * block, 8 * block + 8);
            assertThat(Vectors.dot(d, 0, d, 0, 8)).isPositive();
        }
        int filled = 0;
        for (int block = 0; block < 80; block++) {
            float[] q = Arrays.copyOfRange(query, 8 * block, 8 * block + 8);
            filled += Vectors.dot(q, 0, q, 0, 8) > 0 ? 1 : 0;
        }
        assertThat(filled).isEqualTo(10); // one bucket a repetition
        assertThat(code.document(new float[0])).containsOnly(0);
    }

    @Test
    void theBestSetIsAmongTwentyCandidates() {
        SetCode code = new SetCode(SetCode.Shape.of(9));
        SplittableRandom random = new SplittableRandom(10);
        int sets = 160;
        float[][] documents = new float[sets][];
        float[][] codes = new float[sets][];
        for (int s = 0; s < sets; s++) {
            documents[s] = unit(random, 32);
            codes[s] = code.document(documents[s]);
        }
        int kept = 0;
        for (int s = 0; s < sets; s++) {
            float[] q = noisy(documents[s], random);
            float[] cq = code.query(q);
            int exact = order(sets, k -> SetCode.chamfer(q, documents[k], D))[0];
            int[] byCode = order(sets, k -> code.similarity(cq, codes[k]));
            kept += IntStream.of(byCode).limit(20).anyMatch(k -> k == exact) ? 1 : 0;
        }
        assertThat(kept / (double) sets).isGreaterThanOrEqualTo(0.95);
    }

    /** Half of the vectors, each moved by about half of its length. */
    private static float[] noisy(float[] set, SplittableRandom random) {
        float[] noise = unit(random, 16);
        float[] out = new float[16 * D];
        for (int i = 0; i < 16; i++) {
            float[] v = new float[D];
            for (int k = 0; k < D; k++) {
                v[k] = set[2 * i * D + k] + 0.5f * noise[i * D + k];
            }
            System.arraycopy(Vectors.normalised(v), 0, out, i * D, D);
        }
        return out;
    }

    private static int[] order(int n, java.util.function.IntToDoubleFunction score) {
        double[] s = IntStream.range(0, n).mapToDouble(score).toArray();
        return IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -s[k]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Test
    void theSameSeedMakesTheSameBytesInEveryJvm() throws Exception {
        SetCode code = new SetCode(SetCode.Shape.of(42));
        float[] c = code.document(unit(new SplittableRandom(43), 12));
        ByteBuffer bytes = ByteBuffer.allocate(4 * c.length);
        for (float f : c) {
            bytes.putFloat(f);
        }
        String digest =
                HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        assertThat(digest).startsWith("08c1929ec2c65f92");
    }

    @Test
    void sizesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SetCode.Shape(32, 9, 8, 10, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("planes is 9");
        SetCode code = new SetCode(SetCode.Shape.of(1));
        assertThatThrownBy(() -> code.query(new float[33])).hasMessageContaining("33 numbers");
    }
}
