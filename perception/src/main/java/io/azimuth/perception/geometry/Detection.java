package io.azimuth.perception.geometry;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An object found in one sweep.
 *
 * @param box in the sensor's frame at the instant when the object was measured
 * @param objectClass what it is
 * @param score calibrated probability that it is such an object, in [0, 1]
 * @param headingKnown false if the box may as well point the other way (yaw + pi)
 * @param points number of points that the box is based on
 * @param timeOffsetNanos when the object was measured, as an offset to the sweep's start
 * @param recognition what its points alone say; null if they were not looked at
 * @param returns some of its points; null if none were taken along
 */
public record Detection(
        OrientedBox box,
        ObjectClass objectClass,
        double score,
        boolean headingKnown,
        int points,
        long timeOffsetNanos,
        @Nullable Recognition recognition,
        @Nullable Returns returns) {
    /** A detector's order: best score first, then by place. */
    public static final Comparator<Detection> ORDER =
            Comparator.comparingDouble((Detection d) -> -d.score())
                    .thenComparingDouble(d -> d.box().x())
                    .thenComparingDouble(d -> d.box().y());

    public Detection {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score is " + score + ", expected 0 .. 1");
        }
        if (points < 0) {
            throw new IllegalArgumentException("points is " + points + ", expected 0 or more");
        }
    }

    /** A detection whose points were not looked at by themselves. */
    public Detection(
            OrientedBox box,
            ObjectClass objectClass,
            double score,
            boolean headingKnown,
            int points,
            long timeOffsetNanos) {
        this(box, objectClass, score, headingKnown, points, timeOffsetNanos, null, null);
    }

    /** A detection that takes none of its points along. */
    public Detection(
            OrientedBox box,
            ObjectClass objectClass,
            double score,
            boolean headingKnown,
            int points,
            long timeOffsetNanos,
            @Nullable Recognition recognition) {
        this(box, objectClass, score, headingKnown, points, timeOffsetNanos, recognition, null);
    }

    /** The same object measured at another instant, in a box as of then; its points stay behind. */
    public Detection at(OrientedBox movedBox, long movedOffsetNanos) {
        return new Detection(
                movedBox, objectClass, score, headingKnown, points, movedOffsetNanos, recognition);
    }

    /** The same detection with some of its points. */
    public Detection with(@Nullable Returns sample) {
        return new Detection(
                box,
                objectClass,
                score,
                headingKnown,
                points,
                timeOffsetNanos,
                recognition,
                sample);
    }

    /**
     * The box in the sensor's frame as of another instant, for a sensor that moves by a constant
     * twist meanwhile: {@code exp(twist (t - instant)) box}. Labels and poses hold at mid-sweep.
     *
     * @param instantOffsetNanos the instant, as an offset to the sweep's start
     * @param twist of the sensor a second, as {@link RigidTransform#exp} takes it
     */
    public OrientedBox boxAsOf(long instantOffsetNanos, double[] twist) {
        double seconds = 1e-9 * (timeOffsetNanos - instantOffsetNanos);
        double[] moved = new double[6];
        for (int i = 0; i < 6; i++) {
            moved[i] = twist[i] * seconds;
        }
        return RigidTransform.exp(moved).map(box);
    }

    /**
     * Points of the object's surface, thinned, as they were measured: what its motion is told by.
     * Compared by value; the array is the record's own.
     *
     * @param offsetsCm x, y, z of each point from the box's centre along the axes of the sensor's
     *     frame (not the box's), centimetres
     */
    public record Returns(short[] offsetsCm) {
        /** Most points that travel with a detection. */
        public static final int MAX_POINTS = 64;

        public Returns {
            if (offsetsCm.length % 3 != 0 || offsetsCm.length > 3 * MAX_POINTS) {
                throw new IllegalArgumentException(
                        "returns have %d numbers, expected three a point and at most %d points"
                                .formatted(offsetsCm.length, MAX_POINTS));
            }
        }

        public int size() {
            return offsetsCm.length / 3;
        }

        @Override
        public boolean equals(@Nullable Object o) {
            return o instanceof Returns r && Arrays.equals(offsetsCm, r.offsetsCm);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(offsetsCm);
        }

        @Override
        public String toString() {
            return "Returns" + Arrays.toString(offsetsCm);
        }
    }

    /**
     * What a crop encoder says of the points in the box. Compared by value; the arrays are the
     * record's own.
     *
     * @param label the encoder's likeliest class, e.g. {@code car} or {@code pole}
     * @param score probability of that class, 0 .. 1
     * @param evidence by how much the crop's logit of {@link Detection#objectClass} exceeds the
     *     mean of the others: what the detection's score was moved by, before its weight
     * @param unknownScore above 0 the points are like nothing that the encoder was taught
     * @param chances by {@link ObjectClass} the crop's probability of the encoder's class that
     *     stands for it, in steps of 1/255 (unsigned); several classes may share one, so that they
     *     do not add up to 1; that of {@code UNKNOWN} is what is left for no object at all
     * @param embedding direction of the crop's embedding, its largest number as 127: a prefix,
     *     normalised, is a shorter embedding. Empty if there is none
     */
    public record Recognition(
            String label,
            float score,
            float evidence,
            float unknownScore,
            byte[] chances,
            byte[] embedding) {
        /** Numbers of an embedding. */
        public static final int EMBEDDING_LENGTH = 64;

        private static final int MAX_LABEL = 64;

        public Recognition {
            if (label.isEmpty() || label.length() > MAX_LABEL) {
                throw new IllegalArgumentException(
                        "recognition: label has %d characters, expected 1 .. %d"
                                .formatted(label.length(), MAX_LABEL));
            }
            if (!(score >= 0 && score <= 1) || !Float.isFinite(evidence + unknownScore)) {
                throw new IllegalArgumentException(
                        "recognition: score %s, evidence %s, unknown score %s; expected 0 .. 1 and finite numbers"
                                .formatted(score, evidence, unknownScore));
            }
            if (chances.length > 255
                    || (embedding.length != 0 && embedding.length != EMBEDDING_LENGTH)) {
                throw new IllegalArgumentException(
                        "recognition: %d chances and an embedding of %d, expected at most 255 and 0 or %d"
                                .formatted(chances.length, embedding.length, EMBEDDING_LENGTH));
            }
        }

        /** Whether the points are like nothing that the encoder was taught. */
        public boolean unknown() {
            return unknownScore > 0;
        }

        /** Probability of the encoder's class for {@code c}; 0 if it has none. */
        public double chance(ObjectClass c) {
            return c.ordinal() < chances.length
                    ? Byte.toUnsignedInt(chances[c.ordinal()]) / 255.0
                    : 0;
        }

        /**
         * The embedding's first {@code length} numbers, of length 1 together.
         *
         * @return null if there is no embedding or the prefix is 0
         */
        public double @Nullable [] prefix(int length) {
            if (embedding.length == 0) {
                return null;
            }
            long sum = 0;
            for (int i = 0; i < length; i++) {
                sum += (long) embedding[i] * embedding[i];
            }
            if (sum == 0) {
                return null;
            }
            double scale = 1 / Math.sqrt(sum);
            double[] out = new double[length];
            for (int i = 0; i < length; i++) {
                out[i] = embedding[i] * scale;
            }
            return out;
        }

        /** Numbers as bytes, the largest as 127 or -127; all 0 if they are. */
        public static byte[] quantised(float[] embedding) {
            float largest = 0;
            for (int i = 0; i < EMBEDDING_LENGTH; i++) {
                largest = Math.max(largest, Math.abs(embedding[i]));
            }
            byte[] out = new byte[EMBEDDING_LENGTH];
            for (int i = 0; i < EMBEDDING_LENGTH && largest > 0; i++) {
                out[i] = (byte) Math.round(127.0 * embedding[i] / largest);
            }
            return out;
        }

        @Override
        public boolean equals(@Nullable Object o) {
            return o instanceof Recognition r
                    && label.equals(r.label)
                    && Float.compare(score, r.score) == 0
                    && Float.compare(evidence, r.evidence) == 0
                    && Float.compare(unknownScore, r.unknownScore) == 0
                    && Arrays.equals(chances, r.chances)
                    && Arrays.equals(embedding, r.embedding);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * label.hashCode() + Float.hashCode(score))
                    + Arrays.hashCode(embedding);
        }
    }
}
