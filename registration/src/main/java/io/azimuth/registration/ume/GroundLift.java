package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.Arrays;

/**
 * Height and tilt of a pose in the plane, by the ground that both scans have seen. Each scan is
 * levelled by the ground about its own sensor: on hilly ground two of them seventy metres apart
 * differ by degrees, metres where their views meet. Not thread-safe.
 */
final class GroundLift {
    private static final int SAMPLES = 8000;
    private static final int MIN_SEEN = 20;
    private static final double[] SCALES_M = {0.5, 0.3, 0.15, 0.15};

    /** Keeps the tilt small where little ground is common, square metres of spread. */
    private static final double STIFFNESS_M2 = 500;

    /** Rise over run, along either axis of the target's plane. */
    private static final double MAX_SLOPE = 0.2;

    private final UmeScan target;
    private final UmeScan source;
    private final double[] x;
    private final double[] y;
    private final double[] difference;
    private final double[] sorted;
    private double middleX;
    private double middleY;
    private int seen;

    GroundLift(UmeScan target, UmeScan source) {
        this.target = target;
        this.source = source;
        int most = Math.min(source.size, SAMPLES); // the stride leaves no more
        x = new double[most];
        y = new double[most];
        difference = new double[most];
        sorted = new double[most];
    }

    RigidTransform of(PlanarSearch.Candidate c) {
        RigidTransform flat = RigidTransform.ofYaw(c.yawRad(), c.tx(), c.ty(), 0);
        collect(flat);
        if (seen == 0) {
            return flat;
        }
        System.arraycopy(difference, 0, sorted, 0, seen);
        Arrays.sort(sorted, 0, seen);
        double[] plane = {sorted[seen / 2], 0, 0};
        if (seen >= MIN_SEEN) {
            for (double scale : SCALES_M) {
                refit(plane, scale);
            }
        }
        // turned about the middle of what is common, on the level plane (z = 0), then lifted;
        // ground that lies h above or below that plane goes sideways by h times the slope, on
        // hills 0.2 m (4 m at 0.05), which the alignment after this takes back
        RigidTransform turn = RigidTransform.exp(new double[] {plane[2], -plane[1], 0, 0, 0, 0});
        RigidTransform there = RigidTransform.ofYaw(0, middleX, middleY, plane[0]);
        RigidTransform back = RigidTransform.ofYaw(0, -middleX, -middleY, 0);
        return there.times(turn).times(back).times(flat);
    }

    private void collect(RigidTransform flat) {
        seen = 0;
        middleX = 0;
        middleY = 0;
        int stride = 1 + source.size / SAMPLES;
        for (int i = 0; i < source.size; i += stride) {
            double px = flat.mapX(source.x[i], source.y[i], 0);
            double py = flat.mapY(source.x[i], source.y[i], 0);
            if (!source.standing[i] && target.groundKnownAt(px, py)) {
                x[seen] = px;
                y[seen] = py;
                difference[seen++] = target.groundAt(px, py) - source.z[i];
                middleX += px;
                middleY += py;
            }
        }
        middleX /= Math.max(1, seen);
        middleY /= Math.max(1, seen);
    }

    /** One round of reweighted least squares: {@code difference = p0 + p1 x + p2 y}. */
    private void refit(double[] plane, double scale) {
        double s = 0;
        double sx = 0;
        double sy = 0;
        double sxx = STIFFNESS_M2;
        double sxy = 0;
        double syy = STIFFNESS_M2;
        double sd = 0;
        double sxd = 0;
        double syd = 0;
        for (int i = 0; i < seen; i++) {
            double dx = x[i] - middleX;
            double dy = y[i] - middleY;
            double off = (difference[i] - plane[0] - plane[1] * dx - plane[2] * dy) / scale;
            double w = 1 / (1 + off * off);
            w *= w;
            s += w;
            sx += w * dx;
            sy += w * dy;
            sxx += w * dx * dx;
            sxy += w * dx * dy;
            syy += w * dy * dy;
            sd += w * difference[i];
            sxd += w * dx * difference[i];
            syd += w * dy * difference[i];
        }
        double det = det(s, sx, sy, sx, sxx, sxy, sy, sxy, syy);
        if (!(Math.abs(det) > 1e-9)) {
            return;
        }
        plane[0] = det(sd, sx, sy, sxd, sxx, sxy, syd, sxy, syy) / det;
        plane[1] = clamp(det(s, sd, sy, sx, sxd, sxy, sy, syd, syy) / det);
        plane[2] = clamp(det(s, sx, sd, sx, sxx, sxd, sy, sxy, syd) / det);
    }

    private static double clamp(double slope) {
        return Math.max(-MAX_SLOPE, Math.min(MAX_SLOPE, slope));
    }

    private static double det(
            double a,
            double b,
            double c,
            double d,
            double e,
            double f,
            double g,
            double h,
            double i) {
        return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
    }
}
