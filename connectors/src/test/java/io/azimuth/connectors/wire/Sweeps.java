package io.azimuth.connectors.wire;

import io.azimuth.perception.geometry.BeamTable;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sweeps for tests of the wire. */
final class Sweeps {
    static final long DURATION = 100_000_000L;
    static final BeamTable BEAMS = new BeamTable(elevations(16), 360);

    private Sweeps() {}

    /** A cloud without a firing pattern. */
    static Sweep loose(RandomGenerator rnd, int points, double reachM, boolean ring, boolean time) {
        PointCloud cloud = new PointCloud(points);
        for (int i = 0; i < points; i++) {
            cloud.add(
                    (float) rnd.nextDouble(-reachM, reachM),
                    (float) rnd.nextDouble(-reachM, reachM),
                    (float) rnd.nextDouble(-3, 3),
                    rnd.nextInt(256) / 255f,
                    rnd.nextInt(64),
                    rnd.nextInt((int) DURATION));
        }
        cloud.declare(ring, time);
        return of(cloud, null);
    }

    /** Points on the beams of {@link #BEAMS}, ring by ring, a third of the cells empty. */
    static Sweep onBeams(RandomGenerator rnd) {
        PointCloud cloud = new PointCloud();
        for (int ring = 0; ring < BEAMS.rings(); ring++) {
            double elevation = BEAMS.elevationRad()[ring];
            for (int c = 0; c < BEAMS.columns(); c++) {
                if (rnd.nextInt(3) == 0) {
                    continue;
                }
                double azimuth = (0.5 - (double) c / BEAMS.columns()) * 2 * Math.PI;
                double range = rnd.nextDouble(2, 120);
                cloud.add(
                        (float) (range * Math.cos(elevation) * Math.cos(azimuth)),
                        (float) (range * Math.cos(elevation) * Math.sin(azimuth)),
                        (float) (range * Math.sin(elevation)),
                        rnd.nextInt(256) / 255f,
                        ring,
                        (int) Math.round((double) c * DURATION / BEAMS.columns()));
            }
        }
        cloud.declare(true, true);
        return of(cloud, BEAMS);
    }

    static Sweep of(PointCloud cloud, @Nullable BeamTable beams) {
        return new Sweep(
                "veh-01",
                "veh-01/top",
                "drive-7",
                42,
                1_700_000_000_000_000_000L,
                1_700_000_000_000_000_000L + DURATION,
                Sweep.Sector.WHOLE,
                RigidTransform.ofYaw(0.1, 1, 0, 1.7),
                beams,
                cloud);
    }

    private static double[] elevations(int rings) {
        double[] out = new double[rings];
        for (int i = 0; i < rings; i++) {
            out[i] = Math.toRadians(15 - 2 * i);
        }
        return out;
    }
}
