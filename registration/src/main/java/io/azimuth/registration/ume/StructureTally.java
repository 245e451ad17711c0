package io.azimuth.registration.ume;

import java.util.Arrays;

/**
 * Counts structure voxels of one scan that another confirms or contradicts, and the squares of the
 * plane that they stand in. Reused from pose to pose; not thread-safe.
 */
final class StructureTally {
    /** Squares in which agreement is counted: neighbouring points are no witnesses of their own. */
    private static final double PLACE_M = 2;

    private static final int PLACES = 128;
    private static final int MIN_IN_PLACE = 2;

    /** A square counts as empty from so many contradictions, that many times what is met. */
    private static final int EMPTY = 4;

    private final int[] metIn = new int[PLACES * PLACES];
    private final int[] passedIn = new int[PLACES * PLACES];
    private final int[] tightIn = new int[PLACES * PLACES];
    private int met;
    private int passed;
    private int tight;
    private int looseMet;
    private int loosePassed;
    private int clear;
    private int poleMet;
    private int polePassed;

    /** Forgets the pose before. */
    void begin() {
        Arrays.fill(metIn, 0);
        Arrays.fill(passedIn, 0);
        Arrays.fill(tightIn, 0);
        met = 0;
        passed = 0;
        tight = 0;
        looseMet = 0;
        loosePassed = 0;
        clear = 0;
        poleMet = 0;
        polePassed = 0;
    }

    /**
     * One that has a voxel of the other near.
     *
     * @param onPlane whether it is within a decimetre of that one's plane
     */
    void met(int layer, double px, double py, boolean onPlane) {
        met++;
        looseMet += isLoose(layer) ? 1 : 0;
        poleMet += isPole(layer) ? 1 : 0;
        int place = place(px, py);
        metIn[place]++;
        if (onPlane) {
            tight++;
            tightIn[place]++;
        }
    }

    /**
     * One that stands where the other's rays passed.
     *
     * @param allAround whether those around passed as well
     */
    void passed(int layer, double px, double py, boolean allAround) {
        passed++;
        loosePassed += isLoose(layer) ? 1 : 0;
        polePassed += isPole(layer) ? 1 : 0;
        clear += allAround ? 1 : 0;
        passedIn[place(px, py)]++;
    }

    /**
     * All counts since {@link #begin}.
     *
     * @param groundMet ground voxels that meet
     * @param groundFine those of them on the other's plane
     */
    UmeEvidence.Counts counts(int groundMet, int groundFine) {
        int[] squares = squares();
        return new UmeEvidence.Counts(
                met,
                passed,
                tight,
                looseMet,
                loosePassed,
                groundMet,
                places(metIn, passedIn),
                places(passedIn, metIn),
                clear,
                poleMet,
                polePassed,
                groundFine,
                squares[0],
                squares[1],
                squares[2]);
    }

    private static boolean isLoose(int layer) {
        return layer >= ScoreFields.FIRST_LOOSE;
    }

    private static boolean isPole(int layer) {
        return layer >= ScoreFields.FIRST_POLE && layer < ScoreFields.FIRST_LOOSE;
    }

    private static int place(double px, double py) {
        int column = (int) Math.floor(px / PLACE_M) & (PLACES - 1);
        int row = (int) Math.floor(py / PLACE_M) & (PLACES - 1);
        return row * PLACES + column;
    }

    private static int places(int[] these, int[] others) {
        int count = 0;
        for (int c = 0; c < these.length; c++) {
            count += these[c] >= MIN_IN_PLACE && these[c] > others[c] ? 1 : 0;
        }
        return count;
    }

    /** Squares that are tight for the most part, otherwise rather met than not, and empty. */
    private int[] squares() {
        int[] out = new int[3];
        for (int c = 0; c < metIn.length; c++) {
            int all = metIn[c] + passedIn[c];
            if (all >= MIN_IN_PLACE && 2 * tightIn[c] > all) {
                out[0]++;
            } else if (all >= MIN_IN_PLACE && metIn[c] > passedIn[c]) {
                out[1]++;
            }
            out[2] += passedIn[c] >= EMPTY && passedIn[c] > EMPTY * metIn[c] ? 1 : 0;
        }
        return out;
    }
}
