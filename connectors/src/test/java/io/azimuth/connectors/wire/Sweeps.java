package io.azimuth.connectors.wire;

import io.azimuth.perception.geometry.BeamTable;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.util.random.RandomGenerator;

/** Sweeps for tests. */
public final class Sweeps {
    public static final long START = 1_317_000_000_123_456_789L;
    public static final long DURATION = 100_000_000L;

    private Sweeps() {}

    /** Points anywhere within {@code reach} metres, with ring and time. */
    public static Sweep random(RandomGenerator rnd, int points, float reach) {
        PointCloud p = new PointCloud(points);
        for (int i = 0; i < points; i++) {
            p.add(
                    (2 * rnd.nextFloat() - 1) * reach,
                    (2 * rnd.nextFloat() - 1) * reach,
                    (2 * rnd.nextFloat() - 1) * reach,
                    rnd.nextFloat(),
                    rnd.nextInt(64),
                    rnd.nextInt((int) DURATION));
        }
        p.declare(true, true);
        return sweep("veh-1/top", 7, null, p);
    }

    /** What a spinning sensor sees of a noisy cylinder with a gap, in firing order. */
    public static Sweep spinning(RandomGenerator rnd, int rings, int columns) {
        double[] elevation = new double[rings];
        for (int r = 0; r < rings; r++) {
            elevation[r] = 0.05 - 0.4 * r / Math.max(1, rings - 1);
        }
        BeamTable beams = new BeamTable(elevation, columns);
        PointCloud p = new PointCloud(rings * columns);
        for (int c = 0; c < columns; c++) {
            double azimuth = -2 * Math.PI * c / columns;
            for (int r = 0; r < rings; r++) {
                if (rnd.nextInt(10) == 0) {
                    continue;
                }
                double range = 12 + 8 * Math.sin(3 * azimuth) + 0.02 * rnd.nextGaussian();
                double flat = range * Math.cos(elevation[r]);
                p.add(
                        (float) (flat * Math.cos(azimuth)),
                        (float) (flat * Math.sin(azimuth)),
                        (float) (range * Math.sin(elevation[r])),
                        rnd.nextFloat(),
                        r,
                        (int) (c * DURATION / columns));
            }
        }
        p.declare(true, true);
        return sweep("veh-1/top", 3, beams, p);
    }

    public static Sweep sweep(String sensor, long seq, BeamTable beams, PointCloud points) {
        return new Sweep(
                "veh-1",
                sensor,
                "drive-a",
                seq,
                START + seq * DURATION,
                START + (seq + 1) * DURATION,
                Sweep.Sector.WHOLE,
                RigidTransform.ofYawPitchRoll(0.1, 0.02, -0.01, 0.5, 0, 1.7),
                beams,
                points);
    }
}
