package io.azimuth.perception.ground;

import java.util.Arrays;

/**
 * Tells the points on the ground from the feet of what stands on it. A point is ground if it lies
 * lower over the estimated ground than the least object, unless an object's point stands right over
 * it: in its own or a neighbouring column of azimuth, at the same range, and no higher than the
 * beam of a sparse sensor that passes next over the ground. Height alone takes the lowest 20 cm of
 * every wall, tyre and hedge for ground; of those a sparse sensor sees more than its share, as most
 * of its beams that go down meet something upright first.
 *
 * <p>A kerb is ground: nothing over it is high enough. What an object's next beam passes over (a
 * low bin far away) and the ground under an overhang stay ground.
 *
 * <p>The geometric detector does not use these labels: it cuts by height alone, as when its trees
 * were fitted.
 *
 * <p>The labels do not depend on the order of the points. Buffers are reused; no allocation once
 * they have grown. Not thread-safe.
 */
public final class GroundLabels {
    /** A power of two. */
    private static final int COLUMNS = 2048;

    private static final float BINS_PER_M = 16;

    /** An upright surface leans, bulges and is measured with noise: its foot may be farther. */
    private static final float FARTHER_M = 0.07f;

    /** Less to the near side, where the ground before a wall would be taken for its foot. */
    private static final float NEARER_M = 0.04f;

    /** Beams of sparse sensors are up to 2 degrees apart. */
    private static final float GAP_TANGENT = 0.035f;

    private final float lowestObjectM;
    private final float maxRangeM;
    private final int words;
    private final long[] own; // [column][word], a bit a range bin: an object's point of the column
    private final long[] feet; // the same, of the column or a neighbour: a low point is a foot
    private int[] standing = new int[0];
    private boolean[] ground = new boolean[0];

    /**
     * @param lowestObjectM points lower over the ground are ground or feet, 0.05 .. 0.6 m
     * @param maxRangeM beyond, height alone decides, 1 .. 200 m
     * @throws IllegalArgumentException if a value is outside its range
     */
    public GroundLabels(double lowestObjectM, double maxRangeM) {
        require(
                lowestObjectM >= 0.05 && lowestObjectM <= 0.6,
                "lowestObjectM",
                lowestObjectM,
                "0.05 .. 0.6");
        require(maxRangeM >= 1 && maxRangeM <= 200, "maxRangeM", maxRangeM, "1 .. 200");
        this.lowestObjectM = (float) lowestObjectM;
        this.maxRangeM = (float) maxRangeM;
        // the last word stays empty, for points beyond
        words = (int) ((this.maxRangeM + FARTHER_M) * BINS_PER_M / Long.SIZE) + 2;
        own = new long[COLUMNS * words];
        feet = new long[COLUMNS * words];
    }

    /**
     * Labels every point.
     *
     * @param polar of the sweep
     * @param aboveM height over the ground by point, of {@link GroundProfile#heightsAbove}
     * @return whether it is ground, by point; false for points to be ignored; longer than the sweep
     *     at times, valid until the next call
     */
    public boolean[] label(PolarCoordinates polar, float[] aboveM) {
        int n = polar.size();
        if (ground.length < n) {
            ground = new boolean[n + (n >> 2) + 16];
            standing = new int[ground.length];
        }
        markFeet(polar, aboveM);
        float[] range = polar.rangeM();
        float[] turns = polar.azimuthTurns();
        int beyond = words * Long.SIZE - 1;
        for (int i = 0; i < n; i++) {
            // without branches: which point is low is anybody's guess
            float r = range[i];
            int bin = Math.max(0, Math.min((int) (r * BINS_PER_M), beyond));
            long foot = feet[column(turns[i]) * words + (bin >> 6)] >>> bin & 1;
            ground[i] = aboveM[i] < lowestObjectM & r >= 0 & foot == 0;
        }
        return ground;
    }

    private void markFeet(PolarCoordinates polar, float[] aboveM) {
        int n = collectStanding(polar, aboveM);
        Arrays.fill(own, 0);
        float[] range = polar.rangeM();
        float[] turns = polar.azimuthTurns();
        for (int k = 0; k < n; k++) {
            int i = standing[k];
            markFoot(column(turns[i]), range[i]);
        }
        widen();
    }

    /** Lists the object points low enough to stand right over a foot; returns their number. */
    private int collectStanding(PolarCoordinates polar, float[] aboveM) {
        float[] range = polar.rangeM();
        int n = 0;
        for (int i = 0; i < polar.size(); i++) {
            float over = aboveM[i] - lowestObjectM;
            float r = range[i];
            standing[n] = i;
            n += over >= 0 & over <= GAP_TANGENT * r & r <= maxRangeM ? 1 : 0;
        }
        return n;
    }

    /** Sets the bits of all range bins from a little before to a little behind a point. */
    private void markFoot(int column, float r) {
        int first = (int) (Math.max(0, r - NEARER_M) * BINS_PER_M);
        int last = (int) ((r + FARTHER_M) * BINS_PER_M);
        int word = column * words + first / Long.SIZE;
        long bits = (1L << last - first + 1) - 1;
        own[word] |= bits << first;
        if (first / Long.SIZE != last / Long.SIZE) {
            own[word + 1] |= bits >>> -first;
        }
    }

    /** What stands in a column has feet in both neighbours: feet are wider than a column. */
    private void widen() {
        int end = COLUMNS * words;
        for (int k = 0; k < words; k++) {
            feet[k] = own[end - words + k] | own[k] | own[words + k];
            feet[end - words + k] = own[end - 2 * words + k] | own[end - words + k] | own[k];
        }
        for (int k = words; k < end - words; k++) {
            feet[k] = own[k - words] | own[k] | own[k + words];
        }
    }

    private static int column(float turns) {
        return Math.min((int) (turns * COLUMNS), COLUMNS - 1);
    }

    private static void require(boolean ok, String name, double value, String expected) {
        if (!ok) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
