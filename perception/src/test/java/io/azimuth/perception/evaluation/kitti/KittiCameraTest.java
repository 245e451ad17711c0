package io.azimuth.perception.evaluation.kitti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KittiCameraTest {
    private static final double[] P2 = {700, 0, 600, 0, 0, 700, 180, 0, 0, 0, 1, 0};

    /** Camera x = -lidar y, y = -z, z = x. */
    private final KittiCamera camera =
            new KittiCamera(
                    P2,
                    RigidTransform.of(new double[] {0, -1, 0, 0, 0, -1, 1, 0, 0}, 0, 0, 0),
                    1242,
                    375);

    @Test
    void aBoxAheadIsWhereItsNearCornersAre() {
        OrientedBox box = new OrientedBox(12, 0, 0, 4, 2, 1.4, 0); // front face at 10 m

        ImageBox image = Objects.requireNonNull(camera.project(box));

        assertThat(image.left()).isCloseTo(600 - 70, within(1e-9));
        assertThat(image.right()).isCloseTo(600 + 70, within(1e-9));
        assertThat(image.top()).isCloseTo(180 - 49, within(1e-9));
        assertThat(image.bottom()).isCloseTo(180 + 49, within(1e-9));
        assertThat(image.height()).isCloseTo(98, within(1e-9));
    }

    @Test
    void aBoxAtTheEdgeIsCutThere() {
        ImageBox image =
                Objects.requireNonNull(camera.project(new OrientedBox(12, 10, 0, 4, 4, 1.4, 0)));

        assertThat(image.left()).isZero();
        assertThat(image.right()).isGreaterThan(0).isLessThan(300);
    }

    @Test
    void whatIsBehindOrBesideIsNotSeen() {
        assertThat(camera.project(new OrientedBox(-12, 0, 0, 4, 2, 1.4, 0))).isNull();
        assertThat(camera.project(new OrientedBox(5, 40, 0, 4, 2, 1.4, 0))).isNull();
    }

    @Test
    void theShareInsideAnotherRectangleIsOfItsOwnArea() {
        ImageBox small = new ImageBox(0, 0, 10, 10);
        ImageBox large = new ImageBox(5, 0, 100, 100);

        assertThat(small.coveredBy(large)).isCloseTo(0.5, within(1e-12));
        assertThat(large.coveredBy(small)).isCloseTo(50.0 / 9500, within(1e-12));
        assertThat(small.coveredBy(new ImageBox(11, 0, 12, 1))).isZero();
    }
}
