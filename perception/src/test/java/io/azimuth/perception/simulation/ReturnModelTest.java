package io.azimuth.perception.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import org.junit.jupiter.api.Test;

class ReturnModelTest {
    private static final SensorModel SENSOR = SensorModel.spinning("top", 32, 10, -20, 2048);
    private static final int RAYS = 32 * 2048;

    private final SlotRays rays = new SlotRays(SENSOR.pattern(), ReturnModelTest::standing, 0, 0.1);
    private final HitGrid hits = new HitGrid(rays.end - rays.first, rays.rings);
    private final int[] pointsOf = new int[1];

    static void standing(double t, double[] out) {
        out[0] = 1;
        out[4] = 1;
        out[8] = 1;
    }

    private ReturnModel returnsOf(double range, double cosine, double albedo) {
        for (int cell = 0; cell < RAYS; cell++) {
            hits.put(cell, range, cosine, albedo, 0);
        }
        return collect();
    }

    private ReturnModel collect() {
        ReturnModel out = new ReturnModel(SENSOR, rays, hits, 99, pointsOf);
        out.collect(100_000_000);
        return out;
    }

    private double lost(double range, double cosine, double albedo) {
        return 1 - returnsOf(range, cosine, albedo).cloud.size() / (double) RAYS;
    }

    @Test
    void lossGrowsWithRangeAndGrazingIncidence() {
        assertThat(lost(8, 0.8, 0.3)).isBetween(0.02, 0.05);
        assertThat(lost(50, 0.8, 0.3)).isBetween(0.08, 0.3);
        assertThat(lost(100, 0.8, 0.3)).isBetween(0.6, 0.95);
        // road at grazing incidence: mostly gone beyond 45 m
        assertThat(lost(15, 0.115, 0.1)).isLessThan(0.1);
        assertThat(lost(45, 0.04, 0.1)).isBetween(0.6, 0.95);
        assertThat(lost(45, 0.9, 0.1)).isLessThan(lost(45, 0.04, 0.1) - 0.1);
    }

    @Test
    void darkCarsLoseMoreThanHalfBeyondThirtyMetres() {
        assertThat(lost(31, 0.7, 0.05)).isBetween(0.5, 0.8);
        assertThat(lost(8, 0.7, 0.05)).isLessThan(0.05);
        assertThat(lost(31, 0.7, 0.4)).isLessThan(0.08);
    }

    @Test
    void retroReflectorsSaturateFromEverywhere() {
        PointCloud far = returnsOf(110, 0.1, 1.5).cloud;

        assertThat(far.size()).isEqualTo(RAYS);
        assertThat(mean(far.intensity(), far.size())).isEqualTo(1);
    }

    private static double mean(float[] values, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += values[i];
        }
        return sum / n;
    }

    @Test
    void intensityTellsBrightFromDarkAndFadesWhereTheSignalIsWeak() {
        PointCloud p = returnsOf(10, 0.17, 0.1).cloud;
        double road = mean(p.intensity(), p.size());
        p = returnsOf(10, 0.9, 0.4).cloud;
        double house = mean(p.intensity(), p.size());
        p = returnsOf(45, 0.04, 0.1).cloud;
        double farRoad = mean(p.intensity(), p.size());

        assertThat(road).isBetween(0.18, 0.3);
        assertThat(house).isBetween(road + 0.1, 0.55);
        assertThat(farRoad).isLessThan(0.4 * road);
    }

    @Test
    void rangeNoiseGrowsWithRangeAndSlant() {
        assertThat(deviation(10, 1)).isBetween(0.02, 0.024);
        assertThat(deviation(60, 1)).isBetween(0.027, 0.034);
        assertThat(deviation(60, 0.2)).isGreaterThan(1.5 * deviation(60, 1));
    }

    private double deviation(double range, double cosine) {
        PointCloud p = returnsOf(range, cosine, 0.7).cloud;
        double sum = 0;
        for (int i = 0; i < p.size(); i++) {
            double x = p.x()[i];
            double y = p.y()[i];
            double z = p.z()[i];
            double off = Math.sqrt(x * x + y * y + z * z) - range;
            sum += off * off;
        }
        return Math.sqrt(sum / p.size());
    }

    @Test
    void aTwentiethOfTheRaysAtAnEdgeLieBetweenItsSurfaces() {
        for (int cell = 0; cell < RAYS; cell++) {
            boolean front = cell / rays.rings % 16 < 8;
            hits.put(cell, front ? 10 : 12, 1, 0.9, 0);
        }
        ReturnModel r = collect();
        int mixed = 0;
        for (int i = 0; i < r.cloud.size(); i++) {
            if (r.labels()[i] == Surface.MIXED.label()) {
                double x = r.cloud.x()[i];
                double y = r.cloud.y()[i];
                double z = r.cloud.z()[i];
                double range = Math.sqrt(x * x + y * y + z * z);
                assertThat(range).isBetween(10.1, 11.9);
                mixed++;
            }
        }

        assertThat(mixed / (RAYS / 4.0)).isCloseTo(0.048, within(0.008));
        assertThat(pointsOf[0]).isEqualTo(r.cloud.size() - mixed);
    }

    @Test
    void aSlantedSurfaceHasNoEdges() {
        for (int cell = 0; cell < RAYS; cell++) {
            double down = 0.05 + 0.01 * (cell % rays.rings);
            hits.put(cell, 1.7 / Math.sin(down), Math.sin(down), 0.9, 0);
        }

        assertThat(collect().labels()).doesNotContain(Surface.MIXED.label());
    }
}
