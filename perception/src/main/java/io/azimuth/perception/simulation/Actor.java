package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.ObjectClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something with a shape that stands still or follows a path. Immutable, thread-safe. */
final class Actor {
    private static final double SLOWEST_STEP_MPS = 0.15;
    private static final double KERB_BLEND_M = 0.3;

    final ObjectClass objectClass;

    /** Its standing pose, whose hull holds every pose. */
    final Shape shape;

    final long seed;
    private final Figure figure;

    /** When it is there, seconds of the drive. */
    final double fromS;

    final double untilS;
    private final Ground plan;
    private final @Nullable Path path;
    private final @Nullable Motion motion;
    private final double[] standing;

    /** Amplitude of pitch and roll on the suspension; 0 except on sensor vehicles. */
    final double sway;

    Actor(
            ObjectClass objectClass,
            Figure figure,
            long seed,
            Ground plan,
            Path path,
            Motion motion,
            double fromS,
            double untilS,
            double sway) {
        this.objectClass = objectClass;
        this.figure = figure;
        this.shape = figure.shape;
        this.seed = seed;
        this.plan = plan;
        this.path = path;
        this.motion = motion;
        this.fromS = fromS;
        this.untilS = untilS;
        this.sway = sway;
        this.standing = new double[4];
    }

    /** The same with a stiff body. */
    Actor(
            ObjectClass objectClass,
            Shape shape,
            long seed,
            Ground plan,
            Path path,
            Motion motion,
            double fromS,
            double untilS,
            double sway) {
        this(objectClass, Figure.stiff(shape), seed, plan, path, motion, fromS, untilS, sway);
    }

    /** Stands at x, y, heading (cos, sin) for the whole drive. */
    Actor(ObjectClass objectClass, Shape shape, long seed, Ground plan, double[] standing) {
        this(objectClass, Figure.stiff(shape), seed, plan, standing);
    }

    /** The same with a body that could walk. */
    Actor(ObjectClass objectClass, Figure figure, long seed, Ground plan, double[] standing) {
        this.objectClass = objectClass;
        this.figure = figure;
        this.shape = figure.shape;
        this.seed = seed;
        this.plan = plan;
        this.path = null;
        this.motion = null;
        this.fromS = -1e9;
        this.untilS = 1e9;
        this.sway = 0;
        this.standing = standing.clone();
    }

    /**
     * The shape at an instant: the pose of the gait that belongs to the way walked, or {@link
     * #shape} while it stands.
     */
    Shape shapeAt(double t) {
        if (motion == null || figure.phases() == 0) {
            return shape;
        }
        return figure.after(motion.wayM(t), motion.speedMps(t) > SLOWEST_STEP_MPS);
    }

    /** The shapes it may have. */
    List<Shape> poses() {
        return figure.poses();
    }

    boolean moves() {
        return motion != null;
    }

    boolean presentAt(double t) {
        return t >= fromS && t <= untilS;
    }

    double speedMps(double t) {
        return motion == null ? 0 : motion.speedMps(t);
    }

    /** x, y, cos, sin of its heading. */
    void planar(double t, double[] out) {
        if (path == null || motion == null) {
            System.arraycopy(standing, 0, out, 0, 4);
        } else {
            path.at(motion.wayM(t), out);
        }
    }

    /**
     * World-from-body: rotation row-major at 0..8, translation at 9..11. Wheels follow the ground;
     * people stand upright.
     */
    void pose(double t, double[] out) {
        planar(t, out);
        double x = out[0];
        double y = out[1];
        double c = out[2];
        double s = out[3];
        boolean upright = objectClass == ObjectClass.PEDESTRIAN;
        // a step up takes 30 cm of way, so that nobody's height jumps
        double lift =
                plan.kerbM()
                        * Math.max(0, Math.min(1, 0.5 + plan.kerbDistance(x, y) / KERB_BLEND_M));
        double a = upright ? 0.3 : Math.max(0.5, 0.31 * (shape.high[0] - shape.low[0]));
        double b = upright ? 0.2 : 0.75;
        double front = plan.base(x + a * c, y + a * s);
        double rear = plan.base(x - a * c, y - a * s);
        double left = plan.base(x - b * s, y + b * c);
        double right = plan.base(x + b * s, y - b * c);
        double along = upright ? 0 : (front - rear) / (2 * a);
        double across = upright ? 0 : (left - right) / (2 * b);
        if (sway > 0) {
            along += sway * StrictMath.sin(6.1 * t + 0.7);
            across += sway * StrictMath.sin(4.3 * t);
        }
        frame(c, s, along, across, out);
        out[9] = x;
        out[10] = y;
        out[11] = 0.25 * (front + rear + left + right) + lift;
    }

    /** Orthonormal axes from a heading and the slopes along and across it. */
    static void frame(double c, double s, double along, double across, double[] out) {
        double n = 1 / Math.sqrt(1 + along * along);
        double fx = c * n;
        double fy = s * n;
        double fz = along * n;
        double lx = -s;
        double ly = c;
        double lz = across;
        double dot = lx * fx + ly * fy + lz * fz;
        lx -= dot * fx;
        ly -= dot * fy;
        lz -= dot * fz;
        double m = 1 / Math.sqrt(lx * lx + ly * ly + lz * lz);
        lx *= m;
        ly *= m;
        lz *= m;
        out[0] = fx;
        out[3] = fy;
        out[6] = fz;
        out[1] = lx;
        out[4] = ly;
        out[7] = lz;
        out[2] = fy * lz - fz * ly;
        out[5] = fz * lx - fx * lz;
        out[8] = fx * ly - fy * lx;
    }
}
