package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.Arrays;

/**
 * What speaks for an aligned pose: overlaps, residual, free space, score on the fine field. Poses
 * map the source's level frame into the target's. Not thread-safe.
 */
final class Verification {
    private static final double NEAR_M = 0.6;
    private static final double TIGHT_M = 0.1;
    private static final double FINE_M = 0.05;

    /** Squares in which agreement is counted: neighbouring points are no witnesses of their own. */
    private static final double PLACE_M = 2;

    private static final int PLACES = 128;
    private static final int MIN_IN_PLACE = 2;

    /** A square counts as empty from so many contradictions, that many times what is met. */
    private static final int EMPTY = 4;

    private final UmeScan target;
    private final UmeScan source;
    private final UmeTarget fields;
    private final int[] metIn = new int[PLACES * PLACES];
    private final int[] passedIn = new int[PLACES * PLACES];
    private final int[] tightIn = new int[PLACES * PLACES];

    double overlap;
    double medianResidualM;
    int inliers;

    Verification(UmeScan target, UmeScan source) {
        this.target = target;
        this.source = source;
        fields = target.target();
    }

    /**
     * Log-likelihood ratio of all structure points plus the share of them on the target, less the
     * share that stands where the target's rays passed: a slide along a street puts house corners
     * into space that was seen to be free.
     */
    UmeEvidence.Side side(RigidTransform pose) {
        return side(pose, true);
    }

    /** The score alone, at less cost. */
    double score(RigidTransform pose) {
        return side(pose, false).score();
    }

    private UmeEvidence.Side side(RigidTransform pose, boolean withGround) {
        Arrays.fill(metIn, 0);
        Arrays.fill(passedIn, 0);
        Arrays.fill(tightIn, 0);
        double sum = 0;
        int structure = 0;
        int met = 0;
        int passed = 0;
        int looked = 0;
        int tight = 0;
        int looseMet = 0;
        int loosePassed = 0;
        int clear = 0;
        int poleMet = 0;
        int polePassed = 0;
        for (int i = 0; i < source.size; i++) {
            if (!source.structure[i]) {
                continue;
            }
            double px = pose.mapX(source.x[i], source.y[i], source.z[i]);
            double py = pose.mapY(source.x[i], source.y[i], source.z[i]);
            double pz = pose.mapZ(source.x[i], source.y[i], source.z[i]);
            int layer = ScoreFields.layer(source, i);
            boolean loose = layer >= ScoreFields.FIRST_LOOSE;
            boolean pole = !loose && layer >= ScoreFields.FIRST_POLE;
            sum += fields.fine.at(layer, px, py);
            structure++;
            int j = fields.nearest.near(px, py, pz);
            boolean on = j >= 0 && fields.nearest.squared(j, px, py, pz) < NEAR_M * NEAR_M;
            int seen = fields.freeSpace.look(px, py, pz);
            looked += seen >= 0 ? 1 : 0;
            if (on) {
                met++;
                looseMet += loose ? 1 : 0;
                poleMet += pole ? 1 : 0;
                int place = place(px, py);
                metIn[place]++;
                if (Math.abs(planeDistance(j, px, py, pz)) < TIGHT_M) {
                    tight++;
                    tightIn[place]++;
                }
            } else if (seen > 0) {
                passed++;
                loosePassed += loose ? 1 : 0;
                polePassed += pole ? 1 : 0;
                clear += fields.freeSpace.clear(px, py, pz) ? 1 : 0;
                passedIn[place(px, py)]++;
            }
        }
        int[] ground = withGround ? ground(pose) : new int[3];
        int[] squares = squares();
        return new UmeEvidence.Side(
                sum / Math.max(1, structure),
                met / (double) Math.max(1, structure),
                passed / (double) Math.max(1, looked),
                new UmeEvidence.Counts(
                        met,
                        passed,
                        tight,
                        looseMet,
                        loosePassed,
                        ground[0],
                        ground[1],
                        places(metIn, passedIn),
                        places(passedIn, metIn),
                        clear,
                        poleMet,
                        polePassed,
                        ground[2],
                        squares[0],
                        squares[1],
                        squares[2]));
    }

    /** Ground voxels that meet, those of them near the target's plane, those on it. */
    private int[] ground(RigidTransform pose) {
        int met = 0;
        int tight = 0;
        int fine = 0;
        for (int i = 0; i < source.size; i++) {
            if (source.standing[i]) {
                continue;
            }
            double px = pose.mapX(source.x[i], source.y[i], source.z[i]);
            double py = pose.mapY(source.x[i], source.y[i], source.z[i]);
            double pz = pose.mapZ(source.x[i], source.y[i], source.z[i]);
            int j = fields.nearest.near(px, py, pz);
            if (j >= 0 && fields.nearest.squared(j, px, py, pz) < NEAR_M * NEAR_M) {
                double off = Math.abs(planeDistance(j, px, py, pz));
                met++;
                tight += off < TIGHT_M ? 1 : 0;
                fine += off < FINE_M ? 1 : 0;
            }
        }
        return new int[] {met, tight, fine};
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

    /** Fills overlap and residual, over all source voxels. */
    void measure(RigidTransform pose) {
        double[] residuals = new double[source.size];
        int flat = 0;
        inliers = 0;
        for (int i = 0; i < source.size; i++) {
            double px = pose.mapX(source.x[i], source.y[i], source.z[i]);
            double py = pose.mapY(source.x[i], source.y[i], source.z[i]);
            double pz = pose.mapZ(source.x[i], source.y[i], source.z[i]);
            int j = fields.nearest.near(px, py, pz);
            boolean met = j >= 0 && fields.nearest.squared(j, px, py, pz) < NEAR_M * NEAR_M;
            if (met) {
                inliers++;
                if (target.features.neighbours[j] >= 3) {
                    residuals[flat++] = Math.abs(planeDistance(j, px, py, pz));
                }
            }
        }
        overlap = inliers / (double) Math.max(1, source.size);
        Arrays.sort(residuals, 0, flat);
        medianResidualM = flat == 0 ? Double.MAX_VALUE : residuals[flat / 2];
    }

    private double planeDistance(int j, double px, double py, double pz) {
        float[] n = target.features.normals;
        return n[3 * j] * (px - target.x[j])
                + n[3 * j + 1] * (py - target.y[j])
                + n[3 * j + 2] * (pz - target.z[j]);
    }
}
