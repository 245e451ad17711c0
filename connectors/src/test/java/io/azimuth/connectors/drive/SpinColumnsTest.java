package io.azimuth.connectors.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.connectors.format.Clouds;
import io.azimuth.perception.geometry.PointCloud;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpinColumnsTest {
    /** What the brief of the reader promises, in turns: 1e-5 of a sweep. */
    private static final double TOLERANCE_TURNS = 1e-5;

    /** What the polynomial and float arithmetic really do. */
    private static final double EXPECTED_TURNS = 2e-6;

    @Test
    void theAzimuthIsRightAllAround() {
        for (int k = -180_000; k <= 180_000; k++) {
            double turns = k / 360_000.0;
            double a = 2 * Math.PI * turns;
            float x = (float) (30 * Math.cos(a));
            float y = (float) (30 * Math.sin(a));
            double exact = Math.atan2(y, x) / (2 * Math.PI);
            assertThat((double) SpinColumns.turns(y, x)).isCloseTo(exact, within(EXPECTED_TURNS));
        }
        assertThat(EXPECTED_TURNS).isLessThan(TOLERANCE_TURNS);
        assertThat(SpinColumns.turns(0, 0)).isZero();
    }

    private static PointCloud laserByLaser(int rings, int columns) {
        PointCloud c = new PointCloud();
        for (int r = 0; r < rings; r++) {
            for (int k = 0; k < columns; k++) {
                double a = 2 * Math.PI * (k + 0.3) / columns;
                c.add((float) (20 * Math.cos(a)), (float) (20 * Math.sin(a)), r, 0.5f);
            }
            if (r == 1) {
                c.add(0, 0, 0, 0); // no return: belongs to no azimuth, starts no ring
            }
        }
        return c;
    }

    @Test
    void aFallOfTheAzimuthStartsARing() {
        PointCloud c = laserByLaser(16, 200);

        SpinColumns.fill(c, 100_000_000L, true, true);

        assertThat(c.hasRing()).isTrue();
        assertThat(c.ringOf(0)).isZero();
        assertThat(c.ringOf(200)).isEqualTo(1);
        assertThat(c.ringOf(c.size() - 1)).isEqualTo(15);
    }

    @Test
    void implausibleRingsAreLeftOut() {
        PointCloud few = laserByLaser(4, 200);
        SpinColumns.fill(few, 100_000_000L, true, true);
        assertThat(few.hasRing()).isFalse();

        PointCloud unordered = Clouds.random(new Random(2), 150, false, false);
        SpinColumns.fill(unordered, 100_000_000L, true, true);
        assertThat(unordered.hasRing()).isFalse();
        assertThat(unordered.hasTime()).isTrue();
    }
}
