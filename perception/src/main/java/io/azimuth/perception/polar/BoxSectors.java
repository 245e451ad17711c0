package io.azimuth.perception.polar;

import java.util.Arrays;

/**
 * Which boxes reach into which sector of azimuth and to which ranges, so that a point is held
 * against those alone that it may lie in. Not thread-safe.
 */
final class BoxSectors {
    private static final int SECTORS = 1024;
    private static final int WORD = Long.SIZE;

    /** More than ranges and reaches are rounded by. */
    private static final double SLACK_M = 0.01;

    private long[] boxesOf = new long[0]; // [sector][word]
    private float[] nearM = new float[0];
    private float[] farM = new float[0];
    private int words;

    /** Forgets the boxes; up to {@code n} follow. */
    void reset(int n) {
        words = (n + WORD - 1) / WORD;
        if (boxesOf.length < SECTORS * words) {
            boxesOf = new long[SECTORS * words];
        }
        if (nearM.length < n) {
            nearM = new float[n];
            farM = new float[n];
        }
        Arrays.fill(boxesOf, 0, SECTORS * words, 0);
    }

    /** Box {@code b} lies within {@code reach} metres of (x, y). */
    void add(int b, double x, double y, double reach) {
        double range = Math.hypot(x, y);
        nearM[b] = (float) (range - reach - SLACK_M);
        farM[b] = (float) (range + reach + SLACK_M);
        double half = range <= reach ? Math.PI : StrictMath.asin(reach / range) + 1e-3;
        double centre = StrictMath.atan2(y, x);
        int first = (int) Math.floor((centre - half) / (2 * Math.PI) * SECTORS);
        int last = (int) Math.floor((centre + half) / (2 * Math.PI) * SECTORS);
        for (int s = first; s <= Math.min(last, first + SECTORS - 1); s++) {
            boxesOf[Math.floorMod(s, SECTORS) * words + b / WORD] |= 1L << (b % WORD);
        }
    }

    /** Words of 64 boxes each. */
    int words() {
        return words;
    }

    /** Boxes {@code 64 w} and on that reach to this azimuth, a bit each. */
    long boxesAt(float turns, int w) {
        return boxesOf[Math.min(SECTORS - 1, (int) (turns * SECTORS)) * words + w];
    }

    /** Whether box {@code b} reaches to this distance from the sensor's axis, metres. */
    boolean reaches(int b, float rangeM) {
        return rangeM >= nearM[b] && rangeM <= farM[b];
    }
}
