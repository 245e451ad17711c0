package io.azimuth.perception.invariant.places;

import java.util.SplittableRandom;

/**
 * A code of fixed length for a set of vectors, so that the inner product of a query's and a
 * document's code estimates {@code sum over q of max over p of q . p} (Chamfer similarity). In each
 * repetition, hyperplanes sort the vectors into buckets; a query adds up its vectors in a bucket, a
 * document takes their mean, and fills an empty bucket with the vector whose own bucket differs in
 * the fewest planes (the first of them); each bucket is projected by random signs. Never compare
 * query codes with query codes. Immutable, thread-safe, same bytes in every JVM.
 *
 * <p>Source: MUVERA (Dhulipala et al. 2024), fixed dimensional encodings.
 */
public final class SetCode {
    private final Shape shape;
    private final float[] planes; // [repetition][plane][dimension]
    private final float[] signs; // [repetition][projected][dimension]

    /**
     * Sizes of a code.
     *
     * @param dimension of the vectors, 1 .. 1024
     * @param planes a repetition: 2^planes buckets, 0 .. 8
     * @param projected numbers kept of a bucket, 1 .. 1024
     * @param repetitions 1 .. 1024
     * @param seed of planes and signs
     */
    public record Shape(int dimension, int planes, int projected, int repetitions, long seed) {
        public Shape {
            require("dimension", dimension, 1, 1024);
            require("planes", planes, 0, 8);
            require("projected", projected, 1, 1024);
            require("repetitions", repetitions, 1, 1024);
        }

        /** 640 numbers for vectors of 32: 3 planes, 8 numbers a bucket, 10 repetitions. */
        public static Shape of(long seed) {
            return new Shape(32, 3, 8, 10, seed);
        }

        /** Numbers of a code. */
        public int length() {
            return repetitions * (1 << planes) * projected;
        }

        private static void require(String name, int found, int least, int most) {
            if (found < least || found > most) {
                throw new IllegalArgumentException(
                        "%s is %d, expected %d .. %d".formatted(name, found, least, most));
            }
        }
    }

    public SetCode(Shape shape) {
        this.shape = shape;
        SplittableRandom random = new SplittableRandom(shape.seed());
        planes = new float[shape.repetitions() * shape.planes() * shape.dimension()];
        for (int k = 0; k < planes.length; k++) {
            planes[k] = (float) normal(random);
        }
        signs = new float[shape.repetitions() * shape.projected() * shape.dimension()];
        float size = (float) (1 / Math.sqrt(shape.projected()));
        for (int k = 0; k < signs.length; k++) {
            signs[k] = random.nextBoolean() ? size : -size;
        }
    }

    private static double normal(SplittableRandom random) {
        double u = 1 - random.nextDouble(); // above 0
        double angle = 2 * Math.PI * random.nextDouble();
        return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(angle);
    }

    public Shape shape() {
        return shape;
    }

    /** The code of a set that is looked for; {@code vectors} are {@code [n][dimension]}. */
    public float[] query(float[] vectors) {
        return encode(vectors, false);
    }

    /** The code of a set that is kept. An empty set's is zero. */
    public float[] document(float[] vectors) {
        return encode(vectors, true);
    }

    private float[] encode(float[] vectors, boolean document) {
        int d = shape.dimension();
        if (vectors.length % d != 0) {
            throw new IllegalArgumentException(
                    "%d numbers are no vectors of %d".formatted(vectors.length, d));
        }
        int n = vectors.length / d;
        int buckets = 1 << shape.planes();
        int[] bucket = new int[n];
        float[] sums = new float[buckets * d];
        float[] out = new float[shape.length()];
        for (int r = 0; r < shape.repetitions() && n > 0; r++) {
            collect(vectors, r, bucket, sums, document);
            for (int b = 0; b < buckets; b++) {
                int at = (r * buckets + b) * shape.projected();
                for (int p = 0; p < shape.projected(); p++) {
                    int row = (r * shape.projected() + p) * d;
                    out[at + p] = (float) Vectors.dot(signs, row, sums, b * d, d);
                }
            }
        }
        return out;
    }

    /** Sums or means of the buckets of one repetition, in {@code sums}. */
    private void collect(float[] vectors, int r, int[] bucket, float[] sums, boolean document) {
        int d = shape.dimension();
        int[] members = new int[sums.length / d];
        java.util.Arrays.fill(sums, 0);
        for (int i = 0; i < bucket.length; i++) {
            bucket[i] = bucketOf(vectors, i, r);
            members[bucket[i]]++;
            for (int k = 0; k < d; k++) {
                sums[bucket[i] * d + k] += vectors[i * d + k];
            }
        }
        for (int b = 0; b < members.length && document; b++) {
            if (members[b] == 0) {
                System.arraycopy(vectors, nearest(bucket, b) * d, sums, b * d, d);
            }
            for (int k = 0; k < d && members[b] > 1; k++) {
                sums[b * d + k] /= members[b];
            }
        }
    }

    private int bucketOf(float[] vectors, int i, int r) {
        int d = shape.dimension();
        int b = 0;
        for (int k = 0; k < shape.planes(); k++) {
            int plane = (r * shape.planes() + k) * d;
            b |= Vectors.dot(planes, plane, vectors, i * d, d) > 0 ? 1 << k : 0;
        }
        return b;
    }

    /** The first vector whose bucket differs in the fewest planes. */
    private static int nearest(int[] bucket, int b) {
        int best = 0;
        for (int i = 1; i < bucket.length; i++) {
            if (Integer.bitCount(bucket[i] ^ b) < Integer.bitCount(bucket[best] ^ b)) {
                best = i;
            }
        }
        return best;
    }

    /** What the codes estimate: the inner product, divided by the number of repetitions. */
    public double similarity(float[] query, float[] document) {
        return Vectors.dot(query, 0, document, 0, shape.length()) / shape.repetitions();
    }

    /** Chamfer similarity itself; both sets are {@code [n][dimension]}; 0 for an empty document. */
    public static double chamfer(float[] query, float[] document, int dimension) {
        double sum = 0;
        for (int q = 0; q < query.length && document.length > 0; q += dimension) {
            double best = Double.NEGATIVE_INFINITY;
            for (int p = 0; p < document.length; p += dimension) {
                best = Math.max(best, Vectors.dot(query, q, document, p, dimension));
            }
            sum += best;
        }
        return sum;
    }
}
