package io.azimuth.perception.tracking;

import io.azimuth.perception.geometry.Detection.Recognition;
import io.azimuth.perception.geometry.ObjectClass;

/**
 * What a track is, as log-evidence over the classes. Detections are weighted by their score, and
 * old ones fade, because errors of consecutive sweeps are alike.
 */
final class ClassBelief {
    static final ObjectClass[] CLASSES = ObjectClass.values();

    private static final double KEEP = 0.95;

    // log of the chance that an object of one class is called another (right, near, far):
    // detectors confuse vehicles among themselves, and people with riders
    private static final double RIGHT = StrictMath.log(0.7);
    private static final double NEAR = StrictMath.log(0.1);
    private static final double FAR = StrictMath.log(0.02);

    /**
     * What a crop's word counts against a sure detection's: the detection's class and score have
     * heeded the crop already.
     */
    private static final double CROP_WEIGHT = 0.3;

    final double[] evidence = new double[CLASSES.length];

    void add(ObjectClass seen, double score) {
        if (seen == ObjectClass.UNKNOWN) {
            return;
        }
        for (int k = 1; k < evidence.length; k++) { // 0 is UNKNOWN, never believed
            evidence[k] = KEEP * evidence[k] + score * logChance(CLASSES[k], seen);
        }
    }

    /** Takes in what the points of a detection say, which was added just before. */
    void add(Recognition crop) {
        for (int k = 1; k < evidence.length; k++) {
            double chance = Math.max(0.02, crop.chance(CLASSES[k]));
            evidence[k] += CROP_WEIGHT * StrictMath.log(chance);
        }
    }

    /** The class with the most evidence, the first of equals; UNKNOWN without any. */
    ObjectClass best() {
        int best = 1;
        boolean any = evidence[1] != 0;
        for (int k = 2; k < evidence.length; k++) {
            any |= evidence[k] != 0;
            if (evidence[k] > evidence[best]) {
                best = k;
            }
        }
        return any ? CLASSES[best] : ObjectClass.UNKNOWN;
    }

    private static double logChance(ObjectClass truth, ObjectClass seen) {
        if (truth == seen) {
            return RIGHT;
        }
        return truth.isVehicle() == seen.isVehicle() ? NEAR : FAR;
    }
}
