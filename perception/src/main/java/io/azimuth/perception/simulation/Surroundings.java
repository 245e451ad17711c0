package io.azimuth.perception.simulation;

import java.util.List;

/**
 * All that a sweep may meet, with the places of what stands and everybody's extents side by side,
 * so that a sweep finds what is around it without touching the whole town. Standing bodies come
 * first, then actors. Immutable, thread-safe.
 */
final class Surroundings {
    /** Growth of a reach on the ground where a body stands on a slope. */
    private static final double TILTED = 1.02;

    final Body[] bodies;
    final Actor[] actors;

    /** Places of the standing bodies. */
    final double[] x;

    final double[] y;

    /** Radius of the hull around the body's axis. */
    final double[] radius;

    /** The same with the parts that stick out of the hull. */
    final double[] reach;

    /** Centre and half extents of each hull, {@link Shape#BOUND} values each. */
    final double[] bounds;

    /** Whether the hull leaves out a part of a part. */
    final boolean[] sticksOut;

    Surroundings(List<Body> standing, List<Actor> moving) {
        bodies = standing.toArray(new Body[0]);
        actors = moving.toArray(new Actor[0]);
        int n = bodies.length;
        x = new double[n];
        y = new double[n];
        radius = new double[n + actors.length];
        reach = new double[n + actors.length];
        bounds = new double[(n + actors.length) * Shape.BOUND];
        sticksOut = new boolean[n + actors.length];
        for (int i = 0; i < n; i++) {
            x[i] = bodies[i].pose()[9];
            y[i] = bodies[i].pose()[10];
            measure(i, bodies[i].shape(), List.of(bodies[i].shape()));
        }
        for (int i = 0; i < actors.length; i++) {
            measure(n + i, actors[i].shape, actors[i].poses());
        }
    }

    private void measure(int i, Shape hull, List<Shape> poses) {
        radius[i] = hull.radius() * TILTED;
        for (Shape s : poses) {
            reach[i] = Math.max(reach[i], s.reach() * TILTED);
            sticksOut[i] |= sticksOut(s, hull);
        }
        Shape.bound(hull.low, hull.high, bounds, Shape.BOUND * i);
    }

    private static boolean sticksOut(Shape s, Shape hull) {
        boolean out = false;
        for (int b = 0; b < s.bounds.length; b += Shape.BOUND) {
            for (int k = 0; k < 3; k++) {
                double centre = s.bounds[b + k];
                double half = s.bounds[b + 3 + k];
                out |= centre - half < hull.low[k] - 1e-3 || centre + half > hull.high[k] + 1e-3;
            }
        }
        return out;
    }
}
