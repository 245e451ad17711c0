package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Clouds for tests and how to compare them. */
public final class Clouds {
    private Clouds() {}

    /** Points within 50 m; ring and time are filled and declared as asked. */
    public static PointCloud random(RandomGenerator rnd, int n, boolean ring, boolean time) {
        PointCloud c = new PointCloud();
        for (int i = 0; i < n; i++) {
            c.add(
                    rnd.nextFloat() * 100 - 50,
                    rnd.nextFloat() * 100 - 50,
                    rnd.nextFloat() * 5 - 2,
                    rnd.nextFloat(),
                    ring ? rnd.nextInt(65536) : 0,
                    time ? rnd.nextInt(100_000_000) : 0);
        }
        c.declare(ring, time);
        return c;
    }

    /** Everything that counts of a cloud, as text with all bits. */
    public static String bits(PointCloud c) {
        int n = c.size();
        return n
                + Arrays.toString(Arrays.copyOf(c.x(), n))
                + Arrays.toString(Arrays.copyOf(c.y(), n))
                + Arrays.toString(Arrays.copyOf(c.z(), n))
                + Arrays.toString(Arrays.copyOf(c.intensity(), n))
                + (c.hasRing() ? Arrays.toString(Arrays.copyOf(c.ring(), n)) : "no ring")
                + (c.hasTime()
                        ? Arrays.toString(Arrays.copyOf(c.timeOffsetNanos(), n))
                        : "no time");
    }
}
