package io.azimuth.perception.polar;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.PolarCoordinates;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PolarCanvasTest {
    private static final PolarGrid GRID = new PolarGrid(256, 64, 2, 0.5);
    private static final int CELLS = GRID.cells();

    private final PolarCoordinates polar = new PolarCoordinates();
    private final PolarCanvas canvas = new PolarCanvas(GRID);

    private float[] draw(PointCloud cloud, int... cuts) {
        polar.compute(cloud);
        canvas.clear();
        int from = 0;
        for (int cut : cuts) {
            canvas.add(cloud, polar, cloud.z(), from, cut);
            from = cut;
        }
        canvas.add(cloud, polar, cloud.z(), from, cloud.size());
        return written(0);
    }

    private float[] written(int halo) {
        float[] out = new float[canvas.length(halo)];
        java.util.Arrays.fill(out, 7); // what was there before must not show
        canvas.write(FloatBuffer.wrap(out), halo);
        return out;
    }

    /** Heights stand in for z: the ground is the plane z = 0. */
    private static PointCloud clutter(RandomGenerator random, int n) {
        PointCloud cloud = new PointCloud();
        for (int i = 0; i < n; i++) {
            double range = random.nextDouble(0.5, 40);
            double azimuth = random.nextInt(40) * 0.15 + random.nextDouble(0.02);
            cloud.add(
                    (float) (range * Math.cos(azimuth)),
                    (float) (range * Math.sin(azimuth)),
                    (float) random.nextDouble(-3, 5),
                    (float) random.nextDouble());
        }
        return cloud;
    }

    private static PointCloud shuffled(PointCloud from, RandomGenerator random) {
        int[] order = new int[from.size()];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        PointCloud out = new PointCloud();
        for (int i : order) {
            out.add(from.x()[i], from.y()[i], from.z()[i], from.intensity()[i]);
        }
        return out;
    }

    @Test
    void neitherOrderNorSlicesChangeABit() {
        forAll(
                30,
                random -> {
                    PointCloud cloud = clutter(random, random.nextInt(5000));
                    float[] whole = draw(cloud);
                    int cut = random.nextInt(cloud.size() + 1);

                    assertThat(draw(cloud, cut)).isEqualTo(whole);
                    assertThat(draw(shuffled(cloud, random), cut)).isEqualTo(whole);
                });
    }

    @Test
    void channelsAreWhatANaiveDrawingGives() {
        forAll(
                20,
                random -> {
                    PointCloud cloud = clutter(random, 3000);
                    float[] found = draw(cloud);
                    double[] expected = NaiveCanvas.draw(GRID, cloud, polar, cloud.z());
                    for (int i = 0; i < found.length; i++) {
                        assertThat((double) found[i])
                                .as("channel %d cell %d", i / CELLS, i % CELLS)
                                .isCloseTo(expected[i], within(0.0011));
                    }
                });
    }

    @Test
    void everyPointIsDrawnOrCounted() {
        forAll(
                20,
                random -> {
                    PointCloud cloud = clutter(random, 2000);
                    cloud.add(Float.NaN, 3, 0, 0);
                    cloud.add(3, Float.POSITIVE_INFINITY, 0, 0);
                    cloud.add(5, 5, Float.NaN, 0);
                    cloud.add(0, 0, 0, 0);
                    float[] out = draw(cloud);
                    double sum = 0;
                    for (int i = 0; i < 8 * CELLS; i++) {
                        sum += Math.expm1(2.0 * out[i]);
                    }

                    assertThat(canvas.invalid()).isEqualTo(4);
                    assertThat(canvas.kept() + canvas.outside()).isEqualTo(2000);
                    assertThat(sum).isCloseTo(canvas.kept(), within(0.01));
                    for (int cell = 0; cell < CELLS; cell++) {
                        for (int c = 0; c < 16 && out[13 * CELLS + cell] == 0; c++) {
                            assertThat(out[c * CELLS + cell]).isZero();
                        }
                    }
                });
    }

    @Test
    void azimuthPiIsRowZeroFromBothSides() {
        for (float y : new float[] {0f, -0f, -1e-4f}) {
            PointCloud cloud = new PointCloud();
            cloud.add(-10.1f, y, 1, 0);

            float[] out = draw(cloud);

            assertThat(out[13 * CELLS + 16]).isEqualTo(1f); // (10.1 - 2) / .5
            assertThat(canvas.kept()).isEqualTo(1);
        }
    }

    @Test
    void turningPointsAtCellCentresTurnsTheRows() {
        forAll(
                20,
                random -> {
                    int turn = random.nextInt(GRID.azimuthBins());
                    PointCloud here = new PointCloud();
                    PointCloud there = new PointCloud();
                    for (int i = 0; i < 500; i++) {
                        int row = random.nextInt(GRID.azimuthBins());
                        double range = 2.25 + 0.5 * random.nextInt(64);
                        float z = (float) random.nextDouble(-1, 3);
                        addAt(here, row, range, z);
                        addAt(there, row + turn, range, z);
                    }
                    float[] expected = draw(here);
                    float[] found = draw(there);
                    int shift = turn * GRID.rangeBins();
                    for (int c = 0; c < 14; c++) { // 14 and 15 see how a centre is rounded
                        for (int cell = 0; cell < CELLS; cell++) {
                            assertThat(found[c * CELLS + (cell + shift) % CELLS])
                                    .isEqualTo(expected[c * CELLS + cell]);
                        }
                    }
                });
    }

    private static void addAt(PointCloud cloud, int row, double range, float z) {
        double azimuth = -Math.PI + (row + 0.5) * 2 * Math.PI / GRID.azimuthBins();
        cloud.add((float) (range * Math.cos(azimuth)), (float) (range * Math.sin(azimuth)), z, 0);
    }

    @Test
    void haloRowsRepeatTheFarEnd() {
        forAll(
                10,
                random -> {
                    float[] plain = draw(clutter(random, 3000));
                    int halo = random.nextInt(GRID.azimuthBins() + 1);
                    float[] found = written(halo);
                    int rows = GRID.azimuthBins();
                    int columns = GRID.rangeBins();
                    int at = 0;
                    for (int c = 0; c < 16; c++) {
                        for (int r = -halo; r < rows + halo; r++) {
                            int from = c * CELLS + Math.floorMod(r, rows) * columns;
                            for (int k = 0; k < columns; k++) {
                                if (found[at++] != plain[from + k]) {
                                    throw new AssertionError(
                                            "row %d column %d channel %d".formatted(r, k, c));
                                }
                            }
                        }
                    }
                });
    }

    @Test
    void nothingIsAllocatedAfterWarmUp() {
        PointCloud cloud = clutter(new java.util.SplittableRandom(1), 20_000);
        FloatBuffer out =
                java.nio.ByteBuffer.allocateDirect(4 * canvas.length(0))
                        .order(java.nio.ByteOrder.nativeOrder())
                        .asFloatBuffer();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 0; i < 60; i++) {
            if (i == 50) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            polar.compute(cloud);
            canvas.clear();
            canvas.add(cloud, polar, cloud.z(), 0, cloud.size());
            canvas.write(out, 0);
        }

        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 10).isLessThan(200);
    }

    @Test
    void wrongSlicesBuffersAndGridsAreRefused() {
        PointCloud cloud = clutter(new java.util.SplittableRandom(2), 10);
        polar.compute(cloud);

        assertThatThrownBy(() -> canvas.add(cloud, polar, cloud.z(), 3, 11))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slice is 3 .. 11");
        assertThatThrownBy(() -> canvas.write(FloatBuffer.allocate(5), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("buffer holds 5 floats");
        assertThatThrownBy(() -> canvas.write(FloatBuffer.allocate(5), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("haloRows is -1");
        assertThatThrownBy(() -> new PolarGrid(1000, 128, 2, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("azimuthBins");
    }
}
