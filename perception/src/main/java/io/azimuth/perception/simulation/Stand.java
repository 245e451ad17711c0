package io.azimuth.perception.simulation;

import java.util.ArrayList;
import java.util.List;

/** Puts shapes on the ground, never on the road. Not thread-safe; used while a town is built. */
final class Stand {
    private static final double POST_ROOM_M = 0.15;

    final List<Body> bodies = new ArrayList<>();
    private final StreetPlan plan;
    private final double[] w = new double[2];

    Stand(StreetPlan plan) {
        this.plan = plan;
    }

    /** With the body's x along the kerb; tells whether there was room. */
    boolean along(Dice dice, Shape shape, Frontage f, double a, double depth, double turn) {
        double yaw = f.along(a, depth, w) + turn;
        return at(dice, shape, w[0], w[1], yaw);
    }

    /** With the body's x towards the street; tells whether there was room. */
    boolean facing(Dice dice, Shape shape, Frontage f, double a, double depth, double turn) {
        return along(dice, shape, f, a, depth, f.outwards() + turn);
    }

    /** Stands on a narrow foot; what is above may hang over the road. */
    boolean post(Dice dice, Shape shape, Frontage f, double a, double depth, double turn) {
        double yaw = f.along(a, depth, w) + turn;
        return post(dice, shape, w[0], w[1], yaw);
    }

    boolean post(Dice dice, Shape shape, double x, double y, double yaw) {
        long seed = dice.bits();
        boolean room = plan.kerbDistance(x, y) > POST_ROOM_M;
        if (room) {
            put(shape, seed, x, y, StrictMath.cos(yaw), StrictMath.sin(yaw));
        }
        return room;
    }

    boolean at(Dice dice, Shape shape, double x, double y, double yaw) {
        long seed = dice.bits();
        double c = StrictMath.cos(yaw);
        double s = StrictMath.sin(yaw);
        boolean room = !touchesRoad(shape, x, y, c, s);
        if (room) {
            put(shape, seed, x, y, c, s);
        }
        return room;
    }

    private void put(Shape shape, long seed, double x, double y, double c, double s) {
        double[] pose = new double[12];
        Actor.frame(c, s, 0, 0, pose);
        pose[9] = x;
        pose[10] = y;
        pose[11] = plan.ground(x, y);
        bodies.add(new Body(shape, pose, seed));
    }

    /** Samples the whole outline at least every metre. */
    private boolean touchesRoad(Shape shape, double x, double y, double c, double s) {
        double lx = shape.high[0] - shape.low[0];
        double ly = shape.high[1] - shape.low[1];
        int nx = 1 + (int) lx;
        int ny = 1 + (int) ly;
        for (int i = 0; i <= nx; i++) {
            for (int j = 0; j <= ny; j++) {
                double fx = shape.low[0] + lx * i / nx;
                double fy = shape.low[1] + ly * j / ny;
                if (plan.kerbDistance(x + c * fx - s * fy, y + s * fx + c * fy) <= 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
