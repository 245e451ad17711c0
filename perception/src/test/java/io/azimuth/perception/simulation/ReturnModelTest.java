package io.azimuth.perception.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import org.junit.jupiter.api.Test;

class ReturnModelTest {
    private static final SensorModel SENSOR = SensorModel.spinning("top", 32, 10, -20, 2048);
    private static final int RAYS = 32 * 2048;

    private final SlotRays rays = new SlotRays(SENSOR.pattern(), ReturnModelTest::standing, 0, 0.1);
    private final HitGrid hits = new HitGrid(rays.columns, rays.rings);
    private final int[] pointsOf = new int[1];
    private final boolean[] glossy = new boolean[1];
    private long unit = 1;
    private SensorModel sensor = SENSOR;

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
        RoofShadow roof = RoofShadow.of(sensor, rays, unit);
        ReturnModel out = new ReturnModel(sensor, rays, roof, hits, 99, unit, glossy, pointsOf);
        out.collect(100_000_000);
        return out;
    }

    private double lost(double range, double cosine, double albedo) {
        return 1 - returnsOf(range, cosine, albedo).cloud.size() / (double) RAYS;
    }

    @Test
    void lossGrowsWithRangeAndGrazingIncidence() {
        assertThat(lost(8, 0.8, 0.3)).isBetween(0.003, 0.008);
        assertThat(lost(50, 0.8, 0.3)).isBetween(0.02, 0.15);
        assertThat(lost(100, 0.8, 0.3)).isBetween(0.6, 0.97);
        // road at grazing incidence: mostly gone beyond 45 m
        assertThat(lost(15, 0.115, 0.1)).isLessThan(0.1);
        assertThat(lost(45, 0.04, 0.1)).isBetween(0.6, 0.97);
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

    @Test
    void reflectiveBandsAreSmearedAlongTheLineOfSight() {
        for (int cell = 0; cell < RAYS; cell++) {
            hits.put(cell, 20, 1, Surface.BAND.albedo(), Surface.BAND.label());
        }
        PointCloud p = collect().cloud;
        double sum = 0;
        for (int i = 0; i < p.size(); i++) {
            double off = Math.sqrt(p.x()[i] * p.x()[i] + p.y()[i] * p.y()[i] + p.z()[i] * p.z()[i]);
            sum += (off - 20) * (off - 20);
        }

        assertThat(p.size()).isEqualTo(RAYS);
        assertThat(Math.sqrt(sum / p.size())).isBetween(0.15, 0.22);
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
    void lacquerIsDimAtASlantAndWhereItIsDark() {
        double dull = intensity(0.9, 0.4);
        double dullSlant = intensity(0.3, 0.4);
        glossy[0] = true;

        assertThat(intensity(0.9, 0.4)).isCloseTo(dull, within(0.05));
        assertThat(intensity(0.3, 0.4)).isLessThan(0.4 * dullSlant);
        assertThat(intensity(0.9, 0.05)).isLessThan(0.06);
    }

    private double intensity(double cosine, double albedo) {
        PointCloud p = returnsOf(10, cosine, albedo).cloud;
        return mean(p.intensity(), p.size());
    }

    @Test
    void shotsScatterLittleAndMoreWithRangeAndSlant() {
        assertThat(scatterAndBias(10, 1)[0]).isBetween(0.008, 0.0095);
        assertThat(scatterAndBias(60, 1)[0]).isBetween(0.011, 0.0135);
        assertThat(scatterAndBias(60, 0.2)[0]).isGreaterThan(1.5 * scatterAndBias(60, 1)[0]);
    }

    @Test
    void lasersAreOffByConstantsOfTheirOwnThatOneSensorKeeps() {
        double[] first = scatterAndBias(10, 1);
        double[] farther = scatterAndBias(30, 1);
        unit = 2;
        double[] other = scatterAndBias(10, 1);

        assertThat(first[1]).isBetween(0.02, 0.038);
        for (int r = 0; r < 32; r++) {
            assertThat(farther[2 + r]).isCloseTo(first[2 + r], within(2e-3));
        }
        assertThat(Math.abs(other[2] - first[2])).isGreaterThan(2e-3);
    }

    /** Deviation of a laser's shots, of the lasers' means, and these means, metres. */
    private double[] scatterAndBias(double range, double cosine) {
        PointCloud p = returnsOf(range, cosine, 0.7).cloud;
        double[] sum = new double[32];
        double[] squares = new double[32];
        int[] n = new int[32];
        for (int i = 0; i < p.size(); i++) {
            double x = p.x()[i];
            double y = p.y()[i];
            double z = p.z()[i];
            double off = Math.sqrt(x * x + y * y + z * z) - range;
            int r = p.ringOf(i);
            sum[r] += off;
            squares[r] += off * off;
            n[r]++;
        }
        double[] out = new double[34];
        double within = 0;
        double between = 0;
        for (int r = 0; r < 32; r++) {
            out[2 + r] = sum[r] / n[r];
            within += (squares[r] / n[r] - out[2 + r] * out[2 + r]) / 32;
            between += out[2 + r] * out[2 + r] / 32;
        }
        out[0] = Math.sqrt(within);
        out[1] = Math.sqrt(between);
        return out;
    }

    @Test
    void noiseOfZeroMeasuresExactly() {
        sensor = SENSOR.withRangeSigmaM(0);
        double[] exact = scatterAndBias(20, 0.3);

        assertThat(exact[0]).isLessThan(1e-4);
        assertThat(exact[1]).isLessThan(1e-5);
    }

    @Test
    void theRoofHidesLowBeamsAsternAndFewElsewhere() {
        double[] open = lostAsternAndAhead();
        sensor = SENSOR.withOwnRoof(true);
        double[] roof = lostAsternAndAhead();

        assertThat(open[0]).isLessThan(0.01);
        assertThat(roof[0]).isGreaterThan(0.9);
        assertThat(roof[1]).isLessThan(0.2);
        assertThat(roof[2]).isLessThan(0.01);
        assertThat(lostAsternAndAhead()).isEqualTo(roof);
    }

    /** Of the lowest beam astern and ahead (60 degrees each), and of all above -10 degrees. */
    private double[] lostAsternAndAhead() {
        PointCloud p = returnsOf(10, 0.9, 0.7).cloud;
        double[] kept = new double[3];
        for (int i = 0; i < p.size(); i++) {
            double azimuth = Math.abs(Math.toDegrees(Math.atan2(p.y()[i], p.x()[i])));
            if (p.ringOf(i) == 31 && (azimuth > 150 || azimuth < 30)) {
                kept[azimuth > 150 ? 0 : 1]++;
            }
            kept[2] += p.ringOf(i) < 20 ? 1 : 0;
        }
        return new double[] {
            1 - kept[0] * 6 / 2048, 1 - kept[1] * 6 / 2048, 1 - kept[2] / (20 * 2048)
        };
    }

    @Test
    void lasersDifferInGainAndFewAreWeak() {
        PointCloud p = returnsOf(10, 0.17, 0.1).cloud;
        double[] sum = new double[32];
        int[] n = new int[32];
        for (int i = 0; i < p.size(); i++) {
            sum[p.ringOf(i)] += p.intensity()[i];
            n[p.ringOf(i)]++;
        }
        int far = 0;
        int near = 0;
        for (int r = 1; r < 32; r++) {
            double ratio = sum[r] / n[r] / (sum[r - 1] / n[r - 1]);
            far += ratio > 2 || ratio < 0.5 ? 1 : 0;
            near += ratio > 1.05 || ratio < 0.95 ? 1 : 0;
        }
        assertThat(far).isBetween(1, 9);
        assertThat(near).isGreaterThan(15);
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
