package io.azimuth.perception.tracking;

import io.azimuth.perception.geometry.Angles;

/**
 * Where a box points. The axis is an average of doubled angles, so that boxes that point the other
 * way agree; which end is the front is decided by evidence from motion and from detections that
 * know their heading.
 */
final class Heading {
    /** Evidence at which the front counts as known, and where it stops to grow. */
    private static final double KNOWN = 2;

    private static final double MOST_EVIDENCE = 6;

    /** What the old axis is worth in the next sweep: parked boxes are averaged over longer. */
    private static final double KEEP_MOVING = 0.75;

    private static final double KEEP_STANDING = 0.95;
    private static final double COURSE_WEIGHT = 0.5;

    double yaw;
    double axisCos;
    double axisSin;
    double evidence;

    /** The heading of a first detection. */
    static Heading of(Measurement m) {
        Heading h = new Heading();
        h.yaw = m.box().yawRad();
        double weight = weight(m);
        h.axisCos = weight * StrictMath.cos(2 * h.yaw);
        h.axisSin = weight * StrictMath.sin(2 * h.yaw);
        h.evidence = m.headingKnown() ? 1 : 0;
        return h;
    }

    /**
     * Takes in a detection.
     *
     * @param moving whether the speed is significant
     * @param course direction of motion, radians; used only if moving
     */
    void update(Measurement m, boolean moving, double course) {
        double keep = moving ? KEEP_MOVING : KEEP_STANDING;
        axisCos *= keep;
        axisSin *= keep;
        addAxis(m.box().yawRad(), weight(m));
        if (moving) {
            addAxis(course, COURSE_WEIGHT);
        }
        double axis = 0.5 * StrictMath.atan2(axisSin, axisCos);
        boolean otherEnd = Math.abs(Angles.difference(axis, yaw)) > Math.PI / 2;
        yaw = Angles.wrap(otherEnd ? axis + Math.PI : axis);
        double gain = m.headingKnown() ? StrictMath.cos(m.box().yawRad() - yaw) : 0;
        gain += moving ? StrictMath.cos(course - yaw) : 0;
        evidence = Math.max(-MOST_EVIDENCE, Math.min(MOST_EVIDENCE, evidence + gain));
        if (evidence < 0) {
            yaw = Angles.wrap(yaw + Math.PI);
            evidence = -evidence;
        }
    }

    boolean known() {
        return evidence >= KNOWN;
    }

    private void addAxis(double angle, double weight) {
        axisCos += weight * StrictMath.cos(2 * angle);
        axisSin += weight * StrictMath.sin(2 * angle);
    }

    /** A square box says nothing about its axis, one twice as long as wide says all. */
    private static double weight(Measurement m) {
        double elongation = m.box().length() / m.box().width() - 1;
        return Math.max(0.05, Math.min(1, elongation));
    }
}
