package io.azimuth.perception.polar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.PolarCoordinates;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CartesianCanvasTest {
    private static final int SIDE = 64;
    private static final int PLANE = SIDE * SIDE;

    private final PolarCoordinates polar = new PolarCoordinates();
    private final CartesianCanvas canvas = new CartesianCanvas(SIDE, 0.5, 2);

    /** Heights stand in for z: the ground is the plane z = 0. */
    private float[] draw(PointCloud cloud) {
        polar.compute(cloud);
        canvas.clear();
        canvas.add(cloud, polar, cloud.z(), 0, cloud.size());
        float[] out = new float[PolarCanvas.CHANNELS * PLANE];
        Arrays.fill(out, 7); // what was there before must not show
        canvas.write(FloatBuffer.wrap(out));
        return out;
    }

    private static PointCloud clutter(Random random, int n) {
        PointCloud cloud = new PointCloud();
        for (int i = 0; i < n; i++) {
            cloud.add(
                    random.nextFloat(-20, 20),
                    random.nextFloat(-20, 20),
                    random.nextFloat(-2.5f, 4.5f),
                    random.nextFloat());
        }
        return cloud;
    }

    @Test
    void aPointIsDrawnWhereXAndYSay() {
        PointCloud cloud = new PointCloud();
        cloud.add(3.1f, -4.2f, 0.5f, 0.25f); // 38.2 cells along x, 23.6 along y

        float[] out = draw(cloud);

        int at = 38 * SIDE + 23;
        assertThat(out[13 * PLANE + at]).isEqualTo(1);
        assertThat(out[2 * PLANE + at]).isCloseTo((float) (Math.log(2) / 2), within(1e-6f));
        assertThat(out[8 * PLANE + at]).isEqualTo(0.5f);
        assertThat(out[12 * PLANE + at]).isCloseTo(0.25f, within(1e-4f));
        assertThat(out[14 * PLANE + at]).isCloseTo(-0.3f, within(1e-4f));
        assertThat(out[15 * PLANE + at]).isCloseTo(0.1f, within(1e-4f));
        int filled = 0;
        for (int cell = 0; cell < PLANE; cell++) {
            filled += out[13 * PLANE + cell] > 0 ? 1 : 0;
        }
        assertThat(filled).isEqualTo(1);
    }

    @Test
    void theOrderOfThePointsChangesNoBit() {
        PointCloud cloud = clutter(new Random(3), 5000);
        PointCloud backwards = new PointCloud();
        for (int i = cloud.size() - 1; i >= 0; i--) {
            backwards.add(cloud.x()[i], cloud.y()[i], cloud.z()[i], cloud.intensity()[i]);
        }

        assertThat(draw(backwards)).isEqualTo(draw(cloud));
    }

    @Test
    void everyPointIsDrawnOrCountedAndNoneNearerThanTheLeastRange() {
        PointCloud cloud = clutter(new Random(4), 5000);
        cloud.add(Float.NaN, 1, 0, 0);
        int expected = 0;
        for (int i = 0; i < cloud.size(); i++) {
            double range = Math.hypot(cloud.x()[i], cloud.y()[i]);
            double h = Math.floor(cloud.z()[i] * 1000.0 + 0.5);
            expected += range >= 2 && range < 16 && h >= -2000 && h < 4000 ? 1 : 0;
        }

        draw(cloud);

        assertThat(canvas.kept()).isEqualTo(expected);
        assertThat(canvas.invalid()).isEqualTo(1);
        assertThat(canvas.kept() + canvas.invalid() + canvas.outside()).isEqualTo(cloud.size());
    }

    @Test
    void wrongSizesAndBuffersAreRefused() {
        assertThatThrownBy(() -> new CartesianCanvas(8, 0.5, 2)).hasMessageContaining("16 .. 4096");
        assertThatThrownBy(() -> new CartesianCanvas(64, Double.NaN, 2))
                .hasMessageContaining("stepM");
        assertThatThrownBy(() -> canvas.write(FloatBuffer.allocate(PLANE)))
                .hasMessageContaining("buffer holds");
    }
}
