package io.azimuth.perception.geometry;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OrientedBoxTest {
    @Test
    void cornersRunCounterClockwiseFromFrontLeft() {
        OrientedBox box = new OrientedBox(10, 5, 0, 4, 2, 1.5, 0);

        assertThat(box.footprint()).containsExactly(12, 6, 8, 6, 8, 4, 12, 4);
    }

    @Test
    void yawTurnsTheFrontToTheLeft() {
        OrientedBox box = new OrientedBox(0, 0, 0, 4, 2, 1.5, Math.PI / 2);

        assertThat(box.footprint())
                .containsExactly(new double[] {-1, 2, -1, -2, 1, -2, 1, 2}, within(1e-15));
    }

    @Test
    void pointsInsideTheBoxFrameAreContained() {
        forAll(
                300,
                rnd -> {
                    double yaw = rnd.nextDouble(-9, 9);
                    OrientedBox box = new OrientedBox(30, -20, 1, 4, 2, 1.5, yaw);
                    RigidTransform outFromBox = RigidTransform.ofYaw(yaw, 30, -20, 1);
                    double lx = rnd.nextDouble(-3, 3);
                    double ly = rnd.nextDouble(-2, 2);
                    double lz = rnd.nextDouble(-1, 1);

                    boolean inside = Math.abs(lx) < 2 && Math.abs(ly) < 1 && Math.abs(lz) < 0.75;

                    assertThat(
                                    box.contains(
                                            outFromBox.mapX(lx, ly, lz),
                                            outFromBox.mapY(lx, ly, lz),
                                            outFromBox.mapZ(lx, ly, lz),
                                            0))
                            .isEqualTo(inside);
                });
    }

    @Test
    void marginGrowsEveryFace() {
        OrientedBox box = new OrientedBox(0, 0, 0, 4, 2, 1.5, 0);

        assertThat(box.contains(2.05, 1.05, 0.8, 0.1)).isTrue();
        assertThat(box.contains(2.15, 0, 0, 0.1)).isFalse();
        assertThat(box.contains(0, -1.15, 0, 0.1)).isFalse();
        assertThat(box.contains(0, 0, -0.9, 0.1)).isFalse();
    }

    @Test
    void impossibleBoxesAreRefused() {
        assertThatThrownBy(() -> new OrientedBox(0, 0, 0, 0, 2, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OrientedBox(0, 0, 0, 4, -2, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OrientedBox(Double.NaN, 0, 0, 4, 2, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OrientedBox(0, 0, 0, 4, 2, Double.POSITIVE_INFINITY, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OrientedBox(0, 0, 0, 4, 2, 1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
