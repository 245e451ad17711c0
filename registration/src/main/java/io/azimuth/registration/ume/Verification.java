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

    private final UmeScan target;
    private final UmeScan source;
    private final UmeTarget fields;
    private final float[] slopes;
    private final StructureTally tally = new StructureTally();
    private final ReliefTally relief = new ReliefTally();

    double overlap;
    double medianResidualM;
    int inliers;

    Verification(UmeScan target, UmeScan source) {
        this.target = target;
        this.source = source;
        fields = target.target();
        slopes = target.surfaces().normals();
    }

    /**
     * Log-likelihood ratio of all structure points plus the share of them on the target, less the
     * share that stands where the target's rays passed: a slide along a street puts house corners
     * into space that was seen to be free.
     */
    UmeEvidence.Side side(RigidTransform pose) {
        return side(pose, true);
    }

    /** The score alone, at less cost: nothing is counted that it does not need. */
    double score(RigidTransform pose) {
        return side(pose, false).score();
    }

    private UmeEvidence.Side side(RigidTransform pose, boolean counted) {
        if (counted) {
            tally.begin();
        }
        double sum = 0;
        int structure = 0;
        int met = 0;
        int passed = 0;
        int looked = 0;
        for (int i = 0; i < source.size; i++) {
            if (!source.structure[i]) {
                continue;
            }
            double px = pose.mapX(source.x[i], source.y[i], source.z[i]);
            double py = pose.mapY(source.x[i], source.y[i], source.z[i]);
            double pz = pose.mapZ(source.x[i], source.y[i], source.z[i]);
            int layer = ScoreFields.layer(source, i);
            sum += fields.fine.at(layer, px, py);
            structure++;
            int j = fields.nearest.near(px, py, pz);
            boolean on = j >= 0 && fields.nearest.squared(j, px, py, pz) < NEAR_M * NEAR_M;
            int seen = fields.freeSpace.look(px, py, pz);
            looked += seen >= 0 ? 1 : 0;
            if (on) {
                met++;
                if (counted) {
                    tally.met(layer, px, py, Math.abs(planeDistance(j, px, py, pz)) < TIGHT_M);
                }
            } else if (seen > 0) {
                passed++;
                if (counted) {
                    tally.passed(layer, px, py, fields.freeSpace.clear(px, py, pz));
                }
            }
        }
        return new UmeEvidence.Side(
                sum / Math.max(1, structure),
                met / (double) Math.max(1, structure),
                passed / (double) Math.max(1, looked),
                counted ? counts(pose) : UmeEvidence.Counts.NONE,
                counted ? relief.relief() : UmeEvidence.Relief.NONE);
    }

    /** What was tallied of the structure, with the ground's; tallies the ground's relief. */
    private UmeEvidence.Counts counts(RigidTransform pose) {
        relief.begin();
        int met = 0;
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
                met++;
                fine += Math.abs(planeDistance(j, px, py, pz)) < FINE_M ? 1 : 0;
                if (!target.standing[j]) {
                    relief.met(px, py, distance(slopes, j, px, py, pz));
                }
            }
        }
        return tally.counts(met, fine);
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
        return distance(target.features.normals, j, px, py, pz);
    }

    private double distance(float[] n, int j, double px, double py, double pz) {
        return n[3 * j] * (px - target.x[j])
                + n[3 * j + 1] * (py - target.y[j])
                + n[3 * j + 2] * (pz - target.z[j]);
    }
}
