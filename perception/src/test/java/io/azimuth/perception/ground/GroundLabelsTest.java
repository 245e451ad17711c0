package io.azimuth.perception.ground;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.azimuth.perception.geometry.PointCloud;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class GroundLabelsTest {
    private static final float SENSOR_HEIGHT_M = 1.7f;
    private static final double LOWEST_OBJECT_M = 0.2;
    private static final double COLUMN_RAD = 2 * Math.PI / 2048;

    private final GroundLabels labels = new GroundLabels(LOWEST_OBJECT_M, 60);
    private final PointCloud cloud = new PointCloud();

    @Test
    void footUnderAnObjectPointIsNoGroundAndTheRoadBeforeItIs() {
        forAll(
                50,
                random -> {
                    cloud.clear();
                    double azimuth = random.nextDouble(-Math.PI, Math.PI);
                    double range = random.nextDouble(4, 58);
                    double beam = 0.034 * range;
                    double foot = random.nextDouble(Math.max(0, 0.21 - beam), 0.19);
                    add(range - 1, azimuth, 0.01);
                    add(range, azimuth, foot);
                    add(range - 0.02, azimuth, Math.min(0.2 + beam, foot + beam));

                    assertThat(label()).startsWith(true, false, false);
                });
    }

    @Test
    void footInTheColumnBesideIsNoGroundAndFartherAsideIs() {
        forAll(
                20,
                random -> {
                    cloud.clear();
                    double azimuth = Math.rint(random.nextDouble(0, 2048)) * COLUMN_RAD;
                    double middle = azimuth + 0.5 * COLUMN_RAD;
                    add(10, middle, 0.4);
                    for (int side = -2; side <= 2; side++) {
                        add(10, middle + side * COLUMN_RAD, 0.05);
                    }

                    assertThat(label()).startsWith(false, true, false, false, false, true);
                });
    }

    @Test
    void groundBeforeAndBehindAnObjectStaysGround() {
        add(10, 1, 0.3);
        add(9.85, 1, 0.02);
        add(10.15, 1, 0.02);

        assertThat(label()).startsWith(false, true, true);
    }

    @Test
    void kerbStaysGround() {
        for (double h = 0; h < 0.15; h += 0.03) {
            add(8, 0.5, h);
        }

        assertThat(label()).startsWith(true, true, true, true, true);
    }

    @Test
    void branchOverTheRoadTakesNoGroundAway() {
        add(12, 2, 0);
        add(12, 2, 1.9);

        assertThat(label()).startsWith(true, false);
    }

    @Test
    void heightAloneDecidesBeyondTheRange() {
        add(70, 0, 0.1);
        add(70, 0, 0.5);

        assertThat(label()).startsWith(true, false);
    }

    @Test
    void pointsToBeIgnoredAreNoGround() {
        add(10, 0, 0);
        cloud.add(Float.NaN, 0, 0, 0);
        cloud.add(0.01f, 0, -SENSOR_HEIGHT_M, 0);

        assertThat(label()).startsWith(true, false, false);
    }

    @Test
    void labelsOfAnEarlierSweepLeaveNoTrace() {
        add(10, 0, 0.1);
        add(10, 0, 0.4);
        label();
        cloud.clear();
        add(10, 0, 0.1);

        assertThat(label()).startsWith(true);
    }

    @Test
    void labelsDoNotDependOnTheOrderOfPoints() {
        forAll(
                10,
                random -> {
                    int n = 3000;
                    double[][] point = new double[n][];
                    for (int i = 0; i < n; i++) {
                        point[i] =
                                new double[] {
                                    random.nextDouble(1, 64),
                                    random.nextDouble(-0.1, 0.1),
                                    random.nextDouble(-0.1, 0.8)
                                };
                    }
                    cloud.clear();
                    for (double[] p : point) {
                        add(p[0], p[1], p[2]);
                    }
                    boolean[] forward = label().clone();
                    cloud.clear();
                    for (int i = n - 1; i >= 0; i--) {
                        add(point[i][0], point[i][1], point[i][2]);
                    }
                    boolean[] backward = label();
                    for (int i = 0; i < n; i++) {
                        assertThat(backward[n - 1 - i]).isEqualTo(forward[i]);
                    }
                });
    }

    @Test
    void nothingIsAllocatedAfterWarmUp() {
        for (int i = 0; i < 20_000; i++) {
            add(2 + 0.002 * i, 0.001 * i, 0.0001 * (i % 6000));
        }
        PolarCoordinates polar = new PolarCoordinates();
        polar.compute(cloud);
        float[] above = new float[cloud.size()];
        for (int i = 0; i < above.length; i++) {
            above[i] = cloud.z()[i] + SENSOR_HEIGHT_M;
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 0; i < 60; i++) {
            if (i == 50) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            labels.label(polar, above);
        }

        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 10).isLessThan(200);
    }

    @Test
    void settingsOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> new GroundLabels(0.01, 60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lowestObjectM is 0.01");
        assertThatThrownBy(() -> new GroundLabels(0.2, 1e9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxRangeM is 1.0E9");
    }

    private void add(double range, double azimuth, double heightM) {
        cloud.add(
                (float) (range * Math.cos(azimuth)),
                (float) (range * Math.sin(azimuth)),
                (float) (heightM - SENSOR_HEIGHT_M),
                0);
    }

    /** Labels over a level ground. */
    private boolean[] label() {
        PolarCoordinates polar = new PolarCoordinates();
        polar.compute(cloud);
        float[] above = new float[cloud.size()];
        for (int i = 0; i < above.length; i++) {
            above[i] = polar.rangeM()[i] < 0 ? 0 : cloud.z()[i] + SENSOR_HEIGHT_M;
        }
        return labels.label(polar, above);
    }
}
