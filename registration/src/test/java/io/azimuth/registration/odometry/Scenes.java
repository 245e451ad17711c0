package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A tiny ray-caster of axis-parallel boxes and a floor, with a spinning sensor that moves while it
 * measures. Independent of the simulator, so that the odometry is judged by something else than
 * what it will be shown.
 */
public final class Scenes {
    public static final long PERIOD_NANOS = 100_000_000L;
    private static final int COLUMNS = 900;
    private static final int RINGS = 40;
    private static final double MAX_M = 80;

    private final List<double[]> boxes = new ArrayList<>();
    private boolean floor = true;

    /** Two rows of houses with recesses, poles and parked boxes along x. */
    public static Scenes street() {
        Scenes s = new Scenes();
        for (int i = -8; i < 20; i++) {
            double x = i * 11 + i * i % 5;
            s.boxes.add(new double[] {x, 9 + i * i % 3, 0, x + 8, 20, 6 + i * i % 4});
            s.boxes.add(new double[] {x + 2, -22, 0, x + 9, -8 - i * i % 4, 5 + i * i % 3});
            s.boxes.add(new double[] {x, 6, 0, x + 0.25, 6.25, 5});
            if (i % 2 == 0) {
                s.boxes.add(new double[] {x + 3, -6, 0, x + 7.2, -4.2, 1.5});
            }
        }
        return s;
    }

    /** Two endless smooth walls and a floor: nothing tells where along x. */
    public static Scenes corridor() {
        Scenes s = new Scenes();
        s.boxes.add(new double[] {-1e6, 4, 0, 1e6, 6, 8});
        s.boxes.add(new double[] {-1e6, -6, 0, 1e6, -4, 8});
        return s;
    }

    /** A floor and nothing else. */
    public static Scenes plain() {
        return new Scenes();
    }

    /** Nothing at all. */
    public static Scenes emptiness() {
        Scenes s = new Scenes();
        s.floor = false;
        return s;
    }

    /**
     * One sweep that starts at {@code seq * PERIOD_NANOS}.
     *
     * @param worldFromSensor pose at a time in seconds
     */
    public Sweep sweep(long seq, DoubleFunction<RigidTransform> worldFromSensor) {
        PointCloud cloud = new PointCloud(COLUMNS * RINGS);
        for (int c = 0; c < COLUMNS; c++) {
            double s = (c + 0.5) / COLUMNS;
            double azimuth = (0.5 - s) * 2 * Math.PI;
            RigidTransform pose = worldFromSensor.apply((seq + s) * 1e-9 * PERIOD_NANOS);
            for (int ring = 0; ring < RINGS; ring++) {
                double elevation = Math.toRadians(3 - 28.0 * ring / (RINGS - 1));
                double dx = Math.cos(elevation) * Math.cos(azimuth);
                double dy = Math.cos(elevation) * Math.sin(azimuth);
                double dz = Math.sin(elevation);
                double range = cast(pose, dx, dy, dz) + 0.01 * noise(seq, c, ring);
                if (range < MAX_M) {
                    cloud.add(
                            (float) (range * dx),
                            (float) (range * dy),
                            (float) (range * dz),
                            0.5f,
                            ring,
                            (int) (s * PERIOD_NANOS));
                }
            }
        }
        cloud.declare(true, true);
        return new Sweep(
                "veh",
                "veh/top",
                "scene",
                seq,
                seq * PERIOD_NANOS,
                (seq + 1) * PERIOD_NANOS,
                Sweep.Sector.WHOLE,
                RigidTransform.IDENTITY,
                null,
                cloud);
    }

    private double cast(RigidTransform pose, double dx, double dy, double dz) {
        double wx = pose.r(0, 0) * dx + pose.r(0, 1) * dy + pose.r(0, 2) * dz;
        double wy = pose.r(1, 0) * dx + pose.r(1, 1) * dy + pose.r(1, 2) * dz;
        double wz = pose.r(2, 0) * dx + pose.r(2, 1) * dy + pose.r(2, 2) * dz;
        double best = floor && wz < 0 ? -pose.tz() / wz : Double.POSITIVE_INFINITY;
        double[] from = {pose.tx(), pose.ty(), pose.tz()};
        double[] along = {wx, wy, wz};
        for (double[] box : boxes) {
            best = Math.min(best, entry(box, from, along));
        }
        return best;
    }

    /** Distance at which a ray enters a box (slabs). */
    private static double entry(double[] box, double[] from, double[] along) {
        double near = 0;
        double far = Double.POSITIVE_INFINITY;
        for (int a = 0; a < 3; a++) {
            double t0 = (box[a] - from[a]) / along[a];
            double t1 = (box[a + 3] - from[a]) / along[a];
            near = Math.max(near, Math.min(t0, t1));
            far = Math.min(far, Math.max(t0, t1));
        }
        return near <= far && near > 0 ? near : Double.POSITIVE_INFINITY;
    }

    /** A hash as noise: roughly uniform in [-1, 1]. */
    private static double noise(long seq, int column, int ring) {
        long h = (seq * 1_000_003 + column) * 1_000_003 + ring;
        h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return (h >>> 11) * 0x1.0p-52 - 1;
    }
}
